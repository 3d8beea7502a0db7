import { setTimeout as sleep } from "node:timers/promises";

/** Asks again until the answer is one (not null, undefined or false), for at most so many seconds. */
export async function until(what, ask, { seconds = 60, every = 200 } = {}) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`after ${seconds} seconds still not: ${what}`);
    await sleep(every);
  }
}
