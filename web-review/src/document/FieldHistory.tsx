import { useId } from "react";
import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatDateTime, formatShare } from "../messages/format";
import { ActorName } from "../parts/ActorName";
import { StatusMark } from "../parts/StatusMark";
import type { FieldHistory_field$key } from "./__generated__/FieldHistory_field.graphql";
import styles from "./DocumentView.module.css";

/** A field with every value it ever had, the machine's first. */
export function FieldHistory({
  field: key,
  erased,
  shown,
  onShow,
}: {
  field: FieldHistory_field$key;
  /** The document was erased, and every value with it. */
  erased: boolean;
  shown: boolean;
  onShow: () => void;
}) {
  const field = useFragment(
    graphql`
      fragment FieldHistory_field on Field {
        label
        status
        text
        value
        confidence
        history {
          version
          status
          text
          value
          confidence
          reasonCode
          actor {
            ...ActorName_actor
          }
          at
        }
      }
    `,
    key,
  );
  const id = useId();
  const shownText = (text: string) => (erased ? m.privacy.erased : text === "" ? m.field.empty : text);
  const machine = field.status === "ACCEPTED_BY_MACHINE" || field.status === "READ" || field.status === "NEEDS_REVIEW";
  return (
    <>
      <button type="button" className={styles.field} aria-expanded={shown} aria-controls={id} onClick={onShow}>
        {/* What it was settled as has no meaning without its value. */}
        <StatusMark status={erased ? "READ" : field.status} />
        <span className={styles.label}>{field.label}</span>
        <span className={styles.value} dir="auto">
          {shownText(field.text)}
        </span>
        {!erased && (
          <span className={styles.state}>
            {m.field.status[field.status]}
            {machine && ` ${formatShare(field.confidence)}`}
          </span>
        )}
      </button>
      <ol id={id} hidden={!shown} className={styles.history} aria-label={m.document.historyOf(field.label)}>
        {field.history.map((value) => (
          <li key={value.version}>
            <b dir="auto">{shownText(value.text)}</b>
            {!erased && value.value !== null && value.value !== value.text && (
              <span className="mono"> = {value.value}</span>
            )}
            <p>
              <ActorName actor={value.actor} />, {m.field.status[value.status]}
              {value.reasonCode &&
                `, ${m.field.reasonCode[value.reasonCode as keyof typeof m.field.reasonCode] ?? value.reasonCode}`}
              {typeof value.confidence === "number" && ` ${formatShare(value.confidence)}`}, {formatDateTime(value.at)}
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}
