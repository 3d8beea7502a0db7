/**
 * @generated SignedSource<<0f114754340ef127bd146089deb40803>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type PageView_pages$data = ReadonlyArray<{
  readonly height: number;
  readonly id: string;
  readonly imageUrl: string;
  readonly number: number;
  readonly width: number;
  readonly " $fragmentType": "PageView_pages";
}>;
export type PageView_pages$key = ReadonlyArray<{
  readonly " $data"?: PageView_pages$data;
  readonly " $fragmentSpreads": FragmentRefs<"PageView_pages">;
}>;

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": {
    "plural": true
  },
  "name": "PageView_pages",
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
      "name": "number",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "width",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "height",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "imageUrl",
      "storageKey": null
    }
  ],
  "type": "Page",
  "abstractKey": null
};

(node as any).hash = "0bb47284999434013d481de406229eca";

export default node;
