/**
 * @generated SignedSource<<c729b892440a83af6e90b5d7f019ff22>>
 * @relayHash 33385b28579ddda758237a30c9069c92
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 02e591c05f8d5ac55c56a9de838f55db7bb8c9bd8031bdd19fc1c79ca373b275

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type DocumentState = "ACCEPTED" | "ERASED" | "FAILED" | "IN_REVIEW" | "READING" | "RECEIVED" | "REJECTED";
export type DocumentTableSubscription$variables = Record<PropertyKey, never>;
export type DocumentTableSubscription$data = {
  readonly documentChanged: {
    readonly document: {
      readonly byteSize: number;
      readonly id: string;
      readonly receivedAt: string;
      readonly state: DocumentState;
      readonly typeLabel: string;
      readonly " $fragmentSpreads": FragmentRefs<"DocumentName_document">;
    };
    readonly seq: number;
  };
};
export type DocumentTableSubscription = {
  response: DocumentTableSubscription$data;
  variables: DocumentTableSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "seq",
  "storageKey": null
},
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "state",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "typeLabel",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "byteSize",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "receivedAt",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "DocumentTableSubscription",
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "DocumentChange",
        "kind": "LinkedField",
        "name": "documentChanged",
        "plural": false,
        "selections": [
          (v0/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "Document",
            "kind": "LinkedField",
            "name": "document",
            "plural": false,
            "selections": [
              (v1/*:: as any*/),
              (v2/*:: as any*/),
              (v3/*:: as any*/),
              {
                "args": null,
                "kind": "FragmentSpread",
                "name": "DocumentName_document"
              },
              (v4/*:: as any*/),
              (v5/*:: as any*/)
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "DocumentTableSubscription",
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "DocumentChange",
        "kind": "LinkedField",
        "name": "documentChanged",
        "plural": false,
        "selections": [
          (v0/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "Document",
            "kind": "LinkedField",
            "name": "document",
            "plural": false,
            "selections": [
              (v1/*:: as any*/),
              (v2/*:: as any*/),
              (v3/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "fileName",
                "storageKey": null
              },
              (v4/*:: as any*/),
              (v5/*:: as any*/)
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "02e591c05f8d5ac55c56a9de838f55db7bb8c9bd8031bdd19fc1c79ca373b275",
    "metadata": {},
    "name": "DocumentTableSubscription",
    "operationKind": "subscription",
    "text": null
  }
};
})();

(node as any).hash = "a7ecaf0738a614004140d0114763eb9b";

export default node;
