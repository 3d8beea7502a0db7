/** What the order and the counts of a task need to know of a field. */
export interface FieldState {
  readonly id: string;
  readonly status: string;
  readonly text: string;
  readonly confidence: number;
  readonly reasons: readonly { readonly code: string }[];
}

export function isUnresolved(field: { readonly status: string }): boolean {
  return field.status === "NEEDS_REVIEW" || field.status === "READ";
}

function rank(field: FieldState): number {
  if (!isUnresolved(field)) return 3;
  if (field.reasons.some((reason) => reason.code === "RULE_BROKEN")) return 0;
  if (field.text === "" || field.reasons.some((reason) => reason.code === "MISSING")) return 1;
  return 2;
}

/** Broken rules, then missing, then lowest confidence, then the rest in the order of the document type. */
export function orderFields<Field extends FieldState>(fields: readonly Field[]): Field[] {
  return [...fields].sort((a, b) => {
    const [first, second] = [rank(a), rank(b)];
    if (first !== second) return first - second;
    return first === 2 ? a.confidence - b.confidence : 0;
  });
}

/** The next field to look at after this one, around the end; null when none is left. */
export function nextUnresolved<Field extends FieldState>(ordered: readonly Field[], from: string | null): Field | null {
  const start = ordered.findIndex((field) => field.id === from) + 1;
  const round = [...ordered.slice(start), ...ordered.slice(0, Math.max(0, start - 1))];
  return round.find(isUnresolved) ?? null;
}
