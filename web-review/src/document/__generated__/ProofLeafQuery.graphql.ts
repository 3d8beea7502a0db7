/**
 * @generated SignedSource<<bbc08578302e8e7f9569aee01ae111d9>>
 * @relayHash fe89c5fa24db83110c061b30eea17a5b
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 1afbfc2f56cd211b443c2d7935f8c15f26aa100aec49cbb084c8f35744b96995

import { ConcreteRequest } from 'relay-runtime';
export type ProofLeafQuery$variables = {
  id: string;
};
export type ProofLeafQuery$data = {
  readonly node: {
    readonly leaf?: string | null | undefined;
  } | null | undefined;
};
export type ProofLeafQuery = {
  response: ProofLeafQuery$data;
  variables: ProofLeafQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "id"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "id",
    "variableName": "id"
  }
],
v2 = {
  "kind": "InlineFragment",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "leaf",
      "storageKey": null
    }
  ],
  "type": "Event",
  "abstractKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "ProofLeafQuery",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "node",
        "plural": false,
        "selections": [
          (v2/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "ProofLeafQuery",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "node",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "__typename",
            "storageKey": null
          },
          (v2/*:: as any*/),
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
    "id": "1afbfc2f56cd211b443c2d7935f8c15f26aa100aec49cbb084c8f35744b96995",
    "metadata": {},
    "name": "ProofLeafQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "ccb753e96355a66e39e6cbbb37ff22e8";

export default node;
