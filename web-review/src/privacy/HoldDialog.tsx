import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { graphql } from "react-relay";
import { m } from "../messages";
import { Dialog } from "../parts/Dialog";
import form from "../parts/Form.module.css";
import { FormEnd } from "../parts/FormEnd";
import { useWish } from "../relay/useWish";
import type { HoldDialogMutation } from "./__generated__/HoldDialogMutation.graphql";
import { ReasonInput } from "./ReasonInput";

/** Puts a document on hold, or lifts the hold; both say why. */
export function HoldDialog({ document, on, onClose }: { document: string; on: boolean; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const { busy, problem, wish } = useWish<HoldDialogMutation>(holdMutation);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void wish({ document, on, reason: reason.trim() }, onClose);
  };
  return (
    <Dialog title={on ? m.privacy.holdTitle : m.privacy.liftTitle} onClose={onClose}>
      <Form onSubmit={submit} className={form.form ?? ""}>
        <p>{on ? m.privacy.holdText : m.privacy.liftText}</p>
        <ReasonInput value={reason} onChange={setReason} />
        <FormEnd verb={on ? m.privacy.hold : m.privacy.lift} busy={busy} problem={problem} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}

const holdMutation = graphql`
  mutation HoldDialogMutation($input: SetHoldInput!) {
    setHold(input: $input) {
      document {
        ...KeepingPanel_document
      }
    }
  }
`;
