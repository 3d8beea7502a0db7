/**
 * @generated SignedSource<<56ca9fcd4bc8cef31e1154316a397f18>>
 * @relayHash 6704530db405e1a0bca91cdedb85a228
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 1f25ff8243a82758df94accbbe1730ffabf717a52bee3f54b1d0788037ed1909

import { ConcreteRequest } from 'relay-runtime';
export type RequestExportInput = {
  clientMutationId?: string | null | undefined;
  documentType?: string | null | undefined;
  idempotencyKey: string;
};
export type ExportsScreenRequestMutation$variables = {
  input: RequestExportInput;
};
export type ExportsScreenRequestMutation$data = {
  readonly requestExport: {
    readonly export: {
      readonly id: string;
    };
  };
};
export type ExportsScreenRequestMutation = {
  response: ExportsScreenRequestMutation$data;
  variables: ExportsScreenRequestMutation$variables;
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
    "concreteType": "RequestExportPayload",
    "kind": "LinkedField",
    "name": "requestExport",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Export",
        "kind": "LinkedField",
        "name": "export",
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
    "name": "ExportsScreenRequestMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "ExportsScreenRequestMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "1f25ff8243a82758df94accbbe1730ffabf717a52bee3f54b1d0788037ed1909",
    "metadata": {},
    "name": "ExportsScreenRequestMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "580064c25e8ede9e057fe918bf9ac02a";

export default node;
