import { useEffect, useState } from "react";
import { fetchQuery, graphql, usePreloadedQuery, useRelayEnvironment } from "react-relay";
import { m } from "../messages";
import { paths } from "../navigation/location";
import { Link, type ScreenProps } from "../navigation/router";
import { Button } from "../parts/Button";
import { Screen } from "../shell/Screen";
import type { BundlesScreenQuery } from "./__generated__/BundlesScreenQuery.graphql";
import styles from "./Bundles.module.css";
import { BundleTable } from "./BundleTable";
import { RequestDialog } from "./RequestDialog";
import { VerifyPanel } from "./VerifyPanel";

const screenQuery = graphql`
  query BundlesScreenQuery {
    auditBundles(first: 50) {
      nodes {
        state
        ...BundleTable_bundles
      }
    }
    log {
      ...VerifyPanel_log
    }
  }
`;

/** No subscription tells of bundles; while one is being built it is asked for this often. Milliseconds. */
const POLL = 2000;

export default function BundlesScreen({ query }: ScreenProps<BundlesScreenQuery>) {
  const data = usePreloadedQuery<BundlesScreenQuery>(screenQuery, query);
  const environment = useRelayEnvironment();
  const [requesting, setRequesting] = useState(false);
  const bundles = data.auditBundles.nodes;

  const building = bundles.some(({ state }) => state === "QUEUED" || state === "RUNNING");
  useEffect(() => {
    if (!building) return;
    const timer = setInterval(() => {
      // A failed look is made good by the next one.
      fetchQuery<BundlesScreenQuery>(environment, screenQuery, {}).subscribe({ error: () => {} });
    }, POLL);
    return () => clearInterval(timer);
  }, [building, environment]);

  return (
    <Screen
      title={m.bundles.title}
      aside={
        <>
          <Link href={paths.audit}>{m.audit.title}</Link>
          <Button look="primary" onPress={() => setRequesting(true)}>
            {m.bundles.request}
          </Button>
        </>
      }
    >
      <p className={styles.lead}>{m.bundles.lead}</p>
      <BundleTable bundles={bundles} />
      <VerifyPanel log={data.log} />
      {requesting && (
        <RequestDialog
          onClose={() => setRequesting(false)}
          onRequested={() => {
            setRequesting(false);
            // The list has no place for it yet; the next look shows it.
            fetchQuery<BundlesScreenQuery>(environment, screenQuery, {}).subscribe({ error: () => {} });
          }}
        />
      )}
    </Screen>
  );
}
