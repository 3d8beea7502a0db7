import { graphql } from "react-relay";
import type { IEnvironment } from "relay-runtime";
import { commitOnce } from "../relay/commit";
import type { claimNextMutation } from "./__generated__/claimNextMutation.graphql";

/** The id of the task that is now leased to the viewer; null when nothing waits. Without a queue, of all queues. */
export async function claimNext(environment: IEnvironment, queueId: string | null = null): Promise<string | null> {
  const { claimNextTask } = await commitOnce<claimNextMutation>(environment, mutation, { queueId });
  return claimNextTask.task?.id ?? null;
}

const mutation = graphql`
  mutation claimNextMutation($input: ClaimNextTaskInput!) {
    claimNextTask(input: $input) {
      task {
        id
        ...Workbench_task
      }
    }
  }
`;
