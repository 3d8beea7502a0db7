import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatDateTime, formatNumber } from "../messages/format";
import { ExactText } from "../parts/ExactText";
import { Icon } from "../parts/icons";
import type { SignatureMark_statement$key } from "./__generated__/SignatureMark_statement.graphql";
import styles from "./Signing.module.css";

/** A signature wherever its decision is shown: who, when, with what meaning (21 CFR 11.50), how, and whether it verifies. */
export function SignatureMark({ statement: key }: { statement: SignatureMark_statement$key }) {
  const statement = useFragment(
    graphql`
      fragment SignatureMark_statement on Statement {
        signerName
        text
        meaning
        custody
        keyId
        signedAt
        verifies
        erasedBy {
          seq
        }
      }
    `,
    key,
  );
  const { erasedBy, text, verifies } = statement;
  return (
    <div className={styles.mark} data-verifies={verifies}>
      <p>
        {m.signing.signed(statement.signerName ?? m.signing.nameErased)},{" "}
        <time dateTime={statement.signedAt}>{formatDateTime(statement.signedAt)}</time>,{" "}
        {m.signing.means(m.signing.meaning[statement.meaning])}; {m.signing.custody[statement.custody]}.
      </p>
      <p className={styles.verdict}>
        <Icon name={verifies ? "check" : "cross"} size={14} />
        {verifies ? m.signing.verifies : m.signing.fails}
      </p>
      {erasedBy && <p>{m.signing.textErased(typeof erasedBy.seq === "number" ? formatNumber(erasedBy.seq) : "")}</p>}
      {!text && !erasedBy && <p>{m.signing.textHidden}</p>}
      {text && (
        <details>
          <summary>{m.signing.showStatement}</summary>
          <ExactText text={text} label={m.signing.statement} fileName="statement.txt" />
          <p className="mono">{m.signing.key(statement.keyId)}</p>
        </details>
      )}
    </div>
  );
}
