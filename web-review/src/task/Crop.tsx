import { m } from "../messages";
import { boundsOfQuads, corners, lineHeightOf, type Region, type Size } from "../page/geometry";
import styles from "./FieldCard.module.css";

export interface CropPage extends Size {
  readonly number: number;
  readonly imageUrl: string;
}

/** Width of the crop on the screen and the height of a line in it, in pixels; the place is cut so that they hold. */
const WIDTH = 390;
const LINE = 24;
const TALLEST = 116;

/** The part of the page where a value was read, right above the input. */
export function Crop({
  label,
  regions,
  pages,
}: {
  label: string;
  regions: readonly Region[];
  pages: readonly CropPage[];
}) {
  const page = pages.find(({ number }) => number === regions[0]?.page);
  const quads = regions.filter((region) => region.page === page?.number).map(({ quad }) => quad);
  const box = page === undefined ? null : boundsOfQuads(quads, page);
  if (page === undefined || box === null) return <p className={styles.noPlace}>{m.field.noPlace}</p>;

  const boxHeight = box.bottom - box.top;
  const boxWidth = box.right - box.left;
  const line = Math.max(1, lineHeightOf(quads, page));
  const height = Math.min(TALLEST, Math.max(48, (boxHeight / line) * LINE + 22));
  const scale = Math.min(LINE / line, (height - 12) / boxHeight, (WIDTH - 24) / boxWidth);
  const seen = { width: WIDTH / scale, height: height / scale };
  const left = (box.left + box.right - seen.width) / 2;
  const top = (box.top + box.bottom - seen.height) / 2;
  return (
    <svg
      className={styles.crop}
      style={{ height }}
      viewBox={`${left} ${top} ${seen.width} ${seen.height}`}
      preserveAspectRatio="xMidYMid slice"
      role="img"
      aria-label={m.field.crop(label)}
    >
      <image href={page.imageUrl} width={page.width} height={page.height} />
      {quads.map((quad) => (
        <polygon
          key={quad.join()}
          className={styles.cropMark}
          points={corners(quad, page)
            .map(({ x, y }) => `${x},${y}`)
            .join(" ")}
        />
      ))}
    </svg>
  );
}
