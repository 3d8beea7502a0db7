import type { GraphQLResponse, RequestParameters, Variables } from "relay-runtime";
import { syncClock } from "./clock";
import { noteConnection } from "./connection";
import { Refusal, refusalOf, Unreachable } from "./refusal";

const HEADERS = {
  "content-type": "application/json",
  accept: "application/graphql-response+json",
};

/** Statuses after which the same request may succeed: a proxy without its server, or a server that is too busy. */
const AGAIN = new Set([408, 429, 502, 503, 504]);

/**
 * Sends a trusted document by its hash (GraphQL over HTTP).
 *
 * Throws {@link Unreachable} without an answer, and {@link Refusal} when the answer holds no data.
 */
export async function fetchOperation(request: RequestParameters, variables: Variables): Promise<GraphQLResponse> {
  const answer = await post(JSON.stringify({ documentId: request.id, variables }));
  const [first] = answer.errors ?? [];
  if (first === undefined) return answer;
  const refusal = refusalOf(first);
  if (refusal.code === "UNAUTHENTICATED") noteConnection({ signedOut: true });
  if (!answer.data) throw refusal;
  return answer;
}

// biome-ignore lint/suspicious/noExplicitAny: the shape of an answer is the operation's, checked by Relay's artifacts
async function post(body: string): Promise<any> {
  let response: Response;
  try {
    response = await fetch("/graphql", { method: "POST", headers: HEADERS, body });
  } catch {
    noteConnection({ reachable: false });
    throw new Unreachable();
  }
  if (AGAIN.has(response.status)) {
    noteConnection({ reachable: response.status === 429 });
    throw new Unreachable();
  }
  noteConnection({ reachable: true });
  syncClock(response.headers.get("date"));
  try {
    return await response.json();
  } catch {
    throw new Refusal("INTERNAL", `The server answered ${response.status} without GraphQL.`);
  }
}
