import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatNumber } from "../messages/format";
import { CopyButton } from "../parts/CopyButton";
import table from "../parts/Table.module.css";
import type { KeyTable_log$data, KeyTable_log$key } from "./__generated__/KeyTable_log.graphql";
import styles from "./Audit.module.css";

/** Every key that ever signed the log, and for which sizes its signature counts. */
export function KeyTable({ log: key }: { log: KeyTable_log$key }) {
  const { keys } = useFragment(
    graphql`
      fragment KeyTable_log on Log {
        keys {
          verifierKey
          keyId
          validFrom
          retiredAt
          revokedAt
        }
      }
    `,
    key,
  );
  return (
    <div className={styles.keys}>
      <h2 className={styles.heading}>{m.audit.keys}</h2>
      <p className={styles.hint}>{m.audit.keyHint}</p>
      <div className={table.frame}>
        <table className={table.table} aria-label={m.audit.keys}>
          <thead>
            <tr>
              <th scope="col">{m.audit.keyId}</th>
              <th scope="col">{m.audit.key}</th>
              <th scope="col">{m.audit.validity}</th>
            </tr>
          </thead>
          <tbody>
            {keys.map((each) => (
              <tr key={each.verifierKey}>
                <td className={`${table.code} ${styles.short}`}>{each.keyId}</td>
                <td className={table.code}>
                  <span className={styles.row}>
                    {each.verifierKey} <CopyButton text={each.verifierKey} label={m.audit.keyOf(each.keyId)} />
                  </span>
                </td>
                <td>{validity(each)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** `retiredAt` and `revokedAt` are sizes: up to there its checkpoints count. */
function validity({ validFrom, retiredAt, revokedAt }: KeyTable_log$data["keys"][number]): string {
  const end = revokedAt ?? retiredAt ?? null;
  if (end === null) return m.audit.keyNow(validFrom === 0 ? null : formatNumber(validFrom));
  const sizes = m.audit.keyBetween(formatNumber(validFrom), formatNumber(end));
  return `${sizes}; ${typeof revokedAt === "number" ? m.audit.keyRevoked : m.audit.keyRetired}`;
}
