import type { Client, Sink, SubscribePayload } from "graphql-ws";
import type { RequestParameters } from "relay-runtime";
import { describe, expect, it, vi } from "vitest";
import { onMissedChanges } from "./connection";
import { subscribeLive } from "./live";

const request = {
  id: "ab12",
  name: "QueueChanged",
  operationKind: "subscription",
  text: null,
  metadata: {},
} as RequestParameters;

function subscribed(variables = {}) {
  const sent: { payload: SubscribePayload; sink: Sink; stop: () => void }[] = [];
  const client = {
    subscribe: (payload: SubscribePayload, sink: Sink) => {
      const stop = vi.fn();
      sent.push({ payload, sink, stop });
      return stop;
    },
  } as unknown as Client;
  const seen: unknown[] = [];
  const errors: unknown[] = [];
  const subscription = subscribeLive(client, request, variables).subscribe({
    next: (answer) => seen.push(answer),
    error: (error: unknown) => errors.push(error),
  });
  const last = () => {
    const latest = sent.at(-1);
    if (latest === undefined) throw new Error("nothing was subscribed");
    return latest;
  };
  return { sent, seen, errors, subscription, last };
}

/** As it goes over the wire, each time it is sent. */
const wire = (payload: SubscribePayload) => JSON.parse(JSON.stringify(payload));

describe("a live subscription", () => {
  it("names the trusted document in its extensions", () => {
    const { last } = subscribed({ id: "task-1" });
    expect(wire(last().payload)).toEqual({
      query: "",
      extensions: { documentId: "ab12" },
      variables: { id: "task-1", after: null },
    });
  });

  it("goes on after the last change it saw when it is sent again", () => {
    const { last, seen } = subscribed();
    last().sink.next({ data: { queueChanged: { seq: 41, queue: {} } } });
    expect(seen).toHaveLength(1);
    expect(wire(last().payload).variables).toEqual({ after: 41 });
  });

  it("starts from now and has everything asked for again when the server no longer has the changes", () => {
    const catchUp = vi.fn();
    const forget = onMissedChanges(catchUp);
    const { last, sent, errors } = subscribed();
    last().sink.next({ data: { queueChanged: { seq: 41 } } });
    last().sink.next({ errors: [{ message: "Too old.", extensions: { code: "RESYNC" } }] } as never);
    forget();
    expect(sent).toHaveLength(2);
    expect(sent[0]?.stop).toHaveBeenCalled();
    expect(wire(last().payload).variables).toEqual({ after: null });
    expect(catchUp).toHaveBeenCalledOnce();
    expect(errors).toEqual([]);
  });

  it("ends with the screen", () => {
    const { subscription, last } = subscribed();
    subscription.unsubscribe();
    expect(last().stop).toHaveBeenCalled();
  });

  it("starts again after the session has ended and begun anew", async () => {
    vi.useFakeTimers();
    const { last, sent } = subscribed();
    last().sink.next({ data: { queueChanged: { seq: 41 } } });
    last().sink.error(new CloseEvent("close", { code: 4401 }));
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(sent).toHaveLength(2);
    expect(wire(last().payload).variables).toEqual({ after: 41 });
  });

  it("passes on a refusal", () => {
    const { last, errors } = subscribed();
    last().sink.error([{ message: "No.", extensions: { code: "FORBIDDEN" } }]);
    expect(errors).toMatchObject([{ code: "FORBIDDEN" }]);
  });
});
