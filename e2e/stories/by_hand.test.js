import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { checkAccessibility, logIn, openBrowser, visit } from "../world/browser.js";
import { sample } from "../world/samples.js";
import { Server } from "../world/server.js";

const JPEG_START = sample("bakery.jpg").subarray(0, 20);
/** Starts like a photograph, and goes on as noise. */
const DAMAGED = {
  name: "damaged.jpg",
  mimeType: "image/jpeg",
  buffer: Buffer.concat([JPEG_START, Buffer.alloc(3000, 0x5a)]),
};
const TYPED = { Company: "Bäckerei Lindenhof", Date: "2025-10-07", Total: "18.90" };

let server;
let browser;
before(async () => {
  server = await Server.start();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a document that can't be read says why, is typed in by hand, and is rejected with a reason", async () => {
  const page = await visit(browser, server);
  await logIn(page, await server.firstLogin());
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).click();
  await (await choosing).setFiles(DAMAGED);
  await page.getByRole("link", { name: DAMAGED.name }).click();

  await page.getByText("This document could not be read").waitFor();
  await page.getByText("Failed", { exact: true }).waitFor();
  await page.getByText("The file is damaged and can't be opened").waitFor();
  await checkAccessibility(page);

  await page.getByRole("button", { name: "Type in by hand" }).click();
  await page.getByRole("button", { name: "Take this task" }).click();
  const fields = page.getByRole("region", { name: "Fields" });
  for (const [label, text] of Object.entries(TYPED)) {
    await fields.getByRole("textbox", { name: label, exact: true }).fill(text);
    await page.keyboard.press("Enter");
    await fields.getByRole("group", { name: label, exact: true }).getByText("corrected", { exact: true }).waitFor();
  }
  await checkAccessibility(page);

  await page.keyboard.press("Alt+X");
  const dialog = page.getByRole("dialog", { name: "Reject this document" });
  await dialog.getByRole("button", { name: "Reject" }).click();
  await dialog.getByText("Say why; the record keeps it.").waitFor();
  await checkAccessibility(page);
  await dialog.getByRole("textbox", { name: "Reason" }).fill("The photograph is cut off; ask for a new one");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await page.getByRole("heading", { name: "Queues" }).waitFor();

  await page.getByRole("link", { name: "Documents" }).click();
  await page.getByRole("combobox", { name: "State" }).selectOption("Rejected");
  await page.getByRole("link", { name: DAMAGED.name }).click();
  // Only on the document's own page: the list before it says the same word twice.
  await page.getByRole("button", { name: /^Company/ }).waitFor();
  await page.getByText("Rejected", { exact: true }).first().waitFor();
  await page.getByRole("button", { name: /^Company/ }).click();
  const history = page.getByRole("list", { name: "History of Company" });
  await history.getByRole("listitem").filter({ hasText: TYPED.Company }).getByText("typed in by hand").waitFor();
  assert.match(await server.verify(), /^ok /m);
});
