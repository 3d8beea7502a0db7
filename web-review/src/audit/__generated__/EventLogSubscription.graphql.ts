/**
 * @generated SignedSource<<893fee16190bd8fad6c7781fde230849>>
 * @relayHash 3f770cd5e3f26e7c5536ea2865a47e07
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 09b974211d755224de23521691618fdb61504766e81eb8a7131c9f9365b55483

import { ConcreteRequest } from 'relay-runtime';
export type EventLogSubscription$variables = {
  after?: number | null | undefined;
};
export type EventLogSubscription$data = {
  readonly auditAppended: {
    readonly event: {
      readonly actor: {
        readonly id: string;
      };
      readonly id: string;
      readonly leafHash: string | null | undefined;
      readonly occurredAt: string;
      readonly recordedAt: string | null | undefined;
      readonly seq: number | null | undefined;
      readonly subjectId: string;
      readonly type: string;
    };
    readonly seq: number;
  };
};
export type EventLogSubscription = {
  response: EventLogSubscription$data;
  variables: EventLogSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "after"
  }
],
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "seq",
  "storageKey": null
},
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v3 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "after",
        "variableName": "after"
      }
    ],
    "concreteType": "AuditAppended",
    "kind": "LinkedField",
    "name": "auditAppended",
    "plural": false,
    "selections": [
      (v1/*:: as any*/),
      {
        "alias": null,
        "args": null,
        "concreteType": "Event",
        "kind": "LinkedField",
        "name": "event",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v1/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "type",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "occurredAt",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "recordedAt",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "leafHash",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "subjectId",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "Actor",
            "kind": "LinkedField",
            "name": "actor",
            "plural": false,
            "selections": [
              (v2/*:: as any*/)
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
    "name": "EventLogSubscription",
    "selections": (v3/*:: as any*/),
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "EventLogSubscription",
    "selections": (v3/*:: as any*/)
  },
  "params": {
    "id": "09b974211d755224de23521691618fdb61504766e81eb8a7131c9f9365b55483",
    "metadata": {},
    "name": "EventLogSubscription",
    "operationKind": "subscription",
    "text": null
  }
};
})();

(node as any).hash = "728560471ea05699e17d0057480a6c76";

export default node;
