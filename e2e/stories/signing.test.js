import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { checkAccessibility, logIn, openBrowser, visit } from "../world/browser.js";
import { Client } from "../world/client.js";
import { sample } from "../world/samples.js";
import { Server } from "../world/server.js";

const run = promisify(execFile);
const PASSWORD = "four plain words here";
/** One field, and a signature under every decision. */
const TYPE = `
name = "slip"
version = 1
label = "Slip"
locales = ["en", "US"]

[[fields]]
name = "total"
label = "Total"
kind = "amount"
required = true
threshold = 0.95
words = "total"

[signing]
required = true
meaning = "approval"
`;

let folder;
let server;
let browser;
let integrator;
let ben;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-signer-"));
  server = await Server.start();
  await writeFile(join(folder, "slip.toml"), TYPE);
  await server.command(["admin", "publish-type"], { options: [join(folder, "slip.toml")] });
  integrator = Client.withToken(server.url, await server.token("integrator"));
  browser = await openBrowser();
  ben = await visit(browser, server);
  await logIn(ben, await server.addUser("ben@example.org", "Ben Okafor", "reviewer", PASSWORD));
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("a reviewer signs with the password, and the signature shows wherever the decision does", async () => {
  const dialog = await approve("bakery.jpg");
  const statement = await dialog.getByRole("group", { name: "Statement" }).innerText();
  assert.match(statement, /^countersign-statement\/v1\n/);
  assert.match(statement, /\ndecision: APPROVE\nmeaning: approval\nsigner-name: Ben Okafor\n/);
  await checkAccessibility(ben);

  await ben.keyboard.type("not the password");
  await ben.keyboard.press("Enter");
  await dialog.getByText("The password is wrong. Nothing was signed.").waitFor();
  const password = dialog.getByLabel("Your password, again");
  assert.ok(await password.evaluate((it) => it === document.activeElement), "it can be typed again at once");
  await ben.keyboard.press("Control+A");
  await ben.keyboard.type(PASSWORD);
  await ben.keyboard.press("Enter");
  await ben.getByText("Nothing else waits").waitFor();

  const shown = await openDecisions("bakery.jpg");
  await shown.getByText(/^Signed by Ben Okafor, .*, meaning approval; the server signed for them/).waitFor();
  await shown.getByText("The signature verifies").waitFor();
  await shown.getByText("What was signed").click();
  assert.equal(await shown.getByRole("group", { name: "Statement" }).innerText(), statement);
  await checkAccessibility(ben);
  const timeline = ben.getByRole("region", { name: "Timeline" });
  await timeline.getByText(/^Signed by Ben Okafor/).waitFor();

  const ana = await visit(browser, server);
  await logIn(ana, await server.firstLogin());
  await auditorSeesIt(ana);
});

test("a reviewer signs with a key of a device, which never leaves it", async () => {
  await ben.goto("/account/signing-keys");
  await ben.getByRole("cell", { name: "by the server" }).waitFor();
  await checkAccessibility(ben);
  await ben.getByRole("button", { name: "Enrol a device key" }).click();
  const enrolling = ben.getByRole("dialog", { name: "Enrol a device key" });
  await enrolling.getByRole("textbox", { name: "Public key" }).fill(await sign("new-key", "--out", "key.pem"));
  await enrolling.getByRole("button", { name: "Go on" }).click();
  const command = await enrolling.getByText(/^countersign sign prove /).innerText();
  const challenge = command.split(" --challenge ")[1];
  await checkAccessibility(ben);
  const proof = await sign("prove", "--key", "key.pem", "--challenge", challenge);
  await enrolling.getByRole("textbox", { name: "What it answered" }).fill(proof);
  await enrolling.getByRole("button", { name: "Enrol", exact: true }).click();
  await ben.getByRole("cell", { name: "on your device" }).waitFor();

  const dialog = await approve("kiosk-small.jpg");
  const downloading = ben.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download the statement" }).click();
  await (await downloading).saveAs(join(folder, "statement.txt"));
  await checkAccessibility(ben);
  const signature = await sign("statement", "--key", "key.pem", "--yes", "statement.txt");
  await dialog.getByRole("textbox", { name: "What it answered" }).fill(signature);
  await dialog.getByRole("button", { name: "Sign", exact: true }).click();
  await ben.getByText("Nothing else waits").waitFor();

  const shown = await openDecisions("kiosk-small.jpg");
  await shown.getByText(/meaning approval; with a key on their own device/).waitFor();
  await shown.getByText("The signature verifies").waitFor();
  await shown.getByRole("link", { name: "Receipt" }).waitFor();
  assert.match(await server.verify(), /^ok /m);
});

/** Sends a sample, types in its total, and approves: the dialog that wants a signature. */
async function approve(fileName) {
  const { location } = await integrator.upload(sample(fileName), `signing-${fileName}`, { type: "slip", fileName });
  await integrator.untilRead(location);
  await ben.goto("/");
  await ben.getByRole("button", { name: "Take next task" }).click();
  await ben.getByRole("textbox", { name: "Total" }).fill("18.90");
  await ben.keyboard.press("Enter");
  await ben.getByRole("status").filter({ hasText: "all saved" }).waitFor();
  await ben.keyboard.press("Control+Enter");
  const dialog = ben.getByRole("dialog", { name: "Sign: Approve" });
  await dialog.getByRole("group", { name: "Statement" }).waitFor();
  return dialog;
}

async function openDecisions(fileName) {
  await ben.getByRole("link", { name: "Documents" }).click();
  await ben.getByRole("link", { name: fileName }).click();
  return ben.getByRole("region", { name: "Decisions" });
}

/** The event with its signature, its proof, and what became of the page's promises to an auditor. */
async function auditorSeesIt(page) {
  await page.goto("/audit?type=task.decided/v1");
  const row = page.getByRole("row").filter({ hasText: "Task decided" });
  await row.getByText("The signature verifies").waitFor();
  await row.getByRole("button", { name: /^Proof of leaf/ }).click();
  await page.getByText("How to verify it").waitFor();
  await checkAccessibility(page);
  await page.getByRole("link", { name: "Bundles for auditors" }).click();
  await page.getByRole("button", { name: "Request bundle" }).click();
  const dialog = page.getByRole("dialog", { name: "Request a bundle" });
  await checkAccessibility(page);
  await dialog.getByRole("button", { name: "Request bundle" }).click();
  await page.getByText("Ready", { exact: true }).waitFor({ timeout: 30_000 });
  await checkAccessibility(page);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: /^Download/ }).click();
  await (await downloading).saveAs(join(folder, "bundle.tar"));
  await commandsWork(page);
}

/** The commands as they stand on the page, in its order; each fails by its exit code. */
async function commandsWork(page) {
  const commands = await page.getByRole("region", { name: "How to verify a bundle" }).locator("code").allInnerTexts();
  const env = { ...process.env, PATH: `${resolve(process.env.PROGRAMS)}:${process.env.PATH}` };
  const said = [];
  for (const command of commands) {
    const { stdout } = await run("bash", ["-euo", "pipefail", "-c", command], { cwd: folder, env });
    said.push(stdout);
  }
  // Nobody outside holds a head yet, and both verifiers say so.
  assert.equal(said.filter((text) => text.startsWith("VALID_UNWITNESSED")).length, 2, said.join("\n"));
}

/** `countersign sign`, on the reviewer's own machine: it asks no server. */
async function sign(...words) {
  const { stdout } = await run(resolve(process.env.PROGRAMS, "countersign"), ["sign", ...words], { cwd: folder });
  return stdout.trim();
}
