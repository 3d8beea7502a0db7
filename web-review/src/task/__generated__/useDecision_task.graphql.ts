/**
 * @generated SignedSource<<5fb94a648c50bd0b434e146f98904317>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type useDecision_task$data = {
  readonly id: string;
  readonly lease: {
    readonly token: number | null | undefined;
  } | null | undefined;
  readonly queue: {
    readonly id: string;
  };
  readonly " $fragmentType": "useDecision_task";
};
export type useDecision_task$key = {
  readonly " $data"?: useDecision_task$data;
  readonly " $fragmentSpreads": FragmentRefs<"useDecision_task">;
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
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "useDecision_task",
  "selections": [
    (v0/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "concreteType": "Queue",
      "kind": "LinkedField",
      "name": "queue",
      "plural": false,
      "selections": [
        (v0/*:: as any*/)
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
          "name": "token",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Task",
  "abstractKey": null
};
})();

(node as any).hash = "c1d6ef0c2ab6f1a8aa26b27ffdb37648";

export default node;
