import { useState } from "react";
import { Switch } from "react-aria-components";
import { graphql, useFragment, useRelayEnvironment } from "react-relay";
import { m } from "../messages";
import { failureText } from "../parts/failureText";
import { Notice } from "../parts/Notice";
import { commitOnce } from "../relay/commit";
import { may, useViewer } from "../shell/Viewer";
import type { TypePanel_type$key } from "./__generated__/TypePanel_type.graphql";
import type { TypePanelSetMutation } from "./__generated__/TypePanelSetMutation.graphql";
import styles from "./TypePanel.module.css";

/** A document type: whether its documents may pass without a person, and its definition. */
export function TypePanel({ type: key }: { type: TypePanel_type$key }) {
  const type = useFragment(
    graphql`
      fragment TypePanel_type on DocumentType {
        id
        name
        label
        version
        straightThrough
        definition
        signing {
          required
          meaning
        }
      }
    `,
    key,
  );
  const environment = useRelayEnvironment();
  const viewer = useViewer();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const admin = may(viewer, "manageTypes");

  const turn = async (on: boolean) => {
    setBusy(true);
    setProblem(null);
    try {
      await commitOnce<TypePanelSetMutation>(environment, setMutation, { documentTypeId: type.id, on });
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className={styles.type} aria-label={type.label}>
      <div className={styles.head}>
        <h2 className={styles.name}>{type.label}</h2>
        <span className={styles.quiet}>
          <code>{type.name}</code>, {m.types.version(type.version)}
        </span>
        <Switch
          className={styles.switch ?? ""}
          aria-label={m.types.switchFor(type.label)}
          isSelected={type.straightThrough}
          isDisabled={!admin || busy}
          onChange={(on) => void turn(on)}
        >
          <span className={styles.track} aria-hidden="true" />
          {m.types.straightThrough}
        </Switch>
      </div>
      <p>{type.straightThrough ? m.types.on : m.types.off}</p>
      {type.straightThrough && (
        <Notice tone="warn">
          <p>{m.types.warning}</p>
        </Notice>
      )}
      {!type.straightThrough && admin && <p className={styles.quiet}>{m.types.warning}</p>}
      {!admin && <p className={styles.quiet}>{m.types.adminOnly}</p>}
      <p className={styles.quiet}>
        {type.signing.required ? m.types.signed(m.signing.meaning[type.signing.meaning]) : m.types.unsigned}
      </p>
      {problem && (
        <Notice tone="bad" alert>
          <p>{problem}</p>
        </Notice>
      )}
      <details>
        <summary className={styles.summary}>{m.types.definition}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre className={styles.definition} tabIndex={0}>
          {type.definition}
        </pre>
      </details>
    </section>
  );
}

const setMutation = graphql`
  mutation TypePanelSetMutation($input: SetStraightThroughInput!) {
    setStraightThrough(input: $input) {
      documentType {
        ...TypePanel_type
      }
    }
  }
`;
