import { useState } from "react";
import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatDateTime, formatNumber } from "../messages/format";
import { Button } from "../parts/Button";
import { DownloadButton } from "../parts/DownloadButton";
import { Command } from "../parts/ExactText";
import facts from "../parts/Facts.module.css";
import { Notice } from "../parts/Notice";
import { may, useViewer } from "../shell/Viewer";
import type { LogPanel_log$data, LogPanel_log$key } from "./__generated__/LogPanel_log.graphql";
import styles from "./Audit.module.css";
import { KeyTable } from "./KeyTable";
import { RecipientsDialog } from "./RecipientsDialog";

const VERIFY = "countersign audit verify --data DIR";

/** The log as an auditor meets it: what to pin, what was signed last, and who outside holds a head of it. */
export function LogPanel({ log: key }: { log: LogPanel_log$key }) {
  const log = useFragment(
    graphql`
      fragment LogPanel_log on Log {
        origin
        epoch
        size
        unwitnessedSince
        alarm
        checkpointRecipients
        checkpoint {
          size
          root
          signedAt
          note
          signatures {
            name
            keyId
            kind
            time
          }
        }
        ...KeyTable_log
      }
    `,
    key,
  );
  const [editing, setEditing] = useState(false);
  const manages = may(useViewer(), "manageAudit");
  const { checkpoint } = log;
  const download = checkpoint && (
    <DownloadButton text={checkpoint.note} fileName={`${checkpoint.size}.checkpoint`}>
      {m.audit.downloadCheckpoint}
    </DownloadButton>
  );
  return (
    <section className={styles.panel} aria-label={m.audit.log}>
      {log.alarm && (
        <Notice tone="bad" alert title={m.audit.alarm}>
          <p>{log.alarm}</p>
          <p>{m.audit.alarmHint}</p>
        </Notice>
      )}
      {log.unwitnessedSince ? (
        <Notice
          tone="warn"
          title={m.audit.unwitnessed(formatDateTime(log.unwitnessedSince))}
          actions={
            <>
              {manages && (
                <Button small onPress={() => setEditing(true)}>
                  {m.audit.addRecipient}
                </Button>
              )}
              {download}
            </>
          }
        >
          <p>{m.audit.unwitnessedHint}</p>
        </Notice>
      ) : (
        <Notice tone="ok" actions={download}>
          <p>{m.audit.witnessed}</p>
        </Notice>
      )}
      <dl className={facts.facts}>
        <dt>{m.audit.origin}</dt>
        <dd className="mono">{log.origin}</dd>
        <dt>{m.audit.epoch}</dt>
        <dd>{formatNumber(log.epoch)}</dd>
        <dt>{m.audit.size}</dt>
        <dd>{formatNumber(log.size)}</dd>
        <dt>{m.audit.checkpoint}</dt>
        <dd>
          {checkpoint
            ? m.audit.checkpointAt(formatNumber(checkpoint.size), formatDateTime(checkpoint.signedAt))
            : m.audit.noCheckpoint}
        </dd>
        {checkpoint && (
          <>
            <dt>{m.audit.root}</dt>
            <dd className="mono">{checkpoint.root}</dd>
            <dt>{m.audit.signatures}</dt>
            <dd>
              <Signatures of={checkpoint.signatures} />
            </dd>
          </>
        )}
        <dt>{m.audit.recipients}</dt>
        <dd>
          <span className={styles.row}>
            {log.checkpointRecipients.length === 0
              ? m.audit.noRecipients
              : m.audit.recipientList(log.checkpointRecipients)}
            {manages && (
              <Button small icon="pencil" onPress={() => setEditing(true)}>
                {m.audit.editRecipients}
              </Button>
            )}
          </span>
        </dd>
        <dt>{m.audit.verify}</dt>
        <dd>
          <Command text={VERIFY} label={m.audit.verify} />
        </dd>
      </dl>
      <KeyTable log={log} />
      {editing && <RecipientsDialog addresses={log.checkpointRecipients} onClose={() => setEditing(false)} />}
    </section>
  );
}

type Signature = NonNullable<LogPanel_log$data["checkpoint"]>["signatures"][number];

function Signatures({ of }: { of: readonly Signature[] }) {
  return (
    <ul>
      {of.map(({ name, keyId, kind, time }) => (
        <li key={`${name} ${keyId}`}>
          {m.audit.signature(name, keyId)}, {m.audit.signatureKind[kind]}
          {time && `, ${m.audit.seenAt(formatDateTime(time))}`}
        </li>
      ))}
    </ul>
  );
}
