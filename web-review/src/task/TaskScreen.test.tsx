import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Unreachable } from "../relay/refusal";
import { renderAt } from "../testing/renderAt";
import {
  plainType,
  sampleActor,
  sampleEvent,
  sampleField,
  sampleLines,
  sampleStatement,
  sampleTask,
} from "../testing/samples";

async function openTask(more: object = {}, type: object = plainType) {
  const { user, server } = renderAt("/tasks/task-1");
  await waitFor(() => expect(server.wasAsked("TaskScreenQuery")).toBe(true));
  await server.answer("TaskScreenQuery", {
    Task: () => sampleTask(more),
    DocumentType: () => type,
  });
  await screen.findByRole("region", { name: "Fields" });
  return { user, server };
}

const input = (label: string) => screen.getByRole<HTMLTextAreaElement>("textbox", { name: label });

describe("a task", () => {
  it("starts with the broken rule and says why it is asked", async () => {
    await openTask();
    expect(input("Total")).toHaveProperty("value", "41.00");
    expect(document.activeElement).toBe(input("Total"));
    const total = within(screen.getByRole("group", { name: "Total" }));
    expect(total.getByText("Sum of lines is 47.00, total says 41.00")).toBeTruthy();
    expect(total.getByText("Hard to read: 1")).toBeTruthy();
    expect(total.getByText(/0\.713 · needs 0\.93/)).toBeTruthy();
    const order = screen.getAllByRole("textbox").map((field) => field.id);
    expect(order).toEqual(["field-total", "field-number", "field-company"]);
  });

  it("saves a correction under the lease and goes to the next field to check", async () => {
    const { user, server } = await openTask();
    await user.clear(input("Total"));
    await user.type(input("Total"), "47.00{Enter}");
    expect(server.asked("saveFieldCorrectMutation")).toMatchObject({
      fieldId: "total",
      expectedVersion: 1,
      taskId: "task-1",
      leaseToken: 7,
      text: "47.00",
      reason: "MISREAD",
      idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(document.activeElement).toBe(input("Receipt no."));
    // Shown at once, before the server has answered.
    expect(input("Total").value).toBe("47.00");
    expect(screen.getByText("1 left to check")).toBeTruthy();
    await server.answer("saveFieldCorrectMutation", {
      Field: () => sampleField({ id: "total", label: "Total", text: "47.00", status: "CORRECTED" }),
    });
    expect(screen.getByText("all saved")).toBeTruthy();
  });

  it("confirms what stays as it is", async () => {
    const { user, server } = await openTask();
    await user.keyboard("{Enter}");
    expect(server.asked("saveFieldConfirmMutation")).toMatchObject({ fieldId: "total", expectedVersion: 1 });
  });

  it("takes an offered reading, and Esc takes it back", async () => {
    const { user } = await openTask();
    await user.keyboard("{Alt>}1{/Alt}");
    expect(input("Total").value).toBe("47.00");
    await user.keyboard("{Escape}");
    expect(input("Total").value).toBe("41.00");
  });

  it("does not take an empty required field for an answer, but a mark", async () => {
    const { user, server } = await openTask();
    await user.click(input("Receipt no."));
    await user.keyboard("{Enter}");
    expect(screen.getByRole("alert").textContent).toContain("This field is required");
    expect(server.wasAsked("saveFieldMarkMutation")).toBe(false);
    await user.keyboard("{Alt>}m{/Alt}");
    expect(server.asked("saveFieldMarkMutation")).toMatchObject({ fieldId: "number", mark: "MISSING" });
  });

  it("fills the active field with a word of the page that was chosen by keyboard", async () => {
    const { user, server } = await openTask();
    await server.answer("PageWordsQuery", { Page: () => ({ lines: sampleLines }) });
    await user.keyboard("{Alt>}w{/Alt}{ArrowRight}{Shift>}{ArrowDown}{/Shift}{Enter}");
    expect(input("Total").value).toBe("47.00 CASH 50.00");
    expect(document.activeElement).toBe(input("Total"));
  });

  it("brings a refused save back with both values", async () => {
    const { user, server } = await openTask();
    await user.clear(input("Total"));
    await user.type(input("Total"), "47.00{Enter}");
    await server.refuse("saveFieldCorrectMutation", "CONFLICT", "Another change came first.", {
      current: { version: 2, text: "48.00", value: "48.00", status: "CORRECTED" },
    });
    await user.click(input("Total"));
    const conflict = within(await screen.findByRole("alert"));
    expect(conflict.getByText("48.00")).toBeTruthy();
    expect(conflict.getByText("47.00")).toBeTruthy();
    expect(input("Total").value).toBe("47.00");
    await user.click(conflict.getByRole("button", { name: "Use mine" }));
    expect(server.asked("saveFieldCorrectMutation")).toMatchObject({ text: "47.00", expectedVersion: 2 });
  });

  it("keeps what somebody else made of it, when asked to", async () => {
    const { user, server } = await openTask();
    await user.clear(input("Total"));
    await user.type(input("Total"), "47.00{Enter}");
    await server.refuse("saveFieldCorrectMutation", "CONFLICT", "Another change came first.", {
      current: { version: 2, text: "48.00", value: "48.00", status: "CORRECTED" },
    });
    await user.click(input("Total"));
    await user.click(await screen.findByRole("button", { name: "Keep theirs" }));
    expect(input("Total").value).toBe("48.00");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("sends a save again under the same key when the server was away", async () => {
    const { user, server } = await openTask();
    await user.keyboard("{Enter}");
    const { idempotencyKey } = server.asked("saveFieldConfirmMutation");
    await server.fail("saveFieldConfirmMutation", new Unreachable());
    expect(screen.getByText("1 waiting for the connection")).toBeTruthy();
    act(() => void dispatchEvent(new Event("online")));
    await waitFor(() => expect(server.wasAsked("saveFieldConfirmMutation")).toBe(true));
    expect(server.asked("saveFieldConfirmMutation").idempotencyKey).toBe(idempotencyKey);
  });

  it("keeps an edit in sight when the lease is lost, and goes on after taking the task again", async () => {
    const { user, server } = await openTask();
    await user.clear(input("Total"));
    await user.type(input("Total"), "47.00{Enter}");
    await server.refuse("saveFieldCorrectMutation", "LEASE_LOST", "Your lease has ended.");
    expect(screen.getByText("Your lease on this task has ended")).toBeTruthy();
    expect(input("Total").value).toBe("47.00");
    expect(input("Total").readOnly).toBe(true);
    await user.click(screen.getByRole("button", { name: "Take it again" }));
    const lease = { ...sampleTask().lease, token: 8 };
    await server.answer("LeaseNoticesClaimMutation", { Task: () => sampleTask({ lease }) });
    expect(input("Total").readOnly).toBe(false);
    await user.click(input("Total"));
    await user.keyboard("{Enter}");
    expect(server.asked("saveFieldCorrectMutation")).toMatchObject({ text: "47.00", leaseToken: 8 });
  });

  it("shows that somebody took it over", async () => {
    const { server } = await openTask();
    await server.push("TaskScreenSubscription", {
      TaskChange: () => ({ seq: 9 }),
      Task: () => ({
        ...sampleTask(),
        lease: { mine: false, token: null, until: sampleTask().lease.until, holder: { id: "b", name: "Ben Otieno" } },
      }),
    });
    expect(screen.getByText("Ben Otieno works on this task now.")).toBeTruthy();
    expect(input("Total").readOnly).toBe(true);
  });

  it("is not approved while a field is left, and is approved when none is", async () => {
    const { user, server } = await openTask();
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(screen.getByText("Still to check: Total, Receipt no.")).toBeTruthy();
    expect(server.wasAsked("useDecisionDecideMutation")).toBe(false);

    await user.keyboard("{Enter}");
    await server.answer("saveFieldConfirmMutation", {
      Field: () => sampleField({ id: "total", label: "Total", text: "41.00", status: "CONFIRMED" }),
    });
    await user.type(input("Receipt no."), "A-17{Control>}{Enter}{/Control}");
    // The last edit is saved first.
    await server.answer("saveFieldCorrectMutation", {
      Field: () => sampleField({ id: "number", label: "Receipt no.", text: "A-17", status: "CORRECTED" }),
    });
    await waitFor(() => expect(server.wasAsked("useDecisionDecideMutation")).toBe(true));
    expect(server.asked("useDecisionDecideMutation")).toMatchObject({ decision: "APPROVE", leaseToken: 7 });
    await server.answer("useDecisionDecideMutation", { Task: () => ({ id: "task-1", state: "DECIDED" }) });
    await waitFor(() => expect(server.wasAsked("claimNextMutation")).toBe(true));
    await server.answer("claimNextMutation", { Task: () => sampleTask({ id: "task-2" }) });
    expect(location.pathname).toBe("/tasks/task-2");
  });

  it("needs a reason to reject", async () => {
    const { user, server } = await openTask();
    await user.keyboard("{Alt>}x{/Alt}");
    const dialog = within(await screen.findByRole("dialog", { name: "Reject this document" }));
    await user.click(dialog.getByRole("button", { name: "Reject" }));
    expect(server.wasAsked("useDecisionDecideMutation")).toBe(false);
    await user.type(dialog.getByRole("textbox", { name: "Reason" }), "No receipt");
    await user.click(dialog.getByRole("button", { name: "Reject" }));
    await waitFor(() => expect(server.wasAsked("useDecisionDecideMutation")).toBe(true));
    expect(server.asked("useDecisionDecideMutation")).toMatchObject({ decision: "REJECT", reason: "No receipt" });
  });

  it("says that its document was erased, where the fields and the page were", async () => {
    const erasedBy = sampleEvent({ seq: 77, type: "privacy.erased/v1", actor: { ...sampleActor, name: "Ben Otieno" } });
    const document = { ...sampleTask().document, state: "ERASED", fileName: null, pages: [], erasedBy };
    await openTask({ state: "CANCELLED", lease: null, document });
    expect(screen.getByText(/^Ben Otieno erased it .*, leaf 77\.$/)).toBeTruthy();
    expect(screen.getByText("This task was cancelled: the document needs no review any more.")).toBeTruthy();
    expect(screen.queryByRole("textbox", { name: "Total" })).toBeNull();
    expect(screen.getByRole("link", { name: "Erased, cument-1" })).toBeTruthy();
  });

  it("shows how a decision was signed", async () => {
    const receipt = { index: 44, url: "/files/receipts/e" };
    await openTask({ state: "DECIDED", decision: "APPROVE", lease: null, statement: sampleStatement(), receipt });
    expect(screen.getByText(/^This task was approved\./)).toBeTruthy();
    expect(screen.getByText(/^Signed by Ben Otieno/).textContent).toMatch(/meaning approval; the server signed/);
    expect(screen.getByRole("link", { name: "Receipt" })).toBeTruthy();
  });

  it("is given back with a reason", async () => {
    const { user, server } = await openTask();
    await user.keyboard("{Alt>}s{/Alt}");
    await user.click(await screen.findByRole("radio", { name: "Later" }));
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Skip" }));
    await waitFor(() => expect(server.wasAsked("useDecisionReleaseMutation")).toBe(true));
    expect(server.asked("useDecisionReleaseMutation")).toMatchObject({ reason: "POSTPONED" });
  });

  it("keeps an unsaved edit over a reload of the tab", async () => {
    const { user } = await openTask();
    await user.clear(input("Total"));
    await user.type(input("Total"), "47.0");
    document.body.replaceChildren();
    await openTask();
    expect(input("Total").value).toBe("47.0");
  });
});
