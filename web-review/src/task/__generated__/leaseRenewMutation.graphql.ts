/**
 * @generated SignedSource<<f5f0826192be2d437e4a95a31b403829>>
 * @relayHash 37e47bedc82f7c9f26662944a3d77006
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 72c443a34e7205c98f1fb9c339fa1c0bd6f009108d935c678fd2dc02a93c66d1

import { ConcreteRequest } from 'relay-runtime';
export type TaskState = "CANCELLED" | "CLAIMED" | "DECIDED" | "ESCALATED" | "OPEN";
export type RenewLeaseInput = {
  clientMutationId?: string | null | undefined;
  leaseToken: number;
  taskId: string;
};
export type leaseRenewMutation$variables = {
  input: RenewLeaseInput;
};
export type leaseRenewMutation$data = {
  readonly renewLease: {
    readonly task: {
      readonly id: string;
      readonly lease: {
        readonly holder: {
          readonly id: string;
          readonly name: string | null | undefined;
        };
        readonly mine: boolean;
        readonly token: number | null | undefined;
        readonly until: string;
      } | null | undefined;
      readonly state: TaskState;
    };
  };
};
export type leaseRenewMutation = {
  response: leaseRenewMutation$data;
  variables: leaseRenewMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v2 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": "RenewLeasePayload",
    "kind": "LinkedField",
    "name": "renewLease",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Task",
        "kind": "LinkedField",
        "name": "task",
        "plural": false,
        "selections": [
          (v1/*:: as any*/),
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
            "concreteType": "Lease",
            "kind": "LinkedField",
            "name": "lease",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "until",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "token",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "mine",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "Actor",
                "kind": "LinkedField",
                "name": "holder",
                "plural": false,
                "selections": [
                  (v1/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "name",
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
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
    "name": "leaseRenewMutation",
    "selections": (v2/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "leaseRenewMutation",
    "selections": (v2/*:: as any*/)
  },
  "params": {
    "id": "72c443a34e7205c98f1fb9c339fa1c0bd6f009108d935c678fd2dc02a93c66d1",
    "metadata": {},
    "name": "leaseRenewMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "ab36207e5173af0893f8731b110ab6e4";

export default node;
