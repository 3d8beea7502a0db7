import { type KeyboardEvent, type PointerEvent, type Ref, useEffect, useMemo, useState } from "react";
import { graphql, useLazyLoadQuery } from "react-relay";
import { m } from "../messages";
import type { PageWordsQuery } from "./__generated__/PageWordsQuery.graphql";
import { type Box, boundsOf, type Point, type Region, type Size } from "./geometry";
import styles from "./Page.module.css";
import { findWords, type PlacedWord, placeWords, takeWords, wordAt, wordBeside, wordsInside } from "./words";

/** A press that moves less than this is a click. Screen pixels. */
const STILL = 4;

/**
 * The words of one page, to be taken into a field: by a click, by a frame around several, or by the arrow keys.
 * To a screen reader it is a list of words in reading order.
 */
export function PageWords({
  page,
  sought,
  onHits,
  toPage,
  onTake,
  onLeave,
  onShow,
  ref,
}: {
  page: Size & { id: string; number: number };
  sought: string;
  onHits: (hits: { count: number; first: Box | null }) => void;
  /** From the window's pixels to the page's. */
  toPage: (at: Point) => Point;
  onTake: (text: string, regions: Region[]) => void;
  onLeave: () => void;
  onShow: (box: Box) => void;
  ref: Ref<SVGGElement>;
}) {
  const { node } = useLazyLoadQuery<PageWordsQuery>(
    graphql`
      query PageWordsQuery($id: ID!) {
        node(id: $id) {
          ... on Page {
            lines {
              words {
                text
                quad
              }
            }
          }
        }
      }
    `,
    { id: page.id },
  );
  const words = useMemo(() => placeWords(node?.lines ?? [], page), [node, page]);
  const [at, setAt] = useState<{ cursor: number; anchor: number } | null>(null);
  const [frame, setFrame] = useState<{ from: Point; to: Point; moved: boolean } | null>(null);

  const hits = useMemo(() => findWords(words, sought), [words, sought]);
  useEffect(() => {
    const first = hits[0]?.flatMap((index) => words[index]?.corners ?? []) ?? [];
    onHits({ count: hits.length, first: first.length === 0 ? null : boundsOf(first) });
  }, [hits, words, onHits]);

  const take = (picked: readonly number[]) => {
    if (picked.length === 0) return;
    const { text, regions } = takeWords(words, picked);
    onTake(text, regions);
  };

  const onPointerDown = (event: PointerEvent<SVGGElement>) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    event.stopPropagation();
    // The field keeps the focus: a click on a word is no reason to leave it.
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const from = toPage({ x: event.clientX, y: event.clientY });
    setFrame({ from, to: from, moved: false });
  };
  const onPointerMove = (event: PointerEvent<SVGGElement>) => {
    if (frame === null) return;
    const to = toPage({ x: event.clientX, y: event.clientY });
    const moved = frame.moved || Math.abs(to.x - frame.from.x) + Math.abs(to.y - frame.from.y) > STILL;
    setFrame({ ...frame, to, moved });
  };
  const onPointerUp = (event: PointerEvent<SVGGElement>) => {
    if (frame === null) return;
    setFrame(null);
    const to = toPage({ x: event.clientX, y: event.clientY });
    if (frame.moved) take(wordsInside(words, boundsOf([frame.from, to])));
    else take([wordAt(words, to)].filter((index) => index !== null));
  };

  const move = (cursor: number, extend: boolean) => {
    const next = Math.max(0, Math.min(words.length - 1, cursor));
    setAt({ cursor: next, anchor: extend && at !== null ? at.anchor : next });
    const word = words[next];
    if (word !== undefined) onShow(word.bounds);
  };
  const onKeyDown = (event: KeyboardEvent<SVGGElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = cursorAfter(event.key, words, at?.cursor ?? null);
    if (to !== null) move(to, event.shiftKey);
    else if (event.key === "Enter" || event.key === " ") take(at === null ? [] : span(at));
    else if (event.key !== "Escape") return;
    if (event.key === "Enter" || event.key === "Escape") onLeave();
    event.preventDefault();
    event.stopPropagation();
  };

  const framed = frame?.moved ? boundsOf([frame.from, frame.to]) : null;
  const picked = new Set(framed ? wordsInside(words, framed) : at ? span(at) : []);
  const found = new Set(hits.flat());
  const idOf = (index: number) => `word-${page.number}-${index}`;

  return (
    <g
      ref={ref}
      className={styles.words}
      role="listbox"
      aria-label={m.page.words}
      aria-multiselectable="true"
      aria-activedescendant={at === null ? undefined : idOf(at.cursor)}
      tabIndex={0}
      onFocus={() => setAt((now) => now ?? { cursor: 0, anchor: 0 })}
      onBlur={() => setAt(null)}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setFrame(null)}
    >
      <rect width={page.width} height={page.height} fill="transparent" />
      {words.map((word, index) => (
        <polygon
          // biome-ignore lint/suspicious/noArrayIndexKey: the words of a reading never change their order
          key={index}
          id={idOf(index)}
          role="option"
          aria-label={word.text}
          aria-selected={picked.has(index)}
          className={styles.word}
          data-picked={picked.has(index) || undefined}
          data-cursor={at?.cursor === index || undefined}
          data-found={found.has(index) || undefined}
          points={word.corners.map(({ x, y }) => `${x},${y}`).join(" ")}
        />
      ))}
      {framed && (
        <rect
          className={styles.frame}
          x={framed.left}
          y={framed.top}
          width={framed.right - framed.left}
          height={framed.bottom - framed.top}
        />
      )}
    </g>
  );
}

function span({ cursor, anchor }: { cursor: number; anchor: number }): number[] {
  const from = Math.min(cursor, anchor);
  return Array.from({ length: Math.abs(cursor - anchor) + 1 }, (_, index) => from + index);
}

/** Where a key moves the cursor; null for every other key. */
function cursorAfter(key: string, words: readonly PlacedWord[], from: number | null): number | null {
  switch (key) {
    case "ArrowRight":
      return from === null ? 0 : from + 1;
    case "ArrowLeft":
      return (from ?? 0) - 1;
    case "ArrowDown":
      return wordBeside(words, from ?? 0, 1);
    case "ArrowUp":
      return wordBeside(words, from ?? 0, -1);
    case "Home":
      return 0;
    case "End":
      return words.length - 1;
    default:
      return null;
  }
}
