import { useMemo, useState } from "react";
import { graphql, usePreloadedQuery, useRelayEnvironment, useSubscription } from "react-relay";
import { m } from "../messages";
import { formatAgo, formatNumber } from "../messages/format";
import { paths } from "../navigation/location";
import { Link, type ScreenProps, useNavigation } from "../navigation/router";
import { Button } from "../parts/Button";
import { failureText } from "../parts/failureText";
import { Notice } from "../parts/Notice";
import { Screen } from "../shell/Screen";
import { may, useViewer } from "../shell/Viewer";
import { UploadPanel } from "../upload/UploadPanel";
import type { QueueScreenQuery } from "./__generated__/QueueScreenQuery.graphql";
import type { QueueScreenSubscription } from "./__generated__/QueueScreenSubscription.graphql";
import { claimNext } from "./claimNext";
import { FirstDocument } from "./FirstDocument";
import styles from "./QueueScreen.module.css";

export default function QueueScreen({ query, search }: ScreenProps<QueueScreenQuery>) {
  const data = usePreloadedQuery<QueueScreenQuery>(
    graphql`
      query QueueScreenQuery {
        queues {
          id
          name
          openTasks
          claimedTasks
          oldestOpen
        }
        documentTypes {
          id
          label
          straightThrough
        }
        documents(first: 1) {
          nodes {
            id
          }
        }
        ...UploadPanel_query
      }
    `,
    query,
  );
  useSubscription<QueueScreenSubscription>(
    useMemo(
      () => ({
        subscription: graphql`
          subscription QueueScreenSubscription {
            queueChanged {
              seq
              queue {
                id
                name
                openTasks
                claimedTasks
                oldestOpen
              }
            }
          }
        `,
        variables: {},
      }),
      [],
    ),
  );
  const environment = useRelayEnvironment();
  const { navigate } = useNavigation();
  const viewer = useViewer();
  const [taking, setTaking] = useState(false);
  const [said, setSaid] = useState<{ tone: "info" | "ok" | "bad"; text: string } | null>(
    search.has("done") ? { tone: "ok", text: m.task.nothingNext } : null,
  );

  const take = async (queueId: string | null) => {
    setTaking(true);
    setSaid(null);
    try {
      const taskId = await claimNext(environment, queueId);
      if (taskId === null) setSaid({ tone: "info", text: m.queue.nothing });
      else navigate(paths.task(taskId));
    } catch (error) {
      setSaid({ tone: "bad", text: failureText(error) });
    } finally {
      setTaking(false);
    }
  };

  const open = data.queues.reduce((sum, queue) => sum + queue.openTasks, 0);
  const passing = data.documentTypes.filter(({ straightThrough }) => straightThrough).map(({ label }) => label);
  const reviewer = may(viewer, "review");
  return (
    <Screen
      title={m.queue.title}
      aside={
        reviewer && (
          <Button look="primary" busy={taking} onPress={() => void take(null)}>
            {taking ? m.queue.taking : m.queue.take}
          </Button>
        )
      }
    >
      {said && (
        <Notice tone={said.tone} alert>
          <p>{said.text}</p>
        </Notice>
      )}
      {!reviewer && (
        <Notice>
          <p>{m.queue.onlyReviewers}</p>
        </Notice>
      )}
      <ul className={styles.queues}>
        {data.queues.map((queue) => (
          <li key={queue.id} className={styles.queue}>
            <h2 className={styles.name}>{queue.name}</h2>
            <p className={styles.count}>
              <b>{formatNumber(queue.openTasks)}</b> {m.queue.open}
            </p>
            <p className={styles.count}>
              <b>{formatNumber(queue.claimedTasks)}</b> {m.queue.claimed}
            </p>
            <p className={styles.oldest}>
              {queue.oldestOpen ? m.queue.oldest(formatAgo(queue.oldestOpen)) : m.queue.nothingOpen}
            </p>
            {reviewer && data.queues.length > 1 && (
              <Button isDisabled={taking || queue.openTasks === 0} onPress={() => void take(queue.id)}>
                {m.queue.takeFrom(queue.name)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {passing.length > 0 && (
        <p className={styles.calm}>
          {m.queue.passing(passing)} <Link href={paths.types}>{m.nav.types}</Link>
        </p>
      )}
      {data.documents.nodes.length === 0 ? (
        <FirstDocument upload={may(viewer, "upload") ? <UploadPanel query={data} /> : null} />
      ) : (
        <>
          {open === 0 && said === null && <p className={styles.calm}>{m.queue.nothing}</p>}
          {may(viewer, "upload") && (
            <section className={styles.send}>
              <h2 className={styles.name}>{m.upload.title}</h2>
              <UploadPanel query={data} />
            </section>
          )}
        </>
      )}
    </Screen>
  );
}
