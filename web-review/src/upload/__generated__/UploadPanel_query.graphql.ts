/**
 * @generated SignedSource<<18e1b09d526ee612f472896a7791130d>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type UploadPanel_query$data = {
  readonly documentTypes: ReadonlyArray<{
    readonly label: string;
    readonly name: string;
  }>;
  readonly " $fragmentType": "UploadPanel_query";
};
export type UploadPanel_query$key = {
  readonly " $data"?: UploadPanel_query$data;
  readonly " $fragmentSpreads": FragmentRefs<"UploadPanel_query">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "UploadPanel_query",
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "DocumentType",
      "kind": "LinkedField",
      "name": "documentTypes",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "name",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "label",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Query",
  "abstractKey": null
};

(node as any).hash = "5318f7522d7002b533e159cc1841fcfa";

export default node;
