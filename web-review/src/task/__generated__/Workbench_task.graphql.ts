/**
 * @generated SignedSource<<c4159bb26814021c5a8462b89f3afd9e>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type FieldStatus = "ACCEPTED_BY_MACHINE" | "CONFIRMED" | "CORRECTED" | "ILLEGIBLE" | "MISSING" | "NEEDS_REVIEW" | "READ";
export type TaskState = "CANCELLED" | "CLAIMED" | "DECIDED" | "ESCALATED" | "OPEN";
import { FragmentRefs } from "relay-runtime";
export type Workbench_task$data = {
  readonly document: {
    readonly erasedBy: {
      readonly " $fragmentSpreads": FragmentRefs<"ErasedNotice_event">;
    } | null | undefined;
    readonly fields: ReadonlyArray<{
      readonly alternatives: ReadonlyArray<{
        readonly regions: ReadonlyArray<{
          readonly page: number;
          readonly quad: ReadonlyArray<number>;
        }>;
        readonly text: string;
      }>;
      readonly confidence: number;
      readonly id: string;
      readonly label: string;
      readonly reasons: ReadonlyArray<{
        readonly code: string;
      }>;
      readonly regions: ReadonlyArray<{
        readonly page: number;
        readonly quad: ReadonlyArray<number>;
      }>;
      readonly required: boolean;
      readonly status: FieldStatus;
      readonly text: string;
      readonly version: number;
      readonly " $fragmentSpreads": FragmentRefs<"FieldCard_field">;
    }>;
    readonly pages: ReadonlyArray<{
      readonly height: number;
      readonly imageUrl: string;
      readonly number: number;
      readonly width: number;
      readonly " $fragmentSpreads": FragmentRefs<"PageView_pages">;
    }>;
    readonly reading: {
      readonly id: string;
    } | null | undefined;
    readonly reasons: ReadonlyArray<{
      readonly code: string;
      readonly message: string;
    }>;
  };
  readonly id: string;
  readonly lease: {
    readonly mine: boolean;
    readonly token: number | null | undefined;
    readonly until: string;
  } | null | undefined;
  readonly state: TaskState;
  readonly " $fragmentSpreads": FragmentRefs<"LeaseNotices_task" | "TaskHeader_task" | "useDecision_task">;
  readonly " $fragmentType": "Workbench_task";
};
export type Workbench_task$key = {
  readonly " $data"?: Workbench_task$data;
  readonly " $fragmentSpreads": FragmentRefs<"Workbench_task">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "code",
  "storageKey": null
},
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "text",
  "storageKey": null
},
v3 = {
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
};
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "Workbench_task",
  "selections": [
    (v0/*:: as any*/),
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
      "concreteType": "Lease",
      "kind": "LinkedField",
      "name": "lease",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "mine",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "until",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "token",
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Document",
      "kind": "LinkedField",
      "name": "document",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "Event",
          "kind": "LinkedField",
          "name": "erasedBy",
          "plural": false,
          "selections": [
            {
              "args": null,
              "kind": "FragmentSpread",
              "name": "ErasedNotice_event"
            }
          ],
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Reading",
          "kind": "LinkedField",
          "name": "reading",
          "plural": false,
          "selections": [
            (v0/*:: as any*/)
          ],
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
            (v1/*:: as any*/),
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
          "concreteType": "Page",
          "kind": "LinkedField",
          "name": "pages",
          "plural": true,
          "selections": [
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "number",
              "storageKey": null
            },
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "width",
              "storageKey": null
            },
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "height",
              "storageKey": null
            },
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "imageUrl",
              "storageKey": null
            },
            {
              "args": null,
              "kind": "FragmentSpread",
              "name": "PageView_pages"
            }
          ],
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Field",
          "kind": "LinkedField",
          "name": "fields",
          "plural": true,
          "selections": [
            (v0/*:: as any*/),
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
            (v2/*:: as any*/),
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
              "concreteType": "Reason",
              "kind": "LinkedField",
              "name": "reasons",
              "plural": true,
              "selections": [
                (v1/*:: as any*/)
              ],
              "storageKey": null
            },
            (v3/*:: as any*/),
            {
              "alias": null,
              "args": null,
              "concreteType": "Alternative",
              "kind": "LinkedField",
              "name": "alternatives",
              "plural": true,
              "selections": [
                (v2/*:: as any*/),
                (v3/*:: as any*/)
              ],
              "storageKey": null
            },
            {
              "args": null,
              "kind": "FragmentSpread",
              "name": "FieldCard_field"
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
      "name": "LeaseNotices_task"
    },
    {
      "args": null,
      "kind": "FragmentSpread",
      "name": "TaskHeader_task"
    },
    {
      "args": null,
      "kind": "FragmentSpread",
      "name": "useDecision_task"
    }
  ],
  "type": "Task",
  "abstractKey": null
};
})();

(node as any).hash = "fedfd19e30c385eac71de8295c402266";

export default node;
