import { type FormEvent, useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { m } from "../messages";
import { Dialog } from "../parts/Dialog";
import form from "../parts/Form.module.css";
import { FormEnd } from "../parts/FormEnd";

const reasons = ["SKIPPED", "POSTPONED", "NOT_MINE", "OTHER"] as const;
type Reason = (typeof reasons)[number];

export function SkipDialog({ onClose, onSkip }: { onClose: () => void; onSkip: (reason: Reason) => void }) {
  const [reason, setReason] = useState<Reason>("SKIPPED");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onClose();
    onSkip(reason);
  };
  return (
    <Dialog title={m.task.skipTitle} onClose={onClose}>
      <form onSubmit={submit} className={form.form}>
        <p>{m.task.skipText}</p>
        <RadioGroup className={form.choices ?? ""} value={reason} onChange={(value) => setReason(value as Reason)}>
          <Label>{m.task.reason}</Label>
          {reasons.map((value) => (
            <Radio key={value} value={value} autoFocus={value === reason} className={`${form.choice} ${form.radio}`}>
              {m.task.skipReason[value]}
            </Radio>
          ))}
        </RadioGroup>
        <FormEnd verb={m.task.skip} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
