/**
 * @generated SignedSource<<47fa8403a888e8bb83a0250344b392d1>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type Proof_event$data = {
  readonly id: string;
  readonly leafHash: string | null | undefined;
  readonly " $fragmentType": "Proof_event";
};
export type Proof_event$key = {
  readonly " $data"?: Proof_event$data;
  readonly " $fragmentSpreads": FragmentRefs<"Proof_event">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "Proof_event",
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
      "name": "leafHash",
      "storageKey": null
    }
  ],
  "type": "Event",
  "abstractKey": null
};

(node as any).hash = "bfbad6c29d84544f3c7821783cfcbc00";

export default node;
