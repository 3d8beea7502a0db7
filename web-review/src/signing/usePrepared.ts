import { useEffect, useState } from "react";
import { graphql, useRelayEnvironment } from "react-relay";
import { failureText } from "../parts/failureText";
import { commitOnce } from "../relay/commit";
import type { Decision, usePreparedMutation } from "./__generated__/usePreparedMutation.graphql";

/** A decision that somebody wants to sign. */
export interface Wanted {
  task: string;
  leaseToken: number;
  decision: Decision;
  reason: string | null;
}

export interface Prepared {
  readonly id: string;
  readonly statement: string;
  readonly expiresAt: string;
}

/** The statement of a decision for one key; another key, or `prepareAgain`, makes another statement. */
export function usePrepared(wanted: Wanted, keyId: string | null) {
  const environment = useRelayEnvironment();
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<{ prepared: Prepared | null; problem: string | null }>({
    prepared: null,
    problem: null,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: attempt counts wishes for another statement
  useEffect(() => {
    let left = false;
    const give = (prepared: Prepared | null, problem: string | null) => {
      if (!left) setAnswer({ prepared, problem });
    };
    give(null, null);
    commitOnce<usePreparedMutation>(environment, prepareMutation, { ...wanted, keyId }).then(
      ({ prepareDecision }) => give(prepareDecision.prepared, null),
      (error) => give(null, failureText(error)),
    );
    return () => {
      left = true;
    };
  }, [environment, wanted, keyId, attempt]);
  return { ...answer, prepareAgain: () => setAttempt((count) => count + 1) };
}

const prepareMutation = graphql`
  mutation usePreparedMutation($input: PrepareDecisionInput!) {
    prepareDecision(input: $input) {
      prepared {
        id
        statement
        expiresAt
      }
    }
  }
`;
