import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderAt } from "../testing/renderAt";

const node = (id: string, state = "IN_REVIEW") => ({
  id,
  state,
  typeLabel: "Receipt",
  fileName: `${id}.jpg`,
  byteSize: 85_800,
  receivedAt: "2026-03-01T09:00:00.000Z",
  __typename: "Document",
});

const list = (nodes: object[], hasNextPage = false) => ({
  DocumentConnection: () => ({
    edges: nodes.map((each, index) => ({ cursor: `cursor-${index}`, node: each })),
    pageInfo: { hasNextPage, endCursor: `cursor-${nodes.length - 1}` },
  }),
});

it("keeps its filter in the URL", async () => {
  const { user, server } = renderAt("/documents?state=failed");
  await waitFor(() => expect(server.wasAsked("DocumentsScreenQuery")).toBe(true));
  expect(server.asked("DocumentsScreenQuery")).toEqual({ state: "FAILED" });
  await server.answer("DocumentsScreenQuery", list([node("a", "FAILED")]));
  expect(await screen.findByRole("link", { name: "a.jpg" })).toHaveProperty("pathname", "/documents/a");

  await user.selectOptions(screen.getByRole("combobox", { name: "State" }), "Accepted");
  expect(location.search).toBe("?state=ACCEPTED");
  expect(server.asked("DocumentsScreenQuery")).toEqual({ state: "ACCEPTED" });
  await server.answer("DocumentsScreenQuery", list([]));
  expect(screen.getByText(/No document is accepted/)).toBeTruthy();
});

it("goes on after the last document of the list", async () => {
  const { user, server } = renderAt("/documents");
  await waitFor(() => expect(server.wasAsked("DocumentsScreenQuery")).toBe(true));
  await server.answer("DocumentsScreenQuery", list([node("a"), node("b")], true));
  await user.click(await screen.findByRole("button", { name: "Show more" }));
  expect(server.asked("DocumentTableQuery")).toMatchObject({ after: "cursor-1", first: 50 });
  await server.answer("DocumentTableQuery", list([node("c")]));
  expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual(["a.jpg", "b.jpg", "c.jpg"]);
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});

it("changes a state where it stands, and offers what is new", async () => {
  const { user, server } = renderAt("/documents");
  await waitFor(() => expect(server.wasAsked("DocumentsScreenQuery")).toBe(true));
  await server.answer("DocumentsScreenQuery", list([node("a", "READING")]));
  await screen.findByText("Being read", { selector: "span" });
  await server.push("DocumentTableSubscription", { Document: () => node("a", "ACCEPTED") });
  expect(screen.getByText("Accepted", { selector: "span" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Show the new list" })).toBeNull();

  await server.push("DocumentTableSubscription", { Document: () => node("z") });
  await user.click(screen.getByRole("button", { name: "Show the new list" }));
  await server.answer("DocumentsScreenQuery", list([node("z"), node("a", "ACCEPTED")]));
  expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual(["z.jpg", "a.jpg"]);
  expect(screen.queryByRole("button", { name: "Show the new list" })).toBeNull();
});
