import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { checkAccessibility } from "../testing/axe";
import { renderAt } from "../testing/renderAt";
import { sampleActor, sampleEvent, sampleStatement } from "../testing/samples";

const log = {
  origin: "countersign.example/log/mawar/e1",
  epoch: 1,
  size: 132,
  verifierKey: "countersign.example/log/mawar/e1+1f2e3d4c+AWFi",
  unwitnessedSince: null,
  alarm: null,
  checkpointRecipients: [],
  keys: [
    {
      verifierKey: "old+11111111+AWFi",
      keyId: "11111111",
      validFrom: 0,
      retiredAt: 100,
      revokedAt: null,
    },
    {
      verifierKey: "new+1f2e3d4c+AWFi",
      keyId: "1f2e3d4c",
      validFrom: 90,
      retiredAt: null,
      revokedAt: null,
    },
  ],
  checkpoint: {
    id: "checkpoint-1",
    size: 120,
    root: "e49d63b2",
    signedAt: "2026-03-01T09:00:00.000Z",
    note: "the note",
    signatures: [{ name: "countersign.example/log/mawar/e1", keyId: "1f2e3d4c", kind: "LOG", time: null }],
  },
};

const edges = (...events: object[]) => ({ edges: events.map((node, index) => ({ cursor: `${index}`, node })) });

async function openAudit(
  more: object = {},
  { path = "/audit", events = [sampleEvent()] as object[], role = "AUDITOR" } = {},
) {
  const shown = renderAt(path, role as "AUDITOR");
  await waitFor(() => expect(shown.server.wasAsked("AuditScreenQuery")).toBe(true));
  const asked = shown.server.asked("AuditScreenQuery");
  await shown.server.answer("AuditScreenQuery", {
    Log: () => ({ ...log, ...more }),
    EventConnection: () => ({ ...edges(...events), pageInfo: { hasNextPage: false, endCursor: null } }),
    CheckpointConnection: () => ({ edges: [] }),
  });
  await screen.findByText("countersign.example/log/mawar/e1");
  return { ...shown, asked };
}

describe("the log", () => {
  it("shows what an auditor pins, every key with its term, and who signed the newest checkpoint", async () => {
    const { user } = await openAudit();
    expect(screen.getByText(/^120 leaves, signed/)).toBeTruthy();
    expect(screen.getByText("e49d63b2")).toBeTruthy();
    expect(screen.getByText(/key 1f2e3d4c, the log's own/)).toBeTruthy();
    const keys = within(screen.getByRole("table", { name: "Keys of the log" }));
    expect(keys.getByText(/^checkpoints of more than 0 and at most 100 leaves; retired$/)).toBeTruthy();
    expect(keys.getByText("checkpoints of more than 90 leaves; in use")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Copy: Verifier key 1f2e3d4c" }));
    expect(await navigator.clipboard.readText()).toBe("new+1f2e3d4c+AWFi");
    expect(await screen.findByRole("button", { name: "Copied" })).toBeTruthy();
    await checkAccessibility();
  });

  it("tells a log that somebody outside has seen from one that nobody has, and what to do about it", async () => {
    const { user, server } = await openAudit({ unwitnessedSince: "2026-03-01T09:00:00.000Z" });
    expect(screen.getByText(/^No outside party has held a head of this log since/)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Download checkpoint" })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Add a recipient" }));
    const dialog = within(screen.getByRole("dialog", { name: "Who gets the heads of the log" }));
    await user.type(dialog.getByRole("textbox"), "auditor.example.org");
    await user.click(dialog.getByRole("button", { name: "Save recipients" }));
    expect(dialog.getByText("Not an address: auditor.example.org")).toBeTruthy();
    expect(server.wasAsked("RecipientsDialogSetMutation")).toBe(false);

    await user.clear(dialog.getByRole("textbox"));
    await user.type(dialog.getByRole("textbox"), "ines@auditor.example.org{Enter}jo@auditor.example.org");
    await user.click(dialog.getByRole("button", { name: "Save recipients" }));
    const addresses = ["ines@auditor.example.org", "jo@auditor.example.org"];
    expect(server.asked("RecipientsDialogSetMutation")).toMatchObject({ addresses });
    await server.answer("RecipientsDialogSetMutation");
    expect(screen.queryByRole("dialog")).toBeNull();
    await server.answer("AuditScreenQuery", {
      Log: () => ({ ...log, checkpointRecipients: addresses }),
      EventConnection: () => edges(),
      CheckpointConnection: () => edges(),
    });
    expect(screen.getByText("ines@auditor.example.org and jo@auditor.example.org")).toBeTruthy();
  });

  it("raises the alarm with the first break", async () => {
    await openAudit({ alarm: "Leaf 41 does not hash to what was signed." });
    const alert = screen.getByRole("alert");
    expect(alert.textContent).toContain("Signing has stopped");
    expect(alert.textContent).toContain("Leaf 41 does not hash to what was signed.");
  });
});

describe("the events", () => {
  it("are shown by pseudonym where the name may not be seen, and as erased where it was erased", async () => {
    const gone = sampleEvent({
      id: "event-2",
      seq: 130,
      actor: { ...sampleActor, id: "user-87654321", erasedBy: { seq: 129 } },
    });
    await openAudit({}, { events: [sampleEvent(), gone] });
    const row = screen.getByRole("cell", { name: "131" }).closest("tr");
    expect(row?.textContent).toMatch(/Field corrected.*Reviewer 12345678.*document/);
    expect(screen.getByRole("cell", { name: "130" }).closest("tr")?.textContent).toContain("Erased person 87654321");
  });

  it("show a decision's signature: who, when, what it means, how, and whether it verifies", async () => {
    const decided = sampleEvent({ type: "task.decided/v1", statement: sampleStatement({ verifies: false }) });
    await openAudit({}, { events: [decided] });
    const row = screen.getByRole("cell", { name: "131" }).closest("tr")?.textContent;
    expect(row).toMatch(/Signed by Ben Otieno, .*2026.*, meaning approval; the server signed for them/);
    expect(row).toContain("The signature does not verify");
  });

  it("are filtered by what stands in the URL", async () => {
    const path = "/audit?type=task.decided/v1&actor=user-12345678&from=2026-03-01&until=2026-03-31";
    const { asked, user, server } = await openAudit({}, { path });
    expect(asked).toEqual({
      types: ["task.decided/v1"],
      actor: "user-12345678",
      subject: null,
      from: new Date(2026, 2, 1).toISOString(),
      to: new Date(2026, 3, 1).toISOString(),
    });
    await user.click(screen.getByRole("button", { name: "Drop: Only events by Reviewer 12345678" }));
    expect(location.search).toBe("?type=task.decided%2Fv1&from=2026-03-01&until=2026-03-31");
    await server.answer("AuditScreenQuery", {
      Log: () => log,
      EventConnection: () => ({ edges: [] }),
      CheckpointConnection: () => ({ edges: [] }),
    });
    expect(screen.getByText("No event fits this filter.")).toBeTruthy();
    await user.selectOptions(screen.getByRole("combobox", { name: "Event" }), "Document received");
    expect(server.asked("AuditScreenQuery")).toMatchObject({ types: ["document.received/v1"], actor: null });
  });

  it("that are appended move nothing; they are offered when they fit the filter", async () => {
    const { user, server } = await openAudit({}, { path: "/audit?type=field.corrected/v1" });
    const appended = (seq: number, type: string) =>
      server.push("EventLogSubscription", {
        AuditAppended: () => ({ seq }),
        Event: () => sampleEvent({ id: `event-${seq}`, seq, type }),
      });
    expect(server.asked("EventLogSubscription")).toEqual({ after: 131 });
    await appended(132, "task.claimed/v1");
    expect(screen.queryByRole("button", { name: /new event/ })).toBeNull();
    await appended(133, "field.corrected/v1");
    expect(screen.getAllByRole("button", { name: /^Proof of leaf/ })).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: "Show 1 new event" }));
    await server.answer("AuditScreenQuery", {
      Log: () => ({ ...log, size: 134 }),
      EventConnection: () => edges(sampleEvent({ id: "event-133", seq: 133 }), sampleEvent()),
      CheckpointConnection: () => ({ edges: [] }),
    });
    expect(screen.getByRole("button", { name: "Proof of leaf 133" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: /new event/ })).toBeNull();
  });

  it("teach what will stand here while there are none", async () => {
    await openAudit({ size: 0, checkpoint: null }, { events: [] });
    expect(screen.getByText(/^Nothing is recorded yet/)).toBeTruthy();
    expect(screen.getByText(/^No checkpoints yet\./)).toBeTruthy();
  });

  it("each open their proof, with what is needed to verify it elsewhere", async () => {
    const { user, server } = await openAudit();
    const button = screen.getByRole("button", { name: "Proof of leaf 131" });
    await user.click(button);
    expect(button.getAttribute("aria-expanded")).toBe("true");
    await server.answer("EventProofQuery", {
      Event: () =>
        sampleEvent({
          proof: {
            index: 131,
            size: 133,
            root: "b00c",
            hashes: ["aa", "bb"],
            text: "c2sp.org/tlog-proof@v1\nindex 131\n",
          },
        }),
      Checkpoint: () => ({ note: "the note", signedAt: "2026-03-01T09:00:05.000Z" }),
      Log: () => log,
    });
    expect(screen.getByText("leaf 131 of 133")).toBeTruthy();
    expect(screen.getByRole("group", { name: "Leaf, byte for byte" }).textContent).toBe('{"v":1}');
    await user.click(screen.getByRole("button", { name: "Copy: Proof with its leaf, as a file (C2SP tlog-proof)" }));
    expect(await navigator.clipboard.readText()).toBe(`c2sp.org/tlog-proof@v1\nextra ${btoa('{"v":1}')}\nindex 131\n`);
    expect(screen.getByText(`countersign-verify receipt 131.tlog-proof --key '${log.verifierKey}'`)).toBeTruthy();
    await checkAccessibility();
  });

  it("let an administrator erase the person whose events are shown, and say why it was refused", async () => {
    const { user, server } = await openAudit({}, { path: "/audit?actor=user-12345678", role: "ADMIN" });
    await user.click(screen.getByRole("button", { name: "Erase this person" }));
    const dialog = within(screen.getByRole("dialog", { name: "Erase Reviewer 12345678" }));
    expect(dialog.getByText("What goes, for good")).toBeTruthy();
    await user.type(dialog.getByRole("textbox", { name: "Reason" }), "Left the company, asked for it");
    await user.click(dialog.getByRole("checkbox"));
    await user.click(dialog.getByRole("button", { name: "Erase person" }));
    expect(server.asked("ErasePersonDialogMutation")).toMatchObject({
      actor: "user-12345678",
      reason: "Left the company, asked for it",
    });
    await server.refuse(
      "ErasePersonDialogMutation",
      "CONFLICT",
      "This person signed a document that has to be kept until 2031-05-04T12:00:00.000Z, with its signature",
      { reason: "RETAINED_UNTIL" },
    );
    expect(dialog.getByRole("alert").textContent).toMatch(/must be kept until .*2031.*has to show its signer/);
    await checkAccessibility();
    await user.click(dialog.getByRole("button", { name: "Erase person" }));
    await server.answer("ErasePersonDialogMutation", { Actor: () => ({ ...sampleActor, erasedBy: { seq: 140 } }) });
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByRole("link", { name: "Erased person 12345678" })).toBeTruthy();
  });
});
