/**
 * @generated SignedSource<<daa5628dfeca2bd27cbe13a98bbff639>>
 * @relayHash 2f562ba9b7294f9f8055f2c29dbbce58
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 77478be79a77efe90318b7d7fc819445bf28f936790038a4f12130af3490a9e7

import { ConcreteRequest } from 'relay-runtime';
export type AuditBundleKind = "ACTOR" | "DOCUMENT" | "LOG" | "PERIOD";
export type RequestAuditBundleInput = {
  actor?: string | null | undefined;
  clientMutationId?: string | null | undefined;
  disclosures?: boolean;
  document?: string | null | undefined;
  documents?: boolean;
  from?: string | null | undefined;
  idempotencyKey: string;
  kind: AuditBundleKind;
  since?: number | null | undefined;
  to?: string | null | undefined;
};
export type RequestDialogMutation$variables = {
  input: RequestAuditBundleInput;
};
export type RequestDialogMutation$data = {
  readonly requestAuditBundle: {
    readonly bundle: {
      readonly id: string;
    };
  };
};
export type RequestDialogMutation = {
  response: RequestDialogMutation$data;
  variables: RequestDialogMutation$variables;
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
    "concreteType": "RequestAuditBundlePayload",
    "kind": "LinkedField",
    "name": "requestAuditBundle",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "AuditBundle",
        "kind": "LinkedField",
        "name": "bundle",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "id",
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
    "name": "RequestDialogMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "RequestDialogMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "77478be79a77efe90318b7d7fc819445bf28f936790038a4f12130af3490a9e7",
    "metadata": {},
    "name": "RequestDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "3cf069cfdc0dadb66b4882f63882bdf2";

export default node;
