import { useState } from "react";
import { type BundleOf, RequestDialog } from "../bundles/RequestDialog";
import { m } from "../messages";
import { formatId } from "../messages/format";
import { paths } from "../navigation/location";
import { useNavigation } from "../navigation/router";
import type { ActorName_actor$key } from "../parts/__generated__/ActorName_actor.graphql";
import { useActorName } from "../parts/ActorName";
import { Button } from "../parts/Button";
import { DayInput } from "../parts/DayInput";
import { Select } from "../parts/Select";
import { ErasePersonDialog } from "../privacy/ErasePersonDialog";
import { may, useViewer } from "../shell/Viewer";
import styles from "./Audit.module.css";
import { subjectWords } from "./EventRow";
import { type EventFilter, filterPath, NO_FILTER } from "./eventFilter";

const types = Object.entries(m.event).map(([name, label]) => ({ value: `${name}/v1`, label }));

type Actor = ActorName_actor$key & { readonly id: string; readonly kind: "USER" | "SERVICE" | "SYSTEM" };

/** What of the log is shown. Everything stands in the URL, so that a look at the log can be sent to somebody. */
export function FilterBar({
  filter,
  actor,
  subjectKind,
}: {
  filter: EventFilter;
  /** The actor of the filter, when an event by it is in sight. */
  actor: Actor | null;
  subjectKind: string | null;
}) {
  const { navigate } = useNavigation();
  const viewer = useViewer();
  const [requesting, setRequesting] = useState(false);
  const bundle = bundleOf(filter, subjectKind);
  const choose = (change: Partial<EventFilter>) => navigate(filterPath({ ...filter, ...change }));
  // A type that this page has no words for, from a link.
  const known = filter.type === null || types.some(({ value }) => value === filter.type);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as a row in every browser
    <div role="group" aria-label={m.audit.filter} className={styles.filter}>
      <Select
        label={m.audit.type}
        value={filter.type ?? ""}
        options={[
          { value: "", label: m.audit.allTypes },
          ...types,
          ...(known ? [] : [{ value: filter.type ?? "", label: filter.type ?? "" }]),
        ]}
        onChange={(type) => choose({ type: type || null })}
      />
      <DayInput label={m.audit.from} value={filter.from} onChange={(from) => choose({ from })} />
      <DayInput label={m.audit.until} value={filter.until} onChange={(until) => choose({ until })} />
      {filter.actor && <ActorFilter id={filter.actor} actor={actor} onDrop={() => choose({ actor: null })} />}
      {filter.subject && (
        <Chip
          text={m.audit.onlySubject(
            `${subjectKind === null ? "" : `${subjectWords(subjectKind)} `}${formatId(filter.subject)}`,
          )}
          onDrop={() => choose({ subject: null })}
        />
      )}
      {bundle && may(viewer, "exportAudit") && (
        <Button small onPress={() => setRequesting(true)}>
          {m.audit.bundleOfThese}
        </Button>
      )}
      {filterPath(filter) !== filterPath(NO_FILTER) && (
        <Button small look="quiet" onPress={() => navigate(filterPath(NO_FILTER))}>
          {m.audit.clear}
        </Button>
      )}
      {bundle && requesting && (
        <RequestDialog of={bundle} onClose={() => setRequesting(false)} onRequested={() => navigate(paths.bundles)} />
      )}
    </div>
  );
}

/** The one kind of bundle that holds what is shown; null where none does. */
function bundleOf({ type, actor, subject, from, until }: EventFilter, subjectKind: string | null): BundleOf | null {
  if (type) return null;
  if (subject) {
    return subjectKind === "document" && !actor && !from && !until ? { kind: "DOCUMENT", document: subject } : null;
  }
  if (actor) return from || until ? null : { kind: "ACTOR", actor };
  return from && until ? { kind: "PERIOD", from, until } : null;
}

function Chip({ text, onDrop }: { text: string; onDrop: () => void }) {
  return (
    <Button small icon="cross" aria-label={m.audit.drop(text)} onPress={onDrop}>
      {text}
    </Button>
  );
}

function ActorFilter({ id, actor, onDrop }: { id: string; actor: Actor | null; onDrop: () => void }) {
  const [erasing, setErasing] = useState(false);
  const viewer = useViewer();
  const name = useActorName(actor) ?? formatId(id);
  return (
    <>
      <Chip text={m.audit.onlyActor(name)} onDrop={onDrop} />
      {actor?.kind === "USER" && may(viewer, "erase") && (
        <Button small look="danger" onPress={() => setErasing(true)}>
          {m.audit.erasePerson}
        </Button>
      )}
      {erasing && <ErasePersonDialog id={id} name={name} onClose={() => setErasing(false)} />}
    </>
  );
}
