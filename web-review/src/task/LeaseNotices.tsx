import { useState } from "react";
import { graphql, useFragment, useRelayEnvironment } from "react-relay";
import { m } from "../messages";
import { formatCountdown } from "../messages/format";
import { paths } from "../navigation/location";
import { Link } from "../navigation/router";
import { Button } from "../parts/Button";
import { failureText } from "../parts/failureText";
import { Notice } from "../parts/Notice";
import { ReceiptLink } from "../proof/ReceiptLink";
import { commitOnce } from "../relay/commit";
import { may, useViewer } from "../shell/Viewer";
import { SignatureMark } from "../signing/SignatureMark";
import type { LeaseNotices_task$key } from "./__generated__/LeaseNotices_task.graphql";
import type { LeaseNoticesClaimMutation } from "./__generated__/LeaseNoticesClaimMutation.graphql";
import styles from "./LeaseNotices.module.css";
import { useTimeLeft } from "./lease";

/** From here on the page warns. Milliseconds. */
const SOON = 120_000;

/** Says when a task can't be worked on, why, and what to do about it. */
export function LeaseNotices({
  task: key,
  editable,
  lost,
  unsaved,
  onRenew,
}: {
  task: LeaseNotices_task$key;
  editable: boolean;
  lost: boolean;
  unsaved: number;
  onRenew: () => void;
}) {
  const task = useFragment(
    graphql`
      fragment LeaseNotices_task on Task {
        id
        state
        decision
        statement {
          ...SignatureMark_statement
        }
        receipt {
          ...ReceiptLink_receipt
        }
        lease {
          mine
          until
          holder {
            name
          }
        }
      }
    `,
    key,
  );
  const [wasMine, setWasMine] = useState(editable);
  if (editable && !wasMine) setWasMine(true);

  return <div className={styles.notices}>{notice()}</div>;

  function notice() {
    if (editable) return task.lease && <EndsSoon until={task.lease.until} onRenew={onRenew} />;
    if (task.state === "DECIDED" || task.state === "ESCALATED" || task.state === "CANCELLED") {
      return (
        <Notice tone="ok" actions={<Link href={paths.queues}>{m.task.toQueues}</Link>}>
          <p>
            {task.decision ? m.task.decided[task.decision] : m.task.cancelled}{" "}
            {task.receipt && <ReceiptLink receipt={task.receipt} />}
          </p>
          {task.statement && <SignatureMark statement={task.statement} />}
        </Notice>
      );
    }
    const other = task.lease !== null && task.lease !== undefined && !task.lease.mine;
    const heldBy = other ? m.task.heldBy(task.lease?.holder.name ?? m.task.somebody) : null;
    if (lost || wasMine) {
      return (
        <Notice
          tone="bad"
          alert
          title={m.task.lost}
          actions={!other && <Claim taskId={task.id} label={m.task.takeAgain} />}
        >
          <p>{m.task.lostText}</p>
          {unsaved > 0 && <p>{m.task.lostUnsaved(unsaved)}.</p>}
          {heldBy && <p>{heldBy}</p>}
        </Notice>
      );
    }
    return (
      <Notice actions={!other && <Claim taskId={task.id} label={m.task.takeThis} />}>
        <p>{heldBy ?? m.task.notYours}</p>
      </Notice>
    );
  }
}

function EndsSoon({ until, onRenew }: { until: string; onRenew: () => void }) {
  const left = useTimeLeft(until);
  if (left > SOON) return null;
  return (
    <Notice
      tone="warn"
      actions={
        <Button small onPress={onRenew}>
          {m.task.keep}
        </Button>
      }
    >
      <p>{m.task.endsSoon(formatCountdown(left))}</p>
    </Notice>
  );
}

function Claim({ taskId, label }: { taskId: string; label: string }) {
  const environment = useRelayEnvironment();
  const viewer = useViewer();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (!may(viewer, "review")) return null;
  const claim = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await commitOnce<LeaseNoticesClaimMutation>(environment, claimMutation, { taskId });
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {problem && <p role="alert">{problem}</p>}
      <Button small look="primary" busy={busy} onPress={() => void claim()}>
        {label}
      </Button>
    </>
  );
}

const claimMutation = graphql`
  mutation LeaseNoticesClaimMutation($input: ClaimTaskInput!) {
    claimTask(input: $input) {
      task {
        ...Workbench_task
      }
    }
  }
`;
