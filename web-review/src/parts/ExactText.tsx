import { CopyButton } from "./CopyButton";
import { DownloadButton } from "./DownloadButton";
import styles from "./Text.module.css";

/** A text whose every byte counts: shown as it is, to copy and to save. */
export function ExactText({ text, label, fileName }: { text: string; label: string; fileName?: string }) {
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/useSemanticElements: exact text, no set of inputs */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={styles.text} tabIndex={0} role="group" aria-label={label}>
        {text}
      </pre>
      <div className={styles.tools}>
        <CopyButton text={text} label={label} />
        {fileName && <DownloadButton text={text} fileName={fileName} label={label} />}
      </div>
    </div>
  );
}

/** A command for a terminal, to copy. */
export function Command({ text, label }: { text: string; label: string }) {
  return (
    <div className={styles.command}>
      <code>{text}</code>
      <CopyButton text={text} label={label} />
    </div>
  );
}
