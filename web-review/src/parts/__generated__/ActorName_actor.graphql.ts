/**
 * @generated SignedSource<<785ed1dbf9abe0707d1850ea694a0875>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type ActorKind = "SERVICE" | "SYSTEM" | "USER";
import { FragmentRefs } from "relay-runtime";
export type ActorName_actor$data = {
  readonly erasedBy: {
    readonly seq: number | null | undefined;
  } | null | undefined;
  readonly id: string;
  readonly kind: ActorKind;
  readonly name: string | null | undefined;
  readonly " $fragmentType": "ActorName_actor";
};
export type ActorName_actor$key = {
  readonly " $data"?: ActorName_actor$data;
  readonly " $fragmentSpreads": FragmentRefs<"ActorName_actor">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "ActorName_actor",
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
      "name": "kind",
      "storageKey": null
    },
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
      "concreteType": "Event",
      "kind": "LinkedField",
      "name": "erasedBy",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "seq",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Actor",
  "abstractKey": null
};

(node as any).hash = "b0343e03ab09659112aabc72add64c05";

export default node;
