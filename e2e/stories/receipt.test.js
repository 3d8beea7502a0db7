import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { checkAccessibility, logIn, openBrowser, visit } from "../world/browser.js";
import { Client } from "../world/client.js";
import { sample, truth } from "../world/samples.js";
import { Server } from "../world/server.js";

const SAMPLE = "hardware-store.jpg";
/** Not what is printed: the reader can't make this story pass by reading well. */
const CORRECTED = { text: "80.00", value: "80.00" };
const MOST_FIELDS = 20;
/** What every document goes through that a person accepts, in this order. */
const STEPS = [
  "Document received",
  "Document read",
  "Document routed",
  "Task taken",
  "Field corrected",
  "Task decided",
];

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

test("a receipt goes all the way: sent, read, corrected by keyboard, accepted, exported, verified", async () => {
  const integrator = Client.withToken(server.url, await server.token("integrator"));
  const { location } = await integrator.upload(sample(SAMPLE), "all-the-way", { fileName: SAMPLE });
  const read = await integrator.untilRead(location);
  assert.equal(read.state, "IN_REVIEW", "nothing passes without a person until somebody lets it");

  const page = await visit(browser, server);
  await checkAccessibility(page);
  await logIn(page, await server.firstLogin());
  await checkAccessibility(page);
  await page.getByRole("button", { name: "Take next task" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Fields" }).waitFor();
  await pageImageShown(page);
  await checkAccessibility(page);

  await reviewByKeyboard(page);
  await page.getByRole("status").filter({ hasText: "all saved" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByText("Nothing else waits").waitFor();

  await documentShowsItsHistory(page);
  await checkAccessibility(page);
  checkExport(await exportThroughPage(page), read.id);
  assert.match(await server.verify(), /^ok /m);
});

/** Accepts what is right, types what is wrong, marks what is not there: never the mouse. */
async function reviewByKeyboard(page) {
  const fields = page.getByRole("region", { name: "Fields" });
  const approve = page.getByRole("button", { name: "Approve" });
  const isAsked = () => fields.evaluate((it) => it.contains(document.activeElement));
  for (let turn = 0; turn < MOST_FIELDS && (await isAsked()); turn += 1) await settleActiveField(page);
  assert.ok(await approve.evaluate((it) => it === document.activeElement), "the last field leads to the approval");

  const total = fields.getByRole("group", { name: "Total" });
  if (!(await total.getByText("corrected", { exact: true }).isVisible())) {
    // The machine trusted its reading; a person may still differ.
    await total.getByRole("textbox").focus();
    await settleActiveField(page);
  }
  await fields.getByText("Nothing left to check").waitFor();
}

async function settleActiveField(page) {
  const { label, text } = await page.evaluate(() => ({
    label: document.activeElement.closest("[role=group]").ariaLabel,
    text: document.activeElement.value,
  }));
  const printed = truth(SAMPLE).fields[label.toLowerCase().replace(" ", "_")]?.text.replaceAll("\n", " ");
  const meant = label === "Total" ? CORRECTED.text : printed;
  if (meant === undefined) return page.keyboard.press("Alt+M");
  if (meant !== text) {
    await page.keyboard.press("F2");
    await page.keyboard.type(meant);
  }
  await page.keyboard.press("Enter");
}

function pageImageShown(page) {
  const image = page.getByRole("region", { name: "Page", exact: true }).locator("img").first();
  return image.evaluate((it) => it.decode());
}

async function documentShowsItsHistory(page) {
  await page.getByRole("link", { name: "Documents" }).click();
  await page.getByRole("link", { name: SAMPLE }).click();
  await page.getByText("Accepted", { exact: true }).first().waitFor();
  const timeline = page.getByRole("region", { name: "Timeline" });
  const steps = await timeline.getByRole("listitem").locator("b").allInnerTexts();
  assert.deepEqual(
    STEPS.filter((step) => steps.includes(step)),
    STEPS,
  );
  const places = STEPS.map((step) => steps.indexOf(step));
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    "in the order in which it happened",
  );
  const proofs = timeline.getByText("Proof", { exact: true });
  assert.equal(await proofs.count(), steps.length, "each step has its leaf");
  await proofs.first().click();
  await timeline.getByText(/^[0-9a-f]{64}$/).first().waitFor();
  await timeline.getByText("How to verify it").waitFor();
}

/** Answers the path of the downloaded archive. */
async function exportThroughPage(page) {
  await page.getByRole("link", { name: "Exports" }).click();
  await page.getByRole("button", { name: "Request export" }).click();
  await page.getByText("Ready", { exact: true }).waitFor({ timeout: 30_000 });
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: /^Download/ }).click();
  const path = join(server.data, "export.tar");
  await (await downloading).saveAs(path);
  const shown = await page
    .getByRole("row")
    .nth(1)
    .getByText(/^[0-9a-f]{64}$/)
    .innerText();
  assert.equal(sha256(readFileSync(path)), shown, "the archive is the one the page names");
  return path;
}

function checkExport(archive) {
  const folder = join(server.data, "export");
  mkdirSync(folder);
  execFileSync("tar", ["-xf", archive, "-C", folder]);
  const file = (name) => readFileSync(join(folder, name));
  const manifest = JSON.parse(file("manifest.json"));
  assert.deepEqual(manifest.counts, { documents: 1, exported: 1, rejected: 0 });
  const sums = Object.keys(manifest.files).map((name) => [name, sha256(file(name))]);
  assert.deepEqual(Object.fromEntries(sums), manifest.files);
  assert.match(manifest.checkpoint, /\n\n— /, "a signed checkpoint says how far the log was");

  const [record] = file("documents-00001.jsonl").toString().trim().split("\n").map(JSON.parse);
  const total = record.fields.find(({ name }) => name === "total");
  assert.equal(total.last.text, CORRECTED.text);
  assert.equal(total.last.value, CORRECTED.value);
  assert.notEqual(total.machine.text, CORRECTED.text, "what the machine read stays beside it");
  assert.equal(total.status, "CORRECTED");
  assert.deepEqual([...file(record.pages[0].image).subarray(0, 3)], [0xff, 0xd8, 0xff], "the page is a JPEG");
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
