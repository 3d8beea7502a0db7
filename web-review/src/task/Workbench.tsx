import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { type Mark, type PageHandle, PageView } from "../page/PageView";
import { Notice } from "../parts/Notice";
import { ErasedNotice } from "../privacy/ErasedNotice";
import type { SignDialog_viewer$key } from "../signing/__generated__/SignDialog_viewer.graphql";
import { SignDialog } from "../signing/SignDialog";
import type { Workbench_task$key } from "./__generated__/Workbench_task.graphql";
import { draftOf } from "./drafts";
import { FieldCard, fieldInputId } from "./FieldCard";
import { isUnresolved, orderFields } from "./fieldOrder";
import { KeysDialog } from "./KeysDialog";
import { isTyping, taskKeyOf } from "./keys";
import { LeaseNotices } from "./LeaseNotices";
import { useLeaseKeeping } from "./lease";
import { ReasonDialog } from "./ReasonDialog";
import { SkipDialog } from "./SkipDialog";
import { TaskFooter } from "./TaskFooter";
import { TaskHeader } from "./TaskHeader";
import { useDecision } from "./useDecision";
import { useFieldWork } from "./useFieldWork";
import styles from "./Workbench.module.css";

type Window = "keys" | "skip" | "reject" | "escalate";

/** The page on the right, its fields on the left, what can be done below. */
export function Workbench({
  task: key,
  viewer,
  signed,
}: {
  task: Workbench_task$key;
  viewer: SignDialog_viewer$key;
  /** Its document type is known to ask for a signature. */
  signed: boolean;
}) {
  const task = useFragment(
    graphql`
      fragment Workbench_task on Task {
        id
        state
        lease {
          mine
          until
          token
        }
        document {
          erasedBy {
            ...ErasedNotice_event
          }
          reading {
            id
          }
          reasons {
            code
            message
          }
          pages {
            number
            width
            height
            imageUrl
            ...PageView_pages
          }
          fields {
            id
            label
            required
            version
            status
            text
            confidence
            reasons {
              code
            }
            regions {
              page
              quad
            }
            alternatives {
              text
              regions {
                page
                quad
              }
            }
            ...FieldCard_field
          }
        }
        ...LeaseNotices_task
        ...TaskHeader_task
        ...useDecision_task
      }
    `,
    key,
  );
  const { document } = task;
  // Settled where it stands: a field that jumps to another place on being confirmed would take the eye along.
  const [order] = useState(() => orderFields(document.fields).map(({ id }) => id));
  const [asked] = useState(() => new Set(document.fields.filter(isUnresolved).map(({ id }) => id)));
  const fields = useMemo(
    () => [...document.fields].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)),
    [document.fields, order],
  );

  const [opened, setOpened] = useState<Window | null>(null);
  const approve = useRef<HTMLButtonElement>(null);
  const page = useRef<PageHandle>(null);
  const held = task.state === "CLAIMED" && task.lease?.mine === true;
  const [ended, setEnded] = useState<string | null>(null);
  const lost = held && ended === task.lease?.until;
  const work = useFieldWork({
    taskId: task.id,
    leaseToken: held ? (task.lease?.token ?? null) : null,
    fields,
    byHand: document.reading === null,
    editable: held && !lost,
    onAllSettled: () => approve.current?.focus(),
  });
  const editable = held && !lost && !work.sent.leaseLost;
  const until = task.lease?.until ?? null;
  const onLost = useCallback(() => setEnded(until), [until]);
  const { renew } = useLeaseKeeping(task.id, editable ? (task.lease ?? null) : null, onLost);
  const decision = useDecision(task, work, fields, signed);

  // Only when the task opens; from then on the person moves the focus.
  const [first] = useState(work.activeId);
  useEffect(() => {
    if (first !== null) globalThis.document.getElementById(fieldInputId(first))?.focus({ preventScroll: true });
  }, [first]);

  const leavePage = () => {
    if (work.activeId !== null) work.actions.goTo(work.activeId);
  };
  useTaskKeys((pressed) => {
    if (opened !== null || decision.wanted !== null) return false;
    const active = work.activeId;
    if (typeof pressed === "object") {
      if (active !== null) work.actions.offer(active, pressed.offered - 1);
      return true;
    }
    const steps: Record<typeof pressed, () => void> = {
      submit: () => void decision.approve(),
      missing: () => active !== null && work.actions.mark(active, "MISSING"),
      illegible: () => active !== null && work.actions.mark(active, "ILLEGIBLE"),
      skip: () => editable && setOpened("skip"),
      escalate: () => editable && setOpened("escalate"),
      reject: () => editable && setOpened("reject"),
      help: () => setOpened("keys"),
      rotate: () => page.current?.rotate(),
      words: () => page.current?.focusWords(),
      find: () => page.current?.focusFind(),
      zoomIn: () => page.current?.zoomIn(),
      zoomOut: () => page.current?.zoomOut(),
      fit: () => page.current?.fit(),
      pageUp: () => page.current?.turnPage(-1),
      pageDown: () => page.current?.turnPage(1),
    };
    steps[pressed]();
    return true;
  });

  const active = fields.find(({ id }) => id === work.activeId);
  const activeDraft = active ? draftOf(work.drafts, active.id) : null;
  const focus = useMemo(() => activeDraft?.regions ?? active?.regions ?? [], [activeDraft?.regions, active?.regions]);
  const marks = fields.flatMap((field): Mark[] => {
    const current = field.id === work.activeId;
    const regions = (current ? activeDraft?.regions : null) ?? field.regions;
    const tone = isUnresolved(field) ? "warn" : field.status === "ACCEPTED_BY_MACHINE" ? "plain" : "ok";
    return regions.map((region, index) => ({ key: `${field.id} ${index}`, region, tone, current }));
  });
  const open = fields.filter(isUnresolved).length;
  const groups = [
    {
      title: m.field.needYou(open),
      aside: m.field.total(fields.length),
      fields: fields.filter(({ id }) => asked.has(id)),
    },
    { title: m.field.settled, aside: "", fields: fields.filter(({ id }) => !asked.has(id)) },
  ];

  return (
    <>
      <TaskHeader
        task={task}
        settled={fields.length - open}
        total={fields.length}
        median={work.median}
        editable={editable}
      />
      <main id="content" className={styles.main}>
        <section className={styles.fields} aria-label={m.field.region}>
          <LeaseNotices
            task={task}
            editable={editable}
            lost={lost || work.sent.leaseLost}
            unsaved={work.drafts.size}
            onRenew={renew}
          />
          {document.reasons.length > 0 && (
            <ul className={styles.reasons} aria-label={m.task.whyHere}>
              {document.reasons.map((reason) => (
                <li key={`${reason.code} ${reason.message}`}>{reason.message}</li>
              ))}
            </ul>
          )}
          {document.erasedBy && <ErasedNotice event={document.erasedBy} />}
          {groups.map(
            (group) =>
              !document.erasedBy &&
              group.fields.length > 0 && (
                <div key={group.aside} className={styles.group}>
                  <h2 className={styles.heading}>
                    <span>{group.title}</span>
                    <span>{group.aside}</span>
                  </h2>
                  {group.fields.map((field) => (
                    <FieldCard
                      key={field.id}
                      field={field}
                      pages={document.pages}
                      active={field.id === work.activeId}
                      editable={editable}
                      draft={draftOf(work.drafts, field.id)}
                      saving={work.sent.pending.some(({ fieldId }) => fieldId === field.id)}
                      refused={work.sent.refused.get(field.id) ?? null}
                      hint={work.hint?.fieldId === field.id ? work.hint.text : null}
                      actions={work.actions}
                    />
                  ))}
                </div>
              ),
          )}
        </section>
        <PageView
          ref={page}
          pages={document.pages}
          marks={marks}
          focus={focus}
          absent={document.erasedBy ? m.privacy.erasedTitle : undefined}
          onTake={work.fill}
          onLeave={leavePage}
        />
      </main>
      {decision.problem && (
        <div className={styles.problem}>
          <Notice tone="warn" alert>
            <p>{decision.problem}</p>
          </Notice>
        </div>
      )}
      <TaskFooter
        ref={approve}
        sent={work.sent}
        drafts={work.drafts.size}
        editable={editable}
        busy={decision.busy}
        onApprove={() => void decision.approve()}
        onOpen={setOpened}
      />
      {decision.wanted && (
        <SignDialog viewer={viewer} wanted={decision.wanted} onClose={decision.giveUpSigning} onSign={decision.sign} />
      )}
      {opened === "keys" && <KeysDialog onClose={() => setOpened(null)} />}
      {opened === "skip" && <SkipDialog onClose={() => setOpened(null)} onSkip={decision.skip} />}
      {(opened === "reject" || opened === "escalate") && (
        <ReasonDialog
          kind={opened}
          onClose={() => setOpened(null)}
          onDecide={(reason) => decision.decide(opened === "reject" ? "REJECT" : "ESCALATE", reason)}
        />
      )}
    </>
  );
}

function useTaskKeys(onKey: (pressed: NonNullable<ReturnType<typeof taskKeyOf>>) => boolean) {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return;
      const pressed = taskKeyOf(event, isTyping(event.target));
      if (pressed !== null && latest.current(pressed)) event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}
