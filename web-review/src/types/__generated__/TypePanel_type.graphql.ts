/**
 * @generated SignedSource<<07ab97567313a800a4797ad4b46bb47b>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type Meaning = "APPROVAL" | "AUTHORSHIP" | "REJECTION" | "RESPONSIBILITY" | "REVIEW";
import { FragmentRefs } from "relay-runtime";
export type TypePanel_type$data = {
  readonly definition: string;
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly signing: {
    readonly meaning: Meaning;
    readonly required: boolean;
  };
  readonly straightThrough: boolean;
  readonly version: number;
  readonly " $fragmentType": "TypePanel_type";
};
export type TypePanel_type$key = {
  readonly " $data"?: TypePanel_type$data;
  readonly " $fragmentSpreads": FragmentRefs<"TypePanel_type">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "TypePanel_type",
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
      "name": "name",
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
      "name": "version",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "straightThrough",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "definition",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "SigningRule",
      "kind": "LinkedField",
      "name": "signing",
      "plural": false,
      "selections": [
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
          "name": "meaning",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "DocumentType",
  "abstractKey": null
};

(node as any).hash = "48ba55a9ce379e6e6a2c6457272c7912";

export default node;
