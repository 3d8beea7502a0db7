/**
 * @generated SignedSource<<0537bbce891e25b03317f8c3b310752d>>
 * @relayHash 7fdd1e480aeb5ba304c10fc13a12e5f9
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 8a5006b928dc241493859d58816cedfc3b773dcf69e294273faad4bb7509f389

import { ConcreteRequest } from 'relay-runtime';
export type SetCheckpointRecipientsInput = {
  addresses: ReadonlyArray<string>;
  clientMutationId?: string | null | undefined;
  idempotencyKey: string;
};
export type RecipientsDialogSetMutation$variables = {
  input: SetCheckpointRecipientsInput;
};
export type RecipientsDialogSetMutation$data = {
  readonly setCheckpointRecipients: {
    readonly checkpointRecipients: ReadonlyArray<string>;
  };
};
export type RecipientsDialogSetMutation = {
  response: RecipientsDialogSetMutation$data;
  variables: RecipientsDialogSetMutation$variables;
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
    "concreteType": "SetCheckpointRecipientsPayload",
    "kind": "LinkedField",
    "name": "setCheckpointRecipients",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "checkpointRecipients",
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
    "name": "RecipientsDialogSetMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "RecipientsDialogSetMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "8a5006b928dc241493859d58816cedfc3b773dcf69e294273faad4bb7509f389",
    "metadata": {},
    "name": "RecipientsDialogSetMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "51a1bc8da691fb1eef0acd1bab57f668";

export default node;
