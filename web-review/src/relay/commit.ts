import { commitMutation } from "react-relay";
import type { GraphQLTaggedNode, IEnvironment, MutationParameters } from "relay-runtime";
import { untilReached } from "./pause";

/** A mutation as a promise. Rejects with a Refusal or with Unreachable. */
export function commit<Mutation extends MutationParameters>(
  environment: IEnvironment,
  mutation: GraphQLTaggedNode,
  variables: Mutation["variables"],
): Promise<Mutation["response"]> {
  return new Promise((resolve, reject) => {
    commitMutation<Mutation>(environment, { mutation, variables, onCompleted: resolve, onError: reject });
  });
}

export interface Keyed extends MutationParameters {
  variables: { input: { idempotencyKey: string } };
}

/** What somebody wished once happens once: sent under one key until it is answered. Rejects with a Refusal only. */
export function commitOnce<Mutation extends Keyed>(
  environment: IEnvironment,
  mutation: GraphQLTaggedNode,
  input: Omit<Mutation["variables"]["input"], "idempotencyKey">,
): Promise<Mutation["response"]> {
  const variables = { input: { ...input, idempotencyKey: crypto.randomUUID() } };
  return untilReached(() => commit<Mutation>(environment, mutation, variables));
}
