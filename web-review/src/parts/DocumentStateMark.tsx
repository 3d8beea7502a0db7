import { m } from "../messages";
import styles from "./DocumentStateMark.module.css";
import { Icon, type IconName } from "./icons";

export type DocumentState = keyof typeof m.documents.state_;

const looks: Record<DocumentState, { icon: IconName; tone: "ok" | "quiet" | "warn" | "bad" }> = {
  RECEIVED: { icon: "clock", tone: "quiet" },
  READING: { icon: "clock", tone: "quiet" },
  IN_REVIEW: { icon: "pencil", tone: "warn" },
  ACCEPTED: { icon: "check", tone: "ok" },
  REJECTED: { icon: "cross", tone: "bad" },
  FAILED: { icon: "warning", tone: "bad" },
  ERASED: { icon: "minus", tone: "quiet" },
};

/** A document's state as icon and word. */
export function DocumentStateMark({ state }: { state: DocumentState }) {
  const { icon, tone } = looks[state];
  return (
    <span className={`${styles.mark} ${styles[tone]}`}>
      <Icon name={icon} size={14} />
      {m.documents.state_[state]}
    </span>
  );
}
