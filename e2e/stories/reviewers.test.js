import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { logIn, openBrowser, visit } from "../world/browser.js";
import { Client } from "../world/client.js";
import { sample } from "../world/samples.js";
import { Server } from "../world/server.js";

const FIRST = "kiosk-small.jpg";
const SECOND = "bakery.jpg";
const TOLD = { timeout: 5_000 };

let server;
let browser;
let ana;
let ben;
before(async () => {
  server = await Server.start();
  browser = await openBrowser();
  [ana, ben] = await Promise.all([visit(browser, server), visit(browser, server)]);
  await logIn(ana, await server.firstLogin());
  await logIn(ben, await server.addUser("ben@example.org", "Ben Okafor", "reviewer", "four plain words here"));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("two reviewers see each other's work without reloading, and never have the same task", async () => {
  const integrator = Client.withToken(server.url, await server.token("integrator"));
  const sent = [];
  for (const fileName of [FIRST, SECOND]) {
    sent.push(await integrator.upload(sample(fileName), `reviewers-${fileName}`, { fileName }));
  }
  for (const { location } of sent) await integrator.untilRead(location);
  await counts(ben, 2, 0);

  await ana.getByRole("button", { name: "Take next task" }).click();
  await ana.getByRole("region", { name: "Fields" }).waitFor();
  await counts(ben, 1, 1);

  const taken = await ana.evaluate(() => location.pathname);
  await ben.goto(taken);
  await ben.getByText("works on this task now").waitFor();
  assert.equal(await ben.getByRole("textbox", { name: "Total" }).isEditable(), false, "it is somebody else's");

  await ana.keyboard.press("Alt+S");
  await ana.getByRole("dialog").getByRole("button", { name: "Skip" }).click();
  await ben.getByRole("button", { name: "Take this task" }).waitFor(TOLD);
  // What was skipped goes behind what waits.
  await ana.waitForURL(({ pathname }) => pathname.startsWith("/tasks/") && pathname !== taken);

  await ben.getByRole("button", { name: "Take this task" }).click();
  await ben.getByRole("button", { name: "Approve" }).and(ben.locator(":enabled")).waitFor();
  await ben.getByRole("textbox", { name: "Total" }).fill("11.42");
  await ben.keyboard.press("Enter");
  await ben.getByRole("status").filter({ hasText: "all saved" }).waitFor();

  await ana.goto(taken);
  await ana.getByText("Ben Okafor works on this task now").waitFor();
  assert.equal(await ana.getByRole("textbox", { name: "Total" }).inputValue(), "11.42");
});

async function counts(page, open, inWork) {
  const queue = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Receipt", exact: true }) });
  await queue.getByText(`${open} open`, { exact: true }).waitFor(TOLD);
  await queue.getByText(`${inWork} in work`, { exact: true }).waitFor(TOLD);
}
