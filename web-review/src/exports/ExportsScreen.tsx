import { useState } from "react";
import { fetchQuery, graphql, usePreloadedQuery, useRelayEnvironment } from "react-relay";
import { m } from "../messages";
import { formatDateTime } from "../messages/format";
import type { ScreenProps } from "../navigation/router";
import { ArchiveLink, ArchiveMark } from "../parts/Archive";
import { Button } from "../parts/Button";
import { failureText } from "../parts/failureText";
import { Notice } from "../parts/Notice";
import { Select } from "../parts/Select";
import table from "../parts/Table.module.css";
import { commitOnce } from "../relay/commit";
import { useBuilding } from "../relay/useBuilding";
import { Screen } from "../shell/Screen";
import type { ExportsScreenQuery } from "./__generated__/ExportsScreenQuery.graphql";
import type { ExportsScreenRequestMutation } from "./__generated__/ExportsScreenRequestMutation.graphql";
import styles from "./ExportsScreen.module.css";

const screenQuery = graphql`
  query ExportsScreenQuery {
    exports(first: 50) {
      edges {
        node {
          id
          state
          documentType
          requestedAt
          exported
          rejected
          sha256
          byteSize
          downloadUrl
          failure {
            message
          }
        }
      }
    }
    documentTypes {
      name
      label
    }
  }
`;

export default function ExportsScreen({ query }: ScreenProps<ExportsScreenQuery>) {
  const data = usePreloadedQuery<ExportsScreenQuery>(screenQuery, query);
  const environment = useRelayEnvironment();
  const [type, setType] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const exports = data.exports.edges.map(({ node }) => node);
  const labelOf = (name: string | null | undefined) =>
    data.documentTypes.find((candidate) => candidate.name === name)?.label ?? name ?? m.exports.allTypes;

  useBuilding<ExportsScreenQuery>(screenQuery, exports);

  const request = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await commitOnce<ExportsScreenRequestMutation>(environment, requestMutation, {
        documentType: type === "" ? null : type,
      });
      await fetchQuery<ExportsScreenQuery>(environment, screenQuery, {}).toPromise();
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Screen
      title={m.exports.title}
      aside={
        <>
          <Select
            label={m.exports.type}
            value={type}
            options={[
              { value: "", label: m.exports.allTypes },
              ...data.documentTypes.map(({ name, label }) => ({ value: name, label })),
            ]}
            onChange={setType}
          />
          <Button look="primary" busy={busy} onPress={() => void request()}>
            {busy ? m.exports.requesting : m.exports.request}
          </Button>
        </>
      }
    >
      <p className={styles.lead}>{m.exports.lead}</p>
      {problem && (
        <Notice tone="bad" alert>
          <p>{problem}</p>
        </Notice>
      )}
      <div className={table.frame}>
        {exports.length === 0 ? (
          <p className={table.empty}>{m.exports.none}</p>
        ) : (
          <table className={table.table} aria-label={m.exports.table}>
            <thead>
              <tr>
                <th scope="col">{m.exports.columns.requested}</th>
                <th scope="col">{m.exports.columns.type}</th>
                <th scope="col">{m.exports.columns.state}</th>
                <th scope="col">{m.exports.columns.documents}</th>
                <th scope="col">{m.exports.columns.hash}</th>
                <th scope="col">{m.exports.columns.file}</th>
              </tr>
            </thead>
            <tbody>
              {exports.map((item) => (
                <tr key={item.id}>
                  <td className={table.quiet}>{formatDateTime(item.requestedAt)}</td>
                  <td>{labelOf(item.documentType)}</td>
                  <td>
                    <ArchiveMark state={item.state} failure={item.failure?.message} />
                  </td>
                  <td>{typeof item.exported === "number" && m.exports.counts(item.exported, item.rejected ?? 0)}</td>
                  <td className={`${table.code} ${styles.hash}`}>{item.sha256}</td>
                  <td className={table.quiet}>
                    <ArchiveLink url={item.downloadUrl} byteSize={item.byteSize} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Screen>
  );
}

const requestMutation = graphql`
  mutation ExportsScreenRequestMutation($input: RequestExportInput!) {
    requestExport(input: $input) {
      export {
        id
      }
    }
  }
`;
