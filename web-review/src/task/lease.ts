import { useEffect, useState } from "react";
import { graphql, useRelayEnvironment } from "react-relay";
import { serverNow } from "../relay/clock";
import { commit } from "../relay/commit";
import { Refusal } from "../relay/refusal";
import type { leaseRenewMutation } from "./__generated__/leaseRenewMutation.graphql";

export interface Lease {
  readonly until: string;
  readonly token: number | null | undefined;
}

/** How often the heart may beat at most. */
const SHORTEST_BEAT = 5000;

/**
 * Keeps a lease while its holder works: every key and every press renews it once a third of it has passed. Who walks away lets
 * it end, so that nobody waits for a task that nobody does. True once it has ended.
 */
export function useLeaseKeeping(taskId: string, lease: Lease | null, onLost: () => void): { renew: () => void } {
  const environment = useRelayEnvironment();
  const [beats, setBeats] = useState(0);
  const until = lease === null ? null : Date.parse(lease.until);
  const token = lease?.token ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: beats counts refused wishes to renew, each of which starts anew
  useEffect(() => {
    if (until === null || token === null) return;
    const left = until - serverNow();
    const due = Date.now() + Math.max(SHORTEST_BEAT, left / 3);
    let asked = false;
    const renew = async () => {
      asked = true;
      try {
        await commit<leaseRenewMutation>(environment, renewMutation, { input: { taskId, leaseToken: token } });
      } catch (error) {
        if (error instanceof Refusal && error.code === "LEASE_LOST") onLost();
        else setTimeout(() => setBeats((count) => count + 1), SHORTEST_BEAT);
      }
    };
    const onSign = () => {
      if (!asked && Date.now() >= due) void renew();
    };
    const end = setTimeout(onLost, Math.max(0, left));
    addEventListener("keydown", onSign, true);
    addEventListener("pointerdown", onSign, true);
    return () => {
      clearTimeout(end);
      removeEventListener("keydown", onSign, true);
      removeEventListener("pointerdown", onSign, true);
    };
  }, [environment, taskId, until, token, onLost, beats]);

  return {
    renew: () => {
      if (token === null) return;
      commit<leaseRenewMutation>(environment, renewMutation, { input: { taskId, leaseToken: token } }).catch(
        (error) => {
          if (error instanceof Refusal && error.code === "LEASE_LOST") onLost();
        },
      );
    },
  };
}

const renewMutation = graphql`
  mutation leaseRenewMutation($input: RenewLeaseInput!) {
    renewLease(input: $input) {
      task {
        id
        state
        lease {
          until
          token
          mine
          holder {
            id
            name
          }
        }
      }
    }
  }
`;

/** Milliseconds until a time of the server, counted down by the second. */
export function useTimeLeft(until: string): number {
  const [left, setLeft] = useState(() => Date.parse(until) - serverNow());
  useEffect(() => {
    const count = () => setLeft(Date.parse(until) - serverNow());
    count();
    const timer = setInterval(count, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
