import { useState } from "react";
import { useRelayEnvironment } from "react-relay";
import type { GraphQLTaggedNode } from "relay-runtime";
import { failureText } from "../parts/failureText";
import { commitOnce, type Keyed } from "./commit";

/**
 * One mutation that a person asks for by a button: whether it is under way, and why it was refused. While it is under
 * way a second press does nothing.
 */
export function useWish<Mutation extends Keyed>(
  mutation: GraphQLTaggedNode,
  explain: (error: unknown) => string = failureText,
) {
  const environment = useRelayEnvironment();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const wish = async (
    input: Omit<Mutation["variables"]["input"], "idempotencyKey">,
    onDone: (answer: Mutation["response"]) => void,
  ) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      onDone(await commitOnce<Mutation>(environment, mutation, input));
    } catch (error) {
      setProblem(explain(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, wish };
}
