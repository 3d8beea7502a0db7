import { Suspense, useState } from "react";
import { graphql, useLazyLoadQuery } from "react-relay";
import { m } from "../messages";
import { formatDateTime, formatNumber } from "../messages/format";
import { Command, ExactText } from "../parts/ExactText";
import facts from "../parts/Facts.module.css";
import { FailureBoundary } from "../parts/FailureBoundary";
import { may, useViewer } from "../shell/Viewer";
import type { EventProofQuery } from "./__generated__/EventProofQuery.graphql";
import styles from "./Proof.module.css";
import { ReceiptLink } from "./ReceiptLink";
import { proofCommand } from "./verifying";
import { withLeaf } from "./withLeaf";

/** All that shows an event to be in the log: its leaf, the way up to the root, and the checkpoint that signs the root. */
export function EventProof({ id }: { id: string }) {
  const [attempt, setAttempt] = useState(0);
  return (
    <FailureBoundary resetKey={attempt} onRetry={() => setAttempt(attempt + 1)}>
      <Suspense fallback={<p role="status">{m.loading}</p>}>
        <Evidence id={id} attempt={attempt} />
      </Suspense>
    </FailureBoundary>
  );
}

function Evidence({ id, attempt }: { id: string; attempt: number }) {
  const viewer = useViewer();
  const audits = may(viewer, "readAudit");
  const { node, log } = useLazyLoadQuery<EventProofQuery>(
    graphql`
      query EventProofQuery($id: ID!, $audits: Boolean!, $readsTasks: Boolean!) {
        node(id: $id) {
          ... on Event {
            leafHash
            leaf
            proof @include(if: $audits) {
              index
              size
              root
              hashes
              text
              checkpoint {
                signedAt
                note
              }
            }
            receipt @include(if: $readsTasks) {
              ...ReceiptLink_receipt
            }
          }
        }
        log @include(if: $audits) {
          verifierKey
        }
      }
    `,
    { id, audits, readsTasks: may(viewer, "readTasks") },
    // A proof is for the newest checkpoint, so it is asked for each time it is opened.
    { fetchKey: attempt, fetchPolicy: "network-only" },
  );
  if (!node?.leaf) return <p>{m.audit.proof.notSequenced}</p>;
  const { leaf, leafHash, proof, receipt } = node;
  return (
    <div className={styles.evidence}>
      <dl className={facts.facts}>
        {proof && (
          <>
            <dt>{m.audit.proof.index}</dt>
            <dd>{m.audit.proof.place(formatNumber(proof.index), formatNumber(proof.size))}</dd>
          </>
        )}
        <dt>{m.audit.proof.leafHash}</dt>
        <dd className="mono">{leafHash}</dd>
        {proof && (
          <>
            <dt>{m.audit.proof.hashes}</dt>
            <dd className="mono">
              {proof.hashes.length === 0 ? (
                m.audit.proof.noHashes
              ) : (
                <ol className={styles.hashes}>
                  {proof.hashes.map((hash) => (
                    <li key={hash}>{hash}</li>
                  ))}
                </ol>
              )}
            </dd>
            <dt>{m.audit.proof.root}</dt>
            <dd className="mono">{proof.root}</dd>
            <dt>{m.audit.proof.checkpoint}</dt>
            <dd>{m.audit.proof.signed(formatDateTime(proof.checkpoint.signedAt))}</dd>
          </>
        )}
        {receipt && (
          <>
            <dt>{m.audit.proof.receipt}</dt>
            <dd>
              <ReceiptLink receipt={receipt} /> <span className={styles.hint}>{m.audit.proof.receiptHint}</span>
            </dd>
          </>
        )}
      </dl>
      <h3>{m.audit.proof.leaf}</h3>
      <ExactText text={leaf} label={m.audit.proof.leaf} fileName={`${leafHash?.slice(0, 16)}.leaf`} />
      {proof ? (
        <>
          <h3>{m.audit.proof.text}</h3>
          <ExactText
            text={withLeaf(proof.text, leaf)}
            label={m.audit.proof.text}
            fileName={`${proof.index}.tlog-proof`}
          />
          <h3>{m.audit.proof.note}</h3>
          <ExactText text={proof.checkpoint.note} label={m.audit.proof.note} fileName={`${proof.size}.checkpoint`} />
          <h3>{m.audit.proof.verify}</h3>
          <ol className={styles.steps}>
            {m.audit.proof.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          {log && (
            <>
              <p>{m.audit.proof.command}:</p>
              <Command
                text={proofCommand(`${proof.index}.tlog-proof`, log.verifierKey)}
                label={m.audit.proof.command}
              />
            </>
          )}
        </>
      ) : (
        <p role="status">{audits ? m.audit.proof.waiting : m.audit.proof.forAuditors}</p>
      )}
    </div>
  );
}
