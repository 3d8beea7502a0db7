import { useEffect } from "react";
import { fetchQuery, useRelayEnvironment } from "react-relay";
import type { GraphQLTaggedNode, OperationType } from "relay-runtime";

/** How often is asked, in milliseconds. */
const POLL = 2000;

/** No subscription tells of exports and bundles; while one of them is being built, the query is asked again and again. */
export function useBuilding<Query extends OperationType>(
  query: GraphQLTaggedNode,
  archives: readonly { readonly state: string }[],
): void {
  const environment = useRelayEnvironment();
  const building = archives.some(({ state }) => state === "QUEUED" || state === "RUNNING");
  useEffect(() => {
    if (!building) return;
    const timer = setInterval(() => {
      // A failed look is made good by the next one.
      fetchQuery<Query>(environment, query, {}).subscribe({ error: () => {} });
    }, POLL);
    return () => clearInterval(timer);
  }, [building, environment, query]);
}
