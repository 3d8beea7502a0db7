import { type FormEvent, useState } from "react";
import { Checkbox, CheckboxGroup, Form, Label, Radio, RadioGroup } from "react-aria-components";
import { graphql } from "react-relay";
import { periodOf } from "../audit/eventFilter";
import { m } from "../messages";
import { matchPattern } from "../navigation/location";
import { Dialog } from "../parts/Dialog";
import form from "../parts/Form.module.css";
import { FormEnd } from "../parts/FormEnd";
import { TextInput } from "../parts/TextInput";
import { useWish } from "../relay/useWish";
import type { AuditBundleKind, RequestDialogMutation } from "./__generated__/RequestDialogMutation.graphql";

const kinds = ["LOG", "DOCUMENT", "PERIOD", "ACTOR"] as const satisfies AuditBundleKind[];

/** Takes an id, or the address of a document in this page. */
function documentId(text: string): string {
  const trimmed = text.trim();
  const path = URL.canParse(trimmed) ? new URL(trimmed).pathname : trimmed;
  return matchPattern("/documents/:id", path)?.id ?? trimmed;
}

/** What a bundle is wanted of. Days as `YYYY-MM-DD`. */
export type BundleOf =
  | { kind: "DOCUMENT"; document: string }
  | { kind: "ACTOR"; actor: string }
  | { kind: "PERIOD"; from: string; until: string };

/** Asks what a bundle is to hold, and requests it. */
export function RequestDialog({
  title = m.bundles.requestTitle,
  of,
  onClose,
  onRequested,
}: {
  title?: string;
  /** Settled already: the dialog asks for the rest. */
  of?: BundleOf;
  onClose: () => void;
  onRequested: () => void;
}) {
  const [kind, setKind] = useState<AuditBundleKind>(of?.kind ?? "LOG");
  const [document, setDocument] = useState(of?.kind === "DOCUMENT" ? of.document : "");
  const [actor, setActor] = useState(of?.kind === "ACTOR" ? of.actor : "");
  const [from, setFrom] = useState(of?.kind === "PERIOD" ? of.from : "");
  const [until, setUntil] = useState(of?.kind === "PERIOD" ? of.until : "");
  const [since, setSince] = useState("");
  const [parts, setParts] = useState<string[]>([]);
  const { busy, problem, wish } = useWish<RequestDialogMutation>(requestMutation);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void wish(
      {
        kind,
        document: kind === "DOCUMENT" ? documentId(document) : null,
        actor: kind === "ACTOR" ? actor.trim() : null,
        ...(kind === "PERIOD" ? periodOf(from, until) : { from: null, to: null }),
        since: since.trim() === "" ? null : Number(since),
        disclosures: parts.includes("disclosures"),
        documents: parts.includes("documents"),
      },
      onRequested,
    );
  };
  const needed = (words: string) => (value: string) => value.trim() !== "" || words;

  return (
    <Dialog title={title} onClose={onClose} size="wide">
      <Form onSubmit={submit} className={form.form ?? ""}>
        {of === undefined ? (
          <RadioGroup
            className={form.choices ?? ""}
            value={kind}
            onChange={(value) => setKind(value as AuditBundleKind)}
          >
            <Label>{m.bundles.kindLabel}</Label>
            {kinds.map((value) => (
              <Radio key={value} value={value} autoFocus={value === kind} className={`${form.choice} ${form.radio}`}>
                <span>{m.bundles.kind[value]}</span>
                <span className={form.hint}>{m.bundles.kindHint[value]}</span>
              </Radio>
            ))}
          </RadioGroup>
        ) : (
          <p>{m.bundles.kindHint[of.kind]}</p>
        )}
        {of === undefined && kind === "DOCUMENT" && (
          <TextInput
            label={m.bundles.document}
            hint={m.bundles.documentHint}
            value={document}
            onChange={setDocument}
            validate={needed(m.bundles.documentNeeded)}
          />
        )}
        {of === undefined && kind === "ACTOR" && (
          <TextInput
            label={m.bundles.actor}
            hint={m.bundles.actorHint}
            value={actor}
            onChange={setActor}
            validate={needed(m.bundles.actorNeeded)}
          />
        )}
        {kind === "PERIOD" && (
          <div className={form.pair}>
            <TextInput
              type="date"
              label={m.bundles.from}
              value={from}
              onChange={setFrom}
              validate={needed(m.bundles.periodNeeded)}
            />
            <TextInput
              type="date"
              label={m.bundles.to}
              value={until}
              onChange={setUntil}
              validate={(value) => (value !== "" && value >= from) || m.bundles.periodNeeded}
            />
          </div>
        )}
        <CheckboxGroup className={form.choices ?? ""} value={parts} onChange={setParts}>
          <Label>{m.bundles.with}</Label>
          {(["disclosures", "documents"] as const).map((part) => (
            <Checkbox key={part} value={part} className={`${form.choice} ${form.check}`}>
              <span>{m.bundles[part]}</span>
              <span className={form.hint}>{m.bundles[`${part}Hint`]}</span>
            </Checkbox>
          ))}
        </CheckboxGroup>
        {kind !== "LOG" && (
          <TextInput
            label={m.bundles.since}
            hint={m.bundles.sinceHint}
            inputMode="numeric"
            value={since}
            onChange={setSince}
            validate={(value) => /^\s*(|[1-9]\d{0,14})\s*$/.test(value) || m.bundles.sinceWrong}
          />
        )}
        <FormEnd
          verb={busy ? m.bundles.requesting : m.bundles.request}
          busy={busy}
          problem={problem}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}

const requestMutation = graphql`
  mutation RequestDialogMutation($input: RequestAuditBundleInput!) {
    requestAuditBundle(input: $input) {
      bundle {
        id
      }
    }
  }
`;
