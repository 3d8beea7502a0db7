/**
 * @generated SignedSource<<1f1ccef3ea61c71c1e0761f35d31efdf>>
 * @relayHash c2ecc64467f38d3c258d6b8fc2d85fda
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID d9c28f4d708bc3bc9473593597063dcb3b556261a328ecc0e83509104c98c1ec

import { ConcreteRequest } from 'relay-runtime';
export type DocumentState = "ACCEPTED" | "ERASED" | "FAILED" | "IN_REVIEW" | "READING" | "RECEIVED" | "REJECTED";
export type DocumentTableSubscription$variables = Record<PropertyKey, never>;
export type DocumentTableSubscription$data = {
  readonly documentChanged: {
    readonly document: {
      readonly byteSize: number;
      readonly fileName: string | null | undefined;
      readonly id: string;
      readonly receivedAt: string;
      readonly state: DocumentState;
      readonly typeLabel: string;
    };
    readonly seq: number;
  };
};
export type DocumentTableSubscription = {
  response: DocumentTableSubscription$data;
  variables: DocumentTableSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "DocumentChange",
    "kind": "LinkedField",
    "name": "documentChanged",
    "plural": false,
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
        "concreteType": "Document",
        "kind": "LinkedField",
        "name": "document",
        "plural": false,
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
            "name": "state",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "typeLabel",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "fileName",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "byteSize",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "receivedAt",
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "DocumentTableSubscription",
    "selections": (v0/*:: as any*/),
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "DocumentTableSubscription",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "id": "d9c28f4d708bc3bc9473593597063dcb3b556261a328ecc0e83509104c98c1ec",
    "metadata": {},
    "name": "DocumentTableSubscription",
    "operationKind": "subscription",
    "text": null
  }
};
})();

(node as any).hash = "37c96c7ae84c716184dc70281b278ed3";

export default node;
