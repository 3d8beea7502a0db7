import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { graphql } from "react-relay";
import { m } from "../messages";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import form from "../parts/Form.module.css";
import { Notice } from "../parts/Notice";
import { TextInput } from "../parts/TextInput";
import { useWish } from "../relay/useWish";
import type { HoldDialogMutation } from "./__generated__/HoldDialogMutation.graphql";

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
        <TextInput
          autoFocus
          rows={2}
          maxLength={500}
          label={m.privacy.reason}
          hint={m.privacy.reasonHint}
          value={reason}
          onChange={setReason}
          validate={(value) => value.trim() !== "" || m.privacy.reasonNeeded}
        />
        {problem && (
          <Notice tone="bad" alert>
            <p>{problem}</p>
          </Notice>
        )}
        <div className={form.buttons}>
          <Button onPress={onClose}>{m.cancel}</Button>
          <Button look="primary" type="submit" busy={busy}>
            {on ? m.privacy.hold : m.privacy.lift}
          </Button>
        </div>
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
