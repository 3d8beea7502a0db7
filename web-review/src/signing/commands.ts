/** Where `countersign sign` keeps a reviewer's key, unless told otherwise. */
const KEY = "countersign-signing.key";

export const newKeyCommand = () => `countersign sign new-key --out ${KEY}`;
export const signCommand = (file: string) => `countersign sign statement ${file} --key ${KEY}`;
export const proveCommand = (challenge: string) => `countersign sign challenge ${challenge} --key ${KEY}`;
