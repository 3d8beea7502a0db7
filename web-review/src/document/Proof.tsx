import { Suspense, useState } from "react";
import { graphql, useFragment, useLazyLoadQuery } from "react-relay";
import { m } from "../messages";
import { CopyButton } from "../parts/CopyButton";
import type { Proof_event$key } from "./__generated__/Proof_event.graphql";
import type { ProofLeafQuery } from "./__generated__/ProofLeafQuery.graphql";
import styles from "./DocumentView.module.css";

/** The leaf of an event: its hash at once, its exact bytes when somebody asks for them. */
export function Proof({ event: key }: { event: Proof_event$key }) {
  const event = useFragment(
    graphql`
      fragment Proof_event on Event {
        id
        leafHash
      }
    `,
    key,
  );
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.proof} onToggle={(toggled) => setOpen(toggled.currentTarget.open)}>
      <summary>{m.document.proof}</summary>
      {open && (
        <dl>
          <dt>{m.document.leafHash}</dt>
          <dd>{event.leafHash}</dd>
          <dt>{m.document.rawLeaf}</dt>
          <dd>
            <Suspense fallback={m.loading}>
              <Leaf id={event.id} />
            </Suspense>
          </dd>
        </dl>
      )}
    </details>
  );
}

function Leaf({ id }: { id: string }) {
  const { node } = useLazyLoadQuery<ProofLeafQuery>(
    graphql`
      query ProofLeafQuery($id: ID!) {
        node(id: $id) {
          ... on Event {
            leaf
          }
        }
      }
    `,
    { id },
  );
  if (!node?.leaf) return m.document.notSequenced;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{node.leaf}</pre>
      <CopyButton text={node.leaf} label={m.document.rawLeaf} />
    </>
  );
}
