/**
 * @generated SignedSource<<2cd22a34533cb5de58e36083215ebe65>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type Decision = "APPROVE" | "ESCALATE" | "REJECT";
import { FragmentRefs } from "relay-runtime";
export type Decisions_document$data = {
  readonly id: string;
  readonly tasks?: ReadonlyArray<{
    readonly decidedAt: string | null | undefined;
    readonly decision: Decision | null | undefined;
    readonly id: string;
    readonly receipt: {
      readonly " $fragmentSpreads": FragmentRefs<"ReceiptLink_receipt">;
    } | null | undefined;
    readonly stage: number;
    readonly statement: {
      readonly " $fragmentSpreads": FragmentRefs<"SignatureMark_statement">;
    } | null | undefined;
  }>;
  readonly " $fragmentType": "Decisions_document";
};
export type Decisions_document$key = {
  readonly " $data"?: Decisions_document$data;
  readonly " $fragmentSpreads": FragmentRefs<"Decisions_document">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
};
return {
  "argumentDefinitions": [
    {
      "defaultValue": false,
      "kind": "LocalArgument",
      "name": "readsTasks"
    }
  ],
  "kind": "Fragment",
  "metadata": null,
  "name": "Decisions_document",
  "selections": [
    (v0/*:: as any*/),
    {
      "condition": "readsTasks",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "Task",
          "kind": "LinkedField",
          "name": "tasks",
          "plural": true,
          "selections": [
            (v0/*:: as any*/),
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "stage",
              "storageKey": null
            },
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
              "concreteType": "Statement",
              "kind": "LinkedField",
              "name": "statement",
              "plural": false,
              "selections": [
                {
                  "args": null,
                  "kind": "FragmentSpread",
                  "name": "SignatureMark_statement"
                }
              ],
              "storageKey": null
            },
            {
              "alias": null,
              "args": null,
              "concreteType": "Receipt",
              "kind": "LinkedField",
              "name": "receipt",
              "plural": false,
              "selections": [
                {
                  "args": null,
                  "kind": "FragmentSpread",
                  "name": "ReceiptLink_receipt"
                }
              ],
              "storageKey": null
            }
          ],
          "storageKey": null
        }
      ]
    }
  ],
  "type": "Document",
  "abstractKey": null
};
})();

(node as any).hash = "51fb56c5b20a159efb6ff83db69cb151";

export default node;
