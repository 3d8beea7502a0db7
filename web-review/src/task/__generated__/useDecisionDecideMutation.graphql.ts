/**
 * @generated SignedSource<<0c5939713eb3bef03322d21855ab3b0d>>
 * @relayHash 9ae35ea3c352e2a9a53f14ef00573d34
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 71e952d8fb2419c091aec0fc07a394098d9d8c073b92cf6e6aadfbfb0852fa5f

import { ConcreteRequest } from 'relay-runtime';
export type Decision = "APPROVE" | "ESCALATE" | "REJECT";
export type DocumentState = "ACCEPTED" | "ERASED" | "FAILED" | "IN_REVIEW" | "READING" | "RECEIVED" | "REJECTED";
export type TaskState = "CANCELLED" | "CLAIMED" | "DECIDED" | "ESCALATED" | "OPEN";
export type DecideTaskInput = {
  clientMutationId?: string | null | undefined;
  decision: Decision;
  idempotencyKey: string;
  leaseToken: number;
  reason?: string | null | undefined;
  signature?: SignatureInput | null | undefined;
  taskId: string;
};
export type SignatureInput = {
  password?: string | null | undefined;
  prepared: string;
  signature?: string | null | undefined;
};
export type useDecisionDecideMutation$variables = {
  input: DecideTaskInput;
};
export type useDecisionDecideMutation$data = {
  readonly decideTask: {
    readonly document: {
      readonly id: string;
      readonly state: DocumentState;
      readonly version: number;
    };
    readonly task: {
      readonly decidedAt: string | null | undefined;
      readonly decision: Decision | null | undefined;
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
export type useDecisionDecideMutation = {
  response: useDecisionDecideMutation$data;
  variables: useDecisionDecideMutation$variables;
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
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "state",
  "storageKey": null
},
v3 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": "DecideTaskPayload",
    "kind": "LinkedField",
    "name": "decideTask",
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
          (v2/*:: as any*/),
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
            "kind": "ScalarField",
            "name": "decidedAt",
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
      },
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
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "version",
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
    "name": "useDecisionDecideMutation",
    "selections": (v3/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "useDecisionDecideMutation",
    "selections": (v3/*:: as any*/)
  },
  "params": {
    "id": "71e952d8fb2419c091aec0fc07a394098d9d8c073b92cf6e6aadfbfb0852fa5f",
    "metadata": {},
    "name": "useDecisionDecideMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "ccbe6d3b5379362cda7bb218230059b4";

export default node;
