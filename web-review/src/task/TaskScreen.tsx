import { useMemo } from "react";
import { graphql, usePreloadedQuery, useSubscription } from "react-relay";
import { m } from "../messages";
import type { ScreenProps } from "../navigation/router";
import { Notice } from "../parts/Notice";
import { Screen } from "../shell/Screen";
import type { TaskScreenQuery } from "./__generated__/TaskScreenQuery.graphql";
import type { TaskScreenSubscription } from "./__generated__/TaskScreenSubscription.graphql";
import { Workbench } from "./Workbench";

export default function TaskScreen({ query, params }: ScreenProps<TaskScreenQuery>) {
  const { task, viewer, documentTypes } = usePreloadedQuery<TaskScreenQuery>(
    graphql`
      query TaskScreenQuery($id: ID!) {
        task(id: $id) {
          document {
            typeName
            typeVersion
          }
          ...Workbench_task
        }
        viewer {
          ...SignDialog_viewer
        }
        documentTypes {
          name
          version
          signing {
            required
          }
        }
      }
    `,
    query,
  );
  useSubscription<TaskScreenSubscription>(
    useMemo(
      () => ({
        // The lease and the state; the fields are only changed by whoever holds the lease.
        subscription: graphql`
          subscription TaskScreenSubscription($id: ID!) {
            taskChanged(id: $id) {
              seq
              task {
                id
                state
                decision
                lease {
                  mine
                  until
                  token
                  holder {
                    id
                    name
                  }
                }
              }
            }
          }
        `,
        variables: { id: params.id ?? "" },
      }),
      [params.id],
    ),
  );
  if (!task || !viewer) {
    return (
      <Screen title={m.task.title}>
        <Notice tone="warn">
          <p>{m.failure.NOT_FOUND}</p>
        </Notice>
      </Screen>
    );
  }
  const { typeName, typeVersion } = task.document;
  const type = documentTypes.find(({ name, version }) => name === typeName && version === typeVersion);
  return <Workbench task={task} viewer={viewer} signed={type?.signing.required === true} />;
}
