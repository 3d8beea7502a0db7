import { watchConnection } from "../relay/connection";
import { Unreachable } from "../relay/refusal";

const LONGEST = 15_000;

/** Waits longer after each failure, but no longer than until the connection is said to be back. */
export function pause(failures: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      forget();
      resolve();
    };
    const timer = setTimeout(end, Math.min(LONGEST, 500 * 2 ** failures));
    addEventListener("online", end);
    const forget = watchConnection(end);
  });
}

/** Asks until there is an answer; a refusal is one. */
export async function untilReached<T>(ask: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      await pause(failures);
    }
  }
}
