import { m } from "../messages";
import styles from "./Loading.module.css";

/** Stands where a screen will be; appears only after a moment, so that quick answers don't flicker. */
export function Loading() {
  return (
    <div className={styles.loading} role="status">
      <span className={styles.bar} aria-hidden="true" />
      <span className="visually-hidden">{m.loading}</span>
    </div>
  );
}
