import { graphql, usePaginationFragment } from "react-relay";
import { eventWords } from "../document/eventWords";
import { m } from "../messages";
import { formatDateTime, formatNumber } from "../messages/format";
import { ActorName } from "../parts/ActorName";
import { Button } from "../parts/Button";
import table from "../parts/Table.module.css";
import type { EventTable_query$key } from "./__generated__/EventTable_query.graphql";
import type { EventTableQuery } from "./__generated__/EventTableQuery.graphql";
import styles from "./AuditScreen.module.css";

const PAGE = 20;

export function EventTable({ query }: { query: EventTable_query$key }) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<EventTableQuery, EventTable_query$key>(
    graphql`
      fragment EventTable_query on Query
      @refetchable(queryName: "EventTableQuery")
      @argumentDefinitions(first: { type: "Int", defaultValue: 20 }, after: { type: "String" }) {
        auditEvents(first: $first, after: $after) @connection(key: "EventTable_auditEvents") {
          edges {
            node {
              id
              seq
              type
              occurredAt
              leafHash
              actor {
                ...ActorName_actor
              }
            }
          }
        }
      }
    `,
    query,
  );
  return (
    <section aria-label={m.audit.events}>
      <h2 className={styles.heading}>{m.audit.events}</h2>
      <div className={table.frame}>
        <table className={table.table} aria-label={m.audit.events}>
          <thead>
            <tr>
              <th scope="col" className={table.number}>
                {m.audit.columns.leaf}
              </th>
              <th scope="col">{m.audit.columns.event}</th>
              <th scope="col">{m.audit.columns.actor}</th>
              <th scope="col">{m.audit.columns.time}</th>
              <th scope="col">{m.audit.columns.hash}</th>
            </tr>
          </thead>
          <tbody>
            {data.auditEvents.edges.map(({ node: event }) => (
              <tr key={event.id}>
                <td className={table.number}>
                  {typeof event.seq === "number" ? formatNumber(event.seq) : m.document.notSequenced}
                </td>
                <td>{eventWords(event.type)}</td>
                <td>
                  <ActorName actor={event.actor} />
                </td>
                <td className={table.quiet}>{formatDateTime(event.occurredAt)}</td>
                <td className={`${table.code} ${styles.hash}`}>{event.leafHash}</td>
              </tr>
            ))}
          </tbody>
        </table>
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
