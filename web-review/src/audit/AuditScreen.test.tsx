import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderAt } from "../testing/renderAt";

const log = {
  origin: "countersign.example/mawar",
  size: 132,
  verifierKey: "countersign.example/mawar+1f2e3d4c+AWFi",
  unwitnessedSince: null,
  alarm: null,
  checkpoint: { size: 120, root: "e49d63b2", signedAt: "2026-03-01T09:00:00.000Z" },
};

const event = {
  id: "event-1",
  seq: 131,
  type: "field.corrected/v1",
  occurredAt: "2026-03-01T09:00:00.000Z",
  leafHash: "c0ffee",
  actor: { id: "user-12345678", kind: "USER", name: null },
};

async function openAudit(more: object) {
  const shown = renderAt("/audit", "AUDITOR");
  await waitFor(() => expect(shown.server.wasAsked("AuditScreenQuery")).toBe(true));
  await shown.server.answer("AuditScreenQuery", {
    Log: () => ({ ...log, ...more }),
    EventConnection: () => ({ edges: [{ cursor: "1", node: event }] }),
    CheckpointConnection: () => ({ edges: [] }),
  });
  await screen.findByText("countersign.example/mawar");
  return shown;
}

it("shows what an auditor pins, and lets it be copied", async () => {
  const { user } = await openAudit({});
  expect(screen.getByText(/^120 leaves, signed/)).toBeTruthy();
  expect(screen.getByText("e49d63b2")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Copy: Verifier key" }));
  expect(await navigator.clipboard.readText()).toBe(log.verifierKey);
  expect(await screen.findByRole("button", { name: "Copied" })).toBeTruthy();
});

it("lists the latest events, by pseudonym where the name may not be seen", async () => {
  await openAudit({});
  const row = screen.getByRole("cell", { name: "131" }).closest("tr");
  expect(row?.textContent).toMatch(/Field corrected.*Reviewer 12345678.*c0ffee/);
});

it("tells a log that somebody outside has seen from one that nobody has", async () => {
  await openAudit({ unwitnessedSince: "2026-03-01T09:00:00.000Z" });
  expect(screen.getByText(/^No outside party has held a head of this log since/)).toBeTruthy();
});

it("raises the alarm with the first break", async () => {
  await openAudit({ alarm: "Leaf 41 does not hash to what was signed." });
  const alert = screen.getByRole("alert");
  expect(alert.textContent).toContain("Signing has stopped");
  expect(alert.textContent).toContain("Leaf 41 does not hash to what was signed.");
});
