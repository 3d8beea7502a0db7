/**
 * @generated SignedSource<<39cda2165edb21f08a281ee5dc84094a>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type DocumentState = "ACCEPTED" | "ERASED" | "FAILED" | "IN_REVIEW" | "READING" | "RECEIVED" | "REJECTED";
import { FragmentRefs } from "relay-runtime";
export type FailurePanel_document$data = {
  readonly failure: {
    readonly code: string;
    readonly message: string;
  } | null | undefined;
  readonly id: string;
  readonly state: DocumentState;
  readonly " $fragmentType": "FailurePanel_document";
};
export type FailurePanel_document$key = {
  readonly " $data"?: FailurePanel_document$data;
  readonly " $fragmentSpreads": FragmentRefs<"FailurePanel_document">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "FailurePanel_document",
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
      "concreteType": "Failure",
      "kind": "LinkedField",
      "name": "failure",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "code",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "message",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Document",
  "abstractKey": null
};

(node as any).hash = "45345fc95bc965cf284e0205de04ccdb";

export default node;
