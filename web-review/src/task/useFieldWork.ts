import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useRelayEnvironment } from "react-relay";
import { m } from "../messages";
import type { Region } from "../page/geometry";
import { type Draft, draftOf, useDrafts } from "./drafts";
import { type FieldActions, fieldInputId } from "./FieldCard";
import { type FieldState, nextUnresolved } from "./fieldOrder";
import { type Change, type CorrectionReason, Outbox } from "./outbox";
import { usePace } from "./pace";
import { fieldTransport } from "./saveField";

export interface WorkField extends FieldState {
  readonly label: string;
  readonly version: number;
  readonly required: boolean;
  readonly regions: readonly Region[];
  readonly alternatives: readonly { readonly text: string; readonly regions: readonly Region[] }[];
}

export interface Hint {
  fieldId: string;
  text: string;
}

/** What a person does to the fields of one task: which is active, what is typed, what is saved. */
export function useFieldWork({
  taskId,
  leaseToken,
  fields,
  byHand,
  editable,
  onAllSettled,
}: {
  taskId: string;
  leaseToken: number | null;
  /** In the order of work, which stays as it was when the task was opened. */
  fields: readonly WorkField[];
  byHand: boolean;
  editable: boolean;
  onAllSettled: () => void;
}) {
  const environment = useRelayEnvironment();
  const token = useRef(leaseToken);
  const [outbox] = useState(() => new Outbox(fieldTransport(environment, taskId, () => token.current ?? 0)));
  const sent = useSyncExternalStore(outbox.watch, outbox.read);
  const unsent = useMemo(
    () => [...sent.pending, ...[...sent.refused].map(([fieldId, { change }]) => ({ fieldId, change }))].flatMap(kept),
    [sent],
  );
  const { drafts, dispatch, drop } = useDrafts(taskId, unsent);
  const [activeId, setActiveId] = useState(() => (nextUnresolved(fields, null) ?? fields[0])?.id ?? null);
  const [hint, setHint] = useState<Hint | null>(null);
  const pace = usePace();

  useEffect(() => {
    token.current = leaseToken;
    if (leaseToken !== null) outbox.resume();
  }, [leaseToken, outbox]);

  // A refused correction is a draft again: what was typed is never lost.
  const known = useRef(sent.refused);
  useEffect(() => {
    for (const [fieldId, refused] of sent.refused) {
      if (known.current.get(fieldId) === refused || refused.change.kind !== "correct") continue;
      const field = fields.find(({ id }) => id === fieldId);
      const { text, regions } = refused.change;
      if (field) dispatch({ do: "edit", fieldId, from: { text: field.text, regions: null }, to: { text, regions } });
    }
    known.current = sent.refused;
  }, [sent.refused, fields, dispatch]);

  const latest = useRef({ fields, drafts, byHand, editable, onAllSettled });
  useEffect(() => {
    latest.current = { fields, drafts, byHand, editable, onAllSettled };
  });

  const actions = useMemo<FieldActions & { goTo: (fieldId: string) => void }>(() => {
    const fieldOf = (fieldId: string) => latest.current.fields.find(({ id }) => id === fieldId);
    const goTo = (fieldId: string) => {
      setActiveId(fieldId);
      const input = document.getElementById(fieldInputId(fieldId));
      input?.focus({ preventScroll: true });
      // The card grows in the same moment; its end comes into sight after that.
      requestAnimationFrame(() => input?.closest("[role=group]")?.scrollIntoView({ block: "nearest" }));
    };
    const goOn = (from: string) => {
      const next = nextUnresolved(latest.current.fields, from);
      if (next === null) latest.current.onAllSettled();
      else goTo(next.id);
    };
    const put = (field: WorkField, change: Change) => {
      setHint(null);
      pace.settled();
      outbox.put({ key: crypto.randomUUID(), fieldId: field.id, expectedVersion: field.version, change });
      drop(field.id);
      goOn(field.id);
    };
    const edit = (field: WorkField, to: Draft) => {
      if (!latest.current.editable) return;
      setHint(null);
      dispatch({ do: "edit", fieldId: field.id, from: { text: field.text, regions: null }, to });
    };

    return {
      goTo,
      activate(fieldId) {
        pace.start();
        setActiveId(fieldId);
        setHint((now) => (now?.fieldId === fieldId ? now : null));
      },
      type(fieldId, text) {
        const field = fieldOf(fieldId);
        if (field) edit(field, { text, regions: draftOf(latest.current.drafts, fieldId)?.regions ?? null });
      },
      offer(fieldId, index) {
        const field = fieldOf(fieldId);
        const offered = field?.alternatives[index];
        if (field && offered) edit(field, { text: offered.text, regions: offered.regions });
      },
      accept(fieldId) {
        const field = fieldOf(fieldId);
        if (field === undefined || !latest.current.editable) return;
        const draft = draftOf(latest.current.drafts, fieldId);
        const text = (draft?.text ?? field.text).trim();
        const changed = draft !== null && (text !== field.text || draft.regions !== null);
        if (text === "" && field.status !== "MISSING" && field.status !== "ILLEGIBLE") {
          if (field.required) setHint({ fieldId, text: m.field.emptyRequired });
          else put(field, { kind: "mark", mark: "MISSING" });
        } else if (changed) {
          const regions = draft.regions ?? field.regions;
          put(field, { kind: "correct", text, regions, reason: reasonOf(field, draft, latest.current.byHand) });
        } else if (field.status === "CONFIRMED" || field.status === "CORRECTED" || text === "") {
          drop(fieldId);
          goOn(fieldId);
        } else put(field, { kind: "confirm" });
      },
      back(fieldId) {
        const { fields: all } = latest.current;
        const before = all[all.findIndex(({ id }) => id === fieldId) - 1];
        if (before) goTo(before.id);
      },
      mark(fieldId, mark) {
        const field = fieldOf(fieldId);
        if (field && latest.current.editable) put(field, { kind: "mark", mark });
      },
      undo: (fieldId) => dispatch({ do: "undo", fieldId }),
      redo: (fieldId) => dispatch({ do: "redo", fieldId }),
      drop(fieldId) {
        drop(fieldId);
        outbox.forget(fieldId);
        setHint(null);
        document.getElementById(fieldInputId(fieldId))?.focus();
      },
      keepTheirs(fieldId) {
        drop(fieldId);
        outbox.forget(fieldId);
        goTo(fieldId);
      },
    };
  }, [outbox, dispatch, drop, pace.settled, pace.start]);

  /** Words of the page, or a frame around them, into the active field. */
  const fill = (text: string, regions: readonly Region[]) => {
    const field = fields.find(({ id }) => id === activeId);
    if (field === undefined || !editable) return;
    setHint(null);
    dispatch({ do: "edit", fieldId: field.id, from: { text: field.text, regions: null }, to: { text, regions } });
    document.getElementById(fieldInputId(field.id))?.focus({ preventScroll: true });
  };

  return { outbox, sent, drafts, activeId, hint, actions, fill, median: pace.median };
}

function kept({ fieldId, change }: { fieldId: string; change: Change }): [string, Draft][] {
  return change.kind === "correct" ? [[fieldId, { text: change.text, regions: change.regions }]] : [];
}

function reasonOf(field: WorkField, draft: Draft, byHand: boolean): CorrectionReason {
  if (byHand) return "TYPED_BY_HAND";
  if (field.text === "") return "NOT_FOUND";
  return draft.regions !== null && draft.text !== field.text && field.regions.length > 0 ? "WRONG_PLACE" : "MISREAD";
}
