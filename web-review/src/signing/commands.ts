/** The file of the key, on the reviewer's own machine; any other name will do. */
const KEY = "signing-key.pem";

export const newKeyCommand = () => `countersign sign new-key --out ${KEY}`;
export const signCommand = (file: string) => `countersign sign statement --key ${KEY} ${file}`;
export const proveCommand = (challenge: string) => `countersign sign prove --key ${KEY} --challenge ${challenge}`;
