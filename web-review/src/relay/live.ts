import { type Client, createClient } from "graphql-ws";
import { type GraphQLResponse, Observable, type RequestParameters, type Variables } from "relay-runtime";
import { noteConnection, noteMissedChanges } from "./connection";
import { pause } from "./pause";
import { refusalOf } from "./refusal";

/** 4401 of graphql-transport-ws: the session is unknown. */
const UNAUTHORIZED = 4401;

export function createLiveClient(): Client {
  let lost = false;
  return createClient({
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
    keepAlive: 12_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async (attempt) => {
      const ceiling = Math.min(15_000, 500 * 2 ** attempt);
      await new Promise((wake) => setTimeout(wake, ceiling * (0.5 + Math.random() / 2)));
    },
    on: {
      connected: () => {
        noteConnection({ live: true });
        if (lost) noteMissedChanges();
        lost = false;
      },
      closed: (event) => {
        const { code, wasClean } = event as CloseEvent;
        if (code === UNAUTHORIZED) noteConnection({ signedOut: true });
        // A clean end with 1000 is the client's own: nothing is subscribed any more.
        if (code === 1000 && wasClean) return;
        lost = true;
        noteConnection({ live: false });
      },
    },
  });
}

/**
 * A subscription that knows how far it got: after a lost connection it is sent again with the last `seq` seen, so the
 * server first sends what was missed. RESYNC (too old) makes the page ask for everything again and go on from now.
 */
export function subscribeLive(client: Client, request: RequestParameters, variables: Variables) {
  return Observable.create<GraphQLResponse>((sink) => {
    let seen: number | null = (variables.after as number | undefined) ?? null;
    let stop: (() => void) | undefined;
    let ended = false;
    let failures = 0;

    const resync = () => {
      seen = null;
      stop?.();
      noteMissedChanges();
      start();
    };
    /** After a close that the client takes for final, such as that of an ended session. */
    const startAgain = async () => {
      failures += 1;
      await pause(failures);
      if (ended) return;
      start();
      noteMissedChanges();
    };
    const start = () => {
      stop = client.subscribe(
        {
          query: "",
          extensions: { documentId: request.id },
          // Read again each time the client sends this payload, which it does on every reconnect.
          get variables() {
            return { ...variables, after: seen };
          },
        },
        {
          next: (answer) => {
            const [first] = answer.errors ?? [];
            if (first !== undefined) {
              const refusal = refusalOf(first as Parameters<typeof refusalOf>[0]);
              if (refusal.code === "RESYNC") resync();
              else sink.error(refusal);
              return;
            }
            const [change] = Object.values(answer.data ?? {}) as { seq?: number }[];
            if (change?.seq !== undefined) seen = change.seq;
            failures = 0;
            sink.next(answer as unknown as GraphQLResponse);
          },
          error: (problem) => {
            const [first] = Array.isArray(problem) ? problem : [];
            if (first === undefined) {
              void startAgain();
              return;
            }
            const refusal = refusalOf(first);
            if (refusal.code === "RESYNC") resync();
            else sink.error(refusal);
          },
          // The screen ends a subscription, not the server.
          complete: () => {},
        },
      );
    };
    start();
    return () => {
      ended = true;
      stop?.();
    };
  });
}
