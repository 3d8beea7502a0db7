import { useState } from "react";
import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatDateTime, formatShare } from "../messages/format";
import { paths } from "../navigation/location";
import { Link } from "../navigation/router";
import { type Mark, PageView } from "../page/PageView";
import { DocumentStateMark } from "../parts/DocumentStateMark";
import { Notice } from "../parts/Notice";
import { ScreenTitle } from "../shell/ScreenTitle";
import type { DocumentView_document$key } from "./__generated__/DocumentView_document.graphql";
import styles from "./DocumentView.module.css";
import { FailurePanel } from "./FailurePanel";
import { FieldHistory } from "./FieldHistory";
import { Timeline } from "./Timeline";

const NOTHING: [] = [];

export function DocumentView({ document: key, passes }: { document: DocumentView_document$key; passes: boolean }) {
  const document = useFragment(
    graphql`
      fragment DocumentView_document on Document
      @argumentDefinitions(readsTasks: { type: "Boolean!", defaultValue: false }) {
        id
        state
        fileName
        typeLabel
        receivedAt
        retainUntil
        hold
        straightThrough
        failure {
          code
        }
        reading {
          engine
          engineVersion
          pack
          packVersion
          confidence
        }
        reasons {
          code
          message
        }
        tasks @include(if: $readsTasks) {
          id
          state
        }
        pages {
          ...PageView_pages
        }
        fields {
          id
          status
          regions {
            page
            quad
          }
          ...FieldHistory_field
        }
        ...FailurePanel_document
        ...Timeline_document
      }
    `,
    key,
  );
  const [shown, setShown] = useState<string | null>(null);
  const name = document.fileName ?? document.typeLabel;
  const task = document.tasks?.find(({ state }) => state === "OPEN" || state === "CLAIMED");
  const marks = document.fields.flatMap((field) =>
    field.regions.map(
      (region, index): Mark => ({
        key: `${field.id} ${index}`,
        region,
        tone: field.status === "NEEDS_REVIEW" ? "warn" : field.status === "ACCEPTED_BY_MACHINE" ? "plain" : "ok",
        current: field.id === shown,
      }),
    ),
  );
  const waiting = document.state === "RECEIVED" || document.state === "READING" ? document.state : null;
  const { reading } = document;

  return (
    <>
      <title>{`${name} · ${m.product}`}</title>
      <header className={styles.head}>
        <ScreenTitle>{name}</ScreenTitle>
        <DocumentStateMark state={document.state} />
        <span className={styles.quiet}>
          {document.typeLabel}, {formatDateTime(document.receivedAt)}
        </span>
        {task && (
          <Link className={styles.task} href={paths.task(task.id)}>
            {m.document.openTask}
          </Link>
        )}
      </header>
      <main id="content" className={styles.main}>
        <div className={styles.facts}>
          {document.failure && <FailurePanel document={document} />}
          {document.straightThrough && document.state === "ACCEPTED" && (
            <Notice tone="warn">
              <p>{m.document.noPerson}</p>
            </Notice>
          )}
          {passes && !document.straightThrough && (
            <Notice>
              <p>{m.document.typePasses(document.typeLabel)}</p>
            </Notice>
          )}
          {(waiting || document.fields.length > 0) && (
            <section aria-label={m.document.fields}>
              <h2 className={styles.heading}>{m.document.fields}</h2>
              {waiting && <p className={styles.quiet}>{m.document.noFields[waiting]}</p>}
              {document.reasons.length > 0 && (
                <ul className={styles.reasons} aria-label={m.document.reasons}>
                  {document.reasons.map((reason) => (
                    <li key={`${reason.code} ${reason.message}`}>{reason.message}</li>
                  ))}
                </ul>
              )}
              {document.fields.map((field) => (
                <FieldHistory
                  key={field.id}
                  field={field}
                  shown={field.id === shown}
                  onShow={() => setShown(field.id === shown ? null : field.id)}
                />
              ))}
            </section>
          )}
          <Timeline document={document} />
          <p className={styles.small}>
            {reading &&
              `${m.document.readBy(`${reading.engine} ${reading.engineVersion}`, `${reading.pack} ${reading.packVersion}`)}, ${m.field.confidenceLabel.toLowerCase()} ${formatShare(reading.confidence)}. `}
            {document.retainUntil && `${m.document.retain(formatDateTime(document.retainUntil))}. `}
            {document.hold && m.document.hold}
          </p>
        </div>
        <PageView
          pages={document.pages}
          marks={marks}
          focus={document.fields.find(({ id }) => id === shown)?.regions ?? NOTHING}
        />
      </main>
    </>
  );
}
