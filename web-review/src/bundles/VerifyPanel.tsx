import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { Command } from "../parts/ExactText";
import facts from "../parts/Facts.module.css";
import { bundleCommands } from "../proof/verifying";
import type { VerifyPanel_log$key } from "./__generated__/VerifyPanel_log.graphql";
import styles from "./Bundles.module.css";

/** How an auditor comes from a bundle to a verdict, each command ready to be copied. */
export function VerifyPanel({ log: key }: { log: VerifyPanel_log$key }) {
  const log = useFragment(
    graphql`
      fragment VerifyPanel_log on Log {
        verifierKey
        keys {
          verifierKey
          validFrom
        }
      }
    `,
    key,
  );
  // The log itself introduces each key that it has had later.
  const pins = log.keys.filter(({ validFrom }) => validFrom === 0).map(({ verifierKey }) => verifierKey);
  const commands = bundleCommands(pins, log.verifierKey);
  const ways = [
    [m.bundles.ours, commands.ours],
    [m.bundles.unpack, commands.unpack],
    [m.bundles.python, commands.python],
    [m.bundles.files, commands.files],
    [m.bundles.openssl, commands.openssl],
  ] as const;
  return (
    <section aria-label={m.bundles.verify} className={styles.panel}>
      <h2 className={styles.heading}>{m.bundles.verify}</h2>
      <p className={styles.lead}>{m.bundles.verifyLead}</p>
      {ways.map(([label, command]) => (
        <div key={label} className={styles.way}>
          <p>{label}</p>
          <Command text={command} label={label} />
        </div>
      ))}
      {log.keys.length > 1 && <p className={styles.hint}>{m.bundles.otherKeys}</p>}
      <h3 className={styles.small}>{m.bundles.verdicts}</h3>
      <dl className={facts.facts}>
        {m.bundles.verdict.map(([word, meaning]) => (
          <div key={word} className={styles.verdict}>
            <dt className="mono">{word}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
