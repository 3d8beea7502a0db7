import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { Unreachable } from "../relay/refusal";
import { renderAt } from "../testing/renderAt";
import { sampleTask } from "../testing/samples";

const queue = { id: "queue-1", name: "Receipts", openTasks: 3, claimedTasks: 1, oldestOpen: null };

async function openBoard(documents: object[] = [{ id: "document-1" }], role: "ADMIN" | "AUDITOR" = "ADMIN") {
  const shown = renderAt("/", role);
  await waitFor(() => expect(shown.server.wasAsked("QueueScreenQuery")).toBe(true));
  await shown.server.answer("QueueScreenQuery", {
    Query: () => ({
      queues: [queue],
      documents: { nodes: documents },
      documentTypes: [{ id: "type-1", name: "receipt", label: "Receipt", straightThrough: true }],
    }),
  });
  await screen.findByRole("heading", { name: "Receipts" });
  return shown;
}

describe("the queue board", () => {
  it("counts what is open and in work, live", async () => {
    const { server } = await openBoard();
    expect(screen.getByText("3").parentElement?.textContent).toBe("3 open");
    await server.push("QueueScreenSubscription", { Queue: () => ({ ...queue, openTasks: 2, claimedTasks: 2 }) });
    expect(screen.getAllByText("2").map((count) => count.parentElement?.textContent)).toEqual(["2 open", "2 in work"]);
  });

  it("leads to the next task", async () => {
    const { user, server } = await openBoard();
    await user.click(screen.getByRole("button", { name: "Take next task" }));
    await server.answer("claimNextMutation", { Task: () => sampleTask() });
    expect(location.pathname).toBe("/tasks/task-1");
  });

  it("asks again for the same task when the server was away", async () => {
    const { user, server } = await openBoard();
    await user.click(screen.getByRole("button", { name: "Take next task" }));
    const { idempotencyKey } = server.asked("claimNextMutation");
    await server.fail("claimNextMutation", new Unreachable());
    await act(async () => void dispatchEvent(new Event("online")));
    await waitFor(() => expect(server.wasAsked("claimNextMutation")).toBe(true));
    expect(server.asked("claimNextMutation")).toMatchObject({ idempotencyKey });
  });

  it("says so when nothing waits", async () => {
    const { user, server } = await openBoard();
    await user.click(screen.getByRole("button", { name: "Take next task" }));
    await server.answer("claimNextMutation", { ClaimNextTaskPayload: () => ({ task: null }) });
    expect((await screen.findByRole("alert")).textContent).toContain("Nothing waits right now");
  });

  it("says what to do when the server refuses", async () => {
    const { user, server } = await openBoard();
    await user.click(screen.getByRole("button", { name: "Take next task" }));
    await server.refuse("claimNextMutation", "RATE_LIMITED", "Slow down.");
    expect((await screen.findByRole("alert")).textContent).toContain("Wait a moment, then try again.");
  });

  it("teaches how to send a first document while there is none", async () => {
    await openBoard([]);
    expect(screen.getByRole("heading", { name: "Send a first document" })).toBeTruthy();
    expect(screen.getByText(/curl --data-binary @receipt\.jpg/).textContent).toContain(
      `${location.origin}/api/documents?type=receipt`,
    );
    expect(screen.getByRole("button", { name: "Choose files" })).toBeTruthy();
  });

  it("says why documents of a type may not come here", async () => {
    await openBoard();
    expect(screen.getByText(/^Straight-through is on for Receipt/)).toBeTruthy();
  });

  it("offers no task to those who don't review", async () => {
    await openBoard([{ id: "document-1" }], "AUDITOR");
    expect(screen.queryByRole("button", { name: "Take next task" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Choose files" })).toBeNull();
  });
});

describe("sending files", () => {
  it("sends a refused file again under the same key", async () => {
    const fetched = vi.fn<typeof fetch>();
    vi.stubGlobal("fetch", fetched);
    const { user } = await openBoard();
    fetched.mockResolvedValueOnce(
      new Response(JSON.stringify({ title: "Busy", detail: "The server takes no more now.", status: 503 }), {
        status: 503,
      }),
    );
    const file = new File(["scan"], "scan.jpg", { type: "image/jpeg" });
    await user.upload(document.querySelector("input[type=file]") as HTMLInputElement, file);
    expect(await screen.findByText("The server takes no more now.")).toBeTruthy();

    fetched.mockResolvedValueOnce(
      new Response(JSON.stringify({ id: "document-9", state: "RECEIVED" }), { status: 201 }),
    );
    await user.click(screen.getByRole("button", { name: "Send again" }));
    const link = await screen.findByRole<HTMLAnchorElement>("link", { name: "scan.jpg" });
    expect(link.pathname).toBe("/documents/document-9");

    const sent = fetched.mock.calls.map(([, request]) => request);
    expect(fetched.mock.calls[0]?.[0]).toBe("/api/documents?type=receipt");
    const form = sent[0]?.body as FormData;
    expect(form.get("type")).toBe("receipt");
    expect(form.get("file")).toBeInstanceOf(File);
    expect(sent[1]?.headers).toEqual(sent[0]?.headers);
  });
});
