import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from "react";
import {
  type Box,
  bringIntoView,
  fitPage,
  keepInSight,
  type Point,
  type Size,
  type Turn,
  type View,
  zoomAbout,
} from "./geometry";

interface PageView {
  /** Null until the room for the page is known. */
  view: View | null;
  turn: Turn;
  /** The last change was the page's own or a key's, so that it may glide; a hand that drags wants no glide. */
  gliding: boolean;
  zoom: (factor: number, about?: Point) => void;
  pan: (dx: number, dy: number) => void;
  fit: () => void;
  rotate: () => void;
  show: (box: Box, lineHeight: number) => void;
}

export function usePageView(room: RefObject<HTMLElement | null>, page: Size): PageView {
  const [viewport, setViewport] = useState<Size | null>(null);
  const [turn, setTurn] = useState<Turn>(0);
  const [state, setState] = useState<{ view: View; gliding: boolean; whole: boolean } | null>(null);

  useLayoutEffect(() => {
    const element = room.current;
    if (element === null) return;
    const measure = () => setViewport({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [room]);

  // Another page, another turn or other room: what showed the whole page goes on to do so.
  useLayoutEffect(() => {
    if (viewport === null) return;
    setState((now) =>
      now === null || now.whole
        ? { view: fitPage(page, turn, viewport), gliding: false, whole: true }
        : { ...now, view: keepInSight(now.view, page, turn, viewport), gliding: false },
    );
  }, [viewport, page, turn]);

  const change = useCallback(
    (next: (view: View, viewport: Size) => View, gliding: boolean) => {
      if (viewport === null) return;
      setState((now) => {
        const before = now?.view ?? fitPage(page, turn, viewport);
        return { view: keepInSight(next(before, viewport), page, turn, viewport), gliding, whole: false };
      });
    },
    [viewport, page, turn],
  );

  const zoom = useCallback(
    (factor: number, about?: Point) =>
      change((view, { width, height }) => {
        const smallest = fitPage(page, turn, { width, height }).scale / 2;
        return zoomAbout(view, factor, about ?? { x: width / 2, y: height / 2 }, smallest);
      }, about === undefined),
    [change, page, turn],
  );
  const pan = useCallback(
    (dx: number, dy: number) => change((view) => ({ ...view, x: view.x + dx, y: view.y + dy }), false),
    [change],
  );
  const fit = useCallback(() => {
    if (viewport !== null) setState({ view: fitPage(page, turn, viewport), gliding: true, whole: true });
  }, [viewport, page, turn]);
  const rotate = useCallback(() => {
    setTurn((now) => ((now + 90) % 360) as Turn);
    setState((now) => (now === null ? now : { ...now, whole: true }));
  }, []);
  const show = useCallback(
    (box: Box, lineHeight: number) =>
      change((view, room) => bringIntoView(box, lineHeight, view, page, turn, room), true),
    [change, page, turn],
  );

  useWheel(room, zoom, pan);
  return { view: state?.view ?? null, turn, gliding: state?.gliding ?? false, zoom, pan, fit, rotate, show };
}

/** The wheel moves the page; with Ctrl (and by pinching a touch pad, which browsers report so) it zooms at the pointer. */
function useWheel(room: RefObject<HTMLElement | null>, zoom: PageView["zoom"], pan: PageView["pan"]) {
  useEffect(() => {
    const element = room.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const step = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      if (event.ctrlKey || event.metaKey) {
        const { left, top } = element.getBoundingClientRect();
        zoom(Math.exp((-event.deltaY * step) / 300), { x: event.clientX - left, y: event.clientY - top });
      } else pan(-event.deltaX * step, -event.deltaY * step);
    };
    // React listens passively to the wheel, and a passive listener can't keep the window from scrolling.
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [room, zoom, pan]);
}
