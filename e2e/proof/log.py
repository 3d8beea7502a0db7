"""A log as Countersign writes one, made anew from the specification: leaves, tree, notes, keys. Deterministic, so that
every run attacks the same bytes. It shares no code with the verifiers it is used against."""

import base64
import copy
import datetime
import functools
import hashlib
import json
import uuid

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

START = datetime.datetime(2026, 1, 5, 8, tzinfo=datetime.timezone.utc)
SYSTEM = {"kind": "system", "id": "00000000-0000-4000-8000-0000000000ff"}
VIEWS = ("document.viewed/v1", "subject.head/v1")
# Enough that a tile of 256 hashes is full and the next one is begun.
EVERY = 16


def sha256(data):
    return hashlib.sha256(data).digest()


def canonical(value):
    """RFC 8785, for values without floats and with ASCII keys."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def b64(data):
    return base64.b64encode(data).decode()


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def seeded(name, size=32):
    """Bytes that are drawn once and for all."""
    return hashlib.shake_256(name.encode()).digest(size)


def new_id(name):
    return str(uuid.UUID(bytes=seeded(f"id of {name}", 16), version=4))


def instant(seconds):
    return (START + datetime.timedelta(seconds=seconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


# ---------------------------------------------------------------- RFC 6962, section 2.1, as it is defined

def leaf_hash(raw):
    return sha256(b"\x00" + raw)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


def split(size):
    return 1 << (size - 1).bit_length() - 1


def root(hashes):
    return _root(tuple(hashes))


@functools.lru_cache(maxsize=1 << 16)
def _root(hashes):
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256(b"")
    middle = split(len(hashes))
    return node_hash(_root(hashes[:middle]), _root(hashes[middle:]))


def inclusion(hashes, index):
    if len(hashes) < 2:
        return []
    middle = split(len(hashes))
    if index < middle:
        return [*inclusion(hashes[:middle], index), root(hashes[middle:])]
    return [*inclusion(hashes[middle:], index - middle), root(hashes[:middle])]


def consistency(hashes, old, whole=True):
    if old == len(hashes):
        return [] if whole else [root(hashes)]
    middle = split(len(hashes))
    if old <= middle:
        return [*consistency(hashes[:middle], old, whole), root(hashes[middle:])]
    return [*consistency(hashes[middle:], old - middle, False), root(hashes[:middle])]


# ---------------------------------------------------------------- C2SP signed-note and tlog-checkpoint

class NoteKey:
    """A key of a log. `name` is the origin, but in attacks."""

    def __init__(self, name, seed, public=None):
        self.name, self.private = name, Ed25519PrivateKey.from_private_bytes(seeded(seed))
        self.public = public or self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.id = sha256(name.encode() + b"\n\x01" + self.public)[:4]
        self.vkey = f"{name}+{self.id.hex()}+{b64(bytes([1]) + self.public)}"

    def pem(self):
        return self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def raw_signature(self, text):
        return self.private.sign(text.encode())

    def line(self, text, signature=None):
        return f"\u2014 {self.name} {b64(self.id + (signature or self.raw_signature(text)))}\n"


def note(text, keys):
    return (text + "\n" + "".join(key.line(text) for key in keys)).encode()


def checkpoint_text(origin, size, root_):
    return f"{origin}\n{size}\n{b64(root_)}\n"


# ---------------------------------------------------------------- the log

class Log:
    """Drafts in their order; everything that depends on the order is made by `place`, also after an attack. An attack
    may give a draft a function `forge`, over the placed leaf, and one `raw`, over its bytes."""

    def __init__(self, origin, key):
        self.origin, self.keys, self.signers = origin, [key], [key]
        self.drafts, self.signed_by = [], {}
        self._start()

    def _start(self):
        self.leaves, self.raw, self.hashes, self.subjects = [], [], [], {}

    @property
    def size(self):
        return len(self.raw)

    def append(self, type_, subject, actor=SYSTEM, data=None, *, version=1, personal=None, said=None, commit=None,
               files=None, **members):
        """Stages and places one step. `personal` becomes disclosures that go with the subject, `said` disclosures that
        go with the actor; `files` travel beside the leaf in bundles."""
        number = len(self.drafts)
        values = {**(personal or {}), **(said or {})}.items()
        disclosures = [canonical([b64url(seeded(f"salt {self.origin} {number} {turn}", 16)), name, value])
                       for turn, (name, value) in enumerate(values)]
        leaf = {
            "v": 1, "log": self.origin, "id": new_id(f"event {number}"), "type": type_, "occurred_at": instant(number),
            "recorded_at": instant(number), "actor": actor, "data": data or {}, "node": "node-a",
            "subject": {"kind": subject[0], "id": subject[1], "version": version}, "sw": "countersign 0.1.0", **members,
        }
        if disclosures:
            leaf["sd"] = [sha256(disclosure).hex() for disclosure in disclosures]
        if commit:
            disclosures.append(canonical([b64url(seeded(f"commit {self.origin} {number}", 16)), *commit]))
            leaf["subject"]["commit"] = sha256(disclosures[-1]).hex()
        self.drafts.append({"leaf": leaf, "disclosures": disclosures, "said": set(said or ()),
                            "files": dict(files or {})})
        self.place(self.drafts[-1])
        if self.size % EVERY == 0:
            self.sign()
        return self.leaves[-1]

    def place(self, draft):
        subject = draft["leaf"]["subject"]
        leaf = draft["leaf"] | {"subject": dict(subject)}
        known = self.subjects.get((subject["kind"], subject["id"]), (-1, None, None))
        leaf["seq"], leaf["subject"]["seq"] = len(self.raw), known[0] + 1
        if self.raw:
            leaf["prev"] = self.hashes[-1].hex()
        if known[1]:
            leaf["subject"]["prev"] = known[1].hex()
        leaf = draft.get("forge", lambda leaf: leaf)(leaf)
        raw = draft.get("raw", lambda raw: raw)(canonical(leaf))
        hash_ = leaf_hash(raw)
        content = known[2] if leaf["type"] in VIEWS else hash_
        self.subjects[subject["kind"], subject["id"]] = known[0] + 1, hash_, content
        self.leaves.append(leaf)
        self.raw.append(raw)
        self.hashes.append(hash_)

    def last_content(self, document):
        return self.subjects["document", document][2]

    def sign(self, signers=None):
        """A checkpoint of what there is."""
        self.signed_by[self.size] = list(signers or self.signers)

    def checkpoint(self, size, keys=None):
        return note(self.checkpoint_text(size), keys or self.signed_by[size])

    def checkpoint_text(self, size):
        return checkpoint_text(self.origin, size, root(self.hashes[:size]))

    def remade(self, edit):
        """What an attacker with the keys of the log makes of it: the drafts edited, all hashes made anew, every
        checkpoint signed again. The keys of the reviewers are not theirs."""
        other = copy.copy(self)
        other.drafts = edit(copy.deepcopy(self.drafts))
        other._start()
        for draft in other.drafts:
            other.place(draft)
        other.signed_by = {size: keys for size, keys in self.signed_by.items() if size <= other.size}
        other.signed_by.setdefault(other.size, self.signers)
        return other

    def cut(self, size):
        """The same log, when it was shorter."""
        other = copy.copy(self)
        other.drafts, other.leaves = self.drafts[:size], self.leaves[:size]
        other.raw, other.hashes = self.raw[:size], self.hashes[:size]
        other.signed_by = {at: keys for at, keys in self.signed_by.items() if at <= size}
        return other

    # Keys of the log.

    def _about_key(self, type_, key, data):
        return self.append(type_, ("log_key", key.id.hex()), data=data)

    def rotate(self, key):
        """From here on both keys sign."""
        old = self.keys[-1]
        leaf = self._about_key("key.rotated/v1", key, {"from": self.size, "new": key.vkey, "old": old.vkey})
        self.keys.append(key)
        self.signers = [old, key]
        self.sign()
        return leaf

    def retire(self, key):
        leaf = self._about_key("key.retired/v1", key, {"key": key.vkey})
        self.signers = [signer for signer in self.signers if signer is not key]
        self.sign()
        return leaf

    def revoke(self, key, good_to):
        leaf = self._about_key("key.revoked/v1", key, {"good_to": good_to, "key": key.vkey})
        self.signers = [signer for signer in self.signers if signer is not key]
        self.sign()
        return leaf

    def erase(self, kind, id_, policy="RETENTION_ENDED", actor=SYSTEM, said=None):
        """Takes disclosures, statements and files of a document or a person away, and says so."""
        digests = []
        for draft in self.drafts:
            subject, actor_id = draft["leaf"]["subject"], draft["leaf"]["actor"]["id"]
            own = (subject["kind"], subject["id"]) == (kind, id_)
            if own or (kind == "actor" and actor_id == id_):
                draft["files"].pop("txt", None)
            if own:
                draft["files"].pop("document", None)
            for disclosure in list(draft["disclosures"]):
                goes_with_actor = json.loads(disclosure)[1] in draft["said"]
                if (kind == "actor" and actor_id == id_) if goes_with_actor else own:
                    digests.append(sha256(disclosure))
                    draft["disclosures"].remove(disclosure)
        data = {"digests_sha256": sha256(b"".join(sorted(digests))).hex(), "erased": len(digests), "policy": policy}
        return self.append("privacy.erased/v1", (kind, id_), actor, data, said=said)
