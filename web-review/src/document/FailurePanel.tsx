import { useState } from "react";
import { graphql, useFragment, useRelayEnvironment } from "react-relay";
import { m } from "../messages";
import { paths } from "../navigation/location";
import { useNavigation } from "../navigation/router";
import { Button } from "../parts/Button";
import { failureText } from "../parts/failureText";
import { Notice } from "../parts/Notice";
import { commitOnce } from "../relay/commit";
import { may, useViewer } from "../shell/Viewer";
import type { FailurePanel_document$key } from "./__generated__/FailurePanel_document.graphql";
import type { FailurePanelRetryMutation } from "./__generated__/FailurePanelRetryMutation.graphql";
import type { FailurePanelTypeMutation } from "./__generated__/FailurePanelTypeMutation.graphql";

/** Why a document could not be read, and the two ways on. */
export function FailurePanel({ document: key }: { document: FailurePanel_document$key }) {
  const document = useFragment(
    graphql`
      fragment FailurePanel_document on Document {
        id
        state
        failure {
          code
          message
        }
      }
    `,
    key,
  );
  const environment = useRelayEnvironment();
  const { navigate } = useNavigation();
  const viewer = useViewer();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { failure } = document;
  if (!failure || document.state !== "FAILED") return null;

  const go = async (ask: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await ask();
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  };
  const input = { documentId: document.id };
  const readAgain = () =>
    go(async () => {
      await commitOnce<FailurePanelRetryMutation>(environment, retryMutation, input);
    });
  const typeByHand = () =>
    go(async () => {
      const answer = await commitOnce<FailurePanelTypeMutation>(environment, typeMutation, input);
      navigate(paths.task(answer.typeByHand.task.id));
    });

  return (
    <Notice
      tone="bad"
      title={m.document.failedTitle}
      actions={
        <>
          {may(viewer, "retryReading") && (
            <Button isDisabled={busy} onPress={() => void readAgain()}>
              {m.document.readAgain}
            </Button>
          )}
          {may(viewer, "review") && (
            <Button isDisabled={busy} onPress={() => void typeByHand()}>
              {m.document.typeByHand}
            </Button>
          )}
        </>
      }
    >
      <p>{failure.message}</p>
      <p>{m.document.waysOn}</p>
      {problem && <p role="alert">{problem}</p>}
    </Notice>
  );
}

const retryMutation = graphql`
  mutation FailurePanelRetryMutation($input: RetryReadingInput!) {
    retryReading(input: $input) {
      document {
        ...DocumentView_document
      }
    }
  }
`;

const typeMutation = graphql`
  mutation FailurePanelTypeMutation($input: TypeByHandInput!) {
    typeByHand(input: $input) {
      document {
        ...DocumentView_document
      }
      task {
        id
      }
    }
  }
`;
