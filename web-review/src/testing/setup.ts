import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

// What jsdom lacks: it lays nothing out, so nothing is observed and nothing scrolls.
class NoLayout {
  observe() {}
  unobserve() {}
  disconnect() {}
}
vi.stubGlobal("ResizeObserver", NoLayout);
// relay-test-utils records its calls with jest.fn.
vi.stubGlobal("jest", vi);
vi.stubGlobal("CSS", { escape: (text: string) => text });
// The first test of a file also waits for the code of its screen.
configure({ asyncUtilTimeout: 5000 });
HTMLCanvasElement.prototype.getContext = () => null;
Element.prototype.scrollIntoView = () => {};
Element.prototype.setPointerCapture = () => {};

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  history.replaceState(null, "", "/");
});

afterEach(async () => {
  cleanup();
  // A screen that a test went to at its end is still on its way.
  await vi.dynamicImportSettled();
});
