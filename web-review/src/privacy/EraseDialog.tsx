import { type FormEvent, useState } from "react";
import { Checkbox, Form } from "react-aria-components";
import { m } from "../messages";
import { Dialog } from "../parts/Dialog";
import form from "../parts/Form.module.css";
import { FormEnd } from "../parts/FormEnd";
import styles from "./Privacy.module.css";
import { ReasonInput } from "./ReasonInput";

/** Says what an erasure takes away for good and what stays, and asks twice: why, and whether it is meant. */
export function EraseDialog({
  title,
  verb,
  goes,
  stays,
  busy,
  problem,
  onClose,
  onErase,
}: {
  title: string;
  verb: string;
  goes: readonly string[];
  stays: readonly string[];
  busy: boolean;
  problem: string | null;
  onClose: () => void;
  onErase: (reason: string) => void;
}) {
  const [reason, setReason] = useState("");
  const [sure, setSure] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onErase(reason.trim());
  };
  return (
    <Dialog title={title} onClose={onClose} size="wide">
      <Form onSubmit={submit} className={form.form ?? ""}>
        <div className={styles.both}>
          <div>
            <h3>{m.privacy.goes}</h3>
            <ul className={styles.list}>
              {goes.map((what) => (
                <li key={what}>{what}</li>
              ))}
            </ul>
          </div>
          <div>
            <h3>{m.privacy.stays}</h3>
            <ul className={styles.list}>
              {stays.map((what) => (
                <li key={what}>{what}</li>
              ))}
            </ul>
          </div>
        </div>
        <ReasonInput value={reason} onChange={setReason} />
        <Checkbox isSelected={sure} onChange={setSure} className={`${form.choice} ${form.check}`}>
          <span>{m.privacy.sure}</span>
        </Checkbox>
        <FormEnd
          look="danger"
          verb={verb}
          busy={busy}
          isDisabled={!sure}
          problem={problem}
          problemTitle={m.privacy.refusedTitle}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}
