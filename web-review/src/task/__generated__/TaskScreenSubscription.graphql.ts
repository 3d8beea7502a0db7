/**
 * @generated SignedSource<<60bb0a48595bf33ab53e2666082e7009>>
 * @relayHash dd421fcdf7a92efe5133c190764f2589
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 7fc8a3be1d85a7b63c734b623cf01ea00e12fba9a0cab8990c53b998c33276e4

import { ConcreteRequest } from 'relay-runtime';
export type Decision = "APPROVE" | "ESCALATE" | "REJECT";
export type TaskState = "CANCELLED" | "CLAIMED" | "DECIDED" | "ESCALATED" | "OPEN";
export type TaskScreenSubscription$variables = {
  id: string;
};
export type TaskScreenSubscription$data = {
  readonly taskChanged: {
    readonly seq: number;
    readonly task: {
      readonly decision: Decision | null | undefined;
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
export type TaskScreenSubscription = {
  response: TaskScreenSubscription$data;
  variables: TaskScreenSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "id"
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
        "name": "id",
        "variableName": "id"
      }
    ],
    "concreteType": "TaskChange",
    "kind": "LinkedField",
    "name": "taskChanged",
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
            "kind": "ScalarField",
            "name": "decision",
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
                "name": "mine",
                "storageKey": null
              },
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
    "name": "TaskScreenSubscription",
    "selections": (v2/*:: as any*/),
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "TaskScreenSubscription",
    "selections": (v2/*:: as any*/)
  },
  "params": {
    "id": "7fc8a3be1d85a7b63c734b623cf01ea00e12fba9a0cab8990c53b998c33276e4",
    "metadata": {},
    "name": "TaskScreenSubscription",
    "operationKind": "subscription",
    "text": null
  }
};
})();

(node as any).hash = "7b03d8bd5d353fca58340fb652f3eac6";

export default node;
