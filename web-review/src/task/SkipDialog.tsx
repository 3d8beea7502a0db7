import { type FormEvent, useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { m } from "../messages";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import form from "../parts/Form.module.css";

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
        <div className={form.buttons}>
          <Button onPress={onClose}>{m.cancel}</Button>
          <Button look="primary" type="submit">
            {m.task.skip}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
