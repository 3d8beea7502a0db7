/**
 * @generated SignedSource<<45e665feb2dc6f0c0479fcc6ccbaf93d>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type AuditScreen_log$data = {
  readonly alarm: string | null | undefined;
  readonly checkpoint: {
    readonly root: string;
    readonly signedAt: string;
    readonly size: number;
  } | null | undefined;
  readonly origin: string;
  readonly size: number;
  readonly unwitnessedSince: string | null | undefined;
  readonly verifierKey: string;
  readonly " $fragmentType": "AuditScreen_log";
};
export type AuditScreen_log$key = {
  readonly " $data"?: AuditScreen_log$data;
  readonly " $fragmentSpreads": FragmentRefs<"AuditScreen_log">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "size",
  "storageKey": null
};
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "AuditScreen_log",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "origin",
      "storageKey": null
    },
    (v0/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "verifierKey",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "unwitnessedSince",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "alarm",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Checkpoint",
      "kind": "LinkedField",
      "name": "checkpoint",
      "plural": false,
      "selections": [
        (v0/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "root",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "signedAt",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Log",
  "abstractKey": null
};
})();

(node as any).hash = "361d30f61fffd8375297c32a43331c7b";

export default node;
