import { Environment, Network, RecordSource, Store } from "relay-runtime";
import { fetchOperation } from "./fetchOperation";
import { createLiveClient, subscribeLive } from "./live";

/** One for a session: whoever logs in next starts with an empty store. */
export function createEnvironment(): Environment {
  const live = createLiveClient();
  return new Environment({
    network: Network.create(fetchOperation, (request, variables) => subscribeLive(live, request, variables)),
    store: new Store(new RecordSource(), { gcReleaseBufferSize: 20 }),
  });
}
