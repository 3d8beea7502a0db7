import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { checkAccessibility } from "../testing/axe";
import { renderAt } from "../testing/renderAt";

const held = {
  keyId: "9f86d081",
  algorithm: "ED25519",
  custody: "SERVER_HELD",
  enrolledAt: "2026-03-01T09:00:00.000Z",
  revokedAt: null,
};

async function openKeys(signingKeys: object[]) {
  const shown = renderAt("/account/signing-keys", "REVIEWER");
  await waitFor(() => expect(shown.server.wasAsked("SigningKeysScreenQuery")).toBe(true));
  await shown.server.answer("SigningKeysScreenQuery", { Viewer: () => ({ signingKeys }) });
  await screen.findByRole("button", { name: "Enrol a device key" });
  return shown;
}

it("teaches what keys are for while there are none", async () => {
  await openKeys([]);
  expect(screen.getByText(/The server makes one for you at your first signature/)).toBeTruthy();
});

it("lists keys with who keeps them, and revokes one after asking", async () => {
  const device = { ...held, keyId: "60303ae2", custody: "DEVICE", revokedAt: "2026-03-02T09:00:00.000Z" };
  const { user, server } = await openKeys([held, device]);
  expect(screen.getByRole("row", { name: /9f86d081 by the server/ })).toBeTruthy();
  expect(screen.getByRole("row", { name: /60303ae2 on your device .* Revoked/ })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Revoke 9f86d081" }));
  const dialog = within(screen.getByRole("dialog", { name: "Revoke this key" }));
  expect(document.activeElement === dialog.getByRole("button", { name: "Cancel" })).toBe(true);
  await user.click(dialog.getByRole("button", { name: "Revoke" }));
  expect(server.asked("RevokeDialogMutation")).toMatchObject({ keyId: "9f86d081" });
});

it("enrols a key of the reviewer's device, once they have proven to hold it", async () => {
  const { user, server } = await openKeys([held]);
  await user.click(screen.getByRole("button", { name: "Enrol a device key" }));
  const dialog = within(screen.getByRole("dialog", { name: "Enrol a device key" }));
  expect(dialog.getByText("countersign sign new-key --out signing-key.pem")).toBeTruthy();
  await user.click(dialog.getByRole("button", { name: "Go on" }));
  expect(dialog.getByText("Paste the public key.")).toBeTruthy();

  await user.click(dialog.getByRole("textbox", { name: "Public key" }));
  await user.paste("60303ae2\n-----BEGIN PUBLIC KEY-----\nMCowBQYDK2Vw\nAyEA\n-----END PUBLIC KEY-----\n");
  await user.click(dialog.getByRole("button", { name: "Go on" }));
  await server.answer("EnrollDialogChallengeMutation", { SigningKeyChallengePayload: () => ({ challenge: "q83v" }) });
  expect(dialog.getByText("countersign sign prove --key signing-key.pem --challenge q83v")).toBeTruthy();
  const proof = dialog.getByRole("textbox", { name: "What it answered" });
  expect(document.activeElement === proof).toBe(true);
  await checkAccessibility();
  await user.type(proof, " c2ln\n");
  await user.click(dialog.getByRole("button", { name: "Enrol" }));
  expect(server.asked("EnrollDialogEnrollMutation")).toMatchObject({
    publicKey: "MCowBQYDK2VwAyEA",
    challenge: "q83v",
    proof: "c2ln",
  });
  await server.refuse("EnrollDialogEnrollMutation", "INVALID", "The proof does not fit the key.");
  expect(dialog.getByRole("alert").textContent).toContain("The proof does not fit the key.");
  await user.click(dialog.getByRole("button", { name: "Enrol" }));
  await server.answer("EnrollDialogEnrollMutation");
  expect(screen.queryByRole("dialog")).toBeNull();
});
