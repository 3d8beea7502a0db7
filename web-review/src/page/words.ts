import {
  type Box,
  boundsOf,
  centre,
  contains,
  corners,
  isInside,
  type Point,
  type Region,
  type Size,
} from "./geometry";

/** A word of the page with its place, in reading order. */
export interface PlacedWord {
  text: string;
  region: Region;
  /** Index of its line. */
  line: number;
  corners: Point[];
  bounds: Box;
}

interface Line {
  readonly words: readonly { readonly text: string; readonly quad: readonly number[] }[];
}

export function placeWords(lines: readonly Line[], page: Size & { number: number }): PlacedWord[] {
  return lines.flatMap((line, index) =>
    line.words.map((word) => {
      const points = corners(word.quad, page);
      return {
        text: word.text,
        region: { page: page.number, quad: word.quad },
        line: index,
        corners: points,
        bounds: boundsOf(points),
      };
    }),
  );
}

export function wordAt(words: readonly PlacedWord[], point: Point): number | null {
  const index = words.findIndex((word) => contains(word.bounds, point) && isInside(point, word.corners));
  return index === -1 ? null : index;
}

/** The words whose middle lies in the frame, in reading order. */
export function wordsInside(words: readonly PlacedWord[], frame: Box): number[] {
  return words.flatMap((word, index) => (contains(frame, centre(word.bounds)) ? [index] : []));
}

/** What fills a field: the words joined by spaces, and one region a run of words of one line. */
export function takeWords(
  words: readonly PlacedWord[],
  picked: readonly number[],
): { text: string; regions: Region[] } {
  const chosen = [...picked].sort((a, b) => a - b).flatMap((index) => words[index] ?? []);
  const runs = new Map<number, PlacedWord[]>();
  for (const word of chosen) runs.set(word.line, [...(runs.get(word.line) ?? []), word]);
  return { text: chosen.map((word) => word.text).join(" "), regions: [...runs.values()].map(joined) };
}

/** From the left edge of the first word to the right edge of the last, so that the quad keeps the line's slope. */
function joined(run: readonly PlacedWord[]): Region {
  const first = run[0]?.region;
  const last = run.at(-1)?.region;
  if (first === undefined || last === undefined) throw new Error("a run has a word");
  const [x0, y0, , , , , x3, y3] = first.quad;
  const [, , x1, y1, x2, y2] = last.quad;
  return { page: first.page, quad: [x0, y0, x1, y1, x2, y2, x3, y3].map((value) => value ?? 0) };
}

/** The word above or below: on the next line, the nearest by its middle. */
export function wordBeside(words: readonly PlacedWord[], from: number, step: -1 | 1): number {
  const here = words[from];
  if (here === undefined) return 0;
  const x = centre(here.bounds).x;
  for (let line = here.line + step; line >= 0 && line <= (words.at(-1)?.line ?? 0); line += step) {
    let best: { index: number; distance: number } | null = null;
    for (const [index, word] of words.entries()) {
      if (word.line !== line) continue;
      const distance = Math.abs(centre(word.bounds).x - x);
      if (best === null || distance < best.distance) best = { index, distance };
    }
    if (best !== null) return best.index;
  }
  return from;
}

/** The words that hold the sought text; spaces in it go across words of a line. */
export function findWords(words: readonly PlacedWord[], sought: string): number[][] {
  const parts = sought.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (parts.length === 0) return [];
  const hits: number[][] = [];
  for (const start of words.keys()) {
    const run = parts.map((_, offset) => start + offset);
    const fits = run.every((index, offset) => {
      const word = words[index];
      return (
        word !== undefined &&
        word.line === words[start]?.line &&
        word.text.toLocaleLowerCase().includes(parts[offset] ?? "")
      );
    });
    if (fits) hits.push(run);
  }
  return hits;
}
