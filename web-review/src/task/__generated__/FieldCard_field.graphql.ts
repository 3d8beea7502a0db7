/**
 * @generated SignedSource<<70fd917b9cfd138b8ff442d0902f4d73>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type FieldKind = "ADDRESS" | "AMOUNT" | "CURRENCY" | "DATE" | "IDENTIFIER" | "NAME" | "TEXT";
export type FieldStatus = "ACCEPTED_BY_MACHINE" | "CONFIRMED" | "CORRECTED" | "ILLEGIBLE" | "MISSING" | "NEEDS_REVIEW" | "READ";
import { FragmentRefs } from "relay-runtime";
export type FieldCard_field$data = {
  readonly characterConfidences: ReadonlyArray<number>;
  readonly confidence: number;
  readonly id: string;
  readonly kind: FieldKind;
  readonly label: string;
  readonly regions: ReadonlyArray<{
    readonly page: number;
    readonly quad: ReadonlyArray<number>;
  }>;
  readonly required: boolean;
  readonly status: FieldStatus;
  readonly text: string;
  readonly threshold: number;
  readonly value: string | null | undefined;
  readonly version: number;
  readonly " $fragmentSpreads": FragmentRefs<"FieldDoubts_field">;
  readonly " $fragmentType": "FieldCard_field";
};
export type FieldCard_field$key = {
  readonly " $data"?: FieldCard_field$data;
  readonly " $fragmentSpreads": FragmentRefs<"FieldCard_field">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "FieldCard_field",
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
      "name": "label",
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
      "name": "required",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "version",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "status",
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
      "name": "value",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "confidence",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "threshold",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "characterConfidences",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Region",
      "kind": "LinkedField",
      "name": "regions",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "page",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "quad",
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "args": null,
      "kind": "FragmentSpread",
      "name": "FieldDoubts_field"
    }
  ],
  "type": "Field",
  "abstractKey": null
};

(node as any).hash = "41901b3770c1d5106197599f8a332341";

export default node;
