import { useState } from "react";
import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatDateTime } from "../messages/format";
import { Button } from "../parts/Button";
import { Icon } from "../parts/icons";
import { useWish } from "../relay/useWish";
import { may, useViewer } from "../shell/Viewer";
import type { KeepingPanel_document$key } from "./__generated__/KeepingPanel_document.graphql";
import type { KeepingPanelEraseMutation } from "./__generated__/KeepingPanelEraseMutation.graphql";
import { EraseDialog } from "./EraseDialog";
import { HoldDialog } from "./HoldDialog";
import styles from "./Privacy.module.css";
import { refusalText } from "./refusalText";

/** How long a document must be kept, whether it is on hold, and the two things that can be done about it. */
export function KeepingPanel({ document: key }: { document: KeepingPanel_document$key }) {
  const document = useFragment(
    graphql`
      fragment KeepingPanel_document on Document {
        id
        state
        retainUntil
        hold
      }
    `,
    key,
  );
  const viewer = useViewer();
  const [opened, setOpened] = useState<"hold" | "erase" | null>(null);
  const close = () => setOpened(null);
  const { busy, problem, wish } = useWish<KeepingPanelEraseMutation>(eraseMutation, (error) =>
    refusalText(error, "document"),
  );
  if (document.state === "ERASED") return null;
  return (
    <section aria-label={m.privacy.title}>
      <h2 className={styles.heading}>{m.privacy.title}</h2>
      <p className={styles.term}>
        {document.retainUntil ? m.privacy.keptUntil(formatDateTime(document.retainUntil)) : m.privacy.noRetention}
      </p>
      <p className={styles.term} data-hold={document.hold || undefined}>
        {document.hold && <Icon name="warning" size={15} />}
        {document.hold ? m.privacy.onHold : m.privacy.notOnHold}
      </p>
      {may(viewer, "erase") && (
        <div className={styles.acts}>
          <Button small onPress={() => setOpened("hold")}>
            {document.hold ? m.privacy.lift : m.privacy.hold}
          </Button>
          <Button small look="danger" onPress={() => setOpened("erase")}>
            {m.privacy.eraseDocument}
          </Button>
        </div>
      )}
      {opened === "hold" && <HoldDialog document={document.id} on={!document.hold} onClose={close} />}
      {opened === "erase" && (
        <EraseDialog
          title={m.privacy.eraseDocumentTitle}
          verb={m.privacy.eraseDocument}
          goes={m.privacy.documentGoes}
          stays={m.privacy.documentStays}
          busy={busy}
          problem={problem}
          onClose={close}
          onErase={(reason) => void wish({ document: document.id, reason }, close)}
        />
      )}
    </section>
  );
}

const eraseMutation = graphql`
  mutation KeepingPanelEraseMutation($input: EraseDocumentInput!) {
    eraseDocument(input: $input) {
      document {
        ...DocumentView_document
      }
    }
  }
`;
