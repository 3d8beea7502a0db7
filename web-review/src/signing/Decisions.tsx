import { useEffect } from "react";
import { fetchQuery, graphql, useFragment, useRelayEnvironment } from "react-relay";
import { m } from "../messages";
import { formatDateTime } from "../messages/format";
import { paths } from "../navigation/location";
import { Link } from "../navigation/router";
import { ReceiptLink } from "../proof/ReceiptLink";
import type { Decisions_document$key } from "./__generated__/Decisions_document.graphql";
import type { DecisionsReceiptsQuery } from "./__generated__/DecisionsReceiptsQuery.graphql";
import { SignatureMark } from "./SignatureMark";
import styles from "./Signing.module.css";

/** A receipt follows its decision by a second or two, without a change that would tell of it. Milliseconds. */
const POLL = 2000;
/** After so many looks the log is not signed at present, and the page says no more than that. */
const LOOKS = 15;

/** Looks for receipts that have not come yet. */
function useReceipts(documentId: string, missing: boolean) {
  const environment = useRelayEnvironment();
  useEffect(() => {
    if (!missing) return;
    let looks = 0;
    const timer = setInterval(() => {
      looks += 1;
      if (looks === LOOKS) clearInterval(timer);
      // A failed look is made good by the next one.
      fetchQuery<DecisionsReceiptsQuery>(environment, receiptsQuery, { id: documentId }).subscribe({ error: () => {} });
    }, POLL);
    return () => clearInterval(timer);
  }, [environment, documentId, missing]);
}

const receiptsQuery = graphql`
  query DecisionsReceiptsQuery($id: ID!) {
    document(id: $id) {
      tasks {
        id
        receipt {
          ...ReceiptLink_receipt
        }
      }
    }
  }
`;

/** What people decided about a document, with their signatures and receipts; nothing while nobody has. */
export function Decisions({ document: key }: { document: Decisions_document$key }) {
  const document = useFragment(
    graphql`
      fragment Decisions_document on Document
      @argumentDefinitions(readsTasks: { type: "Boolean!", defaultValue: false }) {
        id
        tasks @include(if: $readsTasks) {
          id
          stage
          decision
          decidedAt
          statement {
            ...SignatureMark_statement
          }
          receipt {
            ...ReceiptLink_receipt
          }
        }
      }
    `,
    key,
  );
  const decided = (document.tasks ?? []).filter(({ decision }) => decision);
  useReceipts(
    document.id,
    decided.some(({ receipt }) => !receipt),
  );
  if (decided.length === 0) return null;
  return (
    <section aria-label={m.signing.decisions}>
      <h2 className={styles.heading}>{m.signing.decisions}</h2>
      <ul>
        {decided.map((task) => (
          <li key={task.id} className={styles.decision}>
            <p className={styles.decided}>
              {task.decision && <b>{m.signing.decided[task.decision]}</b>}
              <Link className={styles.quiet} href={paths.task(task.id)}>
                {m.signing.stage(task.stage)}
              </Link>
              {task.decidedAt && <span className={styles.quiet}>{formatDateTime(task.decidedAt)}</span>}
              <span className={styles.quiet}>
                {task.receipt ? <ReceiptLink receipt={task.receipt} /> : m.signing.receiptWaiting}
              </span>
            </p>
            {task.statement && <SignatureMark statement={task.statement} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
