/**
 * @generated SignedSource<<e0ffffb2032bb7dee57f52b94e5c5c54>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type FieldStatus = "ACCEPTED_BY_MACHINE" | "CONFIRMED" | "CORRECTED" | "ILLEGIBLE" | "MISSING" | "NEEDS_REVIEW" | "READ";
import { FragmentRefs } from "relay-runtime";
export type FieldDoubts_field$data = {
  readonly alternatives: ReadonlyArray<{
    readonly confidence: number;
    readonly text: string;
  }>;
  readonly characterConfidences: ReadonlyArray<number>;
  readonly id: string;
  readonly reasons: ReadonlyArray<{
    readonly code: string;
    readonly message: string;
  }>;
  readonly status: FieldStatus;
  readonly text: string;
  readonly value: string | null | undefined;
  readonly " $fragmentType": "FieldDoubts_field";
};
export type FieldDoubts_field$key = {
  readonly " $data"?: FieldDoubts_field$data;
  readonly " $fragmentSpreads": FragmentRefs<"FieldDoubts_field">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "text",
  "storageKey": null
};
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "FieldDoubts_field",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "id",
      "storageKey": null
    },
    (v0/*:: as any*/),
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
      "name": "status",
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
      "concreteType": "Reason",
      "kind": "LinkedField",
      "name": "reasons",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "code",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "message",
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Alternative",
      "kind": "LinkedField",
      "name": "alternatives",
      "plural": true,
      "selections": [
        (v0/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "confidence",
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

(node as any).hash = "f038d6f12d078c89fd78599b9a25afb0";

export default node;
