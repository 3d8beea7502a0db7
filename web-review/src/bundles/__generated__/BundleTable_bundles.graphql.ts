/**
 * @generated SignedSource<<7c6c092da790d8d3e38e42136c10edf7>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type AuditBundleKind = "ACTOR" | "DOCUMENT" | "LOG" | "PERIOD";
export type AuditBundleState = "FAILED" | "QUEUED" | "READY" | "RUNNING";
import { FragmentRefs } from "relay-runtime";
export type BundleTable_bundles$data = ReadonlyArray<{
  readonly actor: {
    readonly " $fragmentSpreads": FragmentRefs<"ActorName_actor">;
  } | null | undefined;
  readonly byteSize: number | null | undefined;
  readonly disclosures: boolean;
  readonly document: string | null | undefined;
  readonly documents: boolean;
  readonly failure: {
    readonly message: string;
  } | null | undefined;
  readonly from: string | null | undefined;
  readonly id: string;
  readonly kind: AuditBundleKind;
  readonly leaves: number | null | undefined;
  readonly requestedAt: string;
  readonly requestedBy: {
    readonly " $fragmentSpreads": FragmentRefs<"ActorName_actor">;
  };
  readonly sha256: string | null | undefined;
  readonly size: number | null | undefined;
  readonly state: AuditBundleState;
  readonly to: string | null | undefined;
  readonly url: string | null | undefined;
  readonly " $fragmentType": "BundleTable_bundles";
}>;
export type BundleTable_bundles$key = ReadonlyArray<{
  readonly " $data"?: BundleTable_bundles$data;
  readonly " $fragmentSpreads": FragmentRefs<"BundleTable_bundles">;
}>;

const node: ReaderFragment = (function(){
var v0 = [
  {
    "args": null,
    "kind": "FragmentSpread",
    "name": "ActorName_actor"
  }
];
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": {
    "plural": true
  },
  "name": "BundleTable_bundles",
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
      "name": "kind",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "document",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Actor",
      "kind": "LinkedField",
      "name": "actor",
      "plural": false,
      "selections": (v0/*:: as any*/),
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "from",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "to",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "disclosures",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "documents",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "size",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "leaves",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "byteSize",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "sha256",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "url",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "requestedAt",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Actor",
      "kind": "LinkedField",
      "name": "requestedBy",
      "plural": false,
      "selections": (v0/*:: as any*/),
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Failure",
      "kind": "LinkedField",
      "name": "failure",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "message",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "AuditBundle",
  "abstractKey": null
};
})();

(node as any).hash = "74d4b5e24fee6728982db8b6d4000909";

export default node;
