import { m } from "../messages";
import { formatBytes } from "../messages/format";
import styles from "./Archive.module.css";
import { Icon, type IconName } from "./icons";

type State = keyof typeof m.archive.state;

const icons: Record<State, IconName> = {
  QUEUED: "clock",
  RUNNING: "clock",
  READY: "check",
  FAILED: "cross",
};

/** How far an archive is that a job makes, and why it failed. */
export function ArchiveMark({ state, failure }: { state: State; failure: string | undefined }) {
  return (
    <>
      <span className={styles.state} data-state={state} role="status">
        <Icon name={icons[state]} size={16} />
        {m.archive.state[state]}
      </span>
      {failure !== undefined && <p className={styles.failure}>{failure}</p>}
    </>
  );
}

/** The file of one that is ready; nothing before. */
export function ArchiveLink({
  url,
  byteSize,
}: {
  url: string | null | undefined;
  byteSize: number | null | undefined;
}) {
  if (!url) return null;
  return (
    <a className={styles.download} href={url} download>
      <Icon name="download" size={16} />
      {m.download}
      {typeof byteSize === "number" && ` (${formatBytes(byteSize)})`}
    </a>
  );
}
