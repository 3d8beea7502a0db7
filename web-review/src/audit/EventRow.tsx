import { useId, useState } from "react";
import { graphql, useFragment } from "react-relay";
import { eventWords } from "../document/eventWords";
import { m } from "../messages";
import { formatDateTime, formatId, formatNumber } from "../messages/format";
import { paths } from "../navigation/location";
import { Link } from "../navigation/router";
import { ActorName } from "../parts/ActorName";
import { Button } from "../parts/Button";
import table from "../parts/Table.module.css";
import { EventProof } from "../proof/EventProof";
import { SignatureMark } from "../signing/SignatureMark";
import type { EventRow_event$key } from "./__generated__/EventRow_event.graphql";
import styles from "./Audit.module.css";
import { type EventFilter, filterPath } from "./eventFilter";

/** One event, and below it its proof while it is open. */
export function EventRow({
  event: key,
  filter,
  columns,
}: {
  event: EventRow_event$key;
  filter: EventFilter;
  columns: number;
}) {
  const event = useFragment(
    graphql`
      fragment EventRow_event on Event {
        id
        seq
        type
        occurredAt
        subjectKind
        subjectId
        actor {
          id
          ...ActorName_actor
        }
        statement {
          ...SignatureMark_statement
        }
      }
    `,
    key,
  );
  const [open, setOpen] = useState(false);
  const id = useId();
  const subject = subjectWords(event.subjectKind);
  const place = typeof event.seq === "number" ? formatNumber(event.seq) : null;
  return (
    <>
      <tr data-open={open || undefined} className={styles.event}>
        <td className={table.number}>{place ?? m.document.notSequenced}</td>
        <td className={styles.what}>
          {eventWords(event.type)}
          {event.statement && <SignatureMark statement={event.statement} />}
        </td>
        <td className={styles.short}>
          <Link href={filterPath({ ...filter, actor: event.actor.id })}>
            <ActorName actor={event.actor} />
          </Link>
        </td>
        <td className={styles.short}>
          <Link href={filterPath({ ...filter, subject: event.subjectId })}>
            {subject} {formatId(event.subjectId)}
          </Link>
          {event.subjectKind === "document" && (
            <>
              {" "}
              <Link href={paths.document(event.subjectId)} aria-label={`${m.audit.openDocument}: ${subject}`}>
                {m.audit.openDocument}
              </Link>
            </>
          )}
        </td>
        <td className={table.quiet}>{formatDateTime(event.occurredAt)}</td>
        <td>
          {place && (
            <Button
              small
              look="quiet"
              icon={open ? "down" : "right"}
              aria-expanded={open}
              aria-controls={open ? id : undefined}
              aria-label={m.audit.proof.show(place)}
              onPress={() => setOpen(!open)}
            >
              {m.audit.proof.short}
            </Button>
          )}
        </td>
      </tr>
      {open && (
        <tr id={id}>
          <td colSpan={columns} className={styles.proof}>
            <EventProof id={event.id} />
          </td>
        </tr>
      )}
    </>
  );
}

export function subjectWords(kind: string): string {
  return m.audit.subject[kind as keyof typeof m.audit.subject] ?? kind.replaceAll("_", " ");
}
