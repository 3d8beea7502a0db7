import { useEffect, useRef } from "react";
import { m } from "../messages";
import styles from "./Page.module.css";

/** The pages as small pictures; those out of sight are fetched only when they come into it. */
export function Thumbnails({
  pages,
  current,
  onChoose,
}: {
  pages: readonly { id: string; number: number; imageUrl: string; width: number; height: number }[];
  current: number;
  onChoose: (number: number) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.children[pages.findIndex(({ number }) => number === current)]?.scrollIntoView({ block: "nearest" });
  }, [pages, current]);
  return (
    <ol ref={list} className={styles.thumbnails} aria-label={m.page.thumbnails}>
      {pages.map((page) => (
        <li key={page.id}>
          <button
            type="button"
            className={styles.thumbnail}
            aria-label={m.page.of(page.number, pages.length)}
            aria-current={page.number === current ? "page" : undefined}
            onClick={() => onChoose(page.number)}
          >
            <img
              src={page.imageUrl}
              alt=""
              loading="lazy"
              width={48}
              height={Math.round((48 * page.height) / page.width)}
            />
            <span>{page.number}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
