import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Client } from "../world/client.js";
import { sample, truth } from "../world/samples.js";
import { Server } from "../world/server.js";
import { until } from "../world/until.js";

const FILE = "Tan Wei Ling, March.jpg";
const CORRECTED = "Perpetua Quxley & Daughters";
const REASON = "Mrs Quxley paid twice";
const HOLD = "Quxley against Harbor";
const ERASURE = "Perpetua Quxley asked for it";
const ANA = { email: "ana.obermoser@quxley.example", name: "Ana Obermoser", password: "horse battery obermoser" };

const FIELDS = "fields { id name version status text value alternatives { text } history { text } }";
const STATEMENT = "statement { signerName text meaning algorithm custody keyId signedAt verifies erasedBy { seq } }";

let server;
let integrator;
let admin;
let ana;
let sent;
let person;
before(async () => {
  server = await Server.start({ record_views: "all", log: "debug" });
  const shipped = await readFile(new URL("../../document-types/receipt.toml", import.meta.url), "utf8");
  const type = join(server.data, "deed.toml");
  await writeFile(type, `${shipped.replace('name = "receipt"', 'name = "deed"')}\n[signing]\nrequired = true\n`);
  await server.command(["admin", "publish-type"], { options: [type] });
  integrator = Client.withToken(server.url, await server.token("integrator"));
  admin = await Client.signedIn(server.url, await server.firstLogin());
  ana = await Client.signedIn(server.url, await server.addUser(ANA.email, ANA.name, "reviewer", ANA.password));
});
after(() => server?.stop());

/** All events with their leaves, once all of them are in the log. */
function everything() {
  return until("everything is in the log", async () => {
    const nodes = [];
    for (let after = null, more = true; more; ) {
      const query = `query($after: String) { auditEvents(first: 100, after: $after) {
        nodes { seq type leaf data actor { id } } pageInfo { hasNextPage endCursor } } }`;
      const { auditEvents } = await admin.query(query, { after });
      nodes.push(...auditEvents.nodes);
      ({ hasNextPage: more, endCursor: after } = auditEvents.pageInfo);
    }
    return nodes.every(({ leaf }) => leaf !== null) && nodes;
  });
}

async function eventsOf(id) {
  const query = `query($id: ID!) { document(id: $id) { events(first: 100) { nodes { type seq actor { id name } } } } }`;
  return (await admin.query(query, { id })).document.events.nodes;
}

test("a decision is signed with the password given again, and shows who, when and what it means", async () => {
  sent = await integrator.upload(sample("kiosk-small.jpg"), "privacy-1", { type: "deed", fileName: FILE });
  await integrator.untilRead(sent.location);
  const claimed = `task { id lease { token } document { id pages { imageUrl } ${FIELDS} } }`;
  const { task } = await ana.change("claimNextTask", claimed, { idempotencyKey: "claim" });
  const held = { taskId: task.id, leaseToken: task.lease.token };
  const company = task.document.fields.find(({ name }) => name === "company");
  const correction = { ...held, fieldId: company.id, expectedVersion: company.version, text: CORRECTED };
  await ana.change("correctField", "field { id }", { ...correction, reason: "MISREAD", idempotencyKey: "correct" });
  for (const { imageUrl } of task.document.pages) assert.equal((await ana.fetch(imageUrl)).status, 200);

  const verdict = { decision: "REJECT", reason: REASON };
  const decide = (key, signature) =>
    ana.change("decideTask", `task { decidedAt ${STATEMENT} } document { state }`, {
      ...held,
      ...verdict,
      idempotencyKey: key,
      ...(signature && { signature }),
    });
  await assert.rejects(decide("bare"), ({ extensions }) => extensions.reason === "SIGNATURE_REQUIRED");
  const wish = { task: task.id, leaseToken: task.lease.token, ...verdict, idempotencyKey: "prepare" };
  const { prepared } = await ana.change("prepareDecision", "prepared { id statement challenge }", wish);
  assert.match(prepared.statement, /^countersign-statement\/v1\n/);
  assert.ok(prepared.statement.includes(`\nreason: ${REASON}\n`));
  const wrong = decide("wrong", { prepared: prepared.id, password: "a guess at it" });
  await assert.rejects(wrong, ({ extensions }) => extensions.reason === "PASSWORD_WRONG");
  const decided = await decide("decide", { prepared: prepared.id, password: ANA.password });
  assert.equal(decided.document.state, "REJECTED");
  const { signedAt, keyId, ...shown } = decided.task.statement;
  assert.deepEqual(shown, {
    signerName: ANA.name,
    text: prepared.statement,
    meaning: "REJECTION",
    algorithm: "server_held",
    custody: "SERVER_HELD",
    verifies: true,
    erasedBy: null,
  });
  assert.equal(signedAt, decided.task.decidedAt);
  assert.match(keyId, /^[0-9a-f]{32}$/);
});

test("who looked is recorded once, and a hold forbids to erase", async () => {
  const events = await eventsOf(sent.id);
  const views = events.filter(({ type }) => type === "document.viewed/v1");
  assert.equal(views.filter(({ actor }) => actor.name === ANA.name).length, 1);
  person = views.find(({ actor }) => actor.name === ANA.name).actor.id;

  const hold = (key, on) =>
    admin.change("setHold", "document { hold }", { document: sent.id, on, reason: HOLD, idempotencyKey: key });
  await hold("hold", true);
  const erase = { document: sent.id, reason: ERASURE, idempotencyKey: "early" };
  await assert.rejects(
    admin.change("eraseDocument", "document { id }", erase),
    ({ extensions }) => extensions.reason === "ON_HOLD",
  );
  await hold("lift", false);
});

test("nothing personal that went in stands in a leaf, or in what the server logs", async () => {
  const { document } = await admin.query(`query($id: ID!) { document(id: $id) { ${FIELDS} pages { lines { text } } } }`, {
    id: sent.id,
  });
  const read = document.fields.flatMap(({ text, value, alternatives, history }) => [
    text,
    value,
    ...[...alternatives, ...history].map((other) => other.text),
  ]);
  const lines = document.pages.flatMap((page) => page.lines.map(({ text }) => text));
  const printed = Object.values(truth("kiosk-small.jpg").fields).flatMap(({ text, value }) => [text, value]);
  const { email: adminEmail, password } = await server.firstLogin();
  const typed = [FILE, CORRECTED, REASON, HOLD, ERASURE, ANA.email, ANA.name, ANA.password, adminEmail, password];
  // What is short may be a part of an id or a number by chance: "$", "0.54".
  const personal = new Set([...typed, ...read, ...lines, ...printed].filter((value) => value?.length >= 6));
  assert.ok(personal.size > 20, `${personal.size} values`);
  const leaves = (await everything()).map(({ leaf }) => leaf);
  const said = await server.log();
  assert.ok(said.length > 0 && leaves.length > 15);
  for (const value of personal) {
    for (const leaf of leaves) assert.ok(!leaf.includes(value), `«${value}» stands in ${leaf}`);
    assert.ok(!said.includes(value), `«${value}» stands in the server's log`);
  }
});

test("an erased document and an erased person are shown as erased by an event", async () => {
  const erase = { document: sent.id, reason: ERASURE, idempotencyKey: "erase" };
  const selection = `document { state fileName erasedBy { seq type } pages { id } tasks { state ${STATEMENT} } ${FIELDS} }`;
  const { document } = await admin.change("eraseDocument", selection, erase);
  assert.deepEqual([document.state, document.fileName, document.pages], ["ERASED", null, []]);
  assert.equal(document.erasedBy.type, "privacy.erased/v1");
  for (const { text, value, history } of document.fields) {
    assert.deepEqual([text, value], ["", null]);
    assert.ok(history.every((version) => version.text === ""));
  }
  const [{ statement }] = document.tasks;
  assert.deepEqual([statement.text, statement.signerName, statement.verifies], [null, null, true]);

  const input = { actor: person, reason: ERASURE, idempotencyKey: "person" };
  const { actor } = await admin.change("erasePerson", "actor { name erasedBy { type } }", input);
  assert.deepEqual(actor, { name: null, erasedBy: { type: "privacy.erased/v1" } });
  await assert.rejects(Client.signedIn(server.url, ANA), ({ status }) => status === 401);
  const viewer = await ana.query("{ viewer { name } }");
  assert.equal(viewer.viewer, null, "signed out");
  const seq = (await everything()).find(({ type }) => type === "privacy.erased/v1").seq;
  assert.ok(Number.isInteger(seq));
  const names = (await eventsOf(sent.id)).map(({ actor: by }) => by.name);
  assert.ok(!names.includes(ANA.name));
});

test("the log still holds, and a verifier who is given all there is tells what was erased", async () => {
  await everything();
  assert.match(await server.verify(), /^ok /m);
  const { log } = await admin.query("{ log { verifierKey } }");
  const bundle = join(server.data, "bundle.tar");
  await server.command(["audit", "export"], { options: ["--out", bundle, "--with-disclosures", "--with-documents"] });
  const program = resolve(process.env.PROGRAMS, "countersign-verify");
  const { stdout } = await promisify(execFile)(program, [bundle, "--key", log.verifierKey, "--json"]);
  const report = JSON.parse(stdout);
  assert.equal(report.verdict, "VALID_UNWITNESSED", stdout);
  assert.equal(report.checked.signatures, 1);
  assert.ok(report.notes.includes("ERASED"), stdout);
  assert.ok(report.erased.length > 0);
  const bytes = await readFile(bundle);
  for (const value of [FILE, CORRECTED, REASON, ANA.name, ANA.email, "Harbor Walk"]) {
    assert.ok(!bytes.includes(value), `«${value}» is in the bundle`);
  }
});
