import { graphql, useFragment, usePreloadedQuery } from "react-relay";
import { m } from "../messages";
import { formatDateTime, formatNumber } from "../messages/format";
import type { ScreenProps } from "../navigation/router";
import { CopyButton } from "../parts/CopyButton";
import { Notice } from "../parts/Notice";
import { Screen } from "../shell/Screen";
import type { AuditScreen_log$key } from "./__generated__/AuditScreen_log.graphql";
import type { AuditScreenQuery } from "./__generated__/AuditScreenQuery.graphql";
import styles from "./AuditScreen.module.css";
import { CheckpointTable } from "./CheckpointTable";
import { EventTable } from "./EventTable";

export default function AuditScreen({ query }: ScreenProps<AuditScreenQuery>) {
  const data = usePreloadedQuery<AuditScreenQuery>(
    graphql`
      query AuditScreenQuery {
        log {
          ...AuditScreen_log
        }
        ...EventTable_query
        ...CheckpointTable_query
      }
    `,
    query,
  );
  return (
    <Screen title={m.audit.title}>
      <p className={styles.lead}>{m.audit.lead}</p>
      <LogPanel log={data.log} />
      <EventTable query={data} />
      <CheckpointTable query={data} />
    </Screen>
  );
}

const VERIFY = "countersign audit verify --data DIR";

function LogPanel({ log: key }: { log: AuditScreen_log$key }) {
  const log = useFragment(
    graphql`
      fragment AuditScreen_log on Log {
        origin
        size
        verifierKey
        unwitnessedSince
        alarm
        checkpoint {
          size
          root
          signedAt
        }
      }
    `,
    key,
  );
  return (
    <section className={styles.panel} aria-label={m.audit.title}>
      {log.alarm && (
        <Notice tone="bad" alert title={m.audit.alarm}>
          <p>{log.alarm}</p>
        </Notice>
      )}
      {log.unwitnessedSince ? (
        <Notice tone="warn" title={m.audit.unwitnessed(formatDateTime(log.unwitnessedSince))}>
          <p>{m.audit.unwitnessedHint}</p>
        </Notice>
      ) : (
        <Notice tone="ok">
          <p>{m.audit.witnessed}</p>
        </Notice>
      )}
      <dl className={styles.facts}>
        <dt>{m.audit.origin}</dt>
        <dd className="mono">{log.origin}</dd>
        <dt>{m.audit.size}</dt>
        <dd>{formatNumber(log.size)}</dd>
        <dt>{m.audit.checkpoint}</dt>
        <dd>
          {log.checkpoint
            ? m.audit.checkpointAt(formatNumber(log.checkpoint.size), formatDateTime(log.checkpoint.signedAt))
            : m.audit.noCheckpoint}
        </dd>
        {log.checkpoint && (
          <>
            <dt>{m.audit.root}</dt>
            <dd className="mono">{log.checkpoint.root}</dd>
          </>
        )}
        <dt>{m.audit.key}</dt>
        <dd>
          <span className={styles.row}>
            <span className="mono">{log.verifierKey}</span> <CopyButton text={log.verifierKey} label={m.audit.key} />
          </span>
          <span className={styles.hint}>{m.audit.keyHint}</span>
        </dd>
        <dt>{m.audit.verify}</dt>
        <dd>
          <span className={styles.row}>
            <code>{VERIFY}</code> <CopyButton text={VERIFY} label={m.audit.verify} />
          </span>
        </dd>
      </dl>
    </section>
  );
}
