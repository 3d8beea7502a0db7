/**
 * @generated SignedSource<<d2dbe53df5707cfb758709060d7b888c>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type DocumentState = "ACCEPTED" | "ERASED" | "FAILED" | "IN_REVIEW" | "READING" | "RECEIVED" | "REJECTED";
export type FieldStatus = "ACCEPTED_BY_MACHINE" | "CONFIRMED" | "CORRECTED" | "ILLEGIBLE" | "MISSING" | "NEEDS_REVIEW" | "READ";
export type TaskState = "CANCELLED" | "CLAIMED" | "DECIDED" | "ESCALATED" | "OPEN";
import { FragmentRefs } from "relay-runtime";
export type DocumentView_document$data = {
  readonly erasedBy: {
    readonly " $fragmentSpreads": FragmentRefs<"ErasedNotice_event">;
  } | null | undefined;
  readonly failure: {
    readonly code: string;
  } | null | undefined;
  readonly fields: ReadonlyArray<{
    readonly id: string;
    readonly regions: ReadonlyArray<{
      readonly page: number;
      readonly quad: ReadonlyArray<number>;
    }>;
    readonly status: FieldStatus;
    readonly " $fragmentSpreads": FragmentRefs<"FieldHistory_field">;
  }>;
  readonly fileName: string | null | undefined;
  readonly id: string;
  readonly pages: ReadonlyArray<{
    readonly " $fragmentSpreads": FragmentRefs<"PageView_pages">;
  }>;
  readonly reading: {
    readonly confidence: number;
    readonly engine: string;
    readonly engineVersion: string;
    readonly pack: string;
    readonly packVersion: string;
  } | null | undefined;
  readonly reasons: ReadonlyArray<{
    readonly code: string;
    readonly message: string;
  }>;
  readonly receivedAt: string;
  readonly state: DocumentState;
  readonly straightThrough: boolean;
  readonly tasks?: ReadonlyArray<{
    readonly id: string;
    readonly state: TaskState;
  }>;
  readonly typeLabel: string;
  readonly " $fragmentSpreads": FragmentRefs<"Decisions_document" | "FailurePanel_document" | "KeepingPanel_document" | "Timeline_document">;
  readonly " $fragmentType": "DocumentView_document";
};
export type DocumentView_document$key = {
  readonly " $data"?: DocumentView_document$data;
  readonly " $fragmentSpreads": FragmentRefs<"DocumentView_document">;
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
  "name": "state",
  "storageKey": null
},
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "code",
  "storageKey": null
},
v3 = [
  {
    "kind": "Variable",
    "name": "readsTasks",
    "variableName": "readsTasks"
  }
];
return {
  "argumentDefinitions": [
    {
      "defaultValue": false,
      "kind": "LocalArgument",
      "name": "readsTasks"
    }
  ],
  "kind": "Fragment",
  "metadata": null,
  "name": "DocumentView_document",
  "selections": [
    (v0/*:: as any*/),
    (v1/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "fileName",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "typeLabel",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "receivedAt",
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
      "concreteType": "Failure",
      "kind": "LinkedField",
      "name": "failure",
      "plural": false,
      "selections": [
        (v2/*:: as any*/)
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
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "engine",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "engineVersion",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "pack",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "packVersion",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "confidence",
          "storageKey": null
        }
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
        (v2/*:: as any*/),
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
      "condition": "readsTasks",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "Task",
          "kind": "LinkedField",
          "name": "tasks",
          "plural": true,
          "selections": [
            (v0/*:: as any*/),
            (v1/*:: as any*/)
          ],
          "storageKey": null
        }
      ]
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
          "name": "status",
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
          "name": "FieldHistory_field"
        }
      ],
      "storageKey": null
    },
    {
      "args": null,
      "kind": "FragmentSpread",
      "name": "FailurePanel_document"
    },
    {
      "args": (v3/*:: as any*/),
      "kind": "FragmentSpread",
      "name": "Timeline_document"
    },
    {
      "args": null,
      "kind": "FragmentSpread",
      "name": "KeepingPanel_document"
    },
    {
      "args": (v3/*:: as any*/),
      "kind": "FragmentSpread",
      "name": "Decisions_document"
    }
  ],
  "type": "Document",
  "abstractKey": null
};
})();

(node as any).hash = "28e071f825229db0c0fd5ae97479e4bb";

export default node;
