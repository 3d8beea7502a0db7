/**
 * @generated SignedSource<<7f8ced587645197dff06e161f272884a>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type VerifyPanel_log$data = {
  readonly keys: ReadonlyArray<{
    readonly keyId: string;
  }>;
  readonly verifierKey: string;
  readonly " $fragmentType": "VerifyPanel_log";
};
export type VerifyPanel_log$key = {
  readonly " $data"?: VerifyPanel_log$data;
  readonly " $fragmentSpreads": FragmentRefs<"VerifyPanel_log">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "VerifyPanel_log",
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
      "concreteType": "LogKey",
      "kind": "LinkedField",
      "name": "keys",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "keyId",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Log",
  "abstractKey": null
};

(node as any).hash = "a3b542e9967bd883a663e405612aae8b";

export default node;
