/**
 * @generated SignedSource<<0cb762e96750622a9d3c44186100c8e8>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type ReceiptLink_receipt$data = {
  readonly index: number;
  readonly url: string;
  readonly " $fragmentType": "ReceiptLink_receipt";
};
export type ReceiptLink_receipt$key = {
  readonly " $data"?: ReceiptLink_receipt$data;
  readonly " $fragmentSpreads": FragmentRefs<"ReceiptLink_receipt">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "ReceiptLink_receipt",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "index",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "url",
      "storageKey": null
    }
  ],
  "type": "Receipt",
  "abstractKey": null
};

(node as any).hash = "e5e7e0209e5bca42e24c81b9eb8ddb46";

export default node;
