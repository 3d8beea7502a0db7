import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatDateTime } from "../messages/format";
import { paths } from "../navigation/location";
import { Link } from "../navigation/router";
import { ReceiptLink } from "../proof/ReceiptLink";
import type { Decisions_document$key } from "./__generated__/Decisions_document.graphql";
import { SignatureMark } from "./SignatureMark";
import styles from "./Signing.module.css";

/** What people decided about a document, with their signatures and receipts; nothing while nobody has. */
export function Decisions({ document: key }: { document: Decisions_document$key }) {
  const document = useFragment(
    graphql`
      fragment Decisions_document on Document
      @argumentDefinitions(readsTasks: { type: "Boolean!", defaultValue: false }) {
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
