// Writes chromium.json: assertions of Chromium's virtual authenticator, which shares no code with what verifies them.
//
//     node chromium.mjs > chromium.json
//
// Needs playwright-core (npm install in e2e/), and a Chromium: CHROMIUM, or /usr/bin/chromium. Keys and
// signatures are new each time.

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../../../../e2e/package.json", import.meta.url))("playwright-core");

const RP_ID = "localhost";
const challenge = createHash("sha256").update("what is signed").digest();
const base64url = (bytes) => Buffer.from(bytes).toString("base64url");

const server = createServer((request, response) => {
  response.setHeader("content-type", "text/html");
  const framed = `http://localhost:${server.address().port}/page`;
  response.end(request.url === "/frame" ? `<iframe src="${framed}" allow="publickey-credentials-get *"></iframe>` : "");
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const { port } = server.address();
const origin = `http://localhost:${port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-features=IsolateOrigins,site-per-process"],
});
const page = await (await browser.newContext()).newPage();
const protocol = await page.context().newCDPSession(page);
await protocol.send("WebAuthn.enable");

async function authenticator(options) {
  const { authenticatorId } = await protocol.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      ...options,
    },
  });
  return authenticatorId;
}

// Both run in the page: nothing of this file is in reach there.
const create = async ({ challenge, rpId, alg }) => {
  const credential = await navigator.credentials.create({
    publicKey: {
      challenge: Uint8Array.from(challenge),
      rp: { id: rpId, name: "review" },
      user: { id: new Uint8Array(16), name: "reviewer", displayName: "reviewer" },
      pubKeyCredParams: [{ type: "public-key", alg }],
      authenticatorSelection: { userVerification: "discouraged", residentKey: "discouraged" },
    },
  });
  const { response } = credential;
  return {
    id: [...new Uint8Array(credential.rawId)],
    spki: [...new Uint8Array(response.getPublicKey())],
    alg: response.getPublicKeyAlgorithm(),
    clientData: [...new Uint8Array(response.clientDataJSON)],
  };
};

const get = async ({ challenge, rpId, id, userVerification }) => {
  const { response } = await navigator.credentials.get({
    publicKey: {
      challenge: Uint8Array.from(challenge),
      rpId,
      userVerification,
      allowCredentials: [{ type: "public-key", id: Uint8Array.from(id) }],
    },
  });
  return {
    clientData: [...new Uint8Array(response.clientDataJSON)],
    authenticatorData: [...new Uint8Array(response.authenticatorData)],
    signature: [...new Uint8Array(response.signature)],
  };
};

const vectors = [];

async function add(name, expected, { alg = -7, options = {}, of = {}, change = (assertion) => assertion } = {}) {
  const authenticatorId = await authenticator(options);
  await page.goto(`${origin}/page`);
  const credential = await page.evaluate(create, { challenge: [...challenge], rpId: RP_ID, alg });
  if (of.framed) await page.goto(`http://127.0.0.1:${port}/frame`);
  const frame = of.framed ? page.frames()[1] : page.mainFrame();
  const assertion = change(
    await frame.evaluate(get, {
      challenge: [...(of.challenge ?? challenge)],
      rpId: RP_ID,
      id: credential.id,
      userVerification: of.userVerification ?? "required",
    }),
    credential,
  );
  vectors.push({
    name: `Chromium: ${name}`,
    expected,
    spki: Buffer.from(credential.spki).toString("base64"),
    alg: { "-7": "webauthn_es256", "-8": "webauthn_eddsa" }[credential.alg],
    challenge: base64url(challenge),
    origin: of.origin ?? origin,
    rp_id: of.rpId ?? RP_ID,
    authenticator_data: base64url(assertion.authenticatorData),
    client_data_json: base64url(assertion.clientData),
    signature: base64url(assertion.signature),
  });
  await protocol.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
}

await add("ES256", "OK");
await add("EdDSA", "OK", { alg: -8 });
await add("eligible for backup", "OK", { options: { defaultBackupEligibility: true } });
await add("backed up", "OK", { options: { defaultBackupEligibility: true, defaultBackupState: true } });
await add("the client data of the registration", "WA_TYPE", {
  change: (assertion, credential) => ({ ...assertion, clientData: credential.clientData }),
});
await add("another challenge", "WA_CHALLENGE", { of: { challenge: Buffer.alloc(32, 1) } });
await add("another page", "WA_ORIGIN", { of: { origin: "https://review.example.org" } });
await add("in a frame", "WA_ORIGIN", { of: { framed: true } });
await add("another RP ID", "WA_RPID", { of: { rpId: "example.org" } });
await add("user not verified", "WA_UV", {
  options: { hasUserVerification: false, isUserVerified: false },
  of: { userVerification: "discouraged" },
});
await add("a flipped bit", "STMT_SIG_BAD", {
  change: (assertion) => ({ ...assertion, signature: assertion.signature.with(-1, assertion.signature.at(-1) ^ 1) }),
});

await browser.close();
server.close();
console.log(JSON.stringify(vectors, null, 1));
