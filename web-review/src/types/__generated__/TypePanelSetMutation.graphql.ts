/**
 * @generated SignedSource<<bdf620aeeec6cbe128f2cc772e6cf242>>
 * @relayHash b6e90e047b8a96348e7b4a379429ae45
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 289d3d32c2a878bd04445ca5035ac1ec4e44dd294ea5ab82412fcdc6952357b2

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type SetStraightThroughInput = {
  clientMutationId?: string | null | undefined;
  documentTypeId: string;
  idempotencyKey: string;
  on: boolean;
};
export type TypePanelSetMutation$variables = {
  input: SetStraightThroughInput;
};
export type TypePanelSetMutation$data = {
  readonly setStraightThrough: {
    readonly documentType: {
      readonly " $fragmentSpreads": FragmentRefs<"TypePanel_type">;
    };
  };
};
export type TypePanelSetMutation = {
  response: TypePanelSetMutation$data;
  variables: TypePanelSetMutation$variables;
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
    "name": "TypePanelSetMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "SetStraightThroughPayload",
        "kind": "LinkedField",
        "name": "setStraightThrough",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "DocumentType",
            "kind": "LinkedField",
            "name": "documentType",
            "plural": false,
            "selections": [
              {
                "args": null,
                "kind": "FragmentSpread",
                "name": "TypePanel_type"
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
    "name": "TypePanelSetMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "SetStraightThroughPayload",
        "kind": "LinkedField",
        "name": "setStraightThrough",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "DocumentType",
            "kind": "LinkedField",
            "name": "documentType",
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
                "name": "label",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "version",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "straightThrough",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "definition",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "SigningRule",
                "kind": "LinkedField",
                "name": "signing",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "required",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "meaning",
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
    ]
  },
  "params": {
    "id": "289d3d32c2a878bd04445ca5035ac1ec4e44dd294ea5ab82412fcdc6952357b2",
    "metadata": {},
    "name": "TypePanelSetMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "fbf2b65c319a4cfbd1acd8d84d5e3ee2";

export default node;
