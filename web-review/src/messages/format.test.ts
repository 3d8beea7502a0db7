import { expect, it } from "vitest";
import { formatBytes, formatCountdown, formatShare } from "./format";

it("never rounds a confidence up to what it did not reach", () => {
  expect(formatShare(929_999)).toBe("0.929");
  expect(formatShare(930_000)).toBe("0.93");
  expect(formatShare(1_000_000)).toBe("1.00");
});

it("counts down to nothing and not beyond", () => {
  expect(formatCountdown(852_000)).toBe("14:12");
  expect(formatCountdown(59_001)).toBe("1:00");
  expect(formatCountdown(-5)).toBe("0:00");
});

it("writes sizes in units a person reads", () => {
  expect(formatBytes(0)).toBe("0 byte");
  expect(formatBytes(85_800)).toBe("85.8 kB");
  expect(formatBytes(5_000_000_000_000)).toBe("5,000 GB");
});
