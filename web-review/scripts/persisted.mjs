// The trusted documents: `reset` empties their file before the compiler fills it (it only ever adds), `check` proves that
// each stands under its own hash and that they are exactly those the generated code asks for.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const FILE = "persisted.json";

function wanted() {
  const ids = new Set();
  for (const path of readdirSync("src", { recursive: true })) {
    if (!path.endsWith(".graphql.ts")) continue;
    const [, id] = /^\s*"id": "([0-9a-f]{64})",$/m.exec(readFileSync(`src/${path}`, "utf8")) ?? [];
    if (id !== undefined) ids.add(id);
  }
  return ids;
}

function problems() {
  const documents = JSON.parse(readFileSync(FILE, "utf8"));
  const ids = wanted();
  return [
    ...Object.entries(documents).flatMap(([id, text]) => {
      if (createHash("sha256").update(text).digest("hex") !== id) return [`${id} is not the hash of its text`];
      return ids.has(id) ? [] : [`${id} is asked for by no screen`];
    }),
    ...[...ids].flatMap((id) => (id in documents ? [] : [`${id} is missing`])),
  ];
}

if (process.argv[2] === "reset") writeFileSync(FILE, "{}\n");
else {
  const found = problems();
  for (const problem of found) process.stderr.write(`${FILE}: ${problem}; run \`npm run relay\`\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
