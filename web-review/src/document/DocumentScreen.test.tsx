import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { renderAt } from "../testing/renderAt";
import { sampleEvent, sampleField, sampleTask } from "../testing/samples";

const machine = { id: "system", kind: "SYSTEM", name: null, erasedBy: null };
const ben = { id: "user-2", kind: "USER", name: "Ben Otieno", erasedBy: null };
const value = { value: "47.00", confidence: null, reasonCode: null, at: "2026-03-01T10:00:00.000Z" };

const total = {
  ...sampleField({ id: "total", label: "Total", text: "47.00", status: "CORRECTED" }),
  history: [
    { ...value, version: 1, status: "NEEDS_REVIEW", text: "41.00", confidence: 713_000, actor: machine },
    { ...value, version: 2, status: "CORRECTED", text: "47.00", reasonCode: "MISREAD", actor: ben },
  ],
};

const received = sampleEvent({ seq: 41, type: "document.received/v1", actor: machine });

function sampleDocument(more: object) {
  return {
    ...sampleTask().document,
    id: "document-1",
    state: "ACCEPTED",
    typeName: "receipt",
    receivedAt: "2026-03-01T09:00:00.000Z",
    retainUntil: null,
    hold: false,
    straightThrough: false,
    failure: null,
    erasedBy: null,
    tasks: [],
    fields: [total],
    events: { edges: [{ cursor: "1", node: received }], pageInfo: { hasNextPage: false, endCursor: "1" } },
    ...more,
  };
}

async function openDocument(more: object, straightThrough = false) {
  const shown = renderAt("/documents/document-1");
  await waitFor(() => expect(shown.server.wasAsked("DocumentScreenQuery")).toBe(true));
  await shown.server.answer("DocumentScreenQuery", {
    Document: () => sampleDocument(more),
    DocumentType: () => ({ name: "receipt", straightThrough }),
  });
  await screen.findByRole("heading", { name: "scan.jpg" });
  return shown;
}

describe("a document", () => {
  it("shows every value a field had, and who made it", async () => {
    const { user } = await openDocument({});
    await user.click(screen.getByRole("button", { name: /^Total/ }));
    const [first, second] = within(screen.getByRole("list", { name: "History of Total" })).getAllByRole("listitem");
    expect(first?.textContent).toMatch(/41\.00.*The machine, to check 0\.713/);
    expect(second?.textContent).toMatch(/47\.00.*Ben Otieno, corrected, misread/);
  });

  it("proves each step, and fetches the proof only when it is asked for", async () => {
    const { user, server } = await openDocument({});
    const timeline = within(screen.getByRole("region", { name: "Timeline" }));
    expect(timeline.getByText("Document received")).toBeTruthy();
    expect(timeline.getByText("Leaf 41")).toBeTruthy();
    expect(server.wasAsked("EventProofQuery")).toBe(false);
    await user.click(timeline.getByText("Proof"));
    await waitFor(() => expect(server.wasAsked("EventProofQuery")).toBe(true));
    await server.answer("EventProofQuery", { Event: () => ({ ...received, proof: null }) });
    expect(await timeline.findByText('{"v":1}')).toBeTruthy();
    expect(timeline.getByText("c0ffee")).toBeTruthy();
    expect(timeline.getByText(/^No checkpoint covers this leaf yet/)).toBeTruthy();
  });

  it("says why it could not be read, and can be read again or typed in by hand", async () => {
    const failure = { code: "NO_TEXT", message: "No text was found on the page." };
    const { user, server } = await openDocument({ state: "FAILED", failure, fields: [], reading: null });
    expect(screen.getByText("No text was found on the page.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Read again" }));
    expect(server.asked("FailurePanelRetryMutation")).toMatchObject({ documentId: "document-1" });
    await server.refuse("FailurePanelRetryMutation", "INTERNAL", "Something broke.");
    expect(await screen.findByText(/tell an administrator this number: request-1/)).toBeTruthy();

    await user.click(screen.getByRole("button", { name: "Type in by hand" }));
    await server.answer("FailurePanelTypeMutation", {
      Task: () => ({ id: "task-5" }),
      Document: () => sampleDocument({ state: "IN_REVIEW" }),
    });
    expect(location.pathname).toBe("/tasks/task-5");
  });

  it("changes before the reader's eyes", async () => {
    const { server } = await openDocument({ state: "READING", fields: [], reading: null });
    expect(screen.getByText("Is being read now. The fields appear here by themselves.")).toBeTruthy();
    await server.push("DocumentScreenSubscription", {
      DocumentChange: () => ({ seq: 50 }),
      Document: () => sampleDocument({ state: "IN_REVIEW" }),
    });
    expect(screen.getByText("In review")).toBeTruthy();
    expect(screen.getByRole("button", { name: /^Total/ })).toBeTruthy();
  });

  it("says when its type lets documents pass without a person", async () => {
    await openDocument({}, true);
    expect(screen.getByText(/passes without a person/)).toBeTruthy();
  });

  it("says when no person has looked at it", async () => {
    await openDocument({ straightThrough: true }, true);
    expect(screen.getByText(/No person has looked at this document/)).toBeTruthy();
  });
});
