/**
 * @generated SignedSource<<02c78c47a923f926caedbbbd6bdf94e4>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type FieldStatus = "ACCEPTED_BY_MACHINE" | "CONFIRMED" | "CORRECTED" | "ILLEGIBLE" | "MISSING" | "NEEDS_REVIEW" | "READ";
import { FragmentRefs } from "relay-runtime";
export type FieldHistory_field$data = {
  readonly confidence: number;
  readonly history: ReadonlyArray<{
    readonly actor: {
      readonly " $fragmentSpreads": FragmentRefs<"ActorName_actor">;
    };
    readonly at: string;
    readonly confidence: number | null | undefined;
    readonly reasonCode: string | null | undefined;
    readonly status: FieldStatus;
    readonly text: string;
    readonly value: string | null | undefined;
    readonly version: number;
  }>;
  readonly label: string;
  readonly status: FieldStatus;
  readonly text: string;
  readonly value: string | null | undefined;
  readonly " $fragmentType": "FieldHistory_field";
};
export type FieldHistory_field$key = {
  readonly " $data"?: FieldHistory_field$data;
  readonly " $fragmentSpreads": FragmentRefs<"FieldHistory_field">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
},
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "text",
  "storageKey": null
},
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "value",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "confidence",
  "storageKey": null
};
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "FieldHistory_field",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "label",
      "storageKey": null
    },
    (v0/*:: as any*/),
    (v1/*:: as any*/),
    (v2/*:: as any*/),
    (v3/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "concreteType": "FieldValue",
      "kind": "LinkedField",
      "name": "history",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "version",
          "storageKey": null
        },
        (v0/*:: as any*/),
        (v1/*:: as any*/),
        (v2/*:: as any*/),
        (v3/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "reasonCode",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Actor",
          "kind": "LinkedField",
          "name": "actor",
          "plural": false,
          "selections": [
            {
              "args": null,
              "kind": "FragmentSpread",
              "name": "ActorName_actor"
            }
          ],
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "at",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Field",
  "abstractKey": null
};
})();

(node as any).hash = "ace61611f417d7947ed0ebf08edb84a1";

export default node;
