import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { checkAccessibility } from "../testing/axe";
import { renderAt } from "../testing/renderAt";
import { sampleEvent, sampleField, sampleStatement, sampleTask } from "../testing/samples";

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

afterEach(() => void vi.useRealTimers());

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

  it("shows each decision with its signature and receipt", async () => {
    const decided = {
      id: "task-1",
      state: "DECIDED",
      stage: 1,
      decision: "APPROVE",
      decidedAt: "2026-03-01T10:00:00.000Z",
      statement: sampleStatement(),
      receipt: { index: 44, url: "/files/receipts/e" },
    };
    const { user } = await openDocument({ tasks: [decided] });
    const decisions = within(screen.getByRole("region", { name: "Decisions" }));
    expect(decisions.getByText("Approved")).toBeTruthy();
    expect(decisions.getByText(/^Signed by Ben Otieno/).textContent).toMatch(
      /2026.*meaning approval; the server signed/,
    );
    expect(decisions.getByText("The signature verifies")).toBeTruthy();
    expect(decisions.getByRole<HTMLAnchorElement>("link", { name: "Receipt" }).pathname).toBe("/files/receipts/e");
    await user.click(decisions.getByText("What was signed"));
    expect(decisions.getByRole("group", { name: "Statement" }).textContent).toContain("decision: APPROVE");
    await checkAccessibility();
  });

  it("looks for a receipt until it has come", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const decided = { id: "task-1", state: "DECIDED", stage: 1, decision: "APPROVE", decidedAt: null, statement: null };
    const { server } = await openDocument({ tasks: [{ ...decided, receipt: null }] });
    expect(screen.getByText("The receipt follows with the next checkpoint.")).toBeTruthy();
    await act(() => vi.advanceTimersByTimeAsync(2500));
    const receipt = { index: 44, url: "/files/receipts/e" };
    await server.answer("DecisionsReceiptsQuery", {
      Document: () => ({ id: "document-1", tasks: [{ ...decided, receipt }] }),
    });
    expect(screen.getByRole("link", { name: "Receipt" })).toBeTruthy();
    await act(() => vi.advanceTimersByTimeAsync(10_000));
    expect(server.wasAsked("DecisionsReceiptsQuery")).toBe(false);
  });

  it("says of a signature whose text was erased which event did it", async () => {
    const statement = sampleStatement({ signerName: null, text: null, erasedBy: { seq: 118 } });
    const events = { edges: [{ cursor: "1", node: sampleEvent({ type: "task.decided/v1", statement }) }] };
    await openDocument({ events });
    const timeline = within(screen.getByRole("region", { name: "Timeline" }));
    expect(timeline.getByText(/^Signed by an erased person/)).toBeTruthy();
    expect(timeline.getByText("The text was erased by leaf 118.")).toBeTruthy();
  });

  it("requests its evidence for an auditor", async () => {
    const { user, server } = await openDocument({});
    await user.click(screen.getByRole("button", { name: "Evidence of this document" }));
    const dialog = within(screen.getByRole("dialog", { name: "Evidence of this document" }));
    await user.click(dialog.getByRole("checkbox", { name: /^Uploaded files/ }));
    await user.click(dialog.getByRole("button", { name: "Request bundle" }));
    expect(server.asked("RequestDialogMutation")).toMatchObject({
      kind: "DOCUMENT",
      document: "document-1",
      documents: true,
    });
    await server.answer("RequestDialogMutation");
    expect(screen.getByRole<HTMLAnchorElement>("link", { name: "See its progress" }).pathname).toBe("/audit/bundles");
  });
});

describe("keeping and erasing a document", () => {
  it("shows its term, and puts it on hold with a reason", async () => {
    const { user, server } = await openDocument({ retainUntil: "2036-03-01T12:00:00.000Z" });
    const keeping = within(screen.getByRole("region", { name: "Keeping and erasing" }));
    expect(keeping.getByText(/^Kept until .*2036/)).toBeTruthy();
    await user.click(keeping.getByRole("button", { name: "Put on hold" }));
    const dialog = within(screen.getByRole("dialog", { name: "Put this document on hold" }));
    await user.click(dialog.getByRole("button", { name: "Put on hold" }));
    expect(dialog.getByText("Say why; the record keeps it.")).toBeTruthy();
    await user.type(dialog.getByRole("textbox", { name: "Reason" }), "Court case 7");
    await user.click(dialog.getByRole("button", { name: "Put on hold" }));
    expect(server.asked("HoldDialogMutation")).toMatchObject({
      document: "document-1",
      on: true,
      reason: "Court case 7",
    });
    await server.answer("HoldDialogMutation", { Document: () => sampleDocument({ hold: true }) });
    expect(keeping.getByText("On hold: it can't be erased.")).toBeTruthy();
    expect(keeping.getByRole("button", { name: "Lift the hold" })).toBeTruthy();
  });

  it("says what goes and what stays, why it was refused, and shows what was erased as erased", async () => {
    const { user, server } = await openDocument({});
    await user.click(screen.getByRole("button", { name: "Erase document" }));
    const dialog = within(screen.getByRole("dialog", { name: "Erase this document" }));
    expect(dialog.getByText("the uploaded file and the images of its pages")).toBeTruthy();
    expect(dialog.getByText(/bundles still verify/)).toBeTruthy();
    const erase = dialog.getByRole("button", { name: "Erase document" });
    expect(erase).toHaveProperty("disabled", true);
    await user.type(dialog.getByRole("textbox", { name: "Reason" }), "Asked for by the sender");
    await user.click(dialog.getByRole("checkbox"));
    await user.click(erase);
    await server.refuse("KeepingPanelEraseMutation", "CONFLICT", "It is on hold", { reason: "ON_HOLD" });
    expect(dialog.getByRole("alert").textContent).toContain("It is on hold. Lift the hold first");
    await checkAccessibility();

    await user.click(erase);
    const gone = { ...total, text: "", value: null, history: total.history.map((value) => ({ ...value, text: "" })) };
    await server.answer("KeepingPanelEraseMutation", {
      Document: () =>
        sampleDocument({
          state: "ERASED",
          fileName: null,
          pages: [],
          fields: [gone],
          erasedBy: sampleEvent({ id: "event-9", seq: 77, type: "privacy.erased/v1", actor: ben }),
        }),
    });
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByRole("heading", { name: "Erased, cument-1" })).toBeTruthy();
    expect(screen.getByText(/^Ben Otieno erased it .*, leaf 77\.$/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: /^Total/ }));
    const history = within(screen.getByRole("list", { name: "History of Total" })).getAllByRole("listitem");
    for (const value of history) expect(value.textContent).toMatch(/^erased/);
    expect(screen.queryByRole("button", { name: "Erase document" })).toBeNull();
  });
});
