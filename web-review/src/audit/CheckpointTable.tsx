import { graphql, usePaginationFragment } from "react-relay";
import { m } from "../messages";
import { formatDateTime, formatNumber } from "../messages/format";
import { Button } from "../parts/Button";
import { DownloadButton } from "../parts/DownloadButton";
import table from "../parts/Table.module.css";
import type { CheckpointTable_query$key } from "./__generated__/CheckpointTable_query.graphql";
import type { CheckpointTableQuery } from "./__generated__/CheckpointTableQuery.graphql";
import styles from "./Audit.module.css";

const PAGE = 20;

export function CheckpointTable({ query }: { query: CheckpointTable_query$key }) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    CheckpointTableQuery,
    CheckpointTable_query$key
  >(
    graphql`
      fragment CheckpointTable_query on Query
      @refetchable(queryName: "CheckpointTableQuery")
      @argumentDefinitions(first: { type: "Int", defaultValue: 5 }, after: { type: "String" }) {
        checkpoints(first: $first, after: $after) @connection(key: "CheckpointTable_checkpoints") {
          edges {
            node {
              id
              size
              root
              signedAt
              note
            }
          }
        }
      }
    `,
    query,
  );
  return (
    <section aria-label={m.audit.checkpoints}>
      <h2 className={styles.heading}>{m.audit.checkpoints}</h2>
      <div className={table.frame}>
        {data.checkpoints.edges.length === 0 ? (
          <p className={table.empty}>{m.audit.noCheckpoints}</p>
        ) : (
          <table className={table.table} aria-label={m.audit.checkpoints}>
            <thead>
              <tr>
                <th scope="col" className={table.number}>
                  {m.audit.columns.size}
                </th>
                <th scope="col">{m.audit.columns.time}</th>
                <th scope="col">{m.audit.columns.root}</th>
                <th scope="col">{m.audit.columns.file}</th>
              </tr>
            </thead>
            <tbody>
              {data.checkpoints.edges.map(({ node: checkpoint }) => (
                <tr key={checkpoint.id}>
                  <td className={table.number}>{formatNumber(checkpoint.size)}</td>
                  <td className={table.quiet}>{formatDateTime(checkpoint.signedAt)}</td>
                  <td className={table.code}>{checkpoint.root}</td>
                  <td>
                    <DownloadButton
                      text={checkpoint.note}
                      fileName={`${checkpoint.size}.checkpoint`}
                      label={m.audit.checkpointOf(formatNumber(checkpoint.size))}
                    />
                  </td>
                </tr>
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
