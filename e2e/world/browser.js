import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** The smallest screen the page promises to work on. */
const SCREEN = { width: 1280, height: 720 };
const STEP_SECONDS = 15;

export function openBrowser() {
  const { CHROMIUM } = process.env;
  if (!CHROMIUM) throw new Error("CHROMIUM names no browser: run `make test`, or set it to the path of Chromium");
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A person's own browser at the page, not logged in. Errors that the page does not expect make the story fail. */
export async function visit(browser, server, { screen = SCREEN, colorScheme = "light", scale = 1 } = {}) {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: screen,
    deviceScaleFactor: scale,
    colorScheme,
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(STEP_SECONDS * 1000);
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto("/");
  await page.getByRole("main").waitFor();
  return page;
}

/** Logs in without touching the mouse. */
export async function logIn(page, { email, password }) {
  await page.getByRole("textbox", { name: "Email" }).waitFor();
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Queues" }).waitFor();
}

const axe = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 AA, as far as a program can tell. */
export async function checkAccessibility(page) {
  await page.evaluate(await axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
  assert.deepEqual(found, [], `${new URL(page.url()).pathname} is not accessible`);
}
