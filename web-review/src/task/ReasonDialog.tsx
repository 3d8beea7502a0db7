import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { m } from "../messages";
import { Dialog } from "../parts/Dialog";
import form from "../parts/Form.module.css";
import { FormEnd } from "../parts/FormEnd";
import { TextInput } from "../parts/TextInput";

const kinds = {
  reject: { title: m.task.rejectTitle, text: m.task.rejectText, verb: m.task.reject },
  escalate: { title: m.task.escalateTitle, text: m.task.escalateText, verb: m.task.escalate },
};

/** Rejecting and escalating need a reason. */
export function ReasonDialog({
  kind,
  onClose,
  onDecide,
}: {
  kind: keyof typeof kinds;
  onClose: () => void;
  onDecide: (reason: string) => void;
}) {
  const [reason, setReason] = useState("");
  const { title, text, verb } = kinds[kind];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onClose();
    onDecide(reason.trim());
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <Form onSubmit={submit} className={form.form ?? ""}>
        <p>{text}</p>
        <TextInput
          isRequired
          autoFocus
          value={reason}
          onChange={setReason}
          validate={(value) => (value.trim() === "" ? m.task.reasonNeeded : true)}
          label={m.task.reason}
          hint={m.task.reasonHint}
          rows={3}
          maxLength={500}
        />
        <FormEnd verb={verb} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
