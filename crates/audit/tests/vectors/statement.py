"""Writes statement.json: a statement, its hashes and signatures, made with Python's hashlib and `cryptography`.

    python3 statement.py > statement.json
"""

import base64
import hashlib
import json

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

ed = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
p256 = ec.derive_private_key(0xC0FFEE, ec.SECP256R1())


def sha256(data):
    return hashlib.sha256(data).digest()


def public(key):
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return {"spki": base64.b64encode(der).decode(), "pem": pem.decode(), "kid": sha256(der).hex()[:32]}


text = f"""countersign-statement/v1
log: countersign.example/log/00000000-0000-4000-8000-000000000001/e1
document: 0197f000-0000-7000-8000-00000000d0c1
version: 7
document-sha256: {sha256(b"file").hex()}
fields-sha256: {sha256(b"fields").hex()}
prior-subject-leaf: {sha256(b"leaf").hex()}
decision: APPROVE
meaning: approval
signer-name: Zoë Ångström 王小明
signer-id: 0197f000-0000-7000-8000-00000000ac10
role: REVIEWER
reason: Sum: checked against the paper — it holds
time: 2026-01-31T23:59:59.999Z
policy-sha256: {sha256(b"type").hex()}
key-id: {public(ed)["kid"]}
nonce: 000102030405060708090a0b0c0d0e0f
"""
signed_digest = sha256(b"countersign-statement-signature/v1\n" + sha256(text.encode()))
print(json.dumps({
    "ed25519": public(ed) | {"private_pem": ed.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()},
    "p256": public(p256),
    "text": text,
    "sha256": sha256(text.encode()).hex(),
    "signed_digest": signed_digest.hex(),
    "signature": ed.sign(signed_digest).hex(),
    "possession_challenge": "a challenge",
    "possession_signature": ed.sign(sha256(b"countersign-key-enrolment/v1\na challenge")).hex(),
}, indent=1, ensure_ascii=False))
