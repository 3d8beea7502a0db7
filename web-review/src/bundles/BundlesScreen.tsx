import { useState } from "react";
import { fetchQuery, graphql, usePreloadedQuery, useRelayEnvironment } from "react-relay";
import { m } from "../messages";
import { paths } from "../navigation/location";
import { Link, type ScreenProps } from "../navigation/router";
import { Button } from "../parts/Button";
import { useBuilding } from "../relay/useBuilding";
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

export default function BundlesScreen({ query }: ScreenProps<BundlesScreenQuery>) {
  const data = usePreloadedQuery<BundlesScreenQuery>(screenQuery, query);
  const environment = useRelayEnvironment();
  const [requesting, setRequesting] = useState(false);
  const bundles = data.auditBundles.nodes;

  useBuilding<BundlesScreenQuery>(screenQuery, bundles);

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
