/**
 * @generated SignedSource<<2090ee369671faa2ca15a2abfd998e04>>
 * @relayHash 9614af5c6b0bae11899e6e5fccbbbb36
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID b2d7a73ad451515fd939a09d7878e2114d809a98762b993d9bd615bba0eb681e

import { ConcreteRequest } from 'relay-runtime';
export type Decision = "APPROVE" | "ESCALATE" | "REJECT";
export type Meaning = "APPROVAL" | "AUTHORSHIP" | "REJECTION" | "RESPONSIBILITY" | "REVIEW";
export type PrepareDecisionInput = {
  clientMutationId?: string | null | undefined;
  decision: Decision;
  idempotencyKey: string;
  keyId?: string | null | undefined;
  leaseToken: number;
  meaning?: Meaning | null | undefined;
  reason?: string | null | undefined;
  task: string;
};
export type usePreparedMutation$variables = {
  input: PrepareDecisionInput;
};
export type usePreparedMutation$data = {
  readonly prepareDecision: {
    readonly prepared: {
      readonly expiresAt: string;
      readonly id: string;
      readonly statement: string;
    };
  };
};
export type usePreparedMutation = {
  response: usePreparedMutation$data;
  variables: usePreparedMutation$variables;
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
    "concreteType": "PrepareDecisionPayload",
    "kind": "LinkedField",
    "name": "prepareDecision",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "PreparedDecision",
        "kind": "LinkedField",
        "name": "prepared",
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
            "name": "statement",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "expiresAt",
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
    "name": "usePreparedMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "usePreparedMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "b2d7a73ad451515fd939a09d7878e2114d809a98762b993d9bd615bba0eb681e",
    "metadata": {},
    "name": "usePreparedMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "9741a2d0e5b51a1186302171292dc632";

export default node;
