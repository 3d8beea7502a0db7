import type { ReactNode } from "react";
import { Icon, type IconName } from "./icons";
import styles from "./Notice.module.css";

type Tone = "info" | "ok" | "warn" | "bad";

const icons: Record<Tone, IconName> = { info: "question", ok: "check", warn: "warning", bad: "cross" };

/** A message in its place; `alert` reads it out at once when it appears. */
export function Notice({
  tone = "info",
  title,
  children,
  actions,
  alert = false,
}: {
  tone?: Tone;
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
  alert?: boolean;
}) {
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={alert ? "alert" : undefined}>
      <Icon name={icons[tone]} />
      <div className={styles.text}>
        {title && <p className={styles.title}>{title}</p>}
        {children}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
