import { useMemo, useState } from "react";
import { graphql, usePaginationFragment, useSubscription } from "react-relay";
import { m } from "../messages";
import { useNavigation } from "../navigation/router";
import { Button } from "../parts/Button";
import table from "../parts/Table.module.css";
import type { EventLog_query$key } from "./__generated__/EventLog_query.graphql";
import type { EventLogQuery } from "./__generated__/EventLogQuery.graphql";
import type { EventLogSubscription, EventLogSubscription$data } from "./__generated__/EventLogSubscription.graphql";
import styles from "./Audit.module.css";
import { EventRow } from "./EventRow";
import { type EventFilter, filterPath, fits, NO_FILTER } from "./eventFilter";
import { FilterBar } from "./FilterBar";

const PAGE = 50;
const COLUMNS = 6;

/** The events of the log, newest first, as the filter in the URL has them. */
export function EventLog({
  query,
  filter,
  size,
}: {
  query: EventLog_query$key;
  filter: EventFilter;
  /** Leaves of the log when the list was asked for. */
  size: number;
}) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<EventLogQuery, EventLog_query$key>(
    graphql`
      fragment EventLog_query on Query
      @refetchable(queryName: "EventLogQuery")
      @argumentDefinitions(
        first: { type: "Int", defaultValue: 50 }
        after: { type: "String" }
        subject: { type: "ID" }
        actor: { type: "ID" }
        types: { type: "[String!]" }
        from: { type: "DateTime" }
        to: { type: "DateTime" }
      ) {
        auditEvents(
          first: $first
          after: $after
          subject: $subject
          actor: $actor
          types: $types
          from: $from
          to: $to
        ) @connection(key: "EventLog_auditEvents") {
          edges {
            node {
              id
              seq
              subjectKind
              actor {
                id
                kind
                ...ActorName_actor
              }
              ...EventRow_event
            }
          }
        }
      }
    `,
    query,
  );
  const events = data.auditEvents.edges.map(({ node }) => node);
  const fresh = useAppended(filter, size, events.find(({ seq }) => typeof seq === "number")?.seq ?? -1);
  const { reload } = useNavigation();
  const filtered = filterPath(filter) !== filterPath(NO_FILTER);

  return (
    <section aria-label={m.audit.events} className={styles.section}>
      <div className={styles.sectionHead}>
        <h2 className={styles.heading}>{m.audit.events}</h2>
        {/* Stands in a line that is there anyway: what came in moves nothing that is being read. */}
        <span role="status">
          {fresh > 0 && (
            <Button small onPress={reload}>
              {m.audit.appended(fresh)}
            </Button>
          )}
        </span>
      </div>
      <FilterBar
        filter={filter}
        actor={events.find(({ actor }) => actor.id === filter.actor)?.actor ?? null}
        subjectKind={events[0]?.subjectKind ?? null}
      />
      <div className={table.frame}>
        {events.length === 0 ? (
          <p className={table.empty}>{filtered ? m.audit.noneFound : m.audit.noEvents}</p>
        ) : (
          <table className={table.table} aria-label={m.audit.events}>
            <thead>
              <tr>
                <th scope="col" className={table.number}>
                  {m.audit.columns.leaf}
                </th>
                <th scope="col">{m.audit.columns.event}</th>
                <th scope="col">{m.audit.columns.actor}</th>
                <th scope="col">{m.audit.columns.subject}</th>
                <th scope="col">{m.audit.columns.time}</th>
                <th scope="col">{m.audit.columns.proof}</th>
              </tr>
            </thead>
            <tbody>
              {events.map((event) => (
                <EventRow key={event.id} event={event} filter={filter} columns={COLUMNS} />
              ))}
            </tbody>
          </table>
        )}
      </div>
      {hasNext && (
        <div className={table.foot}>
          <Button busy={isLoadingNext} onPress={() => loadNext(PAGE)}>
            {m.more}
          </Button>
        </div>
      )}
    </section>
  );
}

/** At most so many are kept to be counted. */
const MOST = 500;

type Appended = NonNullable<EventLogSubscription$data["auditAppended"]>["event"];

/** Counts events that were appended after the newest that is shown, and that the list would hold. */
function useAppended(filter: EventFilter, size: number, newest: number): number {
  const [appended, setAppended] = useState<readonly Appended[]>([]);
  const [after] = useState(size > 0 ? size - 1 : null);
  useSubscription<EventLogSubscription>(
    useMemo(
      () => ({
        subscription: graphql`
          subscription EventLogSubscription($after: Int) {
            auditAppended(after: $after) {
              seq
              event {
                id
                seq
                type
                occurredAt
                recordedAt
                leafHash
                subjectId
                actor {
                  id
                }
              }
            }
          }
        `,
        variables: { after },
        onNext: (change) => {
          const event = change?.auditAppended.event;
          if (event) setAppended((before) => [...before, event].slice(-MOST));
        },
      }),
      [after],
    ),
  );
  return appended.filter((event) => (event.seq ?? -1) > newest && fits(filter, event)).length;
}
