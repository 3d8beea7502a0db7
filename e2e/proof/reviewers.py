"""Reviewers who sign: the statement, and the keys they sign it with."""

import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from log import b64, b64url, instant, new_id, seeded, sha256

ORIGIN, RP_ID = "https://review.example", "review.example"
USER_PRESENT_AND_VERIFIED = 0x05


class Reviewer:
    """A person with one key. `alg` is what stands in the leaf of a decision."""

    def __init__(self, name, alg):
        self.name, self.alg, self.id = name, alg, new_id(name)
        self.actor = {"kind": "user", "id": self.id, "auth": "password", "session": "s-1"}
        if alg == "webauthn_es256":
            self.private = ec.derive_private_key(int.from_bytes(seeded(f"key of {name}"), "big"), ec.SECP256R1())
        else:
            self.private = Ed25519PrivateKey.from_private_bytes(seeded(f"key of {name}"))
        public = self.private.public_key()
        self.spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        self.kid = sha256(self.spki).hex()[:32]

    def enrolment(self):
        custody = {"server_held": "server_held", "device_ed25519": "device"}.get(self.alg, "passkey")
        data = {"alg": "es256" if self.alg == "webauthn_es256" else "ed25519", "custody": custody, "kid": self.kid,
                "spki": b64(self.spki)}
        return data | ({"origin": ORIGIN, "rp_id": RP_ID} if custody == "passkey" else {})

    def sign(self, text, client=None, rp_id=RP_ID, flags=USER_PRESENT_AND_VERIFIED):
        """(stmt of the leaf, the files beside it). `client` overrides what a browser would say."""
        digest = signed_digest(text)
        files = {"txt": text}
        if self.alg.startswith("webauthn"):
            said = {"type": "webauthn.get", "challenge": b64url(digest), "origin": ORIGIN, "crossOrigin": False}
            files["clientdata"] = json.dumps(said | (client or {}), separators=(",", ":")).encode()
            files["authdata"] = sha256(rp_id.encode()) + bytes([flags]) + (7).to_bytes(4, "big")
            signature = self.raw_signature(files["authdata"] + sha256(files["clientdata"]))
        else:
            signature = self.raw_signature(digest)
        files["sig"] = signature
        return stmt(text, self.kid, self.alg, signature), files

    def raw_signature(self, message):
        if self.alg == "webauthn_es256":
            return self.private.sign(message, ec.ECDSA(hashes.SHA256()))
        return self.private.sign(message)


def stmt(text, kid, alg, signature):
    return {"sha256": sha256(text).hex(), "kid": kid, "alg": alg, "sig": b64url(signature)}


def signed_digest(text):
    return sha256(b"countersign-statement-signature/v1\n" + sha256(text))


def statement(log, document, version, document_sha256, reviewer, decision="APPROVE", other=None):
    """The text of a statement about what the log holds now."""
    said = {
        "log": log.origin, "document": document, "version": version, "document-sha256": document_sha256,
        "fields-sha256": sha256(b"fields").hex(), "prior-subject-leaf": log.last_content(document).hex(),
        "decision": decision, "meaning": "rejection" if decision == "REJECT" else "approval",
        "signer-name": reviewer.name, "signer-id": reviewer.id, "role": "REVIEWER", "reason": "-",
        "time": instant(log.size), "policy-sha256": sha256(b"policy").hex(), "key-id": reviewer.kid,
        "nonce": seeded(f"nonce {log.size}", 16).hex(),
    } | (other or {})
    return ("countersign-statement/v1\n" + "".join(f"{name}: {value}\n" for name, value in said.items())).encode()
