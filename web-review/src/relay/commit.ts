import { commitMutation } from "react-relay";
import type { GraphQLTaggedNode, IEnvironment, MutationParameters } from "relay-runtime";

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
