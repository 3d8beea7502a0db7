import { graphql } from "react-relay";
import { m } from "../messages";
import { useWish } from "../relay/useWish";
import type { ErasePersonDialogMutation } from "./__generated__/ErasePersonDialogMutation.graphql";
import { EraseDialog } from "./EraseDialog";
import { refusalText } from "./refusalText";

export function ErasePersonDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const { busy, problem, wish } = useWish<ErasePersonDialogMutation>(eraseMutation, (error) =>
    refusalText(error, "person"),
  );
  return (
    <EraseDialog
      title={m.privacy.erasePersonTitle(name)}
      verb={m.privacy.erasePerson}
      goes={m.privacy.personGoes}
      stays={m.privacy.personStays}
      busy={busy}
      problem={problem}
      onClose={onClose}
      onErase={(reason) => void wish({ actor: id, reason }, onClose)}
    />
  );
}

const eraseMutation = graphql`
  mutation ErasePersonDialogMutation($input: ErasePersonInput!) {
    erasePerson(input: $input) {
      actor {
        ...ActorName_actor
      }
    }
  }
`;
