import styles from "./Kbd.module.css";

/** Keys as caps; hidden from the accessible name of what they stand in. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={styles.kbd} aria-hidden="true">
      {keys}
    </span>
  );
}
