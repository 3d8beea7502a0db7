/**
 * @generated SignedSource<<194201e410503c3d5c49e825a38ba5eb>>
 * @relayHash 1a1ba232b1bd1975d0966d172f50620a
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 1382cf8e09a8e749391465737f1fc8b4a2c48271898464de179227f9a5010814

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
    readonly log: {
      readonly checkpointRecipients: ReadonlyArray<string>;
    };
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
        "concreteType": "Log",
        "kind": "LinkedField",
        "name": "log",
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
    "id": "1382cf8e09a8e749391465737f1fc8b4a2c48271898464de179227f9a5010814",
    "metadata": {},
    "name": "RecipientsDialogSetMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "e06a24877edf61abdc70cbc74b1a3579";

export default node;
