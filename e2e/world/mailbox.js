import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { until } from "./until.js";

const PROGRAM = fileURLToPath(new URL("mailbox.py", import.meta.url));

/** A mail server of a story's own. It refuses whoever is called nobody. */
export class Mailbox {
  #child;
  letters = [];

  constructor(child, port) {
    this.#child = child;
    this.url = `smtp://127.0.0.1:${port}`;
  }

  static async open() {
    const child = spawn("python3", [PROGRAM], { stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout });
    const [port] = await once(lines, "line");
    const mailbox = new Mailbox(child, port);
    lines.on("line", (line) => mailbox.letters.push(JSON.parse(line)));
    return mailbox;
  }

  /** The first letter to an address whose subject has the word in it. */
  untilLetter(address, word) {
    return until(`${address} gets a mail about a ${word}`, () =>
      this.letters.find(({ to, subject }) => to.includes(address) && subject.includes(word)),
    );
  }

  async close() {
    const ended = once(this.#child, "exit");
    this.#child.kill();
    await ended;
  }
}
