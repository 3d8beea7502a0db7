import { useMemo, useState } from "react";
import { graphql, usePaginationFragment, useSubscription } from "react-relay";
import { m } from "../messages";
import { formatBytes, formatDateTime } from "../messages/format";
import { paths } from "../navigation/location";
import { Link, useNavigation } from "../navigation/router";
import { Button } from "../parts/Button";
import { DocumentName } from "../parts/DocumentName";
import { type DocumentState, DocumentStateMark } from "../parts/DocumentStateMark";
import { Notice } from "../parts/Notice";
import table from "../parts/Table.module.css";
import type { DocumentTable_query$key } from "./__generated__/DocumentTable_query.graphql";
import type { DocumentTableQuery } from "./__generated__/DocumentTableQuery.graphql";
import type { DocumentTableSubscription } from "./__generated__/DocumentTableSubscription.graphql";
import styles from "./DocumentTable.module.css";

const PAGE = 50;

export function DocumentTable({ query, state }: { query: DocumentTable_query$key; state: DocumentState | null }) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<DocumentTableQuery, DocumentTable_query$key>(
    graphql`
      fragment DocumentTable_query on Query
      @refetchable(queryName: "DocumentTableQuery")
      @argumentDefinitions(
        first: { type: "Int", defaultValue: 50 }
        after: { type: "String" }
        state: { type: "DocumentState" }
      ) {
        documents(first: $first, after: $after, state: $state) @connection(key: "DocumentTable_documents") {
          edges {
            node {
              id
              state
              typeLabel
              ...DocumentName_document
              byteSize
              receivedAt
            }
          }
        }
      }
    `,
    query,
  );
  const documents = data.documents.edges.map(({ node }) => node);
  const fresh = useFreshDocuments(new Set(documents.map(({ id }) => id)), state);
  const { reload } = useNavigation();

  return (
    <>
      {fresh > 0 && (
        <Notice actions={<Button onPress={reload}>{m.documents.refresh}</Button>}>
          <p role="status">{m.documents.fresh(fresh)}</p>
        </Notice>
      )}
      <div className={table.frame}>
        {documents.length === 0 ? (
          <p className={table.empty}>
            {state === null ? m.documents.none : m.documents.noneInState(m.documents.state_[state])}{" "}
            {state !== null && <Link href={paths.documents}>{m.documents.showAll}</Link>}
          </p>
        ) : (
          <table className={table.table} aria-label={m.documents.title}>
            <thead>
              <tr>
                <th scope="col">{m.documents.file}</th>
                <th scope="col">{m.documents.state}</th>
                <th scope="col">{m.documents.type}</th>
                <th scope="col" className={table.number}>
                  {m.documents.size}
                </th>
                <th scope="col">{m.documents.received}</th>
              </tr>
            </thead>
            <tbody>
              {documents.map((document) => (
                <tr key={document.id}>
                  <td className={styles.name}>
                    <Link href={paths.document(document.id)}>
                      <DocumentName document={document} />
                    </Link>
                  </td>
                  <td>
                    <DocumentStateMark state={document.state} />
                  </td>
                  <td>{document.typeLabel}</td>
                  <td className={`${table.quiet} ${table.number}`}>{formatBytes(document.byteSize)}</td>
                  <td className={table.quiet}>{formatDateTime(document.receivedAt)}</td>
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
    </>
  );
}

/** Counts documents that came up since the list was fetched; those in it change where they stand. */
function useFreshDocuments(known: ReadonlySet<string>, state: DocumentState | null): number {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  useSubscription<DocumentTableSubscription>(
    useMemo(
      () => ({
        subscription: graphql`
          subscription DocumentTableSubscription {
            documentChanged {
              seq
              document {
                id
                state
                typeLabel
                ...DocumentName_document
                byteSize
                receivedAt
              }
            }
          }
        `,
        variables: {},
        onNext: (change) => {
          const document = change?.documentChanged.document;
          if (document && (state === null || document.state === state)) setSeen((now) => new Set(now).add(document.id));
        },
      }),
      [state],
    ),
  );
  return [...seen].filter((id) => !known.has(id)).length;
}
