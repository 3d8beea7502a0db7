/**
 * @generated SignedSource<<869b81758588d4af63d692b62729be18>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type Custody = "DEVICE" | "PASSKEY" | "SERVER_HELD";
import { FragmentRefs } from "relay-runtime";
export type SignDialog_viewer$data = {
  readonly signingKeys: ReadonlyArray<{
    readonly custody: Custody;
    readonly keyId: string;
    readonly revokedAt: string | null | undefined;
  }>;
  readonly " $fragmentType": "SignDialog_viewer";
};
export type SignDialog_viewer$key = {
  readonly " $data"?: SignDialog_viewer$data;
  readonly " $fragmentSpreads": FragmentRefs<"SignDialog_viewer">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "SignDialog_viewer",
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "SigningKey",
      "kind": "LinkedField",
      "name": "signingKeys",
      "plural": true,
      "selections": [
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
          "name": "custody",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "revokedAt",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Viewer",
  "abstractKey": null
};

(node as any).hash = "18a5726e44f07b72a53b483e63eecf27";

export default node;
