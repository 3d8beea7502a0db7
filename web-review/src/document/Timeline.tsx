import { graphql, usePaginationFragment } from "react-relay";
import { m } from "../messages";
import { formatDateTime } from "../messages/format";
import { ActorName } from "../parts/ActorName";
import { Button } from "../parts/Button";
import { Proof } from "../proof/Proof";
import { SignatureMark } from "../signing/SignatureMark";
import type { Timeline_document$key } from "./__generated__/Timeline_document.graphql";
import type { TimelineQuery } from "./__generated__/TimelineQuery.graphql";
import styles from "./DocumentView.module.css";
import { eventWords } from "./eventWords";

const PAGE = 50;

/** What happened to a document, oldest first, each step with its leaf in the log. */
export function Timeline({ document }: { document: Timeline_document$key }) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<TimelineQuery, Timeline_document$key>(
    graphql`
      fragment Timeline_document on Document
      @refetchable(queryName: "TimelineQuery")
      @argumentDefinitions(
        first: { type: "Int", defaultValue: 50 }
        after: { type: "String" }
        readsTasks: { type: "Boolean!" }
      ) {
        events(first: $first, after: $after) @connection(key: "Timeline_events") {
          edges {
            node {
              id
              seq
              type
              occurredAt
              actor {
                ...ActorName_actor
              }
              statement @include(if: $readsTasks) {
                ...SignatureMark_statement
              }
            }
          }
        }
      }
    `,
    document,
  );
  return (
    <section aria-label={m.document.timeline}>
      <h2 className={styles.heading}>{m.document.timeline}</h2>
      <ol className={styles.events}>
        {data.events.edges.map(({ node: event }) => (
          <li key={event.id} className={styles.event} data-open-seq={event.seq === null || undefined}>
            <p className={styles.what}>
              <b>{eventWords(event.type)}</b>
              <span className={styles.meta}>
                {typeof event.seq === "number" ? m.document.seq(event.seq) : m.document.notSequenced}
              </span>
            </p>
            <p className={styles.meta}>
              <ActorName actor={event.actor} />,{" "}
              <time dateTime={event.occurredAt}>{formatDateTime(event.occurredAt)}</time>
            </p>
            {event.statement && <SignatureMark statement={event.statement} />}
            {typeof event.seq === "number" && <Proof eventId={event.id} />}
          </li>
        ))}
      </ol>
      {hasNext && (
        <Button small busy={isLoadingNext} onPress={() => loadNext(PAGE)}>
          {m.more}
        </Button>
      )}
    </section>
  );
}
