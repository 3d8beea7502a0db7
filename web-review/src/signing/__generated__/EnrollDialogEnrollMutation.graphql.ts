/**
 * @generated SignedSource<<6b60f93bd99ae7e847d729213ce820bf>>
 * @relayHash 09f9a787722dc6518705bcc8e3cbbea8
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID b8fba280c6bb64780f462c2571637d839ab88980c1e95805309a093deb9860b6

import { ConcreteRequest } from 'relay-runtime';
export type EnrollSigningKeyInput = {
  challenge: string;
  clientMutationId?: string | null | undefined;
  idempotencyKey: string;
  proof: string;
  publicKey: string;
};
export type EnrollDialogEnrollMutation$variables = {
  input: EnrollSigningKeyInput;
};
export type EnrollDialogEnrollMutation$data = {
  readonly enrollSigningKey: {
    readonly key: {
      readonly keyId: string;
    };
  };
};
export type EnrollDialogEnrollMutation = {
  response: EnrollDialogEnrollMutation$data;
  variables: EnrollDialogEnrollMutation$variables;
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
    "concreteType": "EnrollSigningKeyPayload",
    "kind": "LinkedField",
    "name": "enrollSigningKey",
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
    "name": "EnrollDialogEnrollMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "EnrollDialogEnrollMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "b8fba280c6bb64780f462c2571637d839ab88980c1e95805309a093deb9860b6",
    "metadata": {},
    "name": "EnrollDialogEnrollMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "b7edc7d408e071e24d90066db7a4f0ff";

export default node;
