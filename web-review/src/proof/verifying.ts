/** In single quotes, as a shell takes it word for word. */
const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

const keyOptions = (keys: readonly string[]) => keys.map((key) => `--key ${quoted(key)}`).join(" ");

/** Commands as docs/auditors.md has them, with the log's own keys filled in. */
export const proofCommand = (file: string, key: string) => `countersign-verify receipt ${file} ${keyOptions([key])}`;

export const bundleCommands = (bundle: string, keys: readonly string[]) => ({
  ours: `countersign-verify ${bundle} ${keyOptions(keys)}`,
  python: `tar -xf ${bundle} --one-top-level=bundle && python3 bundle/verify.py bundle ${keyOptions(keys)}`,
  files: "(cd bundle && sha256sum -c MANIFEST.sha256)",
  openssl:
    "openssl pkeyutl -verify -pubin -inkey bundle/log.pub.pem -rawin -in bundle/checkpoint.body -sigfile bundle/checkpoint.sig",
});
