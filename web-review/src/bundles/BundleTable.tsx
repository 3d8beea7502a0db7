import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatDateTime, formatId } from "../messages/format";
import { paths } from "../navigation/location";
import { Link } from "../navigation/router";
import { ActorName } from "../parts/ActorName";
import { ArchiveLink, ArchiveMark } from "../parts/Archive";
import table from "../parts/Table.module.css";
import type { BundleTable_bundles$data, BundleTable_bundles$key } from "./__generated__/BundleTable_bundles.graphql";
import styles from "./Bundles.module.css";

export function BundleTable({ bundles: key }: { bundles: BundleTable_bundles$key }) {
  const bundles = useFragment(
    graphql`
      fragment BundleTable_bundles on AuditBundle @relay(plural: true) {
        id
        state
        kind
        document
        actor {
          ...ActorName_actor
        }
        from
        to
        disclosures
        documents
        size
        leaves
        byteSize
        sha256
        url
        requestedAt
        requestedBy {
          ...ActorName_actor
        }
        failure {
          message
        }
      }
    `,
    key,
  );
  if (bundles.length === 0) {
    return (
      <div className={table.frame}>
        <p className={table.empty}>{m.bundles.none}</p>
      </div>
    );
  }
  return (
    <div className={table.frame}>
      <table className={table.table} aria-label={m.bundles.table}>
        <thead>
          <tr>
            <th scope="col">{m.bundles.columns.requested}</th>
            <th scope="col">{m.bundles.columns.what}</th>
            <th scope="col">{m.bundles.columns.state}</th>
            <th scope="col">{m.bundles.columns.leaves}</th>
            <th scope="col">{m.bundles.columns.hash}</th>
            <th scope="col">{m.bundles.columns.file}</th>
          </tr>
        </thead>
        <tbody>
          {bundles.map((bundle) => (
            <tr key={bundle.id}>
              <td className={table.quiet}>
                {formatDateTime(bundle.requestedAt)}
                <br />
                <ActorName actor={bundle.requestedBy} />
              </td>
              <td className={styles.what}>
                <What bundle={bundle} />
              </td>
              <td>
                <ArchiveMark state={bundle.state} failure={bundle.failure?.message} />
              </td>
              <td className={table.quiet}>
                {typeof bundle.leaves === "number" && m.bundles.leaves(bundle.leaves, bundle.size ?? null)}
              </td>
              <td className={`${table.code} ${styles.hash}`}>{bundle.sha256}</td>
              <td className={table.quiet}>
                <ArchiveLink url={bundle.url} byteSize={bundle.byteSize} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function What({ bundle }: { bundle: BundleTable_bundles$data[number] }) {
  const more = [bundle.disclosures && m.bundles.withDisclosures, bundle.documents && m.bundles.withDocuments];
  return (
    <>
      {m.bundles.kind[bundle.kind]}
      {bundle.document && (
        <>
          {": "}
          <Link href={paths.document(bundle.document)}>{formatId(bundle.document)}</Link>
        </>
      )}
      {bundle.kind === "ACTOR" && bundle.actor && (
        <>
          {": "}
          <ActorName actor={bundle.actor} />
        </>
      )}
      {bundle.from && bundle.to && `: ${m.bundles.period(formatDateTime(bundle.from), formatDateTime(bundle.to))}`}
      <p className={styles.hint}>{more.filter(Boolean).join(", ")}</p>
    </>
  );
}
