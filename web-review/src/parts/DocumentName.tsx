import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatId } from "../messages/format";
import type { DocumentName_document$key } from "./__generated__/DocumentName_document.graphql";

/** What a document is called: its file's name, that it was erased, or the end of its id. */
export function DocumentName({ document: key }: { document: DocumentName_document$key }) {
  const document = useFragment(
    graphql`
      fragment DocumentName_document on Document {
        id
        state
        fileName
      }
    `,
    key,
  );
  return documentName(document);
}

export function documentName({
  id,
  state,
  fileName,
}: {
  id: string;
  state: string;
  fileName: string | null | undefined;
}): string {
  if (state === "ERASED") return m.privacy.erasedDocument(formatId(id));
  return fileName ?? m.documents.unnamed(formatId(id));
}
