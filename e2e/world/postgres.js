import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Debian keeps the programs of each version in a folder of its own. */
const DEBIAN = "/usr/lib/postgresql";

/** An empty database in the cluster of COUNTERSIGN_TEST_POSTGRES, and how to take it away again. */
export function makeDatabase() {
  const cluster = process.env.COUNTERSIGN_TEST_POSTGRES;
  if (!cluster) throw new Error("COUNTERSIGN_TEST_POSTGRES names no cluster: run this by scripts/with_postgres");
  const name = `story_${randomBytes(6).toString("hex")}`;
  const ask = (program, ...options) => execFileSync(find(program), [...options, "--maintenance-db", cluster, name]);
  ask("createdb");
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => ask("dropdb", "--force") };
}

function find(program) {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => b - a) : [];
  return versions.map((version) => join(DEBIAN, version, "bin", program)).find(existsSync) ?? program;
}
