import { readFileSync } from "node:fs";

const seed = new URL("../../seed/", import.meta.url);

/** The bytes of a sample document, such as `bakery.jpg`. */
export const sample = (name) => readFileSync(new URL(`samples/${name}`, seed));

/** What is on it. */
export const truth = (name) => JSON.parse(readFileSync(new URL(`truth/${name.replace(/\.\w+$/, "")}.json`, seed)));
