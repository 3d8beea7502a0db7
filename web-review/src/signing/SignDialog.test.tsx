import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { checkAccessibility } from "../testing/axe";
import { renderAt } from "../testing/renderAt";
import { plainType, sampleField, sampleTask } from "../testing/samples";

const device = { keyId: "60303ae2b998861b", custody: "DEVICE", revokedAt: null };
const STATEMENT = "countersign-statement/v1\ndecision: APPROVE\n";
const settled = sampleField({ id: "total", label: "Total", text: "47.00", status: "CONFIRMED" });

/** A task with nothing left to check, of a type whose decisions are signed. */
async function openTask({ signingKeys = [], required = true }: { signingKeys?: object[]; required?: boolean } = {}) {
  const { user, server } = renderAt("/tasks/task-1", "REVIEWER");
  await waitFor(() => expect(server.wasAsked("TaskScreenQuery")).toBe(true));
  await server.answer("TaskScreenQuery", {
    Task: () => sampleTask({ document: { ...sampleTask().document, fields: [settled] } }),
    DocumentType: () => ({ ...plainType, signing: { required } }),
    Viewer: () => ({ signingKeys }),
  });
  await screen.findByRole("region", { name: "Fields" });
  const prepare = async (id: string, seconds = 600) => {
    await waitFor(() => expect(server.wasAsked("usePreparedMutation")).toBe(true));
    const asked = server.asked("usePreparedMutation");
    const expiresAt = new Date(Date.now() + seconds * 1000).toISOString();
    await server.answer("usePreparedMutation", { PreparedDecision: () => ({ id, statement: STATEMENT, expiresAt }) });
    return asked;
  };
  return { user, server, prepare };
}

async function approve(signingKeys: object[]) {
  const { user, server, prepare } = await openTask({ signingKeys });
  await user.keyboard("{Control>}{Enter}{/Control}");
  const dialog = within(await screen.findByRole("dialog", { name: "Sign: Approve" }));
  return { user, server, prepare, dialog };
}

describe("signing with the password", () => {
  it("shows the whole statement first, and ends the task with one signature", async () => {
    const { user, server, prepare, dialog } = await approve([]);
    expect(dialog.queryByLabelText("Your password, again")).toBeNull();
    const asked = await prepare("prepared-1");
    expect(asked).toMatchObject({
      task: "task-1",
      leaseToken: 7,
      decision: "APPROVE",
      keyId: null,
    });
    expect(dialog.getByRole("group", { name: "Statement" }).textContent).toBe(STATEMENT);
    expect(dialog.getByText("The server signs for you with the key it keeps for you.")).toBeTruthy();
    const password = dialog.getByLabelText("Your password, again");
    expect(document.activeElement === password).toBe(true);
    await checkAccessibility();

    await user.keyboard("{Enter}");
    expect(dialog.getByText("Give your password.")).toBeTruthy();
    expect(server.wasAsked("useDecisionDecideMutation")).toBe(false);

    await user.keyboard("four plain words{Enter}");
    expect(server.asked("useDecisionDecideMutation")).toMatchObject({
      taskId: "task-1",
      decision: "APPROVE",
      signature: { prepared: "prepared-1", password: "four plain words" },
    });
    await server.answer("useDecisionDecideMutation");
    await waitFor(() => expect(server.wasAsked("claimNextMutation")).toBe(true));
    await server.answer("claimNextMutation", { Task: () => sampleTask({ id: "task-2" }) });
    expect(location.pathname).toBe("/tasks/task-2");
  });

  it("says at the field that the password is wrong, keeps the focus there, and asks again under a new key", async () => {
    const { user, server, prepare, dialog } = await approve([]);
    await prepare("prepared-1");
    await user.keyboard("wrong{Enter}");
    const { idempotencyKey } = server.asked("useDecisionDecideMutation");
    await server.refuse("useDecisionDecideMutation", "INVALID", "wrong", { reason: "PASSWORD_WRONG" });
    expect(dialog.getByText("The password is wrong. Nothing was signed.")).toBeTruthy();
    expect(document.activeElement === dialog.getByLabelText("Your password, again")).toBe(true);
    await user.clear(dialog.getByLabelText("Your password, again"));
    await user.keyboard("right{Enter}");
    await waitFor(() => expect(server.wasAsked("useDecisionDecideMutation")).toBe(true));
    expect(server.asked("useDecisionDecideMutation").signature).toEqual({ prepared: "prepared-1", password: "right" });
    expect(server.asked("useDecisionDecideMutation").idempotencyKey).not.toBe(idempotencyKey);
  });

  it("prepares another statement when the first has expired or something changed", async () => {
    const { user, server, prepare, dialog } = await approve([]);
    await prepare("prepared-1", 0);
    expect((await dialog.findByRole("alert")).textContent).toContain("This statement has expired. Nothing was signed.");
    expect(dialog.queryByLabelText("Your password, again")).toBeNull();
    await user.click(dialog.getByRole("button", { name: "Prepare it again" }));
    await prepare("prepared-2");
    expect(document.activeElement === dialog.getByLabelText("Your password, again")).toBe(true);
    await user.keyboard("right{Enter}");
    await server.refuse("useDecisionDecideMutation", "CONFLICT", "changed", { reason: "STATEMENT_STALE" });
    expect(dialog.getByRole("alert").textContent).toContain("has changed meanwhile. Nothing was signed.");
    expect(dialog.getByRole("button", { name: "Sign" })).toHaveProperty("disabled", true);
  });

  it("gives the task back to the screen when the lease is lost", async () => {
    const { user, server, prepare } = await approve([]);
    await prepare("prepared-1");
    await user.keyboard("right{Enter}");
    await server.refuse("useDecisionDecideMutation", "LEASE_LOST", "Your lease has ended.");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByText("Your lease on this task has ended")).toBeTruthy();
  });

  it("says why no statement could be prepared, and asks again", async () => {
    const { user, server, prepare, dialog } = await approve([]);
    await waitFor(() => expect(server.wasAsked("usePreparedMutation")).toBe(true));
    await server.refuse("usePreparedMutation", "CONFLICT", "The document's events are not in the log yet.");
    expect(dialog.getByRole("alert").textContent).toContain("The document's events are not in the log yet.");
    await user.click(dialog.getByRole("button", { name: "Prepare it again" }));
    await prepare("prepared-2");
    expect(dialog.getByRole("group", { name: "Statement" })).toBeTruthy();
  });
});

describe("signing on a device", () => {
  it("gives the statement and the command, and takes what was answered", async () => {
    const { user, server, prepare, dialog } = await approve([device]);
    expect(await prepare("prepared-1")).toMatchObject({ keyId: device.keyId });
    expect(dialog.getByRole("button", { name: "Download the statement" })).toBeTruthy();
    expect(dialog.getByText("countersign sign statement --key signing-key.pem statement.txt")).toBeTruthy();
    const answer = dialog.getByRole("textbox", { name: "What it answered" });
    expect(document.activeElement === answer).toBe(true);
    await user.paste("c2lnbmF0\ndXJl\n");
    await user.click(dialog.getByRole("button", { name: "Sign" }));
    const signature = { prepared: "prepared-1", signature: "c2lnbmF0dXJl" };
    expect(server.asked("useDecisionDecideMutation").signature).toEqual(signature);
    await server.refuse("useDecisionDecideMutation", "INVALID", "bad", { reason: "SIGNATURE_WRONG" });
    expect(dialog.getByText(/This is no signature of this statement by that key/)).toBeTruthy();
    expect(document.activeElement === answer).toBe(true);
  });

  it("can be changed for the server's key, which makes another statement", async () => {
    const { user, prepare, dialog } = await approve([device]);
    await prepare("prepared-1");
    await user.click(dialog.getByRole("radio", { name: /^The server signs for you/ }));
    expect(dialog.queryByRole("group", { name: "Statement" })).toBeNull();
    expect(await prepare("prepared-2")).toMatchObject({ keyId: null });
    expect(dialog.getByLabelText("Your password, again")).toBeTruthy();
    // Whoever is still choosing keeps the focus.
    expect(document.activeElement === dialog.getByRole("radio", { name: /^The server signs for you/ })).toBe(true);
  });
});

it("is asked for when the server says that it is, whatever the page knew", async () => {
  const { user, server, prepare } = await openTask({ required: false });
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(server.wasAsked("useDecisionDecideMutation")).toBe(true));
  await server.refuse("useDecisionDecideMutation", "INVALID", "signed", { reason: "SIGNATURE_REQUIRED" });
  await screen.findByRole("dialog", { name: "Sign: Approve" });
  expect(await prepare("prepared-1")).toMatchObject({ task: "task-1", decision: "APPROVE" });
});

it("signs a rejection as one, with its reason", async () => {
  const { user, prepare } = await openTask();
  await user.keyboard("{Alt>}x{/Alt}");
  await user.type(await screen.findByRole("textbox", { name: "Reason" }), "No receipt");
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Reject" }));
  await screen.findByRole("dialog", { name: "Sign: Reject" });
  expect(await prepare("prepared-1")).toMatchObject({ decision: "REJECT", reason: "No receipt" });
});
