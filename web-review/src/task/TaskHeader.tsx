import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatCountdown } from "../messages/format";
import { paths } from "../navigation/location";
import { Link } from "../navigation/router";
import { documentName } from "../parts/DocumentName";
import type { TaskHeader_task$key } from "./__generated__/TaskHeader_task.graphql";
import { useTimeLeft } from "./lease";
import { doneToday } from "./pace";
import styles from "./TaskHeader.module.css";

export function TaskHeader({
  task: key,
  settled,
  total,
  median,
  editable,
}: {
  task: TaskHeader_task$key;
  settled: number;
  total: number;
  median: number | null;
  editable: boolean;
}) {
  const task = useFragment(
    graphql`
      fragment TaskHeader_task on Task {
        queue {
          name
        }
        lease {
          until
        }
        document {
          id
          state
          fileName
          typeLabel
        }
      }
    `,
    key,
  );
  const { document } = task;
  const name = document.state === "ERASED" ? documentName(document) : (document.fileName ?? document.typeLabel);
  return (
    <header className={styles.header}>
      <title>{`${name} · ${m.product}`}</title>
      <h1 className={styles.title}>{task.queue.name}</h1>
      <Link className={styles.document} href={paths.document(task.document.id)}>
        {name}
      </Link>
      <progress className={styles.progress} aria-label={m.task.progress} value={settled} max={Math.max(1, total)} />
      <span className={styles.quiet}>{m.task.today(doneToday())}</span>
      {median !== null && <span className={styles.quiet}>{m.task.pace(median.toFixed(1))}</span>}
      <span className={styles.grow} />
      {editable && task.lease && <LeaseClock until={task.lease.until} />}
    </header>
  );
}

function LeaseClock({ until }: { until: string }) {
  const left = useTimeLeft(until);
  return (
    <span className={styles.lease} role="timer" aria-label={m.task.leaseLabel}>
      {m.task.yoursFor(formatCountdown(left))}
    </span>
  );
}
