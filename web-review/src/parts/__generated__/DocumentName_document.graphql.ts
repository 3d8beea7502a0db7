/**
 * @generated SignedSource<<a009bbe179df4b735d9142230362898f>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type DocumentState = "ACCEPTED" | "ERASED" | "FAILED" | "IN_REVIEW" | "READING" | "RECEIVED" | "REJECTED";
import { FragmentRefs } from "relay-runtime";
export type DocumentName_document$data = {
  readonly fileName: string | null | undefined;
  readonly id: string;
  readonly state: DocumentState;
  readonly " $fragmentType": "DocumentName_document";
};
export type DocumentName_document$key = {
  readonly " $data"?: DocumentName_document$data;
  readonly " $fragmentSpreads": FragmentRefs<"DocumentName_document">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "DocumentName_document",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "id",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "state",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "fileName",
      "storageKey": null
    }
  ],
  "type": "Document",
  "abstractKey": null
};

(node as any).hash = "24f84492ac2c3f5609f68a49b90bfb42";

export default node;
