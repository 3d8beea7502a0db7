import { describe, expect, it } from "vitest";
import {
  bringIntoView,
  fitPage,
  isInside,
  keepInSight,
  lineHeightOf,
  type Turn,
  toPage,
  turned,
  turnedBox,
  upright,
  zoomAbout,
} from "./geometry";

const page = { width: 1000, height: 2000 };
const viewport = { width: 800, height: 600 };
const turns: Turn[] = [0, 90, 180, 270];

/** Points all over the page, the same on every run. */
const points = Array.from({ length: 50 }, (_, index) => ({ x: (index * 397) % 1001, y: (index * 811) % 2001 }));

describe("turning a page", () => {
  it("comes back to the same point", () => {
    for (const turn of turns) {
      for (const point of points) expect(upright(turned(point, page, turn), page, turn)).toEqual(point);
    }
  });

  it("keeps every point on the turned page", () => {
    for (const turn of turns) {
      const [width, height] = turn % 180 === 0 ? [1000, 2000] : [2000, 1000];
      for (const point of points) {
        const { x, y } = turned(point, page, turn);
        expect(x >= 0 && x <= width && y >= 0 && y <= height).toBe(true);
      }
    }
  });

  it("turns clockwise", () => {
    expect(turned({ x: 0, y: 0 }, page, 90)).toEqual({ x: 2000, y: 0 });
  });
});

describe("a view of a page", () => {
  it("finds the point of the page under the pointer", () => {
    for (const turn of turns) {
      const view = fitPage(page, turn, viewport);
      for (const point of points) {
        const seen = turned(point, page, turn);
        const at = { x: seen.x * view.scale + view.x, y: seen.y * view.scale + view.y };
        const back = toPage(at, view, page, turn);
        expect(back.x).toBeCloseTo(point.x, 6);
        expect(back.y).toBeCloseTo(point.y, 6);
      }
    }
  });

  it("shows the whole page above the tools", () => {
    const { scale, x, y } = fitPage(page, 0, viewport);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y + page.height * scale).toBeLessThanOrEqual(viewport.height - 60);
    expect(x + (page.width * scale) / 2).toBeCloseTo(viewport.width / 2, 6);
  });

  it("keeps the point under the pointer while it zooms", () => {
    const view = { scale: 1, x: -100, y: -200 };
    const about = { x: 300, y: 250 };
    const before = toPage(about, view, page, 0);
    const after = toPage(about, zoomAbout(view, 1.5, about, 0.1), page, 0);
    expect(after).toEqual(before);
  });

  it("never loses a large page out of sight", () => {
    const { x, y } = keepInSight({ scale: 2, x: 5000, y: -9000 }, page, 0, viewport);
    expect(x).toBeLessThan(viewport.width);
    expect(y + page.height * 2).toBeGreaterThan(0);
  });
});

describe("bringing a field to the reader", () => {
  const box = { left: 700, top: 1800, right: 850, bottom: 1830 };

  it("makes small text readable and puts it inside", () => {
    const view = bringIntoView(box, 30, fitPage(page, 0, viewport), page, 0, viewport);
    expect(30 * view.scale).toBeGreaterThanOrEqual(15);
    const shown = { x: box.left * view.scale + view.x, y: box.top * view.scale + view.y };
    expect(shown.x).toBeGreaterThan(0);
    expect(shown.x).toBeLessThan(viewport.width);
    expect(shown.y).toBeGreaterThan(0);
    expect(shown.y).toBeLessThan(viewport.height);
  });

  it("keeps the width of the page in sight where the text is readable then", () => {
    const view = bringIntoView(box, 25, fitPage(page, 0, viewport), page, 0, viewport);
    expect(page.width * view.scale).toBeLessThanOrEqual(viewport.width);
    expect(25 * view.scale).toBeGreaterThanOrEqual(15);
  });

  it("leaves alone what is readable and inside already", () => {
    const view = keepInSight({ scale: 0.8, x: -200, y: -1200 }, page, 0, viewport);
    const inside = { left: 500, top: 1700, right: 600, bottom: 1730 };
    expect(bringIntoView(inside, 30, view, page, 0, viewport)).toEqual(view);
  });

  it("shows a box that is larger than the viewport whole", () => {
    const tall = { left: 50, top: 50, right: 950, bottom: 1950 };
    const { scale } = bringIntoView(tall, 10, { scale: 3, x: 0, y: 0 }, page, 0, viewport);
    expect((tall.bottom - tall.top) * scale).toBeLessThan(viewport.height);
  });

  it("follows the turn of the page", () => {
    expect(turnedBox(box, page, 90)).toEqual({ left: 170, top: 700, right: 200, bottom: 850 });
  });
});

describe("quads", () => {
  it("are hit inside and missed outside, also when they slope", () => {
    const sloped = [
      { x: 0, y: 0 },
      { x: 100, y: 40 },
      { x: 100, y: 60 },
      { x: 0, y: 20 },
    ];
    expect(isInside({ x: 50, y: 30 }, sloped)).toBe(true);
    expect(isInside({ x: 50, y: 5 }, sloped)).toBe(false);
  });

  it("have the height of their text, not of their bounds", () => {
    const quad = [0, 0, 100_000, 20_000, 100_000, 30_000, 0, 10_000];
    expect(lineHeightOf([quad], page)).toBeCloseTo(20, 6);
  });
});
