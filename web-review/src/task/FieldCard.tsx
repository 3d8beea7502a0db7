import { type KeyboardEvent, memo, useId } from "react";
import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatShare } from "../messages/format";
import { Button } from "../parts/Button";
import { StatusMark } from "../parts/StatusMark";
import type { FieldCard_field$data, FieldCard_field$key } from "./__generated__/FieldCard_field.graphql";
import { Crop, type CropPage } from "./Crop";
import type { Draft } from "./drafts";
import styles from "./FieldCard.module.css";
import { FieldDoubts } from "./FieldDoubts";
import { isUnresolved } from "./fieldOrder";
import type { Refused } from "./outbox";
import { UncertainText } from "./UncertainText";

/** What can be done to a field, by its id; the same object for the life of a task, so that quiet fields stay quiet. */
export interface FieldActions {
  activate: (fieldId: string) => void;
  type: (fieldId: string, text: string) => void;
  offer: (fieldId: string, index: number) => void;
  accept: (fieldId: string) => void;
  back: (fieldId: string) => void;
  mark: (fieldId: string, mark: "MISSING" | "ILLEGIBLE") => void;
  undo: (fieldId: string) => void;
  redo: (fieldId: string) => void;
  drop: (fieldId: string) => void;
  keepTheirs: (fieldId: string) => void;
}

interface FieldCardProps {
  field: FieldCard_field$key;
  pages: readonly CropPage[];
  active: boolean;
  editable: boolean;
  draft: Draft | null;
  saving: boolean;
  refused: Refused | null;
  /** A sentence about this field, such as why it was not accepted. */
  hint: string | null;
  actions: FieldActions;
}

export const fieldInputId = (fieldId: string) => `field-${fieldId}`;

/** One field: a row, and a card with its place on the page, doubts and other readings while it is the active one. */
export const FieldCard = memo(function FieldCard(props: FieldCardProps) {
  const { pages, active, editable, draft, saving, refused, hint, actions } = props;
  const field = useFragment(
    graphql`
      fragment FieldCard_field on Field {
        id
        label
        kind
        required
        version
        status
        text
        value
        confidence
        threshold
        characterConfidences
        regions {
          page
          quad
        }
        ...FieldDoubts_field
      }
    `,
    props.field,
  );
  const doubts = useId();
  const text = draft?.text ?? field.text;
  const regions = draft?.regions ?? field.regions;
  const unresolved = isUnresolved(field);
  const invalid = refused !== null || (unresolved && field.required && text === "");
  const person = !unresolved && field.status !== "ACCEPTED_BY_MACHINE";

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes a character, Enter and Esc belong to it.
    if (event.nativeEvent.isComposing || event.altKey) return;
    const step = keyStep(event, field.id, actions);
    if (step === null) return;
    event.preventDefault();
    if (!event.repeat) step();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as a grid in every browser
    <div
      role="group"
      aria-label={field.label}
      className={styles.field}
      data-active={active || undefined}
      data-invalid={invalid || undefined}
    >
      <StatusMark status={field.status} invalid={invalid} />
      <label className={styles.label} htmlFor={fieldInputId(field.id)}>
        {field.label}
      </label>
      <span className={styles.state}>
        <FieldStateText field={field} active={active} saving={saving} edited={draft !== null} />
      </span>
      {active && (
        <div className={styles.place}>
          <Crop label={field.label} regions={regions} pages={pages} />
        </div>
      )}
      <span className={styles.input}>
        {active && draft === null && <UncertainText text={field.text} confidences={field.characterConfidences} />}
        <textarea
          id={fieldInputId(field.id)}
          className={styles.text}
          dir="auto"
          rows={active ? Math.min(5, Math.max(1, Math.ceil(text.length / 40))) : 1}
          value={text}
          placeholder={person ? m.field.status[field.status] : m.field.missing}
          readOnly={!editable}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={active ? doubts : undefined}
          aria-invalid={invalid || undefined}
          onFocus={() => actions.activate(field.id)}
          onChange={(event) => actions.type(field.id, event.target.value.replace(/\s*\n\s*/g, " "))}
          onKeyDown={onKeyDown}
        />
      </span>
      {active && (
        <div className={styles.more} id={doubts}>
          <FieldDoubts
            field={field}
            draft={draft}
            refused={refused}
            hint={hint}
            actions={actions}
            editable={editable}
          />
          {editable && !refused?.refusal.current && (
            <div className={styles.acts}>
              <Button small look="primary" shortcut="↵" onPress={() => actions.accept(field.id)}>
                {draft === null ? m.field.accept : m.field.save}
              </Button>
              {draft !== null && (
                <Button small shortcut="Esc" onPress={() => actions.drop(field.id)}>
                  {m.field.undo}
                </Button>
              )}
              <Button small look="quiet" shortcut="Alt M" onPress={() => actions.mark(field.id, "MISSING")}>
                {m.field.markMissing}
              </Button>
              <Button small look="quiet" shortcut="Alt I" onPress={() => actions.mark(field.id, "ILLEGIBLE")}>
                {m.field.markIllegible}
              </Button>
            </div>
          )}
        </div>
      )}
    </div>
  );
});

/** What stands at the right of a field; the word of its status is always there, for those who don't see the icon too. */
function FieldStateText({
  field,
  active,
  saving,
  edited,
}: {
  field: FieldCard_field$data;
  active: boolean;
  saving: boolean;
  edited: boolean;
}) {
  if (saving) return m.field.saving;
  if (edited) return m.field.edited;
  const word = m.field.status[field.status];
  if (!isUnresolved(field) && field.status !== "ACCEPTED_BY_MACHINE") return word;
  const confidence = formatShare(field.confidence);
  const shown =
    field.text === ""
      ? field.required
        ? m.field.required
        : m.field.optional
      : active
        ? m.field.confidence(confidence, formatShare(field.threshold))
        : confidence;
  return (
    <>
      <span className="visually-hidden">{word}, </span>
      {shown}
    </>
  );
}

function keyStep(
  event: KeyboardEvent<HTMLTextAreaElement>,
  fieldId: string,
  actions: FieldActions,
): (() => void) | null {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === "z") {
    return () => (event.shiftKey ? actions.redo(fieldId) : actions.undo(fieldId));
  }
  if (command) return null;
  const { currentTarget } = event;
  switch (event.key) {
    case "Enter":
      return () => (event.shiftKey ? actions.back(fieldId) : actions.accept(fieldId));
    case "Escape":
      return () => actions.drop(fieldId);
    case "F2":
      return () => currentTarget.select();
    default:
      return null;
  }
}
