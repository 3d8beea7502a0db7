/**
 * @generated SignedSource<<6d9bdbaf7ed52497859631bdefb1f96e>>
 * @relayHash c354b0af0a1f3194143fbec73ac06154
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID c6a7b9a0472a7e5df2acba5145475877ffc36d4f78347e94b10217fe88a1b563

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type SetHoldInput = {
  clientMutationId?: string | null | undefined;
  document: string;
  idempotencyKey: string;
  on: boolean;
  reason: string;
};
export type HoldDialogMutation$variables = {
  input: SetHoldInput;
};
export type HoldDialogMutation$data = {
  readonly setHold: {
    readonly document: {
      readonly " $fragmentSpreads": FragmentRefs<"KeepingPanel_document">;
    };
  };
};
export type HoldDialogMutation = {
  response: HoldDialogMutation$data;
  variables: HoldDialogMutation$variables;
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
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "HoldDialogMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "SetHoldPayload",
        "kind": "LinkedField",
        "name": "setHold",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Document",
            "kind": "LinkedField",
            "name": "document",
            "plural": false,
            "selections": [
              {
                "args": null,
                "kind": "FragmentSpread",
                "name": "KeepingPanel_document"
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "HoldDialogMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "SetHoldPayload",
        "kind": "LinkedField",
        "name": "setHold",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Document",
            "kind": "LinkedField",
            "name": "document",
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
                "kind": "ScalarField",
                "name": "retainUntil",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "hold",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "c6a7b9a0472a7e5df2acba5145475877ffc36d4f78347e94b10217fe88a1b563",
    "metadata": {},
    "name": "HoldDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "54d5afaf8b7761941ab533a6db5c2e24";

export default node;
