import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatId } from "../messages/format";
import type { ActorName_actor$key } from "./__generated__/ActorName_actor.graphql";

/** Who acted: the name where the reader may see it, else the pseudonym. */
export function ActorName({ actor: key }: { actor: ActorName_actor$key }) {
  const actor = useFragment(
    graphql`
      fragment ActorName_actor on Actor {
        id
        kind
        name
      }
    `,
    key,
  );
  return (
    <span>
      {actor.name ?? (actor.kind === "SYSTEM" ? m.actor.SYSTEM : `${m.actor[actor.kind]} ${formatId(actor.id)}`)}
    </span>
  );
}
