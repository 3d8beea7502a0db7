import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { checkAccessibility } from "../testing/axe";
import { renderAt } from "../testing/renderAt";
import { sampleActor } from "../testing/samples";

const bundle = {
  id: "bundle-1",
  state: "QUEUED",
  kind: "LOG",
  document: null,
  actor: null,
  from: null,
  to: null,
  disclosures: true,
  documents: false,
  size: null,
  leaves: null,
  byteSize: null,
  sha256: null,
  url: null,
  requestedAt: "2026-03-01T09:00:00.000Z",
  requestedBy: { ...sampleActor, name: "Ines Vogel" },
  failure: null,
};
const ready = { state: "READY", size: 132, leaves: 14, byteSize: 482_133, sha256: "ab12", url: "/files/bundles/1.tar" };

const answerOf = (bundles: object[]) => ({
  AuditBundleConnection: () => ({ nodes: bundles }),
  Log: () => ({
    verifierKey: "origin+1f2e3d4c+AWFi",
    keys: [
      { verifierKey: "origin+0a0b0c0d+AWFi", validFrom: 0 },
      { verifierKey: "origin+1f2e3d4c+AWFi", validFrom: 90 },
    ],
  }),
});

afterEach(() => void vi.useRealTimers());

async function openBundles(bundles: object[]) {
  const shown = renderAt("/audit/bundles", "AUDITOR");
  await waitFor(() => expect(shown.server.wasAsked("BundlesScreenQuery")).toBe(true));
  await shown.server.answer("BundlesScreenQuery", answerOf(bundles));
  await screen.findByRole("button", { name: "Request bundle" });
  return shown;
}

async function openDialog(kind: string) {
  const { user, server } = await openBundles([]);
  await user.click(screen.getByRole("button", { name: "Request bundle" }));
  const dialog = within(screen.getByRole("dialog", { name: "Request a bundle" }));
  await user.click(dialog.getByRole("radio", { name: new RegExp(`^${kind}`) }));
  const request = () => user.click(dialog.getByRole("button", { name: "Request bundle" }));
  return { user, server, dialog, request };
}

it("requests the whole log with what is wanted, and shows it in the list", async () => {
  const { user, server, dialog, request } = await openDialog("The whole log");
  expect(screen.getByText(/^No bundles yet/)).toBeTruthy();
  await user.click(dialog.getByRole("checkbox", { name: /^Personal values/ }));
  await checkAccessibility();
  await request();
  expect(server.asked("RequestDialogMutation")).toMatchObject({ kind: "LOG", disclosures: true, documents: false });
  await server.answer("RequestDialogMutation");
  await server.answer("BundlesScreenQuery", answerOf([bundle]));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByText("Waiting")).toBeTruthy();
});

it("takes a document by its address, and the checkpoint that the auditor holds", async () => {
  const { user, server, dialog, request } = await openDialog("A document");
  await request();
  expect(dialog.getByText("Say which document.")).toBeTruthy();
  expect(server.wasAsked("RequestDialogMutation")).toBe(false);
  await user.type(dialog.getByRole("textbox", { name: "Document" }), "https://example.org/documents/RG9jOjE%3D");
  await user.type(dialog.getByRole("textbox", { name: /^Size of a checkpoint/ }), "120");
  await request();
  expect(server.asked("RequestDialogMutation")).toMatchObject({ kind: "DOCUMENT", document: "RG9jOjE=", since: 120 });
});

it("takes a period by whole days", async () => {
  const { user, server, dialog, request } = await openDialog("A period");
  await user.type(dialog.getByLabelText("From day"), "2026-03-02");
  await user.type(dialog.getByLabelText("Until day"), "2026-03-01");
  await request();
  expect(dialog.getByText(/the first not after the second/)).toBeTruthy();
  await user.clear(dialog.getByLabelText("Until day"));
  await user.type(dialog.getByLabelText("Until day"), "2026-03-02");
  await request();
  expect(server.asked("RequestDialogMutation")).toMatchObject({
    kind: "PERIOD",
    from: new Date(2026, 2, 2).toISOString(),
    to: new Date(2026, 2, 3).toISOString(),
  });
});

it("says in the dialog why it was refused", async () => {
  const { server, dialog, request } = await openDialog("The whole log");
  await request();
  await server.refuse("RequestDialogMutation", "FORBIDDEN", "no");
  expect(dialog.getByRole("alert").textContent).toMatch(/Your role does not allow this/);
});

it("looks again while one is being built, offers it when ready, and says how to verify it", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { server } = await openBundles([bundle]);
  await act(() => vi.advanceTimersByTimeAsync(2500));
  await server.answer("BundlesScreenQuery", answerOf([{ ...bundle, ...ready }]));
  expect(screen.getByText("14 leaves of 132")).toBeTruthy();
  expect(screen.getByRole<HTMLAnchorElement>("link", { name: /^Download/ }).pathname).toBe("/files/bundles/1.tar");
  expect(screen.getByText("countersign-verify bundle.tar --key 'origin+0a0b0c0d+AWFi'")).toBeTruthy();
  expect(screen.getByText(/The log has had later keys/)).toBeTruthy();
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(server.wasAsked("BundlesScreenQuery")).toBe(false);
});

it("says why one failed, and whose events another holds", async () => {
  const erased = { ...sampleActor, id: "user-87654321", erasedBy: { seq: 118 } };
  await openBundles([
    { ...bundle, state: "FAILED", failure: { message: "Something in it was erased since." } },
    { ...bundle, ...ready, id: "bundle-2", kind: "ACTOR", actor: erased },
  ]);
  expect(screen.getByText("Something in it was erased since.")).toBeTruthy();
  expect(screen.getByText("Erased person 87654321")).toBeTruthy();
});
