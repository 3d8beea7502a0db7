/**
 * @generated SignedSource<<dd233169ec4c7dd38f720d157d427eb5>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type KeyTable_log$data = {
  readonly keys: ReadonlyArray<{
    readonly keyId: string;
    readonly retiredAt: string | null | undefined;
    readonly revokedAt: string | null | undefined;
    readonly validFrom: number;
    readonly validTo: number | null | undefined;
    readonly verifierKey: string;
  }>;
  readonly " $fragmentType": "KeyTable_log";
};
export type KeyTable_log$key = {
  readonly " $data"?: KeyTable_log$data;
  readonly " $fragmentSpreads": FragmentRefs<"KeyTable_log">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "KeyTable_log",
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "LogKey",
      "kind": "LinkedField",
      "name": "keys",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "verifierKey",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "keyId",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "validFrom",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "validTo",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "retiredAt",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "revokedAt",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Log",
  "abstractKey": null
};

(node as any).hash = "cf8aab7c4c5af5368248b834417783a3";

export default node;
