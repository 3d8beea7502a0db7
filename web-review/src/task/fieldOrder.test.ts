import { expect, it } from "vitest";
import { nextUnresolved, orderFields } from "./fieldOrder";

const field = (id: string, status: string, confidence = 900_000, text = "x", code?: string) => ({
  id,
  status,
  text,
  confidence,
  reasons: code === undefined ? [] : [{ code }],
});

it("puts broken rules first, then missing, then the least sure, then the rest as the type has them", () => {
  const ordered = orderFields([
    field("trusted", "ACCEPTED_BY_MACHINE", 10),
    field("sure", "NEEDS_REVIEW", 800_000),
    field("unsure", "NEEDS_REVIEW", 300_000),
    field("missing", "NEEDS_REVIEW", 0, "", "MISSING"),
    field("confirmed", "CONFIRMED", 5),
    field("broken", "NEEDS_REVIEW", 999_000, "x", "RULE_BROKEN"),
  ]);
  expect(ordered.map(({ id }) => id)).toEqual(["broken", "missing", "unsure", "sure", "trusted", "confirmed"]);
});

it("goes on to the next field to check, around the end, and never back to the same", () => {
  const fields = [field("a", "NEEDS_REVIEW"), field("b", "CONFIRMED"), field("c", "NEEDS_REVIEW")];
  expect(nextUnresolved(fields, "a")?.id).toBe("c");
  expect(nextUnresolved(fields, "c")?.id).toBe("a");
  expect(nextUnresolved(fields, null)?.id).toBe("a");
  expect(nextUnresolved([field("a", "NEEDS_REVIEW"), field("b", "MISSING")], "a")).toBeNull();
});
