import { describe, expect, it } from "vitest";
import { taskKeyOf } from "./keys";

const pressed = (key: string, more: Partial<Parameters<typeof taskKeyOf>[0]> = {}) => ({
  key,
  code: "",
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...more,
});

describe("the keys of a task", () => {
  it("never take a bare character from an input", () => {
    for (const key of ["+", "-", "0", "?", "m", "1"]) expect(taskKeyOf(pressed(key), true)).toBeNull();
    expect(taskKeyOf(pressed("+"), false)).toBe("zoomIn");
    expect(taskKeyOf(pressed("0"), false)).toBe("fit");
    expect(taskKeyOf(pressed("?"), false)).toBe("help");
  });

  it("work with Alt everywhere", () => {
    expect(taskKeyOf(pressed("m", { altKey: true, code: "KeyM" }), true)).toBe("missing");
    expect(taskKeyOf(pressed("3", { altKey: true, code: "Digit3" }), true)).toEqual({ offered: 3 });
    expect(taskKeyOf(pressed("0", { altKey: true, code: "Digit0" }), true)).toBe("fit");
    expect(taskKeyOf(pressed("/", { altKey: true, code: "Slash" }), true)).toBe("help");
  });

  it("follow the letter, and the place only where Alt makes another sign of it", () => {
    expect(taskKeyOf(pressed("m", { altKey: true, code: "Semicolon" }), true)).toBe("missing");
    expect(taskKeyOf(pressed("µ", { altKey: true, code: "KeyM" }), true)).toBe("missing");
  });

  it("leave AltGr to the characters it types", () => {
    const altGr = { altKey: true, code: "KeyE", getModifierState: (key: string) => key === "AltGraph" };
    expect(taskKeyOf(pressed("€", altGr), true)).toBeNull();
    expect(taskKeyOf(pressed("e", { altKey: true, ctrlKey: true, code: "KeyE" }), true)).toBeNull();
  });

  it("submit with Ctrl or Command", () => {
    expect(taskKeyOf(pressed("Enter", { ctrlKey: true }), true)).toBe("submit");
    expect(taskKeyOf(pressed("Enter", { metaKey: true }), true)).toBe("submit");
    expect(taskKeyOf(pressed("Enter"), true)).toBeNull();
  });
});
