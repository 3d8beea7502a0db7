import { useState } from "react";
import { graphql, useFragment } from "react-relay";
import { RequestDialog } from "../bundles/RequestDialog";
import { m } from "../messages";
import { formatDateTime, formatShare } from "../messages/format";
import { paths } from "../navigation/location";
import { Link } from "../navigation/router";
import { type Mark, PageView } from "../page/PageView";
import { Button } from "../parts/Button";
import { documentName } from "../parts/DocumentName";
import { DocumentStateMark } from "../parts/DocumentStateMark";
import { Notice } from "../parts/Notice";
import { ErasedNotice } from "../privacy/ErasedNotice";
import { KeepingPanel } from "../privacy/KeepingPanel";
import { ScreenTitle } from "../shell/ScreenTitle";
import { may, useViewer } from "../shell/Viewer";
import { Decisions } from "../signing/Decisions";
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
        straightThrough
        erasedBy {
          ...ErasedNotice_event
        }
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
        ...Timeline_document @arguments(readsTasks: $readsTasks)
        ...KeepingPanel_document
        ...Decisions_document @arguments(readsTasks: $readsTasks)
      }
    `,
    key,
  );
  const [shown, setShown] = useState<string | null>(null);
  const viewer = useViewer();
  const [requesting, setRequesting] = useState(false);
  const [requested, setRequested] = useState(false);
  const erased = document.state === "ERASED";
  const name = erased ? documentName(document) : (document.fileName ?? document.typeLabel);
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
          {document.erasedBy && <ErasedNotice event={document.erasedBy} />}
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
                  erased={erased}
                  shown={field.id === shown}
                  onShow={() => setShown(field.id === shown ? null : field.id)}
                />
              ))}
            </section>
          )}
          <Decisions document={document} />
          <KeepingPanel document={document} />
          {may(viewer, "exportAudit") && (
            <div className={styles.evidence}>
              <Button small icon="chain" onPress={() => setRequesting(true)}>
                {m.bundles.ofDocument}
              </Button>
              <span role="status" className={styles.small}>
                {requested && (
                  <>
                    {m.bundles.asked} <Link href={paths.bundles}>{m.bundles.toBundles}</Link>
                  </>
                )}
              </span>
            </div>
          )}
          <Timeline document={document} />
          {reading && (
            <p className={styles.small}>
              {`${m.document.readBy(`${reading.engine} ${reading.engineVersion}`, `${reading.pack} ${reading.packVersion}`)}, ${m.field.confidenceLabel.toLowerCase()} ${formatShare(reading.confidence)}.`}
            </p>
          )}
        </div>
        <PageView
          // The images of an erased document are gone.
          pages={erased ? NOTHING : document.pages}
          absent={erased ? m.privacy.erasedTitle : m.document.pageMissing}
          marks={marks}
          focus={document.fields.find(({ id }) => id === shown)?.regions ?? NOTHING}
        />
      </main>
      {requesting && (
        <RequestDialog
          title={m.bundles.ofDocument}
          of={{ kind: "DOCUMENT", document: document.id }}
          onClose={() => setRequesting(false)}
          onRequested={() => {
            setRequesting(false);
            setRequested(true);
          }}
        />
      )}
    </>
  );
}
