import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatDateTime, formatNumber } from "../messages/format";
import { useActorName } from "../parts/ActorName";
import { Notice } from "../parts/Notice";
import type { ErasedNotice_event$key } from "./__generated__/ErasedNotice_event.graphql";

/** Stands where a document was: who erased it, when, and which event of the log says so. */
export function ErasedNotice({ event: key }: { event: ErasedNotice_event$key }) {
  const event = useFragment(
    graphql`
      fragment ErasedNotice_event on Event {
        seq
        occurredAt
        actor {
          ...ActorName_actor
        }
      }
    `,
    key,
  );
  const name = useActorName(event.actor);
  const leaf = typeof event.seq === "number" ? formatNumber(event.seq) : m.document.notSequenced;
  return (
    <Notice title={m.privacy.erasedTitle}>
      <p>{m.privacy.erasedBy(name, formatDateTime(event.occurredAt), leaf)}</p>
      <p>{m.privacy.erasedNothing}</p>
    </Notice>
  );
}
