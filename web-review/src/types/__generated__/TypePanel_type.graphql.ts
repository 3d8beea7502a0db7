/**
 * @generated SignedSource<<46c07bd2d273b2d59ec590a456209a7e>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type TypePanel_type$data = {
  readonly definition: string;
  readonly id: string;
  readonly label: string;
  readonly name: string;
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
    }
  ],
  "type": "DocumentType",
  "abstractKey": null
};

(node as any).hash = "84bd454a5417589cb7f3014870901747";

export default node;
