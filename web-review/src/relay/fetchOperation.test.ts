import type { RequestParameters } from "relay-runtime";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { currentConnection, noteConnection } from "./connection";
import { fetchOperation } from "./fetchOperation";
import { Refusal, Unreachable } from "./refusal";

const request = { id: "ab12", name: "Anything", operationKind: "query", text: null, metadata: {} } as RequestParameters;
const fetched = vi.fn<typeof fetch>();
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  noteConnection({ reachable: true, live: true, signedOut: false });
});
afterEach(() => fetched.mockReset());

describe("an operation", () => {
  it("goes out by its hash, never as text", async () => {
    fetched.mockResolvedValue(json({ data: { viewer: null } }));
    await fetchOperation(request, { first: 5 });
    const [url, sent] = fetched.mock.calls[0] ?? [];
    expect(url).toBe("/graphql");
    expect(JSON.parse(String(sent?.body))).toEqual({ documentId: "ab12", variables: { first: 5 } });
    expect(sent?.headers).toMatchObject({ accept: "application/graphql-response+json" });
  });

  it("that is refused carries the code, the request and what the field holds now", async () => {
    const current = { version: 2, text: "47", value: "47", status: "CORRECTED" };
    const extensions = { code: "CONFLICT", requestId: "r-1", current };
    fetched.mockResolvedValue(json({ data: null, errors: [{ message: "Another change came first.", extensions }] }));
    const refusal = await fetchOperation(request, {}).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code: "CONFLICT", requestId: "r-1", current });
  });

  it("without a session asks for one", async () => {
    fetched.mockResolvedValue(json({ errors: [{ message: "Log in.", extensions: { code: "UNAUTHENTICATED" } }] }, 401));
    await expect(fetchOperation(request, {})).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(currentConnection().signedOut).toBe(true);
  });

  it("that reaches nobody may be sent again", async () => {
    fetched.mockRejectedValue(new TypeError("Failed to fetch"));
    await expect(fetchOperation(request, {})).rejects.toBeInstanceOf(Unreachable);
    expect(currentConnection().reachable).toBe(false);
    fetched.mockResolvedValue(new Response("Bad gateway", { status: 502 }));
    await expect(fetchOperation(request, {})).rejects.toBeInstanceOf(Unreachable);
    fetched.mockResolvedValue(json({ data: {} }));
    await fetchOperation(request, {});
    expect(currentConnection().reachable).toBe(true);
  });

  it("that is answered by something else than GraphQL is refused", async () => {
    fetched.mockResolvedValue(new Response("<html>", { status: 200 }));
    await expect(fetchOperation(request, {})).rejects.toMatchObject({ code: "INTERNAL" });
  });
});
