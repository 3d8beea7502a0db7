import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { Button } from "../parts/Button";
import { Icon } from "../parts/icons";
import { Notice } from "../parts/Notice";
import type { FieldDoubts_field$key } from "./__generated__/FieldDoubts_field.graphql";
import type { Draft } from "./drafts";
import type { FieldActions } from "./FieldCard";
import styles from "./FieldCard.module.css";
import type { Refused } from "./outbox";
import { uncertainCharacters } from "./UncertainText";

/** Why a person is asked about a field, what else it might say, and what became of an edit that was refused. */
export function FieldDoubts({
  field: key,
  draft,
  refused,
  hint,
  editable,
  actions,
}: {
  field: FieldDoubts_field$key;
  draft: Draft | null;
  refused: Refused | null;
  hint: string | null;
  editable: boolean;
  actions: FieldActions;
}) {
  const field = useFragment(
    graphql`
      fragment FieldDoubts_field on Field {
        id
        text
        value
        status
        characterConfidences
        reasons {
          code
          message
        }
        alternatives {
          text
          confidence
        }
      }
    `,
    key,
  );
  const unsure = draft === null ? uncertainCharacters(field.text, field.characterConfidences) : [];
  const asked = field.status === "NEEDS_REVIEW" || field.status === "READ";
  return (
    <>
      {draft === null && field.value !== null && field.value !== field.text && (
        <p className={styles.value}>= {field.value}</p>
      )}
      {refused && <RefusedEdit fieldId={field.id} text={field.text} refused={refused} actions={actions} />}
      {hint && (
        <p className={styles.hint} role="alert">
          <Icon name="warning" size={15} />
          {hint}
        </p>
      )}
      {asked && (field.reasons.length > 0 || unsure.length > 0) && (
        <ul className={styles.why}>
          {field.reasons.map((reason) => (
            <li key={`${reason.code} ${reason.message}`}>
              <Icon name="warning" size={15} />
              {reason.message}
            </li>
          ))}
          {unsure.length > 0 && (
            <li>
              <Icon name="question" size={15} />
              {m.field.hardToRead(unsure.map(({ character }) => character).join(" "))}
            </li>
          )}
        </ul>
      )}
      {editable && field.alternatives.length > 0 && (
        <ul className={styles.offers} aria-label={m.field.offered}>
          {field.alternatives.slice(0, 9).map((alternative, index) => (
            <li key={alternative.text}>
              <Button small shortcut={`Alt ${index + 1}`} onPress={() => actions.offer(field.id, index)}>
                <span className={styles.offered}>{alternative.text}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function RefusedEdit({
  fieldId,
  text,
  refused: { change, refusal },
  actions,
}: {
  fieldId: string;
  text: string;
  refused: Refused;
  actions: FieldActions;
}) {
  if (refusal.current === null) {
    return (
      <Notice tone="bad" alert title={m.field.refusedTitle}>
        <p>{refusal.message}</p>
      </Notice>
    );
  }
  const mine =
    change.kind === "correct"
      ? change.text
      : change.kind === "confirm"
        ? m.field.status.CONFIRMED
        : m.field.status[change.mark];
  return (
    <Notice
      tone="warn"
      alert
      title={m.field.conflictTitle}
      actions={
        <>
          <Button small onPress={() => actions.keepTheirs(fieldId)}>
            {m.field.keepTheirs}
          </Button>
          {change.kind === "correct" && (
            <Button small onPress={() => actions.accept(fieldId)}>
              {m.field.useMine}
            </Button>
          )}
        </>
      }
    >
      <dl className={styles.both}>
        <dt>{m.field.theirs}</dt>
        <dd>{text === "" ? m.field.empty : text}</dd>
        <dt>{m.field.yours}</dt>
        <dd>{mine === "" ? m.field.empty : mine}</dd>
      </dl>
    </Notice>
  );
}
