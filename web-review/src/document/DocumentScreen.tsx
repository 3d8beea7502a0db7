import { useMemo } from "react";
import { graphql, usePreloadedQuery, useSubscription } from "react-relay";
import { m } from "../messages";
import type { ScreenProps } from "../navigation/router";
import { Notice } from "../parts/Notice";
import { Screen } from "../shell/Screen";
import { may, useViewer } from "../shell/Viewer";
import type { DocumentScreenQuery } from "./__generated__/DocumentScreenQuery.graphql";
import type { DocumentScreenSubscription } from "./__generated__/DocumentScreenSubscription.graphql";
import { DocumentView } from "./DocumentView";

export default function DocumentScreen({ query, params }: ScreenProps<DocumentScreenQuery>) {
  const readsTasks = may(useViewer(), "readTasks");
  const { document, documentTypes } = usePreloadedQuery<DocumentScreenQuery>(
    graphql`
      query DocumentScreenQuery($id: ID!, $readsTasks: Boolean!) {
        document(id: $id) {
          typeName
          ...DocumentView_document @arguments(readsTasks: $readsTasks)
        }
        documentTypes {
          name
          straightThrough
        }
      }
    `,
    query,
  );
  useSubscription<DocumentScreenSubscription>(
    useMemo(
      () => ({
        subscription: graphql`
          subscription DocumentScreenSubscription($id: ID, $readsTasks: Boolean!) {
            documentChanged(id: $id) {
              seq
              document {
                ...DocumentView_document @arguments(readsTasks: $readsTasks)
              }
            }
          }
        `,
        variables: { id: params.id ?? "", readsTasks },
      }),
      [params.id, readsTasks],
    ),
  );
  if (!document) {
    return (
      <Screen title={m.document.title}>
        <Notice tone="warn">
          <p>{m.failure.NOT_FOUND}</p>
        </Notice>
      </Screen>
    );
  }
  const passes = documentTypes.some(({ name, straightThrough }) => name === document.typeName && straightThrough);
  return <DocumentView document={document} passes={passes} />;
}
