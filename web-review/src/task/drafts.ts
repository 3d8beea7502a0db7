import { useCallback, useEffect, useReducer } from "react";
import type { Region } from "../page/geometry";

/** A value as it is being edited; regions are null while they are those of the saved value. */
export interface Draft {
  text: string;
  regions: readonly Region[] | null;
}

interface Edit {
  steps: readonly Draft[];
  at: number;
}

export type Drafts = ReadonlyMap<string, Edit>;

export type DraftAction =
  | { do: "edit"; fieldId: string; from: Draft; to: Draft }
  | { do: "undo" | "redo" | "drop"; fieldId: string };

export function draftOf(drafts: Drafts, fieldId: string): Draft | null {
  const edit = drafts.get(fieldId);
  // The first step is the saved value: an edit undone to there is none.
  return edit === undefined || edit.at === 0 ? null : (edit.steps[edit.at] ?? null);
}

export function reduceDrafts(drafts: Drafts, action: DraftAction): Drafts {
  const next = new Map(drafts);
  const edit = drafts.get(action.fieldId);
  switch (action.do) {
    case "edit": {
      const steps = edit === undefined ? [action.from] : edit.steps.slice(0, edit.at + 1);
      next.set(action.fieldId, { steps: [...steps, action.to], at: steps.length });
      break;
    }
    case "undo":
      if (edit !== undefined) next.set(action.fieldId, { ...edit, at: Math.max(0, edit.at - 1) });
      break;
    case "redo":
      if (edit !== undefined) next.set(action.fieldId, { ...edit, at: Math.min(edit.steps.length - 1, edit.at + 1) });
      break;
    case "drop":
      next.delete(action.fieldId);
      break;
  }
  return next;
}

const keyOf = (taskId: string) => `countersign.drafts.${taskId}`;

function restore(taskId: string): Drafts {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(taskId)) ?? "[]") as [string, Draft][];
    return new Map(kept.map(([fieldId, draft]) => [fieldId, { steps: [{ text: "", regions: null }, draft], at: 1 }]));
  } catch {
    return new Map();
  }
}

/** The unsaved edits of a task. They outlive a reload of this tab, and end with it or with the session. */
export function useDrafts(taskId: string, unsent: readonly [string, Draft][]) {
  const [drafts, dispatch] = useReducer(reduceDrafts, taskId, restore);
  useEffect(() => {
    const typed = [...drafts.keys()].flatMap((fieldId): [string, Draft][] => {
      const draft = draftOf(drafts, fieldId);
      return draft === null ? [] : [[fieldId, draft]];
    });
    const kept = [...unsent, ...typed];
    if (kept.length === 0) sessionStorage.removeItem(keyOf(taskId));
    else sessionStorage.setItem(keyOf(taskId), JSON.stringify(kept));
  }, [drafts, unsent, taskId]);
  const drop = useCallback((fieldId: string) => dispatch({ do: "drop", fieldId }), []);
  return { drafts, dispatch, drop };
}
