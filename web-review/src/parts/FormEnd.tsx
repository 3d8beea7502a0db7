import { m } from "../messages";
import { Button } from "./Button";
import form from "./Form.module.css";
import { Notice } from "./Notice";

/** The end of a form in a dialog: what went wrong, and the two ways out. */
export function FormEnd({
  verb,
  look = "primary",
  busy = false,
  isDisabled = false,
  problem = null,
  problemTitle,
  cancelFirst = false,
  onCancel,
}: {
  verb: string;
  look?: "primary" | "danger";
  busy?: boolean;
  isDisabled?: boolean;
  problem?: string | null;
  problemTitle?: string;
  /** The focus begins on the way back. */
  cancelFirst?: boolean;
  onCancel: () => void;
}) {
  return (
    <>
      {problem && (
        <Notice tone="bad" alert title={problemTitle}>
          <p>{problem}</p>
        </Notice>
      )}
      <div className={form.buttons}>
        <Button autoFocus={cancelFirst} onPress={onCancel}>
          {m.cancel}
        </Button>
        <Button look={look} type="submit" busy={busy} isDisabled={isDisabled}>
          {verb}
        </Button>
      </div>
    </>
  );
}
