"""Writes the golden files of this folder: python3 golden.py (needs the package cryptography).

It shares no code with the crate: hashlib, json and cryptography say what the bytes have to be.
"""

import base64
import hashlib
import json
import pathlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HERE = pathlib.Path(__file__).parent
ORIGIN = "countersign.example/log/00000000-0000-4000-8000-000000000001/e1"
SALT = base64.urlsafe_b64encode(bytes(range(16))).rstrip(b"=").decode()
PLACE = {"log", "seq", "prev", "recorded_at", "held_back"}


def write(name, data):
    (HERE / name).write_bytes(data)


def canonical(value):
    """RFC 8785 for values without floats and with ASCII keys."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, sort_keys=True).encode()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def root(leaves):
    """MTH of RFC 6962, section 2.1."""
    if len(leaves) < 2:
        return hashlib.sha256(b"\x00" + leaves[0] if leaves else b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()


disclosure = canonical([SALT, "signer-name", 'Zoë "Z" O’Neil\n'])
commitment = canonical([SALT, "document-sha256", sha256(b"a receipt")])
write("disclosure.json", disclosure)
write("disclosure.sha256", sha256(disclosure).encode())
write("commit.sha256", sha256(commitment).encode())

leaf = {
    "v": 1,
    "log": ORIGIN,
    "seq": 3,
    "prev": sha256(b"prev"),
    "id": "0198f1c2-7a3b-7c4d-8e5f-0123456789ab",
    "type": "document.decided/v1",
    "occurred_at": "2026-02-28T23:59:59.999Z",
    "recorded_at": "2026-03-01T00:00:00.000Z",
    "held_back": True,
    "actor": {"kind": "user", "id": "u-7f3a", "auth": "passkey", "session": "s-19"},
    "subject": {
        "kind": "document",
        "id": "d-42",
        "version": 7,
        "commit": sha256(commitment),
        "seq": 2,
        "prev": sha256(b"subject"),
    },
    "data": {
        "decision": "approve",
        "confidence_ppm": 987654,
        "delta": -9007199254740991,
        "reasons": ['low "total"', "tab\t", "\x0b\x7f", "déjà 漢 🧾"],
        "straight": False,
    },
    "sd": [sha256(disclosure)],
    "stmt": {
        "sha256": sha256(b"statement"),
        "kid": "k-1",
        "alg": "server_held",
        "sig": base64.urlsafe_b64encode(bytes(range(240, 256))).rstrip(b"=").decode(),
    },
    "idem": sha256(b"idem"),
    "req": sha256(b"req"),
    "node": "node-a",
    "sw": "countersign 0.1.0",
}
draft = {key: value for key, value in leaf.items() if key not in PLACE}
draft["subject"] = {key: value for key, value in leaf["subject"].items() if key not in PLACE}
write("leaf.json", canonical(leaf))
write("leaf.hash", sha256(b"\x00" + canonical(leaf)).encode())
write("draft.json", canonical(draft))

key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
key_id = hashlib.sha256(ORIGIN.encode() + b"\n\x01" + public).digest()[:4]
encoded = base64.b64encode(b"\x01" + public).decode()
write("log.vkey", f"{ORIGIN}+{key_id.hex()}+{encoded}\n".encode())


def note(text):
    signature = base64.b64encode(key_id + key.sign(text.encode())).decode()
    return f"{text}\n— {ORIGIN} {signature}\n".encode()


# The eight leaves of the reference tree in google/certificate-transparency, merkletree/merkle_tree_test.cc.
REFERENCE = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
reference_root = base64.b64encode(root([bytes.fromhex(leaf) for leaf in REFERENCE])).decode()
write("checkpoint", note(f"{ORIGIN}\n8\n{reference_root}\n"))
write("note", note("Ogni nota\n\nha un’ultima riga.\n"))
