import { useCallback, useRef, useState } from "react";

const key = () => `countersign.done.${new Date().toLocaleDateString("sv")}`;

/** Tasks decided on this device today. */
export function doneToday(): number {
  return Number(localStorage.getItem(key()) ?? 0);
}

export function noteDone() {
  const today = key();
  for (const other of Object.keys(localStorage)) {
    if (other.startsWith("countersign.done.") && other !== today) localStorage.removeItem(other);
  }
  localStorage.setItem(today, String(doneToday() + 1));
}

const seconds: number[] = [];
const REMEMBERED = 200;

export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/** Measures from when a field becomes the active one until it is settled. */
export function usePace() {
  const since = useRef(performance.now());
  const [median, setMedian] = useState(() => medianOf(seconds));
  const start = useCallback(() => {
    since.current = performance.now();
  }, []);
  const settled = useCallback(() => {
    seconds.push((performance.now() - since.current) / 1000);
    if (seconds.length > REMEMBERED) seconds.shift();
    setMedian(medianOf(seconds));
  }, []);
  return { median, start, settled };
}
