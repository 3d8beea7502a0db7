/**
 * @generated SignedSource<<cdef6f6cae7e5e34066e348401dab845>>
 * @relayHash 59a60463b1a488bf5fd37eb1dff9c594
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 6a7bfc8ed51ff5a10dfe160428027d0bb9149c0afe9826f50d4c5f07424bab26

import { ConcreteRequest } from 'relay-runtime';
export type QueueScreenSubscription$variables = Record<PropertyKey, never>;
export type QueueScreenSubscription$data = {
  readonly queueChanged: {
    readonly queue: {
      readonly claimedTasks: number;
      readonly id: string;
      readonly name: string;
      readonly oldestOpen: string | null | undefined;
      readonly openTasks: number;
    };
    readonly seq: number;
  };
};
export type QueueScreenSubscription = {
  response: QueueScreenSubscription$data;
  variables: QueueScreenSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "QueueChange",
    "kind": "LinkedField",
    "name": "queueChanged",
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
        "concreteType": "Queue",
        "kind": "LinkedField",
        "name": "queue",
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
            "name": "name",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "openTasks",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "claimedTasks",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "oldestOpen",
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
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "QueueScreenSubscription",
    "selections": (v0/*:: as any*/),
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "QueueScreenSubscription",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "id": "6a7bfc8ed51ff5a10dfe160428027d0bb9149c0afe9826f50d4c5f07424bab26",
    "metadata": {},
    "name": "QueueScreenSubscription",
    "operationKind": "subscription",
    "text": null
  }
};
})();

(node as any).hash = "f82c887802a854d7db4c78c3ee736d93";

export default node;
