/**
 * @generated SignedSource<<f73ce21f443dd43f15cde46cec446b8a>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type VerifyPanel_log$data = {
  readonly keys: ReadonlyArray<{
    readonly validFrom: number;
    readonly verifierKey: string;
  }>;
  readonly verifierKey: string;
  readonly " $fragmentType": "VerifyPanel_log";
};
export type VerifyPanel_log$key = {
  readonly " $data"?: VerifyPanel_log$data;
  readonly " $fragmentSpreads": FragmentRefs<"VerifyPanel_log">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "verifierKey",
  "storageKey": null
};
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "VerifyPanel_log",
  "selections": [
    (v0/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "concreteType": "LogKey",
      "kind": "LinkedField",
      "name": "keys",
      "plural": true,
      "selections": [
        (v0/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "validFrom",
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

(node as any).hash = "ddbb60288e4652f12d56191ab5b98476";

export default node;
