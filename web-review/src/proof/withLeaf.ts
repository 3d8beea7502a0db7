const HEAD = "c2sp.org/tlog-proof@v1\n";

/**
 * A tlog-proof that carries its leaf in the extra line (C2SP tlog-proof), as receipts do: one file, which verifiers check
 * without anything else.
 */
export function withLeaf(proof: string, leaf: string): string {
  if (!proof.startsWith(`${HEAD}index `)) return proof;
  const bytes = new TextEncoder().encode(leaf);
  const extra = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `${HEAD}extra ${extra}\n${proof.slice(HEAD.length)}`;
}
