import { useSyncExternalStore } from "react";

/** What the page knows of its way to the server. */
export interface Connection {
  /** The last request was answered. */
  reachable: boolean;
  /** The socket for live changes stands, or none was needed yet. */
  live: boolean;
  /** The server no longer knows the session. */
  signedOut: boolean;
}

let connection: Connection = { reachable: true, live: true, signedOut: false };
const watchers = new Set<() => void>();
const missed = new Set<() => void>();

export function noteConnection(change: Partial<Connection>) {
  const next = { ...connection, ...change };
  if (
    next.reachable === connection.reachable &&
    next.live === connection.live &&
    next.signedOut === connection.signedOut
  )
    return;
  connection = next;
  for (const watcher of watchers) watcher();
}

export function currentConnection(): Connection {
  return connection;
}

export function watchConnection(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

export function useConnection(): Connection {
  return useSyncExternalStore(watchConnection, currentConnection);
}

/** Called when live changes may have been missed, so that what is shown must be asked for again. */
export function onMissedChanges(catchUp: () => void): () => void {
  missed.add(catchUp);
  return () => missed.delete(catchUp);
}

export function noteMissedChanges() {
  for (const catchUp of missed) catchUp();
}
