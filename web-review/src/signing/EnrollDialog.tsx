import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { graphql } from "react-relay";
import { m } from "../messages";
import { Dialog } from "../parts/Dialog";
import { Command } from "../parts/ExactText";
import form from "../parts/Form.module.css";
import { FormEnd } from "../parts/FormEnd";
import { TextInput } from "../parts/TextInput";
import { useWish } from "../relay/useWish";
import type { EnrollDialogChallengeMutation } from "./__generated__/EnrollDialogChallengeMutation.graphql";
import type { EnrollDialogEnrollMutation } from "./__generated__/EnrollDialogEnrollMutation.graphql";
import { newKeyCommand, proveCommand } from "./commands";
import styles from "./Signing.module.css";

/** The base64 of the PEM block in what was pasted, or all of it where there is no block. */
const bareKey = (text: string) => (/-----BEGIN [^-]+-----([^-]+)-----END/.exec(text)?.[1] ?? text).replace(/\s+/g, "");

/** A key of the reviewer's own device: its public half, then proof that they hold the other. */
export function EnrollDialog({ onClose, onEnrolled }: { onClose: () => void; onEnrolled: () => void }) {
  const [publicKey, setPublicKey] = useState("");
  const [proof, setProof] = useState("");
  const [challenge, setChallenge] = useState<string | null>(null);
  const asking = useWish<EnrollDialogChallengeMutation>(challengeMutation);
  const enrolling = useWish<EnrollDialogEnrollMutation>(enrollMutation);
  const problem = asking.problem ?? enrolling.problem;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (challenge === null) {
      void asking.wish({}, ({ signingKeyChallenge }) => setChallenge(signingKeyChallenge.challenge));
    } else {
      const input = { publicKey: bareKey(publicKey), challenge, proof: proof.replace(/\s+/g, "") };
      void enrolling.wish(input, onEnrolled);
    }
  };
  return (
    <Dialog title={m.signing.keys.enrolTitle} onClose={onClose} size="wide">
      <Form onSubmit={submit} className={form.form ?? ""}>
        <ol className={styles.steps}>
          <li>
            <p>{m.signing.keys.enrolStepMake}</p>
            <Command text={newKeyCommand()} label={m.signing.keys.enrolStepMake} />
          </li>
          <li>
            <p>{m.signing.keys.enrolStepPaste}</p>
            <TextInput
              autoFocus
              rows={3}
              code
              isReadOnly={challenge !== null}
              label={m.signing.keys.publicKey}
              hint={m.signing.keys.publicKeyHint}
              value={publicKey}
              onChange={setPublicKey}
              validate={(value) => bareKey(value) !== "" || m.signing.keys.publicKeyNeeded}
            />
          </li>
          {challenge !== null && (
            <li>
              <p>{m.signing.keys.enrolStepProve}</p>
              <Command text={proveCommand(challenge)} label={m.signing.keys.enrolStepProve} />
              <TextInput
                autoFocus
                rows={2}
                code
                label={m.signing.keys.proof}
                hint={m.signing.keys.proofHint}
                value={proof}
                onChange={setProof}
                validate={(value) => value.trim() !== "" || m.signing.keys.proofNeeded}
              />
            </li>
          )}
        </ol>
        <FormEnd
          verb={challenge === null ? m.signing.keys.next : m.signing.keys.finish}
          busy={asking.busy || enrolling.busy}
          problem={problem}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}

const challengeMutation = graphql`
  mutation EnrollDialogChallengeMutation($input: SigningKeyChallengeInput!) {
    signingKeyChallenge(input: $input) {
      challenge
    }
  }
`;

const enrollMutation = graphql`
  mutation EnrollDialogEnrollMutation($input: EnrollSigningKeyInput!) {
    enrollSigningKey(input: $input) {
      key {
        keyId
      }
    }
  }
`;
