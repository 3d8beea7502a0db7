/**
 * @generated SignedSource<<3f6171e09b2ddb70de1a21165abb2778>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type SignatureKind = "LOG" | "WITNESS";
import { FragmentRefs } from "relay-runtime";
export type LogPanel_log$data = {
  readonly alarm: string | null | undefined;
  readonly checkpoint: {
    readonly note: string;
    readonly root: string;
    readonly signatures: ReadonlyArray<{
      readonly keyId: string;
      readonly kind: SignatureKind;
      readonly name: string;
      readonly time: string | null | undefined;
    }>;
    readonly signedAt: string;
    readonly size: number;
  } | null | undefined;
  readonly checkpointRecipients: ReadonlyArray<string>;
  readonly epoch: number;
  readonly origin: string;
  readonly size: number;
  readonly unwitnessedSince: string | null | undefined;
  readonly " $fragmentSpreads": FragmentRefs<"KeyTable_log">;
  readonly " $fragmentType": "LogPanel_log";
};
export type LogPanel_log$key = {
  readonly " $data"?: LogPanel_log$data;
  readonly " $fragmentSpreads": FragmentRefs<"LogPanel_log">;
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
  "name": "LogPanel_log",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "origin",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "epoch",
      "storageKey": null
    },
    (v0/*:: as any*/),
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
      "kind": "ScalarField",
      "name": "checkpointRecipients",
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
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "note",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "CheckpointSignature",
          "kind": "LinkedField",
          "name": "signatures",
          "plural": true,
          "selections": [
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "name",
              "storageKey": null
            },
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "keyId",
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
              "name": "time",
              "storageKey": null
            }
          ],
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "args": null,
      "kind": "FragmentSpread",
      "name": "KeyTable_log"
    }
  ],
  "type": "Log",
  "abstractKey": null
};
})();

(node as any).hash = "90782f93abe6cb459375dee0d1dbfc96";

export default node;
