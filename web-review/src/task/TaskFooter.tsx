import type { Ref } from "react";
import { m } from "../messages";
import { Button } from "../parts/Button";
import { Kbd } from "../parts/Kbd";
import type { OutboxState } from "./outbox";
import styles from "./TaskFooter.module.css";

export function TaskFooter({
  ref,
  sent,
  drafts,
  editable,
  busy,
  onApprove,
  onOpen,
}: {
  ref: Ref<HTMLButtonElement>;
  sent: OutboxState;
  drafts: number;
  editable: boolean;
  busy: boolean;
  onApprove: () => void;
  onOpen: (window: "keys" | "skip" | "reject" | "escalate") => void;
}) {
  return (
    <footer className={styles.footer}>
      <span className={styles.keys}>
        <Kbd keys="Enter" /> {m.keys.acceptNext} <Kbd keys="F2" /> {m.keys.edit} <Kbd keys="Esc" /> {m.keys.undo}
      </span>
      <Button look="quiet" small shortcut="?" onPress={() => onOpen("keys")}>
        {m.keys.all}
      </Button>
      <span className={styles.saved} role="status">
        {savedText(sent, drafts)}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a set of buttons, not of inputs */}
      <span className={styles.decisions} role="group" aria-label={m.task.actions}>
        <Button shortcut="Alt S" isDisabled={!editable} onPress={() => onOpen("skip")}>
          {m.task.skip}
        </Button>
        <Button shortcut="Alt E" isDisabled={!editable} onPress={() => onOpen("escalate")}>
          {m.task.escalate}
        </Button>
        <Button look="danger" shortcut="Alt X" isDisabled={!editable} onPress={() => onOpen("reject")}>
          {m.task.reject}
        </Button>
        <Button ref={ref} look="primary" shortcut="Ctrl ↵" isDisabled={!editable} busy={busy} onPress={onApprove}>
          {busy ? m.task.approving : m.task.approve}
        </Button>
      </span>
    </footer>
  );
}

function savedText({ pending, waiting, refused }: OutboxState, drafts: number): string {
  if (waiting) return m.task.waiting(pending.length);
  if (pending.length > 0) return m.task.savingCount(pending.length);
  const unsaved = Math.max(drafts, refused.size);
  return unsaved > 0 ? m.task.unsaved(unsaved) : m.task.saved;
}
