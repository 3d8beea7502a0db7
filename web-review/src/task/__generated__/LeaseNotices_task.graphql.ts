/**
 * @generated SignedSource<<b3322dd7b09b78ab3e1d014677a7f361>>
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
  readonly state: TaskState;
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

(node as any).hash = "fed29ae80c57a75720f1c151aca96a95";

export default node;
