import { graphql, usePreloadedQuery } from "react-relay";
import { m } from "../messages";
import { paths } from "../navigation/location";
import { Link, type ScreenProps } from "../navigation/router";
import { Screen } from "../shell/Screen";
import { may, useViewer } from "../shell/Viewer";
import type { AuditScreenQuery } from "./__generated__/AuditScreenQuery.graphql";
import styles from "./Audit.module.css";
import { CheckpointTable } from "./CheckpointTable";
import { EventLog } from "./EventLog";
import { filterIn } from "./eventFilter";
import { LogPanel } from "./LogPanel";

export default function AuditScreen({ query, search }: ScreenProps<AuditScreenQuery>) {
  const data = usePreloadedQuery<AuditScreenQuery>(
    graphql`
      query AuditScreenQuery($subject: ID, $actor: ID, $types: [String!], $from: DateTime, $to: DateTime) {
        log {
          size
          ...LogPanel_log
        }
        ...EventLog_query @arguments(subject: $subject, actor: $actor, types: $types, from: $from, to: $to)
        ...CheckpointTable_query
      }
    `,
    query,
  );
  const viewer = useViewer();
  return (
    <Screen
      title={m.audit.title}
      aside={may(viewer, "exportAudit") && <Link href={paths.bundles}>{m.audit.toBundles}</Link>}
    >
      <p className={styles.lead}>{m.audit.lead}</p>
      <LogPanel log={data.log} />
      <EventLog query={data} filter={filterIn(search)} size={data.log.size} />
      <CheckpointTable query={data} />
    </Screen>
  );
}
