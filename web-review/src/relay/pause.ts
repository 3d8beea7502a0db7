import { watchConnection } from "./connection";
import { Refusal, Unreachable } from "./refusal";

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

/**
 * Nothing was decided, and the same request may be sent again: there is no connection, nobody is logged in any more, or
 * the server still works on the request as it was sent before.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  return error instanceof Refusal && (error.code === "UNAUTHENTICATED" || error.reason === "IDEMPOTENCY_RUNNING");
}

/** Asks until there is an answer; a refusal is one. */
export async function untilReached<T>(ask: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await pause(failures);
    }
  }
}
