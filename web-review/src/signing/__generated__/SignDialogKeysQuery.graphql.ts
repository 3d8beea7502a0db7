/**
 * @generated SignedSource<<a16391532dfe42da3448984f62ab10ee>>
 * @relayHash 1b60c7c3217fb769d4f2debecaa98e44
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 2cc7f769af490b490b587df10972661ce58148f29a44aeae88efeb046edfe154

import { ConcreteRequest } from 'relay-runtime';
export type Custody = "DEVICE" | "PASSKEY" | "SERVER_HELD";
export type SignDialogKeysQuery$variables = Record<PropertyKey, never>;
export type SignDialogKeysQuery$data = {
  readonly viewer: {
    readonly signingKeys: ReadonlyArray<{
      readonly custody: Custody;
      readonly keyId: string;
      readonly revokedAt: string | null | undefined;
    }>;
  } | null | undefined;
};
export type SignDialogKeysQuery = {
  response: SignDialogKeysQuery$data;
  variables: SignDialogKeysQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "concreteType": "SigningKey",
  "kind": "LinkedField",
  "name": "signingKeys",
  "plural": true,
  "selections": [
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
      "name": "custody",
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
};
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "SignDialogKeysQuery",
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Viewer",
        "kind": "LinkedField",
        "name": "viewer",
        "plural": false,
        "selections": [
          (v0/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "SignDialogKeysQuery",
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Viewer",
        "kind": "LinkedField",
        "name": "viewer",
        "plural": false,
        "selections": [
          (v0/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "id",
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "2cc7f769af490b490b587df10972661ce58148f29a44aeae88efeb046edfe154",
    "metadata": {},
    "name": "SignDialogKeysQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "bade01a64c8e7715071a998c1d1a56f8";

export default node;
