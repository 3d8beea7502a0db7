import { m } from "../messages";
import type { DocumentState } from "../parts/DocumentStateMark";

export const states = Object.keys(m.documents.state_) as DocumentState[];

/** The state in the URL, in any case; null for none and for one that does not exist. */
export function stateIn(search: URLSearchParams): DocumentState | null {
  const wanted = search.get("state")?.toUpperCase();
  return states.find((state) => state === wanted) ?? null;
}
