import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { Icon } from "../parts/icons";
import type { ReceiptLink_receipt$key } from "./__generated__/ReceiptLink_receipt.graphql";
import styles from "./Proof.module.css";

/** The receipt of a decision, to download. */
export function ReceiptLink({ receipt: key }: { receipt: ReceiptLink_receipt$key }) {
  const receipt = useFragment(
    graphql`
      fragment ReceiptLink_receipt on Receipt {
        index
        url
      }
    `,
    key,
  );
  return (
    <a className={styles.receipt} href={receipt.url} download={`${receipt.index}.tlog-proof`}>
      <Icon name="download" size={14} />
      {m.signing.receipt}
    </a>
  );
}
