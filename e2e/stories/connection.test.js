import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { logIn, openBrowser, visit } from "../world/browser.js";
import { Client } from "../world/client.js";
import { sample } from "../world/samples.js";
import { Server } from "../world/server.js";

const SAMPLE = "kiosk-small.jpg";
const TOTAL = "11.42";

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

test("edits made without a connection are kept, and saved once it is back", async () => {
  const integrator = Client.withToken(server.url, await server.token("integrator"));
  const { id, location } = await integrator.upload(sample(SAMPLE), "connection", { fileName: SAMPLE });
  await integrator.untilRead(location);
  const page = await visit(browser, server);
  await logIn(page, await server.firstLogin());
  await page.getByRole("button", { name: "Take next task" }).click();
  const total = page.getByRole("textbox", { name: "Total" });
  await total.waitFor();

  await page.context().setOffline(true);
  await total.fill(TOTAL);
  await page.keyboard.press("Enter");
  await page.getByText("No connection to the server").waitFor();
  await page.getByRole("status").filter({ hasText: "1 waiting for the connection" }).waitFor();
  assert.deepEqual(await readTotal(integrator, id), [1, "$11.24"], "nothing reached the server");

  await page.context().setOffline(false);
  await page.getByRole("status").filter({ hasText: "all saved" }).waitFor({ timeout: 30_000 });
  await page.getByText("No connection to the server").waitFor({ state: "hidden", timeout: 30_000 });
  assert.deepEqual(await readTotal(integrator, id), [2, TOTAL], "saved once");
});

test("edits outlive a server that is killed and started again", async () => {
  const page = browser.contexts()[0].pages()[0];
  const company = page.getByRole("textbox", { name: "Company" });
  await server.kill();
  await company.fill("Pier 9");
  await page.keyboard.press("Enter");
  await page.getByRole("status").filter({ hasText: "waiting for the connection" }).waitFor();
  await server.start();
  await page.getByRole("status").filter({ hasText: "all saved" }).waitFor({ timeout: 30_000 });
  await page.getByRole("group", { name: "Company" }).getByText("corrected", { exact: true }).waitFor();
  assert.match(await server.verify(), /^ok /m);
});

async function readTotal(client, id) {
  const query = "query($id: ID!) { document(id: $id) { fields { name version text } } }";
  const { document } = await client.query(query, { id });
  const total = document.fields.find(({ name }) => name === "total");
  return [total.version, total.text];
}
