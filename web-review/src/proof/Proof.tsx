import { useState } from "react";
import { m } from "../messages";
import { EventProof } from "./EventProof";
import styles from "./Proof.module.css";

/** The proof of an event that stands in the log, fetched when somebody opens it. */
export function Proof({ eventId }: { eventId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.proof} onToggle={(toggled) => setOpen(toggled.currentTarget.open)}>
      <summary>{m.audit.proof.short}</summary>
      {open && <EventProof id={eventId} />}
    </details>
  );
}
