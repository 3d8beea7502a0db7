/**
 * @generated SignedSource<<5e7e301120e049396455893e354aa14a>>
 * @relayHash c77dd81a2a48c213b4c7176c6442e2ec
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID f2a68d3826ca21e3712bc62d03cc949e5a8661a6af03d899b15f555caaf02e4e

import { ConcreteRequest } from 'relay-runtime';
export type Custody = "DEVICE" | "PASSKEY" | "SERVER_HELD";
export type SignatureAlgorithm = "ED25519" | "ES256";
export type SigningKeysScreenQuery$variables = Record<PropertyKey, never>;
export type SigningKeysScreenQuery$data = {
  readonly viewer: {
    readonly signingKeys: ReadonlyArray<{
      readonly algorithm: SignatureAlgorithm;
      readonly custody: Custody;
      readonly enrolledAt: string;
      readonly keyId: string;
      readonly revokedAt: string | null | undefined;
    }>;
  } | null | undefined;
};
export type SigningKeysScreenQuery = {
  response: SigningKeysScreenQuery$data;
  variables: SigningKeysScreenQuery$variables;
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
      "name": "algorithm",
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
      "name": "enrolledAt",
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
    "name": "SigningKeysScreenQuery",
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
    "name": "SigningKeysScreenQuery",
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
    "id": "f2a68d3826ca21e3712bc62d03cc949e5a8661a6af03d899b15f555caaf02e4e",
    "metadata": {},
    "name": "SigningKeysScreenQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "599f4d38c0d8f64d98856327497c984e";

export default node;
