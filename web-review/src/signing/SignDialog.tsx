import { type FormEvent, useEffect, useRef, useState } from "react";
import { Form, Label, Radio, RadioGroup } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatCountdown } from "../messages/format";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { DownloadButton } from "../parts/DownloadButton";
import { Command } from "../parts/ExactText";
import form from "../parts/Form.module.css";
import { FormEnd } from "../parts/FormEnd";
import { Notice } from "../parts/Notice";
import { TextInput } from "../parts/TextInput";
import { serverNow } from "../relay/clock";
import type { SignDialog_viewer$key } from "./__generated__/SignDialog_viewer.graphql";
import { signCommand } from "./commands";
import { type Refused, refusedBy } from "./refusals";
import styles from "./Signing.module.css";
import { type Prepared, usePrepared, type Wanted } from "./usePrepared";

const focusInput = (place: HTMLElement | null) =>
  place?.querySelector<HTMLElement>("input[type=password], textarea")?.focus();

/** What `decideTask` takes as its signature. */
export interface Signature {
  prepared: string;
  password?: string;
  signature?: string;
}

/** Shows a decision's statement in full, and takes the signature over it. */
export function SignDialog({
  viewer: key,
  wanted,
  onClose,
  onSign,
}: {
  viewer: SignDialog_viewer$key;
  wanted: Wanted;
  onClose: () => void;
  /** Rejects when the server refuses. */
  onSign: (signature: Signature) => Promise<void>;
}) {
  const viewer = useFragment(
    graphql`
      fragment SignDialog_viewer on Viewer {
        signingKeys {
          keyId
          custody
          revokedAt
        }
      }
    `,
    key,
  );
  const devices = viewer.signingKeys.filter(({ custody, revokedAt }) => custody === "DEVICE" && !revokedAt);
  /** Null: the server signs. */
  const [keyId, setKeyId] = useState<string | null>(devices[0]?.keyId ?? null);
  const { prepared, problem, prepareAgain } = usePrepared(wanted, keyId);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const expired = useExpired(prepared);
  const place = useRef<HTMLDivElement>(null);

  // A new statement takes the focus to where it is signed, unless somebody is still choosing how.
  const id = prepared?.id ?? null;
  useEffect(() => {
    if (id !== null && !place.current?.contains(document.activeElement)) focusInput(place.current);
  }, [id]);

  /** What is wrong with the field is so until it is changed. */
  const type = (changed: string) => {
    setText(changed);
    if (refused?.field) setRefused(null);
  };
  const choose = (chosen: string) => {
    setKeyId(chosen === "" ? null : chosen);
    setText("");
    setRefused(null);
  };
  const again = () => {
    setRefused(null);
    setText("");
    (document.activeElement as HTMLElement | null)?.blur();
    prepareAgain();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || prepared === null) return;
    setBusy(true);
    setRefused(null);
    try {
      await onSign({
        prepared: prepared.id,
        ...(keyId === null ? { password: text } : { signature: text.replace(/\s+/g, "") }),
      });
    } catch (error) {
      setRefused(refusedBy(error));
      setBusy(false);
      focusInput(place.current);
    }
  };

  const stale = expired || refused?.stale === true;
  return (
    <Dialog title={m.signing.title(m.task.verb[wanted.decision])} onClose={onClose} size="widest">
      <div ref={place}>
        <Form
          onSubmit={(event) => void submit(event)}
          className={form.form ?? ""}
          validationErrors={refused?.field ? { signature: refused.text } : {}}
        >
          <p>{m.signing.lead}</p>
          {devices.length > 0 && (
            <RadioGroup className={form.choices ?? ""} value={keyId ?? ""} onChange={choose}>
              <Label>{m.signing.how}</Label>
              {devices.map((key) => (
                <Radio key={key.keyId} value={key.keyId} className={`${form.choice} ${form.radio}`}>
                  <span>{m.signing.byDevice(key.keyId.slice(0, 8))}</span>
                  <span className={form.hint}>{m.signing.byDeviceHint}</span>
                </Radio>
              ))}
              <Radio value="" className={`${form.choice} ${form.radio}`}>
                <span>{m.signing.byServer}</span>
                <span className={form.hint}>{m.signing.byServerHint}</span>
              </Radio>
            </RadioGroup>
          )}
          {prepared ? (
            <div className={styles.whole}>
              <p className={styles.label}>{m.signing.statement}</p>
              {/* biome-ignore lint/a11y/useSemanticElements: exact text, no set of inputs */}
              <pre className={styles.statement} role="group" aria-label={m.signing.statement}>
                {prepared.statement}
              </pre>
              {!stale && <TimeLeft until={prepared.expiresAt} />}
            </div>
          ) : (
            !problem && <p role="status">{m.signing.preparing}</p>
          )}
          {problem && (
            <Notice tone="bad" alert title={m.signing.refused} actions={<Again onPress={again} />}>
              <p>{problem}</p>
            </Notice>
          )}
          {stale && (
            <Notice tone="warn" alert actions={<Again onPress={again} />}>
              <p>{refused?.stale ? refused.text : m.signing.expired}</p>
            </Notice>
          )}
          {refused && !refused.field && !refused.stale && (
            <Notice tone="bad" alert title={m.signing.refused}>
              <p>{refused.text}</p>
            </Notice>
          )}
          {prepared && !stale && keyId !== null && <DeviceSteps prepared={prepared} />}
          {prepared &&
            !stale &&
            (keyId === null ? (
              <TextInput
                key="password"
                name="signature"
                type="password"
                autoComplete="current-password"
                label={m.signing.password}
                hint={m.signing.passwordHint}
                value={text}
                onChange={type}
                validate={(value) => value !== "" || m.signing.passwordNeeded}
              />
            ) : (
              <TextInput
                key="signature"
                name="signature"
                rows={2}
                code
                label={m.signing.signature}
                hint={m.signing.signatureHint}
                value={text}
                onChange={type}
                validate={(value) => value.trim() !== "" || m.signing.signatureNeeded}
              />
            ))}
          <FormEnd
            verb={busy ? m.signing.signing : m.signing.sign}
            busy={busy}
            isDisabled={prepared === null || stale}
            onCancel={onClose}
          />
        </Form>
      </div>
    </Dialog>
  );
}

const Again = ({ onPress }: { onPress: () => void }) => (
  <Button small onPress={onPress}>
    {m.signing.prepareAgain}
  </Button>
);

/** The way over the reviewer's own machine: save, run, paste. */
function DeviceSteps({ prepared }: { prepared: Prepared }) {
  return (
    <div className={styles.whole}>
      <p className={styles.label}>{m.signing.steps}</p>
      <ol className={styles.steps}>
        <li>
          <DownloadButton text={prepared.statement} fileName="statement.txt">
            {m.signing.download}
          </DownloadButton>
        </li>
        <li>
          <p>{m.signing.run}</p>
          <Command text={signCommand("statement.txt")} label={m.signing.run} />
        </li>
      </ol>
    </div>
  );
}

function TimeLeft({ until }: { until: string }) {
  const [left, setLeft] = useState(() => Date.parse(until) - serverNow());
  useEffect(() => {
    const timer = setInterval(() => setLeft(Date.parse(until) - serverNow()), 1000);
    return () => clearInterval(timer);
  }, [until]);
  return (
    <p className={styles.quiet} role="timer">
      {m.signing.expires(formatCountdown(left))}
    </p>
  );
}

function useExpired(prepared: Prepared | null): boolean {
  const [expired, setExpired] = useState<string | null>(null);
  useEffect(() => {
    if (prepared === null) return;
    const left = Math.max(0, Date.parse(prepared.expiresAt) - serverNow());
    const timer = setTimeout(() => setExpired(prepared.id), left);
    return () => clearTimeout(timer);
  }, [prepared]);
  return prepared !== null && expired === prepared.id;
}
