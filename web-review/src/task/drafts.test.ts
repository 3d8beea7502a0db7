import { expect, it } from "vitest";
import { type DraftAction, type Drafts, draftOf, reduceDrafts } from "./drafts";

const saved = { text: "41", regions: null };
const edit = (text: string): DraftAction => ({ do: "edit", fieldId: "a", from: saved, to: { text, regions: null } });
const run = (...actions: DraftAction[]) => actions.reduce(reduceDrafts, new Map() as Drafts);
const undo: DraftAction = { do: "undo", fieldId: "a" };
const redo: DraftAction = { do: "redo", fieldId: "a" };

it("goes back step by step to the saved value, which is no draft", () => {
  expect(draftOf(run(edit("4"), edit("47")), "a")?.text).toBe("47");
  expect(draftOf(run(edit("4"), edit("47"), undo), "a")?.text).toBe("4");
  expect(draftOf(run(edit("4"), edit("47"), undo, undo, undo), "a")).toBeNull();
});

it("comes forward again, until something else is typed", () => {
  expect(draftOf(run(edit("4"), edit("47"), undo, undo, redo, redo, redo), "a")?.text).toBe("47");
  expect(draftOf(run(edit("4"), edit("47"), undo, edit("48"), redo), "a")?.text).toBe("48");
});

it("drops an edit whole", () => {
  expect(draftOf(run(edit("4"), edit("47"), { do: "drop", fieldId: "a" }, redo), "a")).toBeNull();
});
