// The trusted documents. The compiler only ever adds to their file, and only for generated code that changed: so `reset`
// clears both before it runs. `check` proves that each document stands under its own hash and that they are exactly those
// the generated code asks for.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const FILE = "persisted.json";

function generated() {
  const paths = readdirSync("src", { recursive: true });
  return paths.filter((path) => path.endsWith(".graphql.ts")).map((path) => `src/${path}`);
}

function wanted() {
  const ids = new Set();
  for (const path of generated()) {
    const [, id] = /^\s*"id": "([0-9a-f]{64})",$/m.exec(readFileSync(path, "utf8")) ?? [];
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

if (process.argv[2] === "reset") {
  for (const path of generated()) rmSync(path);
  writeFileSync(FILE, "{}\n");
} else {
  const found = problems();
  for (const problem of found) process.stderr.write(`${FILE}: ${problem}; run \`npm run relay\`\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
