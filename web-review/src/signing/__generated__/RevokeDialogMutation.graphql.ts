/**
 * @generated SignedSource<<ba8cb371706fae949732e9cb8e940bc8>>
 * @relayHash 5f25a5802b66db1d91b84df2b3c70fa1
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 520e8f1eb6b0a89e4fe3d4afb250ccd9c5f477c947bc0279f5182dd058619d7b

import { ConcreteRequest } from 'relay-runtime';
export type RevokeSigningKeyInput = {
  clientMutationId?: string | null | undefined;
  idempotencyKey: string;
  keyId: string;
};
export type RevokeDialogMutation$variables = {
  input: RevokeSigningKeyInput;
};
export type RevokeDialogMutation$data = {
  readonly revokeSigningKey: {
    readonly key: {
      readonly keyId: string;
    };
  };
};
export type RevokeDialogMutation = {
  response: RevokeDialogMutation$data;
  variables: RevokeDialogMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": "RevokeSigningKeyPayload",
    "kind": "LinkedField",
    "name": "revokeSigningKey",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "SigningKey",
        "kind": "LinkedField",
        "name": "key",
        "plural": false,
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
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "RevokeDialogMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "RevokeDialogMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "520e8f1eb6b0a89e4fe3d4afb250ccd9c5f477c947bc0279f5182dd058619d7b",
    "metadata": {},
    "name": "RevokeDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "dcb142ceaaa351ea0a7e6d3f329bb312";

export default node;
