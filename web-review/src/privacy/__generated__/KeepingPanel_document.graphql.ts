/**
 * @generated SignedSource<<5ab27e1f6289be47eac5478a220a4704>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type DocumentState = "ACCEPTED" | "ERASED" | "FAILED" | "IN_REVIEW" | "READING" | "RECEIVED" | "REJECTED";
import { FragmentRefs } from "relay-runtime";
export type KeepingPanel_document$data = {
  readonly hold: boolean;
  readonly id: string;
  readonly retainUntil: string | null | undefined;
  readonly state: DocumentState;
  readonly " $fragmentType": "KeepingPanel_document";
};
export type KeepingPanel_document$key = {
  readonly " $data"?: KeepingPanel_document$data;
  readonly " $fragmentSpreads": FragmentRefs<"KeepingPanel_document">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "KeepingPanel_document",
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
      "name": "retainUntil",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "hold",
      "storageKey": null
    }
  ],
  "type": "Document",
  "abstractKey": null
};

(node as any).hash = "22bf1f8b661e22a5eb6e5c3776591dfd";

export default node;
