import { paths } from "../navigation/location";

/** What of the events is shown, as the URL has it. Days are `YYYY-MM-DD` in the reader's time zone, both included. */
export interface EventFilter {
  type: string | null;
  actor: string | null;
  subject: string | null;
  from: string | null;
  until: string | null;
}

export const NO_FILTER: EventFilter = { type: null, actor: null, subject: null, from: null, until: null };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function filterIn(search: URLSearchParams): EventFilter {
  const word = (name: string) => search.get(name) || null;
  const day = (name: string) => {
    const text = word(name);
    return text !== null && DAY.test(text) && !Number.isNaN(startOf(text)) ? text : null;
  };
  return {
    type: word("type"),
    actor: word("actor"),
    subject: word("subject"),
    from: day("from"),
    until: day("until"),
  };
}

export function filterPath(filter: EventFilter): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) search.set(name, value);
  const text = search.toString();
  return text === "" ? paths.audit : `${paths.audit}?${text}`;
}

/** What the server is asked for: the end is the start of the day after the last. */
export function filterVariables({ type, actor, subject, from, until }: EventFilter) {
  return {
    types: type === null ? null : [type],
    actor,
    subject,
    ...periodOf(from, until),
  };
}

/** Days to moments: from the start of the first up to, and without, the start of the day after the last. */
export function periodOf(from: string | null, until: string | null) {
  return {
    from: from === null ? null : new Date(startOf(from)).toISOString(),
    to: until === null ? null : new Date(startOf(until, 1)).toISOString(),
  };
}

/** Midnight where the reader is, so many days later; days are not always 24 hours long. */
function startOf(day: string, later = 0): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).getTime();
}

interface Appended {
  type: string;
  occurredAt: string;
  recordedAt: string | null | undefined;
  actor: { id: string };
  subjectId: string;
}

/** Whether an event that was just appended would be in the list. */
export function fits(filter: EventFilter, event: Appended): boolean {
  const { types, actor, subject, from, to } = filterVariables(filter);
  const at = Date.parse(event.recordedAt ?? event.occurredAt);
  return (
    (types === null || types.includes(event.type)) &&
    (actor === null || actor === event.actor.id) &&
    (subject === null || subject === event.subjectId) &&
    (from === null || at >= Date.parse(from)) &&
    (to === null || at < Date.parse(to))
  );
}
