import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { Client } from "../world/client.js";
import { makeDatabase } from "../world/postgres.js";
import { sample } from "../world/samples.js";
import { Server } from "../world/server.js";
import { until } from "../world/until.js";

const FIELD = "id name version status text value history { version text }";
const TASK = `id state lease { mine token } document { id state fields { ${FIELD} } }`;

let database;
let server;
let integrator;
let reviewer;
let sent;
before(async () => {
  database = makeDatabase();
  server = await Server.start({ database_url: database.url });
  integrator = Client.withToken(server.url, await server.token("integrator"));
  reviewer = await Client.signedIn(server.url, await server.firstLogin());
});
after(async () => {
  await server?.stop();
  database?.drop();
});

test("a document sent twice under one key is one document, and another under that key is refused", async () => {
  sent = await integrator.upload(sample("kiosk-small.jpg"), "api-1", { fileName: "kiosk-small.jpg" });
  const again = await integrator.send(sample("kiosk-small.jpg"), "api-1", { fileName: "kiosk-small.jpg" });
  assert.equal(again.status, 201);
  assert.equal(again.headers.get("idempotency-replayed"), "true");
  assert.equal((await again.json()).id, sent.id);

  const other = await integrator.send(sample("bakery.jpg"), "api-1", { fileName: "kiosk-small.jpg" });
  assert.equal(other.status, 422);
  assert.equal(other.headers.get("content-type"), "application/problem+json");
  const keyless = await integrator.fetch("/api/documents?type=receipt", { method: "POST", body: sample("bakery.jpg") });
  assert.equal(keyless.status, 400);
  assert.equal((await keyless.json()).code, "IDEMPOTENCY_KEY_MISSING");
  assert.equal((await integrator.untilRead(sent.location)).state, "IN_REVIEW");
});

test("a task is claimed, corrected and decided over GraphQL; what is stale or foreign is refused", async () => {
  const { task } = await reviewer.change("claimNextTask", `task { ${TASK} }`, { idempotencyKey: "claim-1" });
  assert.equal(task.document.id, sent.id);
  const held = { taskId: task.id, leaseToken: task.lease.token };
  const total = task.document.fields.find(({ name }) => name === "total");
  const correction = { ...held, fieldId: total.id, expectedVersion: total.version, text: "11,42", reason: "MISREAD" };

  const correct = (input) => reviewer.change("correctField", `field { ${FIELD} }`, input);
  const { field } = await correct({ ...correction, idempotencyKey: "correct-1" });
  assert.deepEqual([field.status, field.text, field.value], ["CORRECTED", "11,42", "11.42"]);
  assert.deepEqual(
    field.history.map(({ text }) => text),
    [total.text, "11,42"],
    "the machine's value stays",
  );
  assert.equal((await correct({ ...correction, idempotencyKey: "correct-1" })).field.version, field.version);

  await assert.rejects(
    correct({ ...correction, idempotencyKey: "correct-2", text: "1.00" }),
    ({ code }) => code === "CONFLICT",
  );
  const foreign = {
    ...correction,
    idempotencyKey: "correct-3",
    expectedVersion: field.version,
    leaseToken: held.leaseToken + 1,
  };
  await assert.rejects(correct(foreign), ({ code }) => code === "LEASE_LOST");
  await assert.rejects(
    integrator.change("claimNextTask", "task { id }", { idempotencyKey: "claim-2" }),
    ({ code }) => code === "FORBIDDEN",
  );

  for (const { id, name, version, text, status } of task.document.fields) {
    if (name === "total" || status === "ACCEPTED_BY_MACHINE") continue;
    const input = { ...held, fieldId: id, expectedVersion: version, idempotencyKey: `settle-${name}` };
    if (text === "") await reviewer.change("markField", "field { id }", { ...input, mark: "MISSING" });
    else await reviewer.change("confirmField", "field { id }", input);
  }
  const decide = { ...held, idempotencyKey: "decide-1", decision: "APPROVE" };
  const decided = await reviewer.change("decideTask", "task { state } document { state }", decide);
  assert.deepEqual(decided, { task: { state: "DECIDED" }, document: { state: "ACCEPTED" } });
});

test("the events of a document are leaves of the log, under a signed checkpoint", async () => {
  const query = `query($id: ID!) {
    document(id: $id) { events { nodes { type seq leafHash leaf actor { kind } } } }
    checkpoints(first: 1) { nodes { size root note } }
    log { size verifierKey alarm }
  }`;
  const { document, checkpoints, log } = await until("everything is signed", async () => {
    const answer = await reviewer.query(query, { id: sent.id });
    const { events } = answer.document;
    const signed = answer.checkpoints.nodes[0]?.size ?? 0;
    return events.nodes.every(({ seq }) => seq !== null && seq < signed) && answer;
  });
  const types = document.events.nodes.map(({ type }) => type.replace(/\/v\d+$/, ""));
  assert.equal(types[0], "document.received");
  assert.equal(types.at(-1), "task.decided");
  assert.equal(types.filter((type) => type === "document.read").length, 1, "read once");
  assert.equal(types.filter((type) => type === "field.corrected").length, 1, "sent twice, corrected once");
  for (const { leaf, leafHash } of document.events.nodes) {
    assert.match(leafHash, /^[0-9a-f]{64}$/);
    // Without its times: the seconds of one may look like an amount.
    const said = leaf.replace(/T[\d:.]+Z/g, "");
    assert.doesNotMatch(said, /11[.,]42|kiosk|localhost/i, "no value and nothing personal is in a leaf");
  }
  assert.equal(log.alarm, null);
  assert.match(checkpoints.nodes[0].note, /\n\n— /);
  assert.match(await server.verify(), /^ok /m);
});

test("changes come over WebSocket as they happen, and what was missed comes first", async () => {
  const changes = `subscription($after: Int) { documentChanged(after: $after) { seq document { id state } } }`;
  const seen = [];
  const live = reviewer.live();
  const stream = live.iterate({ query: changes });
  const listening = (async () => {
    for await (const { data, errors } of stream) {
      assert.equal(errors, undefined);
      seen.push(data.documentChanged);
      if (data.documentChanged.document.state === "IN_REVIEW") break;
    }
  })();
  await live.connected;
  const { id } = await integrator.upload(sample("kiosk-small.jpg"), "api-live");
  await listening;
  await live.dispose();
  const own = seen.filter(({ document }) => document.id === id);
  assert.ok(own.length >= 2, "more than the last change was told");
  const numbers = seen.map(({ seq }) => seq);
  assert.deepEqual(
    numbers,
    numbers.toSorted((a, b) => a - b),
  );

  const later = reviewer.live();
  const missed = later.iterate({ query: changes, variables: { after: own[0].seq } });
  const { value } = await missed.next();
  assert.equal(value.data.documentChanged.document.id, id);
  assert.ok(value.data.documentChanged.seq > own[0].seq, "not what was seen already");
  await later.dispose();
});
