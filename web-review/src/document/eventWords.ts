import { m } from "../messages";

/** The wire type of an event (`field.corrected/v1`) in words; one that this page does not know keeps its own. */
export function eventWords(type: string): string {
  const name = type.split("/")[0] ?? type;
  const known = m.event[name as keyof typeof m.event];
  if (known !== undefined) return known;
  const words = name.replace(/[._]/g, " ");
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
