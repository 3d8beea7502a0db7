import type { ReactNode } from "react";
import { m } from "../messages";
import { CopyButton } from "../parts/CopyButton";
import styles from "./QueueScreen.module.css";

const TOKEN = "countersign admin create-token --data DIR --role integrator";

function curl(): string {
  return [
    "curl --data-binary @receipt.jpg \\",
    '  -H "Authorization: Bearer $TOKEN" \\',
    '  -H "Idempotency-Key: $(uuidgen)" \\',
    `  "${location.origin}/api/documents?type=receipt"`,
  ].join("\n");
}

/** What an empty installation shows: the two ways to send a first document. */
export function FirstDocument({ upload }: { upload: ReactNode }) {
  return (
    <section className={styles.first} aria-labelledby="first-document">
      <h2 id="first-document" className={styles.name}>
        {m.first.title}
      </h2>
      <p>{m.first.text}</p>
      <div className={styles.ways}>
        {upload && (
          <div className={styles.way}>
            <h3>{m.first.byHand}</h3>
            {upload}
          </div>
        )}
        <div className={styles.way}>
          <h3>{m.first.byProgram}</h3>
          <pre className={styles.curl}>{curl()}</pre>
          <p className={styles.row}>
            <CopyButton text={curl()} label="curl" /> {m.first.curlHint} <code>{TOKEN}</code>
          </p>
        </div>
      </div>
    </section>
  );
}
