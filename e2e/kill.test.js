// The process is killed at random moments while documents are sent, read and reviewed. Whatever was acknowledged is
// there, whatever was not can be asked for again under its key, and the log holds. SEED=number repeats a run's moments.
import { strict as assert } from "node:assert";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Refused } from "./world/client.js";
import { makeDatabase } from "./world/postgres.js";
import { sample } from "./world/samples.js";
import { Server } from "./world/server.js";
import { until } from "./world/until.js";

const KILLS = 6;
const UPLOADERS = 2;
const UPLOADS_EACH = 7;
/** Milliseconds that the server lives at least and at most. */
const LIFE = [300, 3_000];
const SETTLED_SECONDS = 90;
/** Work that a killed process had begun is taken up soon, and not given up however often that happens. */
const SETTINGS = { job_lease_seconds: 3, job_attempts: 30 };
const FILE = sample("kiosk-small.jpg");

test("kill -9 loses nothing on SQLite", (t) => story(t, null));

test("kill -9 loses nothing on PostgreSQL", async (t) => {
  const database = makeDatabase();
  t.after(() => database.drop());
  await story(t, database.url);
});

async function story(t, databaseUrl) {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  t.diagnostic(`SEED=${seed}`);
  const server = await Server.start(databaseUrl ? { ...SETTINGS, database_url: databaseUrl } : SETTINGS);
  const over = new AbortController();
  const working = [];
  try {
    const integrator = Client.withToken(server.url, await server.token("integrator"));
    const reviewer = await Client.signedIn(server.url, await server.firstLogin());
    const acknowledged = { uploads: new Map(), corrections: new Map(), decided: new Set() };
    const reviewing = review(reviewer, acknowledged, over.signal);
    const sending = Array.from({ length: UPLOADERS }, (_, who) => send(integrator, who, acknowledged, over.signal));
    working.push(reviewing, ...sending, kill(server, randomFrom(seed), over.signal));
    const done = Promise.all(working.slice(1)).then(() => allDecided(acknowledged));
    await Promise.race([done, reviewing]);
    await check(reviewer, acknowledged);
    assert.match(await server.verify(), /^ok /m);
    const { uploads, corrections } = acknowledged;
    t.diagnostic(`${KILLS} kills, ${uploads.size} uploads, ${corrections.size} corrections`);
  } catch (error) {
    t.diagnostic(await server.log());
    throw error;
  } finally {
    over.abort();
    await Promise.allSettled(working);
    await server.stop();
  }
}

async function kill(server, random, over) {
  for (let times = 0; times < KILLS && !over.aborted; times += 1) {
    await sleep(LIFE[0] + random() * (LIFE[1] - LIFE[0]));
    await server.kill();
    await server.start();
  }
}

function allDecided({ uploads, decided }) {
  return until("every document is reviewed", () => decided.size === uploads.size, { seconds: SETTLED_SECONDS });
}

/** Sends files one after another, each under its key until it is acknowledged. */
async function send(client, who, acknowledged, over) {
  for (let number = 0; number < UPLOADS_EACH; number += 1) {
    const key = `upload-${who}-${number}`;
    acknowledged.uploads.set(key, await insist(() => client.upload(FILE, key), over));
    await sleep(500);
  }
}

/** Reviews whatever waits: every field corrected, every task approved. */
async function review(client, acknowledged, over) {
  const claim = "task { id lease { token } document { id fields { id kind version } } }";
  for (let turn = 0; !over.aborted; turn += 1) {
    const change = (name, selection, input) => insist(() => client.change(name, selection, input), over);
    const { task } = await change("claimNextTask", claim, { idempotencyKey: `claim-${turn}` });
    if (task === null) {
      await sleep(100);
      continue;
    }
    const held = { taskId: task.id, leaseToken: task.lease.token };
    for (const { id, kind, version } of task.document.fields) {
      const text = fitting(kind, turn);
      const input = {
        ...held,
        idempotencyKey: `correct-${id}`,
        fieldId: id,
        expectedVersion: version,
        text,
        reason: "OTHER",
      };
      const { field } = await change("correctField", "field { version }", input);
      acknowledged.corrections.set(id, { version: field.version, text });
    }
    const input = { ...held, idempotencyKey: `decide-${task.id}`, decision: "APPROVE" };
    await change("decideTask", "task { id }", input);
    acknowledged.decided.add(task.document.id);
  }
}

/** A value that a field of this kind takes. */
function fitting(kind, turn) {
  if (kind === "DATE") return `2025-01-${String((turn % 28) + 1).padStart(2, "0")}`;
  if (kind === "AMOUNT") return `${turn}.50`;
  return kind === "CURRENCY" ? "EUR" : `Number ${turn}`;
}

/** Asks again, as a program should, while there is no answer or one that says to come again. */
function insist(ask, over) {
  return until("there is an answer", async () => {
    over.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Refused && ![409, 429, 503].includes(error.status)) throw error;
      return null;
    }
  });
}

async function check(client, { uploads, corrections, decided }) {
  const { documents } = await client.query(`{ documents(first: 100) { nodes {
    id state reading { id } events(first: 100) { nodes { type seq } }
    fields { id text version status history { version text } }
  } } }`);
  const sent = [...uploads.values()].map(({ id }) => id);
  assert.deepEqual(documents.nodes.map(({ id }) => id).toSorted(), sent.toSorted(), "one document a key");

  const fields = new Map(documents.nodes.flatMap((document) => document.fields.map((field) => [field.id, field])));
  for (const [id, { version, text }] of corrections) {
    const field = fields.get(id);
    assert.deepEqual([field.status, field.version, field.text], ["CORRECTED", version, text]);
    assert.deepEqual(
      field.history.map((value) => value.version),
      [1, 2],
      "changed once, however often it was asked",
    );
  }
  for (const { id, state, reading, events } of documents.nodes) {
    assert.equal(state, decided.has(id) ? "ACCEPTED" : "IN_REVIEW");
    assert.ok(reading, `${id} was read`);
    const types = events.nodes.map(({ type }) => type.replace(/\/v\d+$/, ""));
    for (const once of ["document.received", "document.read", "document.routed", "task.claimed", "task.decided"]) {
      assert.equal(types.filter((type) => type === once).length, 1, `${once} once of ${id}: ${types}`);
    }
  }
}

/** Mulberry32: numbers from 0 to 1 that a seed repeats. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
