import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const START_SECONDS = 60;
const STOP_SECONDS = 20;
const ADDRESS = /^Countersign is at (http:\/\/localhost:\d+)$/;

const run = promisify(execFile);

function program() {
  const { PROGRAMS } = process.env;
  if (!PROGRAMS)
    throw new Error("PROGRAMS names no folder: run `make test`, or set it to where `countersign` was built");
  return resolve(PROGRAMS, "countersign");
}

/** The environment without settings of this machine's own: what the server does not know it refuses. */
function environment(settings) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("COUNTERSIGN_") || ["COUNTERSIGN_CACHE", "COUNTERSIGN_PACK"].includes(name),
  );
  const own = Object.entries(settings).map(([name, value]) => [`COUNTERSIGN_${name.toUpperCase()}`, String(value)]);
  return Object.fromEntries([...kept, ...own]);
}

/** The real program over a data folder of its own. What it logs is kept in the folder and shown when a start fails. */
export class Server {
  #child = null;

  constructor(data, settings) {
    this.data = data;
    this.environment = environment(settings);
    this.url = null;
  }

  /** @param settings by their names in docs/settings.md, such as `database_url`. */
  static async start(settings = {}) {
    const server = new Server(await mkdtemp(join(tmpdir(), "countersign-e2e-")), settings);
    await server.start();
    return server;
  }

  /** Started again it has the same address, as whoever is connected expects. */
  async start() {
    const port = this.url === null ? 0 : new URL(this.url).port;
    const child = spawn(program(), ["serve", "--listen", `127.0.0.1:${port}`, "--data", this.data], {
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    child.stderr.pipe(createWriteStream(this.#log, { flags: "a" }));
    this.url = await this.#address(child);
  }

  async #address(child) {
    const late = setTimeout(() => child.kill("SIGKILL"), START_SECONDS * 1000);
    try {
      for await (const line of createInterface({ input: child.stdout })) {
        const address = ADDRESS.exec(line)?.[1];
        if (address) {
          child.stdout.resume();
          return address;
        }
      }
    } finally {
      clearTimeout(late);
    }
    throw new Error(`the server did not start:\n${await this.log()}`);
  }

  get #log() {
    return join(this.data, "server.log");
  }

  log() {
    return readFile(this.#log, "utf8").catch(() => "");
  }

  /** As a lost machine would end it: nothing is told, nothing is finished. */
  async kill() {
    await this.#end("SIGKILL");
  }

  async #end(signal) {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_SECONDS * 1000);
    await ended;
    clearTimeout(late);
  }

  /** Ends it and takes its folder away. */
  async stop() {
    await this.#end("SIGTERM");
    await rm(this.data, { recursive: true, force: true });
  }

  /** Runs a command of the program over the same data; answers what it prints, throws when it fails. */
  async command(words, { input = "", options = [] } = {}) {
    const running = run(program(), [...words, "--data", this.data, ...options], { env: this.environment });
    running.child.stdin.end(input);
    return (await running).stdout.trim();
  }

  token(role) {
    return this.command(["admin", "create-token"], { options: ["--role", role] });
  }

  /** Adds a user who logs in with the password. */
  async addUser(email, name, role, password) {
    const options = ["--email", email, "--name", name, "--role", role];
    await this.command(["admin", "create-user"], { input: `${password}\n`, options });
    return { email, password };
  }

  /** Recomputes the whole log; throws at a break. */
  verify() {
    return this.command(["audit", "verify"]);
  }

  /** The login that was made at the first start. */
  async firstLogin() {
    const text = await readFile(join(this.data, "first-login.txt"), "utf8");
    const told = (word) => new RegExp(`^${word}: (.+)$`, "m").exec(text)[1];
    return { email: told("email"), password: told("password") };
  }
}
