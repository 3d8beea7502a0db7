import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderAt } from "../testing/renderAt";

const receipt = {
  id: "type-1",
  name: "receipt",
  label: "Receipt",
  version: 1,
  straightThrough: false,
  definition: 'name = "receipt"',
  signing: { required: true, meaning: "RESPONSIBILITY" },
};

async function openTypes(role: "ADMIN" | "REVIEWER") {
  const shown = renderAt("/types", role);
  await waitFor(() => expect(shown.server.wasAsked("TypesScreenQuery")).toBe(true));
  await shown.server.answer("TypesScreenQuery", { Query: () => ({ documentTypes: [receipt] }) });
  return { ...shown, toggle: await screen.findByRole("switch", { name: "Straight-through for Receipt" }) };
}

it("lets an administrator turn straight-through on, and says what that means", async () => {
  const { user, server, toggle } = await openTypes("ADMIN");
  expect(screen.getByText("Off: a person looks at every document of this type.")).toBeTruthy();
  expect(screen.getByText(/not calibrated yet/)).toBeTruthy();
  expect(screen.getByText(/^Each decision is signed; .* means responsibility\.$/)).toBeTruthy();
  await user.click(toggle);
  expect(server.asked("TypePanelSetMutation")).toMatchObject({ documentTypeId: "type-1", on: true });
  await server.answer("TypePanelSetMutation", { DocumentType: () => ({ ...receipt, straightThrough: true }) });
  expect(screen.getByText(/^On: documents of this type pass without a person/)).toBeTruthy();
});

it("leaves the switch as it is when the server refuses", async () => {
  const { user, server, toggle } = await openTypes("ADMIN");
  await user.click(toggle);
  await server.refuse("TypePanelSetMutation", "FORBIDDEN", "No.");
  expect((await screen.findByRole("alert")).textContent).toContain("Your role does not allow this");
  expect(toggle).toHaveProperty("checked", false);
});

it("lets nobody else", async () => {
  const { toggle } = await openTypes("REVIEWER");
  expect(toggle).toHaveProperty("disabled", true);
  expect(screen.getByText("Only an administrator can change this.")).toBeTruthy();
});
