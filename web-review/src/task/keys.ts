/** What a key asks for on the task screen. */
export type TaskKey =
  | "submit"
  | "missing"
  | "illegible"
  | "skip"
  | "escalate"
  | "reject"
  | "rotate"
  | "words"
  | "find"
  | "zoomIn"
  | "zoomOut"
  | "fit"
  | "pageUp"
  | "pageDown"
  | "help"
  | { offered: number };

type Pressed = Pick<KeyboardEvent, "key" | "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey"> & {
  getModifierState?: (key: string) => boolean;
};

const letters: Record<string, TaskKey> = {
  m: "missing",
  i: "illegible",
  s: "skip",
  e: "escalate",
  x: "reject",
  r: "rotate",
  w: "words",
  f: "find",
};

const signs: Record<string, TaskKey> = { "+": "zoomIn", "=": "zoomIn", "-": "zoomOut", "0": "fit", "?": "help" };

/** `typing`: the key goes to an input, where no bare character may be a command. */
export function taskKeyOf(event: Pressed, typing: boolean): TaskKey | null {
  if ((event.ctrlKey || event.metaKey) && !event.altKey) return event.key === "Enter" ? "submit" : null;
  if (event.ctrlKey || event.metaKey || event.getModifierState?.("AltGraph")) return null;
  if (event.altKey) {
    const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1];
    if (digit !== undefined) return digit === "0" ? "fit" : { offered: Number(digit) };
    // macOS makes another sign of Alt and a letter; then the place of the key tells which was meant.
    const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^Key/, "").toLowerCase();
    if (event.key === "/" || event.code === "Slash") return "help";
    return letters[letter] ?? signs[event.key] ?? (event.code === "Minus" ? "zoomOut" : null);
  }
  if (event.key === "PageUp") return "pageUp";
  if (event.key === "PageDown") return "pageDown";
  return typing ? null : (signs[event.key] ?? null);
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
