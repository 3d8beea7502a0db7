import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Client } from "../world/client.js";
import { Mailbox } from "../world/mailbox.js";
import { sample } from "../world/samples.js";
import { Server } from "../world/server.js";
import { until } from "../world/until.js";

const run = promisify(execFile);
const ANN = "ann@example.com";
const KEEPER = "keeper@example.com";
const BUNDLE = "id state url sha256 byteSize size leaves failure { message }";

let folder;
let mailbox;
let server;
let integrator;
let ann;
let auditor;
let document;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-auditor-"));
  mailbox = await Mailbox.open();
  server = await Server.start({ smtp_url: mailbox.url, mail_from: "Countersign <countersign@example.com>" });
  const login = await server.addUser(ANN, "Ann", "reviewer", "correct horse battery");
  ann = await Client.signedIn(server.url, login);
  integrator = Client.withToken(server.url, await server.token("integrator"));
  auditor = Client.withToken(server.url, await server.token("auditor"));
});
after(async () => {
  await server?.stop();
  await mailbox?.close();
  await rm(folder, { recursive: true, force: true });
});

const verifierKey = async () => (await auditor.query("{ log { verifierKey } }")).log.verifierKey;

async function keep(name, content) {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** What the program for auditors says, as it says it to programs. It needs nothing of the server. */
async function verify(...words) {
  const program = resolve(process.env.PROGRAMS, "countersign-verify");
  const { stdout } = await run(program, [...words, "--key", await verifierKey(), "--json"]);
  return JSON.parse(stdout);
}

/** Asks for a bundle, waits for it, and keeps it as a file. */
async function fetchBundle(name, input) {
  const asked = await auditor.change("requestAuditBundle", "bundle { id }", { idempotencyKey: name, ...input });
  const query = `query($id: ID!) { auditBundle(id: $id) { ${BUNDLE} } }`;
  const bundle = await until(`the bundle ${name} is ready`, async () => {
    const { auditBundle } = await auditor.query(query, { id: asked.bundle.id });
    assert.notEqual(auditBundle.state, "FAILED", auditBundle.failure?.message);
    return auditBundle.state === "READY" && auditBundle;
  });
  const response = await auditor.fetch(bundle.url);
  assert.equal(response.status, 200);
  const bytes = Buffer.from(await response.arrayBuffer());
  assert.equal(bytes.length, bundle.byteSize);
  assert.equal(createHash("sha256").update(bytes).digest("hex"), bundle.sha256);
  return { ...bundle, path: await keep(`${name}.tar`, bytes) };
}

test("a decision's receipt comes by mail and in the API, and holds without the server", async () => {
  document = await integrator.upload(sample("kiosk-small.jpg"), "bundle-1", { fileName: "kiosk-small.jpg" });
  await integrator.untilRead(document.location);
  const { task } = await ann.change("claimNextTask", "task { id lease { token } document { fields { id version status text } } }", {
    idempotencyKey: "claim",
  });
  const held = { taskId: task.id, leaseToken: task.lease.token };
  for (const { id, version, status, text } of task.document.fields) {
    if (status !== "NEEDS_REVIEW") continue;
    const edit = { ...held, idempotencyKey: `field-${id}`, fieldId: id, expectedVersion: version };
    if (text) await ann.change("confirmField", "field { status }", edit);
    else await ann.change("markField", "field { status }", { ...edit, mark: "MISSING" });
  }
  await ann.change("decideTask", "task { state }", { ...held, idempotencyKey: "decide", decision: "APPROVE" });

  const letter = await mailbox.untilLetter(ANN, "Receipt");
  assert.match(letter.text, /You approved a document at /);
  const [[name, text]] = Object.entries(letter.files);
  const verdict = await verify("receipt", await keep(name, text));
  assert.equal(verdict.verdict, "VALID");
  assert.match(verdict.proves[0], /^APPROVE of document /);

  const query = "query($id: ID!) { task(id: $id) { receipt { index checkpointSize text url } } }";
  const { receipt } = (await ann.query(query, { id: task.id })).task;
  assert.equal(receipt.text, text);
  assert.equal(await (await ann.fetch(receipt.url)).text(), text);
});

test("a document's bundle, with all that is personal in it, holds without the server", async () => {
  const bundle = await fetchBundle("document", {
    kind: "DOCUMENT",
    document: document.id,
    disclosures: true,
    documents: true,
  });
  const report = await verify(bundle.path);
  assert.equal(report.verdict, "VALID_UNWITNESSED");
  assert.deepEqual([report.checked.leaves, report.checked.documents], [bundle.leaves, 1]);
  assert.equal(report.size, bundle.size);

  const forbidden = ann.change("requestAuditBundle", "bundle { id }", { idempotencyKey: "mine", kind: "LOG" });
  await assert.rejects(forbidden, ({ code }) => code === "FORBIDDEN");
  assert.equal((await ann.fetch(bundle.url)).status, 403);
});

test("who gets a checkpoint by mail pins it, and the whole log is proven to continue it", async () => {
  const set = { idempotencyKey: "keepers", addresses: [KEEPER] };
  await auditor.change("setCheckpointRecipients", "log { checkpointRecipients }", set);
  const letter = await mailbox.untilLetter(KEEPER, "Checkpoint");
  const [[name, note]] = Object.entries(letter.files);
  const pin = await keep(name, note);
  const { size } = /--since (?<size>\d+)/.exec(letter.text).groups;

  const whole = await fetchBundle("log", { kind: "LOG" });
  assert.equal((await verify(whole.path, "--pin", pin)).verdict, "VALID");
  const part = await fetchBundle("since", { kind: "DOCUMENT", document: document.id, since: Number(size) });
  assert.equal((await verify(part.path, "--pin", pin)).verdict, "VALID");

  const out = join(folder, "from-the-command-line.tar");
  const told = await server.command(["audit", "export"], { options: ["--out", out, "--with-disclosures"] });
  assert.match(told, /^\S+: \d+ of \d+ leaves/);
  assert.equal((await verify(out, "--pin", pin)).verdict, "VALID");
});
