import type { FormEvent } from "react";
import { graphql } from "react-relay";
import { m } from "../messages";
import { Dialog } from "../parts/Dialog";
import form from "../parts/Form.module.css";
import { FormEnd } from "../parts/FormEnd";
import { useWish } from "../relay/useWish";
import type { RevokeDialogMutation } from "./__generated__/RevokeDialogMutation.graphql";

export function RevokeDialog({
  keyId,
  onClose,
  onRevoked,
}: {
  keyId: string;
  onClose: () => void;
  onRevoked: () => void;
}) {
  const { busy, problem, wish } = useWish<RevokeDialogMutation>(revokeMutation);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void wish({ keyId }, onRevoked);
  };
  return (
    <Dialog title={m.signing.keys.revokeTitle} onClose={onClose}>
      <form onSubmit={submit} className={form.form}>
        <p>{m.signing.keys.revokeText}</p>
        <code>{keyId}</code>
        <FormEnd
          cancelFirst
          look="danger"
          verb={m.signing.keys.revoke}
          busy={busy}
          problem={problem}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}

const revokeMutation = graphql`
  mutation RevokeDialogMutation($input: RevokeSigningKeyInput!) {
    revokeSigningKey(input: $input) {
      key {
        keyId
      }
    }
  }
`;
