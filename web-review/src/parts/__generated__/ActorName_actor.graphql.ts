/**
 * @generated SignedSource<<c9643a359ffd95240ca2dc0c16fa27d0>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type ActorKind = "SERVICE" | "SYSTEM" | "USER";
import { FragmentRefs } from "relay-runtime";
export type ActorName_actor$data = {
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
    }
  ],
  "type": "Actor",
  "abstractKey": null
};

(node as any).hash = "f5a5bcd417247d1dd33c979efcaa4f9d";

export default node;
