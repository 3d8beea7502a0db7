/** Pixels of the upright page image, or of the page as it is turned on the screen. */
export interface Size {
  width: number;
  height: number;
}
export interface Point {
  x: number;
  y: number;
}
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** How a page lies in the viewport: turned first (clockwise), then scaled, then moved. Screen pixels. */
export interface View {
  scale: number;
  x: number;
  y: number;
}
export type Turn = 0 | 90 | 180 | 270;

/** A quad on a numbered page: x0 y0 … x3 y3 in parts per million of the page (schema `Region`). */
export interface Region {
  readonly page: number;
  readonly quad: readonly number[];
}

const MILLION = 1_000_000;

/** The corners of a quad in page pixels. */
export function corners(quad: readonly number[], page: Size): Point[] {
  const points: Point[] = [];
  for (let index = 0; index + 1 < quad.length; index += 2) {
    points.push({
      x: ((quad[index] ?? 0) / MILLION) * page.width,
      y: ((quad[index + 1] ?? 0) / MILLION) * page.height,
    });
  }
  return points;
}

export function boundsOf(points: readonly Point[]): Box {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

export function boundsOfQuads(quads: readonly (readonly number[])[], page: Size): Box | null {
  const points = quads.flatMap((quad) => corners(quad, page));
  return points.length === 0 ? null : boundsOf(points);
}

export function centre(box: Box): Point {
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}

/** Is the point inside the quad? Even-odd rule. */
export function isInside(point: Point, quad: readonly Point[]): boolean {
  let inside = false;
  for (const [index, a] of quad.entries()) {
    const b = quad[(index + 1) % quad.length] ?? a;
    const crosses = a.y > point.y !== b.y > point.y;
    if (crosses && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

export function contains(box: Box, point: Point): boolean {
  return point.x >= box.left && point.x <= box.right && point.y >= box.top && point.y <= box.bottom;
}

export function turnedSize(page: Size, turn: Turn): Size {
  return turn % 180 === 0 ? page : { width: page.height, height: page.width };
}

/** From the upright page to the page as it is turned. */
export function turned(point: Point, page: Size, turn: Turn): Point {
  switch (turn) {
    case 0:
      return point;
    case 90:
      return { x: page.height - point.y, y: point.x };
    case 180:
      return { x: page.width - point.x, y: page.height - point.y };
    case 270:
      return { x: point.y, y: page.width - point.x };
  }
}

/** The inverse of {@link turned}. */
export function upright(point: Point, page: Size, turn: Turn): Point {
  switch (turn) {
    case 0:
      return point;
    case 90:
      return { x: point.y, y: page.height - point.x };
    case 180:
      return { x: page.width - point.x, y: page.height - point.y };
    case 270:
      return { x: page.width - point.y, y: point.x };
  }
}

export function turnedBox(box: Box, page: Size, turn: Turn): Box {
  return boundsOf([
    turned({ x: box.left, y: box.top }, page, turn),
    turned({ x: box.right, y: box.bottom }, page, turn),
  ]);
}

/** From a point of the viewport to the upright page. */
export function toPage(point: Point, view: View, page: Size, turn: Turn): Point {
  return upright({ x: (point.x - view.x) / view.scale, y: (point.y - view.y) / view.scale }, page, turn);
}

const MAX_SCALE = 8;
const MARGIN = 24;
/** The tools lie over the lower edge of the viewport. */
const TOOLS = 64;

/** The whole page, in the middle of the room above the tools. */
export function fitPage(page: Size, turn: Turn, viewport: Size): View {
  const size = turnedSize(page, turn);
  const room = { width: viewport.width - 2 * MARGIN, height: viewport.height - MARGIN - TOOLS };
  const scale = Math.max(0.01, Math.min(room.width / size.width, room.height / size.height));
  return keepInSight({ scale, x: 0, y: 0 }, page, turn, viewport);
}

/** Keeps the point of the viewport where it is while the scale changes. */
export function zoomAbout(view: View, factor: number, about: Point, smallest: number): View {
  const scale = Math.min(MAX_SCALE, Math.max(smallest, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: about.x - (about.x - view.x) * ratio, y: about.y - (about.y - view.y) * ratio };
}

/** A page smaller than the viewport stays in its middle, a larger one never leaves it. */
export function keepInSight(view: View, page: Size, turn: Turn, viewport: Size): View {
  const size = turnedSize(page, turn);
  const along = (at: number, length: number, end: number) => {
    const low = end - length;
    return low >= MARGIN ? (MARGIN + low) / 2 : Math.min(MARGIN, Math.max(low, at));
  };
  return {
    scale: view.scale,
    x: along(view.x, size.width * view.scale, viewport.width - MARGIN),
    y: along(view.y, size.height * view.scale, viewport.height - TOOLS),
  };
}

/** Screen pixels a line of text should be high to be read without effort, and where changing it gains nothing. */
const READABLE = { low: 15, aim: 24, high: 44 };

/**
 * Brings a box (page pixels) to the reader. The scale changes only when its lines are too small or large to read, or the
 * box does not fit; the page moves only when the box is not well inside. A page that jumps for nothing tires.
 */
export function bringIntoView(box: Box, lineHeight: number, view: View, page: Size, turn: Turn, viewport: Size): View {
  const target = turnedBox(box, page, turn);
  const width = target.right - target.left;
  const height = target.bottom - target.top;
  const largest = Math.min((viewport.width - 4 * MARGIN) / width, (viewport.height - 4 * MARGIN) / height, MAX_SCALE);
  const whole = fitPage(page, turn, viewport).scale;
  const shown = lineHeight * view.scale;
  const readable = shown >= READABLE.low && shown <= READABLE.high;
  // A value is best read with its label, which may stand at the other edge: the width of the page stays in sight if it can.
  const fullWidth = (viewport.width - 2 * MARGIN) / turnedSize(page, turn).width;
  const aim = READABLE.aim / Math.max(lineHeight, 1);
  const close = lineHeight * fullWidth >= READABLE.low ? Math.min(aim, fullWidth) : aim;
  const wanted = readable ? view.scale : Math.max(whole, close);
  const scale = Math.min(wanted, Math.max(largest, whole));

  const middle = centre(target);
  const on = (value: number, offset: number) => value * scale + offset;
  const before = view.scale === scale ? view : { scale, ...about(view, scale, viewport) };
  const inside =
    on(target.left, before.x) >= 2 * MARGIN &&
    on(target.right, before.x) <= viewport.width - 2 * MARGIN &&
    on(target.top, before.y) >= 2 * MARGIN &&
    on(target.bottom, before.y) <= viewport.height - TOOLS - MARGIN;
  const moved = inside
    ? before
    : { scale, x: viewport.width / 2 - middle.x * scale, y: viewport.height / 2 - middle.y * scale };
  return keepInSight(moved, page, turn, viewport);
}

function about(view: View, scale: number, viewport: Size): { x: number; y: number } {
  const ratio = scale / view.scale;
  const x = viewport.width / 2;
  const y = viewport.height / 2;
  return { x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio };
}

/** The median height of the quads' lines, in page pixels. */
export function lineHeightOf(quads: readonly (readonly number[])[], page: Size): number {
  const heights = quads.map((quad) => {
    const [a, b, c, d] = corners(quad, page);
    if (!a || !b || !c || !d) return 0;
    return (Math.hypot(d.x - a.x, d.y - a.y) + Math.hypot(c.x - b.x, c.y - b.y)) / 2;
  });
  return heights.sort((a, b) => a - b)[Math.floor(heights.length / 2)] ?? 0;
}
