/** In single quotes, as a shell takes it word for word. */
const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

const keyOptions = (keys: readonly string[]) => keys.map((key) => `--key ${quoted(key)}`).join(" ");

/** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410), in octal for printf. */
const SPKI_HEAD = "\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000";

/** Commands as docs/auditors.md has them, with the log's own keys filled in. */
export const proofCommand = (file: string, key: string) => `countersign-verify receipt ${file} ${keyOptions([key])}`;

/** `pins`: the keys that the log starts from; it introduces later ones itself. `newest`: the one that signs now. */
export const bundleCommands = (pins: readonly string[], newest: string) => ({
  ours: `countersign-verify bundle.tar ${keyOptions(pins)}`,
  unpack: "mkdir bundle && tar xf bundle.tar -C bundle",
  python: `python3 bundle/verify.py bundle ${keyOptions(pins)}`,
  files: "(cd bundle && sha256sum --check --quiet MANIFEST.sha256)",
  openssl: [
    `{ printf '${SPKI_HEAD}'; printf %s ${quoted(newest)} | cut -d + -f 3- | base64 -d | tail -c 32; } |`,
    "  openssl pkey -pubin -inform DER -out my.pem",
    "openssl pkeyutl -verify -rawin -pubin -inkey my.pem -in bundle/checkpoint.body -sigfile bundle/checkpoint.sig",
  ].join("\n"),
});
