import { expect, it } from "vitest";
import { withLeaf } from "./withLeaf";

const HEAD = "c2sp.org/tlog-proof@v1\n";

it("puts the leaf's bytes into the line of the proof that is for them", () => {
  expect(withLeaf(`${HEAD}index 3\nAAAA\n\nnote\n`, '{"a":"ü"}')).toBe(
    `${HEAD}extra eyJhIjoiw7wifQ==\nindex 3\nAAAA\n\nnote\n`,
  );
});

it("leaves a proof alone that has its leaf, or that it does not know", () => {
  expect(withLeaf(`${HEAD}extra QQ==\nindex 3\n`, "b")).toBe(`${HEAD}extra QQ==\nindex 3\n`);
  expect(withLeaf("other", "b")).toBe("other");
});
