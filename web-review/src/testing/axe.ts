import axe from "axe-core";
import { expect } from "vitest";

/** WCAG 2.2 AA as far as it can be told without a layout; contrast is checked by the stories in a browser. */
export async function checkAccessibility() {
  const { violations } = await axe.run(document.body, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    rules: { "color-contrast": { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`)).toEqual([]);
}
