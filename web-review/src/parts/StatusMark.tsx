import type { m } from "../messages";
import { Icon, type IconName } from "./icons";
import styles from "./StatusMark.module.css";

export type FieldStatus = keyof typeof m.field.status;

const looks: Record<FieldStatus, { icon: IconName; tone: "ok" | "auto" | "warn" | "bad" }> = {
  READ: { icon: "dot", tone: "auto" },
  NEEDS_REVIEW: { icon: "warning", tone: "warn" },
  ACCEPTED_BY_MACHINE: { icon: "robot", tone: "auto" },
  CONFIRMED: { icon: "check", tone: "ok" },
  CORRECTED: { icon: "pencil", tone: "ok" },
  MISSING: { icon: "minus", tone: "ok" },
  ILLEGIBLE: { icon: "eyeOff", tone: "ok" },
};

/** The icon of a field's status; the word stands beside it, wherever it is used. */
export function StatusMark({ status, invalid = false }: { status: FieldStatus; invalid?: boolean }) {
  const { icon, tone } = looks[status];
  return (
    <span className={`${styles.mark} ${invalid ? styles.bad : styles[tone]}`} aria-hidden="true">
      <Icon name={invalid ? "cross" : icon} size={13} />
    </span>
  );
}
