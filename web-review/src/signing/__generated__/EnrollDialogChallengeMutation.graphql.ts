/**
 * @generated SignedSource<<c2be22369cccaa4de9ef791c249e086b>>
 * @relayHash dd59d8a5a58de5a7ae94989b39bd0e96
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 6154735a3165989b99c1680864fda27cefc66688c8ebffbef122799fd834bfd2

import { ConcreteRequest } from 'relay-runtime';
export type SigningKeyChallengeInput = {
  clientMutationId?: string | null | undefined;
  idempotencyKey: string;
};
export type EnrollDialogChallengeMutation$variables = {
  input: SigningKeyChallengeInput;
};
export type EnrollDialogChallengeMutation$data = {
  readonly signingKeyChallenge: {
    readonly challenge: string;
  };
};
export type EnrollDialogChallengeMutation = {
  response: EnrollDialogChallengeMutation$data;
  variables: EnrollDialogChallengeMutation$variables;
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
    "concreteType": "SigningKeyChallengePayload",
    "kind": "LinkedField",
    "name": "signingKeyChallenge",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "challenge",
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
    "name": "EnrollDialogChallengeMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "EnrollDialogChallengeMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "6154735a3165989b99c1680864fda27cefc66688c8ebffbef122799fd834bfd2",
    "metadata": {},
    "name": "EnrollDialogChallengeMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "fe7114767ec02be6e6bbe2341c08f99c";

export default node;
