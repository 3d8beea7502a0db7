import { describe, expect, it, vi } from "vitest";
import { Refusal, Unreachable } from "../relay/refusal";
import { type Change, Outbox, type Save } from "./outbox";

const confirm: Change = { kind: "confirm" };
const correct = (text: string): Change => ({ kind: "correct", text, regions: [], reason: "MISREAD" });
let next = 0;
const save = (fieldId: string, change: Change = confirm, expectedVersion = 1): Save => {
  next += 1;
  return { key: `key-${next}`, fieldId, expectedVersion, change };
};

function outboxOf(send: (save: Save) => Promise<void>) {
  const shown = new Set<string>();
  const overtaken = vi.fn();
  const outbox = new Outbox({
    send,
    predict: ({ key }) => {
      shown.add(key);
      return () => void shown.delete(key);
    },
    overtaken,
  });
  return { outbox, shown, overtaken };
}

describe("the outbox", () => {
  it("sends one after another, in order", async () => {
    const log: string[] = [];
    const { outbox } = outboxOf(async ({ fieldId }) => {
      log.push(`start ${fieldId}`);
      await Promise.resolve();
      log.push(`end ${fieldId}`);
    });
    outbox.put(save("a"));
    outbox.put(save("b"));
    expect(await outbox.drained()).toBe(true);
    expect(log).toEqual(["start a", "end a", "start b", "end b"]);
  });

  it("shows a change until the server has it", async () => {
    let arrive = () => {};
    const { outbox, shown } = outboxOf(() => new Promise((resolve) => (arrive = resolve)));
    const first = save("a");
    outbox.put(first);
    expect(shown.has(first.key)).toBe(true);
    await Promise.resolve();
    arrive();
    await outbox.drained();
    expect(shown.size).toBe(0);
  });

  it("waits without a connection and sends the same save again", async () => {
    vi.useFakeTimers();
    const keys: string[] = [];
    const { outbox } = outboxOf(async ({ key }) => {
      keys.push(key);
      if (keys.length < 3) throw new Unreachable();
    });
    outbox.put(save("a"));
    await vi.advanceTimersByTimeAsync(0);
    expect(outbox.read().waiting).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(await outbox.drained()).toBe(true);
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(3);
    expect(outbox.read().waiting).toBe(false);
  });

  it("waits for somebody to log in again", async () => {
    vi.useFakeTimers();
    let signedOut = true;
    const { outbox } = outboxOf(async () => {
      if (signedOut) throw new Refusal("UNAUTHENTICATED", "Log in.");
    });
    outbox.put(save("a"));
    await vi.advanceTimersByTimeAsync(0);
    expect(outbox.read().refused.size).toBe(0);
    signedOut = false;
    await vi.advanceTimersByTimeAsync(2000);
    vi.useRealTimers();
    expect(await outbox.drained()).toBe(true);
  });

  it("sends again what the server is still working on", async () => {
    vi.useFakeTimers();
    let running = true;
    const { outbox } = outboxOf(async () => {
      if (running) throw new Refusal("CONFLICT", "Being worked on.", null, null, "IDEMPOTENCY_RUNNING");
    });
    outbox.put(save("a"));
    await vi.advanceTimersByTimeAsync(0);
    running = false;
    await vi.advanceTimersByTimeAsync(2000);
    vi.useRealTimers();
    expect(await outbox.drained()).toBe(true);
  });

  it("keeps a refused change, drops what was built on it, and goes on with other fields", async () => {
    const sent: string[] = [];
    const current = { version: 4, text: "48", value: "48", status: "CORRECTED" };
    const { outbox, shown, overtaken } = outboxOf(async ({ fieldId }) => {
      sent.push(fieldId);
      if (fieldId === "a") throw new Refusal("CONFLICT", "Another change came first.", null, current);
    });
    outbox.put(save("a", correct("47")));
    outbox.put(save("a", correct("47.0"), 2));
    outbox.put(save("b"));
    expect(await outbox.drained()).toBe(false);
    expect(sent).toEqual(["a", "b"]);
    expect(outbox.read().refused.get("a")?.change).toEqual(correct("47.0"));
    expect(overtaken).toHaveBeenCalledOnce();
    expect(shown.size).toBe(0);
  });

  it("keeps everything that was not saved when the lease is lost", async () => {
    const { outbox } = outboxOf(async () => {
      throw new Refusal("LEASE_LOST", "Your lease has ended.");
    });
    outbox.put(save("a", correct("47")));
    outbox.put(save("b", correct("x")));
    expect(await outbox.drained()).toBe(false);
    expect([...outbox.read().refused.keys()]).toEqual(["a", "b"]);
    expect(outbox.read().leaseLost).toBe(true);
  });

  it("forgets a refusal that was looked at", async () => {
    const { outbox } = outboxOf(async () => {
      throw new Refusal("INVALID", "No amount.");
    });
    outbox.put(save("a", correct("x")));
    await outbox.drained();
    outbox.forget("a");
    expect(await outbox.drained()).toBe(true);
  });
});
