/**
 * @generated SignedSource<<68bd8feafef50be94d789821bb78529e>>
 * @relayHash f09a9aab95072b2729c26c7a8de9c935
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID cd487331585200b8cda9572f0a8670ac1addd9d6fa13825c2a2ad8308dca2538

import { ConcreteRequest } from 'relay-runtime';
export type ReleaseReason = "NOT_MINE" | "OTHER" | "POSTPONED" | "SKIPPED";
export type TaskState = "CANCELLED" | "CLAIMED" | "DECIDED" | "ESCALATED" | "OPEN";
export type ReleaseTaskInput = {
  clientMutationId?: string | null | undefined;
  idempotencyKey: string;
  leaseToken: number;
  reason: ReleaseReason;
  taskId: string;
};
export type useDecisionReleaseMutation$variables = {
  input: ReleaseTaskInput;
};
export type useDecisionReleaseMutation$data = {
  readonly releaseTask: {
    readonly task: {
      readonly id: string;
      readonly lease: {
        readonly mine: boolean;
        readonly token: number | null | undefined;
        readonly until: string;
      } | null | undefined;
      readonly state: TaskState;
    };
  };
};
export type useDecisionReleaseMutation = {
  response: useDecisionReleaseMutation$data;
  variables: useDecisionReleaseMutation$variables;
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
    "concreteType": "ReleaseTaskPayload",
    "kind": "LinkedField",
    "name": "releaseTask",
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
    "name": "useDecisionReleaseMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "useDecisionReleaseMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "cd487331585200b8cda9572f0a8670ac1addd9d6fa13825c2a2ad8308dca2538",
    "metadata": {},
    "name": "useDecisionReleaseMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "96c7052275b4191a63c3746d687055cf";

export default node;
