import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { graphql } from "react-relay";
import { m } from "../messages";
import { useNavigation } from "../navigation/router";
import { Dialog } from "../parts/Dialog";
import form from "../parts/Form.module.css";
import { FormEnd } from "../parts/FormEnd";
import { TextInput } from "../parts/TextInput";
import { useWish } from "../relay/useWish";
import type { RecipientsDialogSetMutation } from "./__generated__/RecipientsDialogSetMutation.graphql";

const linesOf = (text: string) => text.split(/[\s,;]+/).filter(Boolean);

/** No rule of mail addresses, but what people mistype. */
const isAddress = (text: string) => /^[^@]+@[^@]+$/.test(text);

/** Who gets the heads of the log by mail. */
export function RecipientsDialog({ addresses, onClose }: { addresses: readonly string[]; onClose: () => void }) {
  const { reload } = useNavigation();
  const [text, setText] = useState(addresses.join("\n"));
  const { busy, problem, wish } = useWish<RecipientsDialogSetMutation>(setMutation);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void wish({ addresses: [...new Set(linesOf(text))] }, () => {
      onClose();
      reload();
    });
  };
  return (
    <Dialog title={m.audit.recipientsTitle} onClose={onClose}>
      <Form onSubmit={submit} className={form.form ?? ""}>
        <p>{m.audit.recipientsText}</p>
        <TextInput
          autoFocus
          label={m.audit.recipientsLabel}
          rows={5}
          code
          value={text}
          onChange={setText}
          validate={(value) => {
            const wrong = linesOf(value).filter((line) => !isAddress(line));
            return wrong.length === 0 || m.audit.recipientsWrong(wrong);
          }}
        />
        <FormEnd verb={m.audit.saveRecipients} busy={busy} problem={problem} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}

const setMutation = graphql`
  mutation RecipientsDialogSetMutation($input: SetCheckpointRecipientsInput!) {
    setCheckpointRecipients(input: $input) {
      log {
        checkpointRecipients
      }
    }
  }
`;
