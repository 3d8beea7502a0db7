/**
 * @generated SignedSource<<cd87712ccd438b51c836054426aaee45>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type ErasedNotice_event$data = {
  readonly actor: {
    readonly " $fragmentSpreads": FragmentRefs<"ActorName_actor">;
  };
  readonly occurredAt: string;
  readonly seq: number | null | undefined;
  readonly " $fragmentType": "ErasedNotice_event";
};
export type ErasedNotice_event$key = {
  readonly " $data"?: ErasedNotice_event$data;
  readonly " $fragmentSpreads": FragmentRefs<"ErasedNotice_event">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "ErasedNotice_event",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "seq",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "occurredAt",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Actor",
      "kind": "LinkedField",
      "name": "actor",
      "plural": false,
      "selections": [
        {
          "args": null,
          "kind": "FragmentSpread",
          "name": "ActorName_actor"
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Event",
  "abstractKey": null
};

(node as any).hash = "ccc215beafc1ff5113f39e0d06463054";

export default node;
