import {
  type PointerEvent,
  type Ref,
  Suspense,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { Notice } from "../parts/Notice";
import type { PageView_pages$key } from "./__generated__/PageView_pages.graphql";
import {
  type Box,
  boundsOfQuads,
  corners,
  lineHeightOf,
  type Point,
  toPage as pointToPage,
  type Region,
  turnedSize,
} from "./geometry";
import styles from "./Page.module.css";
import { PageTools } from "./PageTools";
import { PageWords } from "./PageWords";
import { Thumbnails } from "./Thumbnails";
import { usePageView } from "./usePageView";

export interface Mark {
  key: string;
  region: Region;
  tone: "plain" | "ok" | "warn";
  current: boolean;
}

/** What the keys of a screen do to the page. */
export interface PageHandle {
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
  rotate: () => void;
  turnPage: (step: -1 | 1) => void;
  focusWords: () => void;
  focusFind: () => void;
}

const ZOOM_STEP = 1.25;

/** The page images with boxes on them. With `onTake` its words can be taken into a field. */
export function PageView({
  pages: key,
  marks,
  focus,
  absent = m.document.pageMissing,
  onTake,
  onLeave,
  ref,
}: {
  pages: PageView_pages$key;
  marks: readonly Mark[];
  /** What to bring to the reader; a new array is a new wish. */
  focus: readonly Region[];
  /** Why there are no pages. */
  absent?: string;
  onTake?: (text: string, regions: Region[]) => void;
  onLeave?: () => void;
  ref?: Ref<PageHandle>;
}) {
  const pages = useFragment(
    graphql`
      fragment PageView_pages on Page @relay(plural: true) {
        id
        number
        width
        height
        imageUrl
      }
    `,
    key,
  );
  const [number, setNumber] = useState(focus[0]?.page ?? 1);
  const [boxes, setBoxes] = useState(true);
  const [sought, setSought] = useState("");
  const [hits, setHits] = useState(0);
  const [failed, setFailed] = useState<string | null>(null);
  const room = useRef<HTMLDivElement>(null);
  const words = useRef<SVGGElement>(null);
  const find = useRef<HTMLInputElement>(null);
  const page = pages.find((candidate) => candidate.number === number) ?? pages[0];
  const { view, turn, gliding, zoom, pan, fit, rotate, show } = usePageView(room, page ?? NO_PAGE);

  useEffect(() => {
    const first = focus[0];
    if (first !== undefined) setNumber(first.page);
  }, [focus]);

  // The room is known only after the first layout, and a focus on another page waits for that page.
  const ready = view !== null;
  useEffect(() => {
    if (!ready || page === undefined) return;
    const quads = focus.filter((region) => region.page === page.number).map((region) => region.quad);
    const box = boundsOfQuads(quads, page);
    if (box !== null) show(box, lineHeightOf(quads, page));
  }, [focus, page, ready, show]);

  const turnPage = useCallback(
    (step: -1 | 1) => setNumber((now) => Math.max(1, Math.min(pages.length, now + step))),
    [pages.length],
  );
  useImperativeHandle(
    ref,
    () => ({
      zoomIn: () => zoom(ZOOM_STEP),
      zoomOut: () => zoom(1 / ZOOM_STEP),
      fit,
      rotate,
      turnPage,
      focusWords: () => words.current?.focus(),
      focusFind: () => find.current?.focus(),
    }),
    [zoom, fit, rotate, turnPage],
  );

  const onHits = useCallback(
    ({ count, first }: { count: number; first: Box | null }) => {
      setHits(count);
      if (first !== null) show(first, first.bottom - first.top);
    },
    [show],
  );
  const grip = useRef<Point | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button === 2 || (event.target as Element).closest("button, input, a") !== null) return;
    event.preventDefault();
    grip.current = { x: event.clientX, y: event.clientY };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (grip.current === null) return;
    pan(event.clientX - grip.current.x, event.clientY - grip.current.y);
    grip.current = { x: event.clientX, y: event.clientY };
  };
  const letGo = () => {
    grip.current = null;
  };

  const size = page === undefined ? null : turnedSize(page, turn);
  const toPage = (at: Point): Point => {
    const { left = 0, top = 0 } = room.current?.getBoundingClientRect() ?? {};
    if (view === null || page === undefined) return at;
    return pointToPage({ x: at.x - left, y: at.y - top }, view, page, turn);
  };

  return (
    <section className={styles.page} aria-label={m.page.region}>
      {pages.length > 1 && page && <Thumbnails pages={pages} current={page.number} onChoose={setNumber} />}
      <div className={styles.desk}>
        <div
          ref={room}
          className={styles.room}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={letGo}
          onPointerCancel={letGo}
        >
          {page && size && (
            <div
              className={styles.stage}
              data-gliding={gliding || undefined}
              style={{
                visibility: view === null ? "hidden" : undefined,
                width: size.width,
                height: size.height,
                transform: view === null ? undefined : `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
              }}
            >
              <div
                className={styles.sheet}
                data-turn={turn}
                style={{ width: page.width, height: page.height, left: size.width / 2, top: size.height / 2 }}
              >
                <img
                  key={page.id}
                  className={styles.image}
                  src={page.imageUrl}
                  width={page.width}
                  height={page.height}
                  alt={m.page.of(page.number, pages.length)}
                  draggable={false}
                  onError={() => setFailed(page.id)}
                  onLoad={() => setFailed(null)}
                />
                <svg className={styles.overlay} viewBox={`0 0 ${page.width} ${page.height}`} role="presentation">
                  {boxes &&
                    marks
                      .filter((mark) => mark.region.page === page.number)
                      .sort((a, b) => Number(a.current) - Number(b.current))
                      .map((mark) => (
                        <polygon
                          key={mark.key}
                          className={styles.mark}
                          data-tone={mark.tone}
                          data-current={mark.current || undefined}
                          points={corners(mark.region.quad, page)
                            .map(({ x, y }) => `${x},${y}`)
                            .join(" ")}
                        />
                      ))}
                  {onTake && (
                    <Suspense fallback={null}>
                      <PageWords
                        key={page.id}
                        ref={words}
                        page={page}
                        sought={sought}
                        onHits={onHits}
                        toPage={toPage}
                        onTake={onTake}
                        onLeave={onLeave ?? letGo}
                        onShow={(box) => show(box, box.bottom - box.top)}
                      />
                    </Suspense>
                  )}
                </svg>
              </div>
            </div>
          )}
          {(page === undefined || failed === page.id) && (
            <div className={styles.absent}>
              <Notice tone={page ? "bad" : "info"}>
                <p>{page ? m.document.imageFailed : absent}</p>
              </Notice>
            </div>
          )}
        </div>
        {page && (
          <PageTools
            number={page.number}
            count={pages.length}
            onTurnPage={turnPage}
            scale={view?.scale ?? 1}
            onZoom={(step) => zoom(step > 0 ? ZOOM_STEP : 1 / ZOOM_STEP)}
            onFit={fit}
            onRotate={rotate}
            boxes={boxes}
            onBoxes={setBoxes}
            search={onTake ? { ref: find, sought, hits, onSeek: setSought, onLeave: onLeave ?? letGo } : null}
          />
        )}
      </div>
    </section>
  );
}

const NO_PAGE = { width: 1000, height: 1414 };
