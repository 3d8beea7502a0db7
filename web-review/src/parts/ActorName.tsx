import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatId } from "../messages/format";
import type { ActorName_actor$key } from "./__generated__/ActorName_actor.graphql";

/** Who acted: the name where the reader may see it, else the pseudonym; said so when the name was erased. */
export function ActorName({ actor }: { actor: ActorName_actor$key }) {
  return <span>{useActorName(actor)}</span>;
}

export function useActorName(key: ActorName_actor$key): string;
export function useActorName(key: ActorName_actor$key | null): string | null;
export function useActorName(key: ActorName_actor$key | null): string | null {
  const actor = useFragment(
    graphql`
      fragment ActorName_actor on Actor {
        id
        kind
        name
        erasedBy {
          seq
        }
      }
    `,
    key,
  );
  if (!actor) return null;
  if (actor.erasedBy) return m.privacy.erasedActor(formatId(actor.id));
  return actor.name ?? (actor.kind === "SYSTEM" ? m.actor.SYSTEM : `${m.actor[actor.kind]} ${formatId(actor.id)}`);
}
