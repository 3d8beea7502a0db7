import { describe, expect, it } from "vitest";
import { sampleLines } from "../testing/samples";
import { findWords, placeWords, takeWords, wordAt, wordBeside, wordsInside } from "./words";

const words = placeWords(sampleLines, { number: 1, width: 1000, height: 2000 });
const TOTAL = 0;
const AMOUNT = 1;
const CASH = 2;
const PAID = 3;

describe("the words of a page", () => {
  it("are found under the pointer", () => {
    expect(wordAt(words, { x: 350, y: 110 })).toBe(AMOUNT);
    expect(wordAt(words, { x: 600, y: 110 })).toBeNull();
  });

  it("are taken in reading order, however they were chosen", () => {
    expect(takeWords(words, [PAID, TOTAL, CASH, AMOUNT]).text).toBe("TOTAL 47.00 CASH 50.00");
  });

  it("make one region of each line, from its first word to its last", () => {
    const { regions } = takeWords(words, [TOTAL, AMOUNT, PAID]);
    expect(regions).toHaveLength(2);
    expect(regions[0]).toEqual({ page: 1, quad: [100_000, 50_000, 450_000, 50_000, 450_000, 65_000, 100_000, 65_000] });
    expect(regions[1]?.quad.slice(0, 2)).toEqual([300_000, 75_000]);
  });

  it("are in a frame when their middle is", () => {
    expect(wordsInside(words, { left: 280, top: 90, right: 500, bottom: 190 })).toEqual([AMOUNT, PAID]);
    expect(wordsInside(words, { left: 0, top: 0, right: 150, bottom: 90 })).toEqual([]);
  });

  it("lie above and below each other", () => {
    expect(wordBeside(words, AMOUNT, 1)).toBe(PAID);
    expect(wordBeside(words, CASH, -1)).toBe(TOTAL);
    expect(wordBeside(words, PAID, 1)).toBe(PAID);
  });

  it("are found by a part of them, and across a space, but not across lines", () => {
    expect(findWords(words, "0.0")).toEqual([[PAID]]);
    expect(findWords(words, "total 47")).toEqual([[TOTAL, AMOUNT]]);
    expect(findWords(words, "47.00 cash")).toEqual([]);
    expect(findWords(words, "  ")).toEqual([]);
  });
});
