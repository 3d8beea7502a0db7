/**
 * @generated SignedSource<<ff490197d057b51037a3cc7b66f705ca>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type Custody = "DEVICE" | "PASSKEY" | "SERVER_HELD";
export type Meaning = "APPROVAL" | "AUTHORSHIP" | "REJECTION" | "RESPONSIBILITY" | "REVIEW";
import { FragmentRefs } from "relay-runtime";
export type SignatureMark_statement$data = {
  readonly custody: Custody;
  readonly erasedBy: {
    readonly seq: number | null | undefined;
  } | null | undefined;
  readonly keyId: string;
  readonly meaning: Meaning;
  readonly signedAt: string;
  readonly signerName: string | null | undefined;
  readonly text: string | null | undefined;
  readonly verifies: boolean;
  readonly " $fragmentType": "SignatureMark_statement";
};
export type SignatureMark_statement$key = {
  readonly " $data"?: SignatureMark_statement$data;
  readonly " $fragmentSpreads": FragmentRefs<"SignatureMark_statement">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "SignatureMark_statement",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "signerName",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "text",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "meaning",
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
      "name": "keyId",
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
      "name": "verifies",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Event",
      "kind": "LinkedField",
      "name": "erasedBy",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "seq",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Statement",
  "abstractKey": null
};

(node as any).hash = "3211807d683198320e090c899dbbb1ba";

export default node;
