import { useState } from "react";
import { graphql, usePreloadedQuery } from "react-relay";
import { m } from "../messages";
import { formatDateTime } from "../messages/format";
import { type ScreenProps, useNavigation } from "../navigation/router";
import { Button } from "../parts/Button";
import table from "../parts/Table.module.css";
import { Screen } from "../shell/Screen";
import type { SigningKeysScreenQuery } from "./__generated__/SigningKeysScreenQuery.graphql";
import { EnrollDialog } from "./EnrollDialog";
import { RevokeDialog } from "./RevokeDialog";
import styles from "./Signing.module.css";

/** The keys that sign for whoever is logged in. */
export default function SigningKeysScreen({ query }: ScreenProps<SigningKeysScreenQuery>) {
  const { viewer } = usePreloadedQuery<SigningKeysScreenQuery>(
    graphql`
      query SigningKeysScreenQuery {
        viewer {
          signingKeys {
            keyId
            algorithm
            custody
            enrolledAt
            revokedAt
          }
        }
      }
    `,
    query,
  );
  const { reload } = useNavigation();
  const [enrolling, setEnrolling] = useState(false);
  const [revoking, setRevoking] = useState<string | null>(null);
  const keys = viewer?.signingKeys ?? [];
  const done = () => {
    setEnrolling(false);
    setRevoking(null);
    reload();
  };
  return (
    <Screen
      title={m.signing.keys.title}
      aside={
        <Button look="primary" onPress={() => setEnrolling(true)}>
          {m.signing.keys.enrol}
        </Button>
      }
    >
      <p className={styles.lead}>{m.signing.keys.lead}</p>
      <div className={table.frame}>
        {keys.length === 0 ? (
          <p className={table.empty}>{m.signing.keys.none}</p>
        ) : (
          <table className={table.table} aria-label={m.signing.keys.table}>
            <thead>
              <tr>
                <th scope="col">{m.signing.keys.columns.key}</th>
                <th scope="col">{m.signing.keys.columns.kept}</th>
                <th scope="col">{m.signing.keys.columns.algorithm}</th>
                <th scope="col">{m.signing.keys.columns.enrolled}</th>
                <th scope="col">{m.signing.keys.columns.state}</th>
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <tr key={key.keyId}>
                  <td className={table.code}>{key.keyId}</td>
                  <td>{m.signing.keys.custody[key.custody]}</td>
                  <td>{key.algorithm}</td>
                  <td className={table.quiet}>{formatDateTime(key.enrolledAt)}</td>
                  <td>
                    {key.revokedAt ? (
                      <span className={styles.revoked}>{m.signing.keys.revoked(formatDateTime(key.revokedAt))}</span>
                    ) : (
                      <Button
                        small
                        look="danger"
                        aria-label={m.signing.keys.revokeKey(key.keyId)}
                        onPress={() => setRevoking(key.keyId)}
                      >
                        {m.signing.keys.revoke}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {enrolling && <EnrollDialog onClose={() => setEnrolling(false)} onEnrolled={done} />}
      {revoking && <RevokeDialog keyId={revoking} onClose={() => setRevoking(null)} onRevoked={done} />}
    </Screen>
  );
}
