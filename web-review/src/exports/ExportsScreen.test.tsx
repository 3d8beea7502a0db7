import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { renderAt } from "../testing/renderAt";

const item = {
  id: "export-1",
  state: "QUEUED",
  documentType: null,
  requestedAt: "2026-03-01T09:00:00.000Z",
  exported: null,
  rejected: null,
  sha256: null,
  byteSize: null,
  downloadUrl: null,
  failure: null,
};

const answerOf = (exports: object[]) => ({
  Query: () => ({
    exports: { edges: exports.map((node) => ({ node })) },
    documentTypes: [{ name: "receipt", label: "Receipt" }],
  }),
});

afterEach(() => void vi.useRealTimers());

async function openExports(exports: object[]) {
  const shown = renderAt("/exports", "INTEGRATOR");
  await waitFor(() => expect(shown.server.wasAsked("ExportsScreenQuery")).toBe(true));
  await shown.server.answer("ExportsScreenQuery", answerOf(exports));
  await screen.findByRole("button", { name: "Request export" });
  return shown;
}

it("requests a data set of one type, and shows it in the list", async () => {
  const { user, server } = await openExports([]);
  expect(screen.getByText(/No exports yet/)).toBeTruthy();
  await user.selectOptions(screen.getByRole("combobox", { name: "Document type" }), "Receipt");
  await user.click(screen.getByRole("button", { name: "Request export" }));
  expect(server.asked("ExportsScreenRequestMutation")).toMatchObject({ documentType: "receipt" });
  await server.answer("ExportsScreenRequestMutation");
  await server.answer("ExportsScreenQuery", answerOf([{ ...item, documentType: "receipt" }]));
  expect(await screen.findByText("Waiting")).toBeTruthy();
});

it("looks again while one is being built, and offers it when it is ready", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { server } = await openExports([item]);
  await act(() => vi.advanceTimersByTimeAsync(2500));
  const ready = { state: "READY", exported: 12, rejected: 1, byteSize: 482_133, downloadUrl: "/api/exports/1.tar" };
  await server.answer("ExportsScreenQuery", answerOf([{ ...item, ...ready }]));
  expect(screen.getByText("12 documents, 1 left out")).toBeTruthy();
  expect(screen.getByRole<HTMLAnchorElement>("link", { name: /^Download/ }).pathname).toBe("/api/exports/1.tar");
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(server.wasAsked("ExportsScreenQuery")).toBe(false);
});

it("says why one failed", async () => {
  await openExports([{ ...item, state: "FAILED", failure: { message: "A page image is missing." } }]);
  expect(screen.getByText("A page image is missing.")).toBeTruthy();
});
