// Draws the pictures of docs/images from the real page, over the samples of seed/. Run by `npm run pictures`.
import { fileURLToPath } from "node:url";
import { logIn, openBrowser, visit } from "./world/browser.js";
import { Client } from "./world/client.js";
import { sample } from "./world/samples.js";
import { Server } from "./world/server.js";

const SAMPLES = ["mini-market.jpg", "bakery.jpg", "garden-centre-photo.jpg", "hardware-store.jpg"];
const SHOWN = "garden-centre-photo.jpg";
const SCREEN = { screen: { width: 1440, height: 900 }, scale: 1 };
const folder = fileURLToPath(new URL("../docs/images/", import.meta.url));

const server = await Server.start();
const browser = await openBrowser();
try {
  const integrator = Client.withToken(server.url, await server.token("integrator"));
  for (const fileName of [SHOWN, ...SAMPLES.filter((name) => name !== SHOWN)]) {
    const { location } = await integrator.upload(sample(fileName), fileName, { fileName });
    await integrator.untilRead(location);
  }
  const login = await server.firstLogin();
  const page = await visit(browser, server, { ...SCREEN, colorScheme: "light" });
  await logIn(page, login);
  await page.screenshot({ path: `${folder}queue.png` });

  await page.getByRole("button", { name: "Take next task" }).click();
  await picture(page, "task-light.png");
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "task-dark.png");
} finally {
  await browser.close();
  await server.stop();
}

async function picture(page, name) {
  await page
    .getByRole("region", { name: "Page", exact: true })
    .locator("img")
    .first()
    .evaluate((it) => it.decode());
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: folder + name });
}
