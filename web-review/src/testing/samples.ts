const QUAD = [100_000, 200_000, 300_000, 200_000, 300_000, 220_000, 100_000, 220_000];

interface SampleField {
  id: string;
  label: string;
  text: string;
  status: string;
  required?: boolean;
  confidence?: number;
  reasons?: { code: string; message: string }[];
  alternatives?: { text: string; confidence: number; regions: { page: number; quad: number[] }[] }[];
  characterConfidences?: number[];
}

export function sampleField(field: SampleField) {
  return {
    kind: "TEXT",
    required: true,
    version: 1,
    value: field.text === "" ? null : field.text,
    confidence: 980_000,
    threshold: 930_000,
    regions: field.text === "" ? [] : [{ page: 1, quad: QUAD }],
    characterConfidences: [],
    reasons: [],
    alternatives: [],
    history: [],
    ...field,
  };
}

/** Three fields: a total that breaks a rule, a required number that is missing, and a company that was trusted. */
export const receiptFields = [
  sampleField({ id: "company", label: "Company", text: "KEDAI BUKU", status: "ACCEPTED_BY_MACHINE" }),
  sampleField({
    id: "number",
    label: "Receipt no.",
    text: "",
    status: "NEEDS_REVIEW",
    confidence: 0,
    reasons: [{ code: "MISSING", message: "Nothing was found, and the field is required" }],
  }),
  sampleField({
    id: "total",
    label: "Total",
    text: "41.00",
    status: "NEEDS_REVIEW",
    confidence: 713_000,
    reasons: [{ code: "RULE_BROKEN", message: "Sum of lines is 47.00, total says 41.00" }],
    alternatives: [{ text: "47.00", confidence: 214_000, regions: [{ page: 1, quad: QUAD }] }],
    characterConfidences: [990_000, 520_000, 990_000, 990_000, 990_000],
  }),
];

export function sampleTask(more: object = {}) {
  return {
    id: "task-1",
    state: "CLAIMED",
    decision: null,
    queue: { id: "queue-1", name: "Receipts" },
    lease: {
      mine: true,
      token: 7,
      until: new Date(Date.now() + 900_000).toISOString(),
      holder: { id: "viewer", name: "Ada Reyes" },
    },
    statement: null,
    receipt: null,
    document: {
      id: "document-1",
      state: "IN_REVIEW",
      erasedBy: null,
      typeName: "receipt",
      typeVersion: 1,
      fileName: "scan.jpg",
      typeLabel: "Receipt",
      version: 3,
      reading: { id: "reading-1" },
      reasons: [],
      pages: [{ id: "page-1", number: 1, width: 1000, height: 2000, imageUrl: "/api/pages/1.jpg" }],
      fields: receiptFields,
    },
    ...more,
  };
}

/** Two lines of two words each. */
export const sampleLines = [
  { words: [word("TOTAL", 100, 100), word("47.00", 300, 100)] },
  { words: [word("CASH", 100, 150), word("50.00", 300, 150)] },
];

/** A word of 150 × 30 on a page of 1000 × 2000 pixels. */
function word(text: string, x: number, y: number) {
  const [left, right, top, bottom] = [x * 1000, (x + 150) * 1000, y * 500, (y + 30) * 500];
  return { text, quad: [left, top, right, top, right, bottom, left, bottom] };
}

export const sampleActor = { id: "user-12345678", kind: "USER", name: null, erasedBy: null };

/** An event of the log; the resolvers of a test say what else it is. */
export function sampleEvent(more: object = {}) {
  return {
    __typename: "Event",
    id: "event-1",
    seq: 131,
    type: "field.corrected/v1",
    occurredAt: "2026-03-01T09:00:00.000Z",
    recordedAt: "2026-03-01T09:00:00.000Z",
    subjectKind: "document",
    subjectId: "document-1",
    leafHash: "c0ffee",
    leaf: '{"v":1}',
    statement: null,
    receipt: null,
    actor: sampleActor,
    ...more,
  };
}

/** The signature of a decision, by a key that the server holds. */
export function sampleStatement(more: object = {}) {
  return {
    signerName: "Ben Otieno",
    text: "countersign-statement/v1\ndecision: APPROVE\n",
    meaning: "APPROVAL",
    custody: "SERVER_HELD",
    keyId: "9f86d081884c7d65",
    signedAt: "2026-03-01T10:00:00.000Z",
    verifies: true,
    erasedBy: null,
    ...more,
  };
}

/** Types that ask for no signature. */
export const plainType = {
  name: "receipt",
  version: 1,
  label: "Receipt",
  straightThrough: false,
  signing: { required: false },
};
