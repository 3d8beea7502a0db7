/**
 * @generated SignedSource<<db41e6796e369b3989d7da7e58b926bd>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type Decision = "APPROVE" | "ESCALATE" | "REJECT";
export type TaskState = "CANCELLED" | "CLAIMED" | "DECIDED" | "ESCALATED" | "OPEN";
import { FragmentRefs } from "relay-runtime";
export type LeaseNotices_task$data = {
  readonly decision: Decision | null | undefined;
  readonly id: string;
  readonly lease: {
    readonly holder: {
      readonly name: string | null | undefined;
    };
    readonly mine: boolean;
    readonly until: string;
  } | null | undefined;
  readonly receipt: {
    readonly " $fragmentSpreads": FragmentRefs<"ReceiptLink_receipt">;
  } | null | undefined;
  readonly state: TaskState;
  readonly statement: {
    readonly " $fragmentSpreads": FragmentRefs<"SignatureMark_statement">;
  } | null | undefined;
  readonly " $fragmentType": "LeaseNotices_task";
};
export type LeaseNotices_task$key = {
  readonly " $data"?: LeaseNotices_task$data;
  readonly " $fragmentSpreads": FragmentRefs<"LeaseNotices_task">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "LeaseNotices_task",
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
      "name": "decision",
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
          "concreteType": "Actor",
          "kind": "LinkedField",
          "name": "holder",
          "plural": false,
          "selections": [
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "name",
              "storageKey": null
            }
          ],
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Task",
  "abstractKey": null
};

(node as any).hash = "0a96706cfeb0e683d181e836dc60da54";

export default node;
