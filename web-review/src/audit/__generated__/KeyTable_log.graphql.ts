/**
 * @generated SignedSource<<4004b84cb3d817777c2db1e3b62beb92>>
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
    readonly retiredAt: number | null | undefined;
    readonly revokedAt: number | null | undefined;
    readonly validFrom: number;
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

(node as any).hash = "538dfa130939a487a09c5da7e4abe7ab";

export default node;
