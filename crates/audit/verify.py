#!/usr/bin/env python3
"""Verify a bundle of a Countersign audit log, or a receipt, with Python 3.11 and the package `cryptography` alone.

    python3 verify.py BUNDLE --key VKEY [--key VKEY …] [--pin CHECKPOINT …] [--json]
    python3 verify.py receipt FILE --key VKEY [--key VKEY …] [--json]

BUNDLE is a folder, or the same as an uncompressed tar. VKEY is the verifier key of the log, which you were given on
another way than the bundle: keys inside the bundle prove nothing. CHECKPOINT is a signed checkpoint that you kept
from earlier; without one nobody but the operator says that history was not written anew before this bundle was made.

Verdicts: VALID and VALID_UNWITNESSED (exit 0), INVALID:<CODE> (exit 1), INCOMPLETE (exit 3). Wrong usage: exit 2.

The formats are public ones: C2SP signed-note, tlog-checkpoint, tlog-tiles and tlog-proof; RFC 6962 and RFC 9162 for
the tree; RFC 8785 for JSON; RFC 8032 for Ed25519; WebAuthn for passkeys. The checks follow in the order in which they
are made, from the bytes upwards, and the first thing that does not hold is the verdict.
"""

import argparse
import base64
import hashlib
import io
import json
import math
import os
import re
import stat
import sys
import unicodedata
from collections import defaultdict

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAX_LEAF = 65_535
MAX_SMALL_FILE = 1_000_000
MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 32
MAX_CLIENT_DATA, MAX_AUTHENTICATOR_DATA = 8_192, 4_096


class Break(Exception):
    """The first thing that does not hold: a code, the index of the leaf where there is one, and plain words."""

    def __init__(self, code, index, message):
        super().__init__(message)
        self.code, self.index, self.message = code, index, message


# ---------------------------------------------------------------- canonical JSON: RFC 8785 under a strict profile

def refuse(text):
    raise ValueError("a number that is no integer")


decode_json = json.JSONDecoder(parse_float=refuse, parse_constant=refuse).decode
encode_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def canonical(raw):
    """The value of these bytes. Encoding again must give the same bytes, so a key that stands twice, an escape that
    needs none, -0, a space or another order is refused; ValueError says so."""
    try:
        value = decode_json(raw.decode())
        same = encode_json(value).encode() == raw
    except (ValueError, RecursionError) as error:
        raise ValueError("not JSON of the profile") from error
    if not same:
        raise ValueError("JSON, but not in its canonical form")
    check_profile(value, 0)
    return value


def check_profile(value, depth):
    kind = type(value)
    if kind is str or kind is bool:
        return
    if kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise ValueError("a number outside ±9007199254740991")
        return
    if value is None:
        raise ValueError("null")
    if depth == MAX_DEPTH:
        raise ValueError("nested too deep")
    if kind is dict:
        for key in value:
            if not key.isascii():
                raise ValueError("a key that is not ASCII")
        value = value.values()
    for item in value:
        check_profile(item, depth + 1)


def base64_bytes(text, urlsafe=False):
    """Base64 in its one form: with padding, or for URLs without; no stray bits, no line breaks."""
    padded = text + "=" * (-len(text) % 4) if urlsafe else text
    data = base64.b64decode(padded, altchars=b"-_" if urlsafe else None, validate=True)
    again = base64.urlsafe_b64encode(data).rstrip(b"=") if urlsafe else base64.b64encode(data)
    if again != text.encode():
        raise ValueError("base64 in another form than the one")
    return data


# ---------------------------------------------------------------- leaves: the closed envelope

def text_like(pattern):
    match = re.compile(pattern, re.ASCII).fullmatch
    return lambda value: type(value) is str and match(value) is not None


def is_version(value):
    return type(value) is int and value == 1


def is_string(value):
    return type(value) is str


def is_count(value):
    return type(value) is int and value >= 0


def is_kind(value):
    return is_kind_form(value) and len(value) <= 255 and int(value.rpartition("/v")[2]) < 2**32


def is_time(value):
    if not is_time_form(value):
        return False
    year, month, day = int(value[:4]), int(value[5:7]), int(value[8:10])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day <= (31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def is_signature(value):
    try:
        return type(value) is str and 1 <= len(base64_bytes(value, urlsafe=True)) <= 8192
    except ValueError:
        return False


def within(rules, optional=""):
    """The rule for an object that holds these members and no others."""
    optional = set(optional.split())

    def rule(value):
        if type(value) is not dict or not value.keys() <= rules.keys():
            return False
        return all(check(value[name]) if name in value else name in optional for name, check in rules.items())

    return rule


is_text = text_like(r"[ -~]{1,255}")
is_name = text_like(r"[!-*,-~]{1,255}")
is_hash = text_like(r"[0-9a-f]{64}")
is_uuid = text_like(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
is_kind_form = text_like(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+/v[1-9][0-9]{0,9}")
is_time_form = text_like(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z")
is_actor = within({"kind": is_text, "id": is_text, "auth": is_text, "session": is_text}, "auth session")
is_subject = within({"kind": is_text, "id": is_text, "version": is_count, "commit": is_hash, "seq": is_count,
                     "prev": is_hash}, "commit prev")
is_stmt = within({"sha256": is_hash, "kid": is_text, "alg": is_text, "sig": is_signature})
is_leaf = within({
    "v": is_version,
    "log": is_name, "seq": is_count, "prev": is_hash, "id": is_uuid, "type": is_kind,
    "occurred_at": is_time, "recorded_at": is_time, "held_back": lambda value: value is True,
    "actor": is_actor, "subject": is_subject, "data": lambda value: type(value) is dict,
    "sd": lambda value: type(value) is list and len(value) > 0 and all(map(is_hash, value)),
    "stmt": is_stmt, "idem": is_hash, "req": is_hash, "node": is_text, "sw": is_text,
}, "prev held_back sd stmt idem req")


def parse_leaf(raw):
    if len(raw) > MAX_LEAF:
        raise ValueError("longer than 65535 bytes")
    leaf = canonical(raw)
    if not is_leaf(leaf):
        raise ValueError("not the closed envelope of a leaf")
    subject = leaf["subject"]
    if (leaf["seq"] == 0) != ("prev" not in leaf) or (leaf["seq"] == 0 and "held_back" in leaf):
        raise ValueError("prev is there but in the first leaf, held_back never in it")
    if (subject["seq"] == 0) != ("prev" not in subject):
        raise ValueError("subject.prev is there but in the subject's first leaf")
    return leaf


# ---------------------------------------------------------------- the tree: RFC 6962, RFC 9162, C2SP tlog-tiles

def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(raw):
    return sha256(b"\x00" + raw)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


class Tree:
    """The right edge of the tree, and the tiles as they fill."""

    def __init__(self, on_tile):
        self.size, self.peaks, self.tiles, self.on_tile = 0, [], [], on_tile

    def append(self, hash_):
        index, level = self.size, 0
        self._keep(0, hash_)
        while index & 1:
            hash_ = node_hash(self.peaks.pop(), hash_)
            index, level = index >> 1, level + 1
            if level % 8 == 0:
                self._keep(level // 8, hash_)
        self.peaks.append(hash_)
        self.size += 1

    def root(self):
        if not self.peaks:
            return sha256(b"")
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def _keep(self, level, hash_):
        if level == len(self.tiles):
            self.tiles.append([0, bytearray()])
        tile = self.tiles[level]
        tile[1] += hash_
        if len(tile[1]) == 256 * 32:
            self.on_tile(level, tile[0], bytes(tile[1]))
            self.tiles[level] = [tile[0] + 1, bytearray()]

    def finish(self):
        for level, (number, tile) in enumerate(self.tiles):
            if tile:
                self.on_tile(level, number, bytes(tile))


def tile_path(level, number, width):
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03}")
    return f"tile/{level}/{'/'.join(groups)}" + ("" if width == 256 else f".p/{width}")


def inclusion_holds(hash_, index, size, proof, root):
    """RFC 9162, section 2.1.3.2."""
    if index >= size:
        return False
    first, last = index, size - 1
    for sibling in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            hash_ = node_hash(sibling, hash_)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            hash_ = node_hash(hash_, sibling)
        first, last = first >> 1, last >> 1
    return last == 0 and hash_ == root


def consistency_holds(old, new, proof, old_root, new_root):
    """RFC 9162, section 2.1.4.2."""
    if old == 0 or old >= new:
        return old == new > 0 and not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else proof
    if not path:
        return False
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    a = b = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            a, b = node_hash(sibling, a), node_hash(sibling, b)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            b = node_hash(b, sibling)
        first, last = first >> 1, last >> 1
    return last == 0 and a == old_root and b == new_root


# ---------------------------------------------------------------- keys and signatures

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
# The y of the eight points of small order (RFC 7748, section 7, says why to refuse them): with such a key, or such an
# R, one signature holds for many messages. `cryptography` accepts them.
Y8 = int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little")
SMALL_ORDER = {0, 1, P - 1, Y8, P - Y8}


def point_is_sound(encoded):
    y = int.from_bytes(encoded, "little") & (2**255 - 1)
    return len(encoded) == 32 and y < P and y not in SMALL_ORDER


def ed25519_holds(public, message, signature):
    """RFC 8032, section 5.1.7, refusing besides what is not canonical and every point of small order."""
    if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= L:
        return False
    if not point_is_sound(public) or not point_is_sound(signature[:32]):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


def es256_holds(public, message, signature):
    try:
        public.verify(signature, message, ec.ECDSA(hashes.SHA256()))
        return True
    except InvalidSignature:
        return False


def is_key_name(name):
    return name != "" and not any(c == "+" or c.isspace() or unicodedata.category(c) == "Cc" for c in name)


class VerifierKey:
    """`name+id+base64` of signed-note: Ed25519 only."""

    def __init__(self, text):
        parts = text.split("+", 2)
        key = base64_bytes(parts[2]) if len(parts) == 3 else b""
        self.text, self.name, self.public = text, parts[0], key[1:]
        self.id = sha256(self.name.encode() + b"\n" + key)[:4]
        if key[:1] != b"\x01" or not point_is_sound(self.public) or not self._on_curve():
            raise ValueError("not an Ed25519 verifier key")
        if not is_key_name(self.name) or parts[1] != self.id.hex():
            raise ValueError("the id does not belong to this name and key")

    def _on_curve(self):
        y2 = pow(int.from_bytes(self.public, "little") & (2**255 - 1), 2, P)
        d = -121665 * pow(121666, -1, P)
        return pow((y2 - 1) * pow(d * y2 + 1, -1, P), (P - 1) // 2, P) in (0, 1)


class Checkpoint:
    """C2SP signed-note and tlog-checkpoint, read and not yet believed."""

    def __init__(self, raw):
        self.raw = raw
        if len(raw) > MAX_SMALL_FILE or any(byte < 0x20 and byte != 0x0A for byte in raw):
            raise ValueError("too long, or with control characters")
        text, separator, lines = raw.decode().rpartition("\n\n")
        if not separator or not lines.endswith("\n"):
            raise ValueError("no signatures below an empty line")
        self.text = text + "\n"
        self.signatures = [self._signature(line) for line in lines[:-1].split("\n")]
        if len(self.signatures) > 100:
            raise ValueError("more than 100 signatures")
        self.origin = self.size = self.root = None

    @staticmethod
    def _signature(line):
        dash, name, encoded = line.split(" ")
        signature = base64_bytes(encoded)
        if dash != "\u2014" or not is_key_name(name) or len(signature) < 5:
            raise ValueError("a line of signature is an em dash, a key name and base64")
        return name, signature[:4], signature[4:]

    def read_body(self):
        lines = self.text[:-1].split("\n")
        if len(lines) < 3 or "" in lines or not re.fullmatch(r"0|[1-9][0-9]{0,19}", lines[1]):
            raise ValueError("origin, size and root stand on a line each")
        self.origin, self.size, self.root = lines[0], int(lines[1]), base64_bytes(lines[2])
        if self.size >= 2**64 or len(self.root) != 32:
            raise ValueError("the size has 64 bits, the root 32 bytes")


class Keyring:
    """Which keys of the log count, and at which sizes: what was pinned, and what the log says from there on."""

    def __init__(self, log, pinned):
        self.log = log
        self.keys = {(key.name, key.id): key for key in pinned}
        self.valid_from = dict.fromkeys(self.keys, -1)
        self.valid_to, self.rotations = {}, []

    def open(self, raw, index):
        """The checkpoint, signed by a key that is trusted and valid at its size."""
        checkpoint = self.read(raw, index)
        signers = self.signers(checkpoint, index)
        if not signers:
            raise self.unknown(index)
        try:
            checkpoint.read_body()
        except ValueError as error:
            raise Break("NOTE_MALFORMED", index, f"not a checkpoint: {error}") from error
        if checkpoint.origin != self.log:
            raise Break("ORIGIN_MISMATCH", index, f"the checkpoint is of the log {checkpoint.origin}")
        size = checkpoint.size
        if not any(self.valid_from[key] < size <= self.valid_to.get(key, size) for key in signers):
            raise Break("KEY_OUT_OF_RANGE", index, f"its key is not valid for {checkpoint.size} leaves")
        return checkpoint

    @staticmethod
    def read(raw, index):
        try:
            return Checkpoint(raw)
        except ValueError as error:
            raise Break("NOTE_MALFORMED", index, "not a signed note") from error

    def unknown(self, index):
        names = {name for name, _ in self.keys}
        if self.log not in names:
            return Break("KEY_UNKNOWN", index, f"the key that you trust is of the log {min(names)}, and this is the log "
                                               f"{self.log}")
        return Break("KEY_UNKNOWN", index, "no key that you trust has signed the checkpoint")

    def signers(self, checkpoint, index):
        """The keys that have signed. Only those named like the log count: a signature is over the text alone, so whoever
        renames its line could move it to another log's key."""
        found = []
        for name, id_, signature in checkpoint.signatures:
            key = self.keys.get((name, id_))
            if key is None or name != self.log or (name, id_) in found:
                continue
            if not ed25519_holds(key.public, checkpoint.text.encode(), signature):
                raise Break("SIG_BAD", index, f"the signature of {name}+{id_.hex()} does not hold")
            found.append((name, id_))
        return found

    def take(self, leaf):
        """A leaf about a key of the log. A rotation waits until a checkpoint that counts covers it."""
        seq, data = leaf["seq"], leaf["data"]
        if leaf["subject"]["kind"] != "log_key":
            return
        if leaf["type"] == "key.rotated/v1" and is_count(data.get("from")):
            self.rotations.append(leaf)
        elif leaf["type"] in ("key.retired/v1", "key.revoked/v1"):
            good_to = data.get("good_to") if is_count(data.get("good_to")) else 0
            end, key = seq if leaf["type"] == "key.retired/v1" else good_to, self._name(data.get("key"))
            self.valid_to[key] = min(self.valid_to.get(key, end), end)

    def covered(self, size):
        """A checkpoint of this size counts: so do the rotations below it, in their order."""
        for leaf in [leaf for leaf in self.rotations if leaf["seq"] < size]:
            self.rotations.remove(leaf)
            data = leaf["data"]
            old, new = self._name(data.get("old")), self._name(data.get("new"))
            if old in self.keys and new is not None and new not in self.keys:
                self.keys[new], self.valid_from[new] = VerifierKey(data["new"]), data["from"]

    @staticmethod
    def _name(text):
        try:
            key = VerifierKey(text)
        except (ValueError, AttributeError):
            return None
        return key.name, key.id


def parse_proof(raw):
    """C2SP tlog-proof: (extra or None, index, hashes, the bytes of the checkpoint)."""
    head, separator, checkpoint = raw.partition(b"\n\n")
    lines = head.decode().split("\n")
    if not separator or lines.pop(0) != "c2sp.org/tlog-proof@v1":
        raise ValueError("not a tlog-proof")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = base64_bytes(lines.pop(0)[6:])
    index = re.fullmatch(r"index (0|[1-9][0-9]{0,19})", lines.pop(0) if lines else "")
    hashes_ = [base64_bytes(line) for line in lines]
    if index is None or len(hashes_) > 64 or any(len(hash_) != 32 for hash_ in hashes_):
        raise ValueError("not a tlog-proof")
    return extra, int(index[1]), hashes_, checkpoint


# ---------------------------------------------------------------- the bundle's files: a folder, or a tar

def malformed(message):
    return Break("BUNDLE_MALFORMED", None, message)


def check_utf8(name):
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise malformed("a path that is not UTF-8") from error


def check_path(path):
    check_utf8(path)
    plain = "\\" not in path and not any(unicodedata.category(c) == "Cc" for c in path)
    if not plain or len(path.encode()) > 255 or {"", ".", ".."} & set(path.split("/")):
        raise malformed(f"a path that leads out of the bundle or is not plain: {path!r}")
    return path


class Folder:
    def __init__(self, root):
        self.root, self.paths = root, set()
        for folder, folders, files in os.walk(root, onerror=self._unreadable):
            for name in folders + files:
                full = os.path.join(folder, name)
                mode = os.lstat(full).st_mode
                if stat.S_ISREG(mode):
                    self.paths.add(check_path(os.path.relpath(full, root).replace(os.sep, "/")))
                elif stat.S_ISDIR(mode):
                    check_utf8(name)
                else:
                    raise malformed(f"neither a file nor a folder: {os.path.relpath(full, root)!r}")

    @staticmethod
    def _unreadable(error):
        raise error

    def open(self, path):
        return open(os.path.join(self.root, path), "rb")


class Tar:
    """An uncompressed tar (POSIX ustar, with pax headers for long paths), read where it lies."""

    def __init__(self, path):
        self.descriptor, self.members = os.open(path, os.O_RDONLY), {}
        for name, start, size in self._walk(os.fstat(self.descriptor).st_size):
            if check_path(name) in self.members:
                raise malformed(f"two files of one path: {name!r}")
            self.members[name] = (start, size)
        self.paths = self.members.keys()

    def _walk(self, end):
        at, pax = 0, None
        while (head := os.pread(self.descriptor, 512, at)) != bytes(512):
            fields = head[:148] + b" " * 8 + head[156:]
            if len(head) < 512 or head[257:265] != b"ustar\x0000" or self._octal(head[148:156]) != sum(fields):
                raise malformed("no tar in the ustar or pax form, or one that was cut off")
            kind, size = head[156:157], self._octal(head[124:136])
            if kind == b"x":
                if size > 65_536 or pax is not None or at + 512 + size > end:
                    raise malformed("a pax header out of place")
                pax = self._pax(os.pread(self.descriptor, size, at + 512))
            elif kind in b"0\x00":
                prefix, name = (part.split(b"\0", 1)[0] for part in (head[345:500], head[:100]))
                name, pax = prefix + b"/" + name if prefix else name, pax or {}
                size = int(pax.get(b"size", size))
                if at + 512 + size > end:
                    raise malformed("a tar that was cut off")
                yield self._text(pax.get(b"path", name)), at + 512, size
                pax = None
            else:
                raise malformed("a tar holds files here, no links, folders or devices")
            at += 512 + (size + 511) // 512 * 512
        if pax is not None:
            raise malformed("a pax header without its file")

    @staticmethod
    def _octal(field):
        if not re.fullmatch(rb" *[0-7]+[ \0]*", field):
            raise malformed("a number in the tar that is none")
        return int(field.strip(b" \0"), 8)

    @classmethod
    def _pax(cls, data):
        records = {}
        while data:
            length = data.split(b" ", 1)[0]
            if not cls._is_number(length) or not len(length) + 2 < int(length) <= len(data) or data[int(length) - 1] != 10:
                raise malformed("a pax header that is none")
            key, equals, value = data[len(length) + 1:int(length) - 1].partition(b"=")
            if not equals:
                raise malformed("a pax header that is none")
            if key == b"path":
                cls._text(value)
            if (key == b"size" and not cls._is_number(value)) or key.startswith(b"GNU.sparse"):
                raise malformed("a number in the tar that is none, or a sparse file")
            records[key], data = value, data[int(length):]
        return records

    @staticmethod
    def _is_number(digits):
        return re.fullmatch(rb"[0-9]{1,1000}", digits) is not None and int(digits) < 2**64

    @staticmethod
    def _text(name):
        try:
            return name.decode()
        except UnicodeDecodeError as error:
            raise malformed("a path that is not UTF-8") from error

    def open(self, path):
        return io.BufferedReader(Window(self.descriptor, *self.members[path]), 1 << 16)


class Window(io.RawIOBase):
    def __init__(self, descriptor, start, size):
        self.descriptor, self.at, self.end = descriptor, start, start + size

    def readable(self):
        return True

    def readinto(self, buffer):
        data = os.pread(self.descriptor, min(len(buffer), self.end - self.at), self.at)
        buffer[:len(data)] = data
        self.at += len(data)
        return len(data)


class Bundle:
    def __init__(self, path):
        self.files = Folder(path) if os.path.isdir(path) else Tar(path)
        self.about = self._about()
        self.log, self.size, self.kind = self.about["log"], self.about["size"], self.about["kind"]

    def _about(self):
        for needed in ("bundle.json", "checkpoint", "events.ndjson"):
            if needed not in self.files.paths:
                raise malformed(f"{needed} is missing")
        own = {"log": {}, "document": {"subject": is_string}, "actor": {"actor": is_string},
               "period": {"from": is_time, "to": is_time, "first": is_count, "last": is_count}}
        try:
            line, newline, rest = self.read("bundle.json").partition(b"\n")
            about = canonical(line)
            parts = dict.fromkeys(("disclosures", "documents", "statements"), lambda value: type(value) is bool)
            said = within({"v": is_version, "id": is_string, "log": is_string, "size": is_count, "made_at": is_time,
                           "kind": is_string, **parts, **own[about["kind"]]})
            if not said(about) or newline + rest != b"\n":
                raise ValueError
        except (ValueError, KeyError, TypeError) as error:
            raise malformed("bundle.json says what no bundle is") from error
        return about

    def has(self, path):
        return path in self.files.paths

    def read(self, path, limit=MAX_SMALL_FILE):
        with self.files.open(path) as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise malformed(f"{path} is longer than {limit} bytes")
        return data

    def lines(self, path, limit):
        """Lines without their LF. A line of more than `limit` bytes comes cut off, so that it is refused as such."""
        with self.files.open(path) as file:
            while line := file.readline(limit + 2):
                if not line.endswith(b"\n") and len(line) < limit + 2:
                    raise malformed(f"the last line of {path} does not end")
                yield line.removesuffix(b"\n")

    def hash(self, path):
        with self.files.open(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


# ---------------------------------------------------------------- what reviewers signed

# Characters that break a line, or turn the direction of what stands around them: a text with them shows something else
# than was signed.
TURNING = set("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
STATEMENT = {
    "log": is_name, "document": is_uuid, "version": text_like(r"0|[1-9][0-9]{0,15}"), "document-sha256": is_hash,
    "fields-sha256": is_hash, "prior-subject-leaf": is_hash, "decision": text_like("APPROVE|REJECT|ESCALATE"),
    "meaning": text_like("approval|review|authorship|responsibility|rejection"),
    "signer-name": lambda name: 1 <= len(name) <= 255, "signer-id": is_uuid, "role": text_like(r"[A-Z_]{1,64}"),
    "reason": lambda reason: 1 <= len(reason) <= 2000, "time": is_time, "policy-sha256": is_hash,
    "key-id": text_like(r"[0-9a-f]{32}"), "nonce": text_like(r"[0-9a-f]{32}"),
}
VIEWS = ("document.viewed/v1", "subject.head/v1")
CUSTODY = {"server_held": ("server_held", "ed25519"), "device_ed25519": ("device", "ed25519"),
           "webauthn_es256": ("passkey", "es256"), "webauthn_eddsa": ("passkey", "ed25519")}


def parse_statement(raw):
    text = raw.decode()
    if unicodedata.normalize("NFC", text) != text or not text.endswith("\n") or len(raw) > 16_384:
        raise ValueError("not NFC, too long, or a last line that does not end")
    head, *lines = text[:-1].split("\n")
    pairs = [line.partition(": ")[::2] for line in lines]
    if head != "countersign-statement/v1" or [name for name, _ in pairs] != list(STATEMENT):
        raise ValueError("other lines than a statement has")
    for name, value in pairs:
        if not STATEMENT[name](value) or any(unicodedata.category(c) == "Cc" or c in TURNING for c in value):
            raise ValueError(f"the line {name} breaks its rule")
    return dict(pairs)


def unique(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name that stands twice")
    return members


def finite(text):
    number = float(text)
    if math.isinf(number):
        raise ValueError("a number beyond 64 bits")
    return number


def depth(value):
    if type(value) not in (dict, list):
        return 0
    return 1 + max(map(depth, value.values() if type(value) is dict else value), default=0)


def is_one_map(cbor):
    """Whether these bytes are exactly one map of CBOR: well-formed (RFC 8949, appendix C), of definite lengths, not
    nested deeper than 8 levels."""
    try:
        return cbor[:1] != b"" and cbor[0] >> 5 == 5 and skip_item(cbor, 0, 0) == len(cbor)
    except (IndexError, ValueError):
        return False


def skip_item(cbor, at, level):
    """Where the data item ends that begins at `at`."""
    major, small, at = cbor[at] >> 5, cbor[at] & 0x1f, at + 1
    argument = small
    if 24 <= small <= 27:
        argument, at = int.from_bytes(cbor[at:at + (1 << small - 24)], "big"), at + (1 << small - 24)
    if small > 27 or (major == 7 and small == 24 and argument < 32):
        raise ValueError
    if major in (2, 3):
        at += argument
    if at > len(cbor):
        raise ValueError
    items = {4: argument, 5: 2 * argument, 6: 1}.get(major, 0)
    if items > len(cbor) or (items and level == 8):
        raise ValueError
    for _ in range(items):
        at = skip_item(cbor, at, level + 1)
    return at


def signed_digest(stmt):
    return sha256(b"countersign-statement-signature/v1\n" + bytes.fromhex(stmt["sha256"]))


class Signers:
    """The reviewers' keys that the log knows so far, and the signatures already seen."""

    def __init__(self, bundle, log):
        self.bundle, self.log = bundle, log
        self.keys, self.seen, self.checked, self.unchecked = {}, set(), 0, 0

    def take(self, leaf):
        data = leaf["data"]
        if leaf["subject"]["kind"] != "actor":
            return
        if leaf["type"] == "key.enrolled/v1":
            try:
                key = Signer(leaf["subject"]["id"], data)
            except (ValueError, KeyError, TypeError, AttributeError):
                return
            self.keys.setdefault(data["kid"], key)
        elif leaf["type"] == "key.revoked/v1":
            self.keys = {kid: key for kid, key in self.keys.items() if kid != data.get("kid")}

    def check(self, leaf, content, document_sha256):
        """The statement of this leaf. `content` is the hash of the subject's last content leaf, or None where this
        bundle cannot tell; likewise `document_sha256`. Answers whether the text was there."""
        seq, stmt = leaf["seq"], leaf.get("stmt")
        if stmt is None:
            if leaf["type"] == "task.decided/v1" and leaf["data"].get("signed") is True:
                raise Break("STMT_MISMATCH", seq, "the decision was signed, but its signature is missing")
            return True
        key = self.keys.get(stmt["kid"])
        if key is None or key.actor != leaf["actor"]["id"] or CUSTODY.get(stmt["alg"]) != (key.custody, key.alg):
            raise Break("STMT_MISMATCH", seq, "no key enrolled earlier for this actor, and not revoked, fits")
        digest, signature = signed_digest(stmt), base64_bytes(stmt["sig"], urlsafe=True)
        if stmt["alg"].startswith("webauthn_"):
            complete = self._check_assertion(seq, key, digest, signature)
        elif ed25519_holds(key.public, digest, signature):
            complete = True
        else:
            raise Break("STMT_SIG_BAD", seq, "the signature over the statement does not hold")
        self.checked += complete
        self.unchecked += not complete
        text = f"statements/{seq}.txt"
        if self.bundle.has(text):
            self._check_text(leaf, stmt, self.bundle.read(text), content, document_sha256)
        if digest in self.seen:
            raise Break("WA_REUSED", seq, "this signature was used for an earlier decision")
        self.seen.add(digest)
        return complete and self.bundle.has(text)

    def _check_assertion(self, seq, key, digest, signature):
        """WebAuthn level 3, section 7.2, from step 8 on, as far as it can be done later and elsewhere. Answers whether
        what the passkey signed is there."""
        names = [f"statements/{seq}.{kind}" for kind in ("authdata", "clientdata")]
        if not all(map(self.bundle.has, names)):
            return False
        authenticator, client_bytes = map(self.bundle.read, names)
        try:
            client = json.loads(client_bytes.decode("utf-8-sig"), object_pairs_hook=unique, parse_constant=refuse,
                                parse_float=finite, parse_int=finite)
            json.dumps(client, ensure_ascii=False).encode()  # half of a surrogate pair has no bytes
            kind, challenge, origin = said = client["type"], client["challenge"], client["origin"]
            crossed = client.get("crossOrigin", False)
            if not all(map(is_string, said)) or type(crossed) is not bool or len(client_bytes) > MAX_CLIENT_DATA \
                    or depth(client) > 127:
                raise ValueError
            framed = crossed or "topOrigin" in client
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Break("STMT_SIG_BAD", seq, "the client data of the passkey are none") from error
        challenge_text = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        flags = authenticator[32] if len(authenticator) >= 37 else 0
        # UP 1, UV 4, BE 8, BS 16, AT 64, ED 128 (section 6.1).
        rest = authenticator[37:]
        whole = is_one_map(rest) if flags & 0x80 else not rest
        for code, holds, message in (
                ("WA_TYPE", kind == "webauthn.get", "the passkey was not used to sign"),
                ("WA_CHALLENGE", challenge == challenge_text, "the passkey signed something else"),
                ("WA_ORIGIN", origin == key.origin and not framed, "the passkey was used on another page"),
                ("WA_RPID", authenticator[:32] == sha256(key.rp_id.encode()), "the passkey belongs to another site"),
                ("STMT_SIG_BAD", len(authenticator) <= MAX_AUTHENTICATOR_DATA and not flags & 0x40 and whole,
                 "authenticatorData is not that of an assertion"),
                ("WA_UV", flags & 0x05 == 0x05, "the passkey did not verify its user"),
                ("STMT_SIG_BAD", flags & 0x18 != 0x10, "a passkey is backed up that cannot be")):
            if not holds:
                raise Break(code, seq, message)
        message = authenticator + sha256(client_bytes)
        holds = es256_holds if key.alg == "es256" else ed25519_holds
        if not holds(key.public, message, signature):
            raise Break("STMT_SIG_BAD", seq, "the signature of the passkey does not hold")
        return True

    def _check_text(self, leaf, stmt, raw, content, document_sha256):
        seq, subject = leaf["seq"], leaf["subject"]
        try:
            said = parse_statement(raw)
        except ValueError as error:
            raise Break("STMT_MISMATCH", seq, f"the text is no statement: {error}") from error
        must = {"log": self.log, "document": subject["id"], "version": str(subject["version"] - 1),
                "decision": leaf["data"].get("decision"), "signer-id": leaf["actor"]["id"], "key-id": stmt["kid"],
                "prior-subject-leaf": None if content is None else content.hex(), "document-sha256": document_sha256}
        if sha256(raw).hex() != stmt["sha256"] or subject["kind"] != "document":
            raise Break("STMT_MISMATCH", seq, "the text is not the one that was signed")
        for name, value in must.items():
            if value is not None and said[name] != value:
                raise Break("STMT_MISMATCH", seq, f"the statement says another {name} than the leaf")


class Signer:
    """A key as `key.enrolled/v1` brings it: SubjectPublicKeyInfo in its one DER form (RFC 8410, RFC 5480)."""

    ED25519, P256 = bytes.fromhex("302a300506032b6570032100"), bytes.fromhex(
        "3059301306072a8648ce3d020106082a8648ce3d030107034200")

    def __init__(self, actor, data):
        spki, passkey = base64_bytes(data["spki"]), data["custody"] == "passkey"
        self.actor, self.alg, self.custody = actor, data["alg"], data["custody"]
        if self.custody not in ("server_held", "device", "passkey"):
            raise ValueError("a custody that is none of ours")
        if data.keys() != {"alg", "custody", "kid", "spki"} | ({"origin", "rp_id"} if passkey else set()):
            raise ValueError("other members than an enrolment has")
        if self.alg == "ed25519" and spki.startswith(self.ED25519) and point_is_sound(spki[12:]):
            self.public = spki[12:]
        elif self.alg == "es256" and passkey and spki.startswith(self.P256 + b"\x04"):
            self.public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), spki[26:])
        else:
            raise ValueError("an algorithm that is none of ours, or a key of small order")
        if sha256(spki).hex()[:32] != data["kid"]:
            raise ValueError("a kid of another key")
        if passkey:
            self.origin, self.rp_id = data["origin"], data["rp_id"]
            host, port = re.fullmatch(r"https?://([a-z0-9.-]+)(?::(0|[1-9][0-9]{0,4}))?", self.origin).groups("0")
            below = is_string(self.rp_id) and f".{host}".endswith(f".{self.rp_id}")
            if not below or self.rp_id[:1] in ("", ".") or int(port) > 65_535 or len(self.origin) > 270:
                raise ValueError("a passkey of another site")


# ---------------------------------------------------------------- disclosures: what the digests in the leaves stand for

class Disclosures:
    """Follows the leaves with the disclosures beside them; what is undisclosed waits until all erasures are known."""

    def __init__(self, bundle):
        self.whole, self.expected = bundle.kind == "log", bundle.about["disclosures"]
        self.checked, self.break_ = 0, None
        self.undisclosed, self.silent, self.erasures, self.erased = [], [], defaultdict(list), {}
        self.received, self.left_out = [], False
        self.lines = self._read(bundle) if bundle.has("disclosures.ndjson") else iter(())
        self.next = next(self.lines, None)

    def _read(self, bundle):
        is_line = within({"disclosure": is_string, "seq": is_count})
        try:
            for line in bundle.lines("disclosures.ndjson", 64 * MAX_LEAF):
                said = canonical(line)
                if not is_line(said):
                    raise ValueError
                yield said["seq"], said["disclosure"].encode()
        except ValueError:
            self._note(malformed("a line of disclosures.ndjson is none"))
        except Break as found:
            self._note(found)

    def _note(self, found):
        self.break_ = self.break_ or found

    def of(self, leaf):
        """The disclosures of this leaf, checked against its digests: {name: value}."""
        seq, subject, disclosed = leaf["seq"], leaf["subject"], {}
        digests = [*leaf.get("sd", ()), *([subject["commit"]] if "commit" in subject else [])]
        while self.next is not None and self.next[0] <= seq:
            (at, raw), self.next = self.next, next(self.lines, None)
            try:
                salt, name, value = canonical(raw)
                if type(canonical(raw)) is not list or not is_string(name):
                    raise ValueError
                if at != seq or sha256(raw).hex() not in digests or len(base64_bytes(salt, urlsafe=True)) < 16:
                    raise ValueError
                if name == "document-sha256" and not is_hash(value):
                    name = None
            except (ValueError, TypeError, AttributeError):
                self._note(Break("SD_MISMATCH", at, "a disclosure that its leaf does not commit to"))
                continue
            digests.remove(sha256(raw).hex())
            disclosed.setdefault(name, value)
            self.checked += 1
        who = (subject["kind"], subject["id"]), ("actor", leaf["actor"]["id"])
        if self.expected:
            self.undisclosed += [(seq, digest, who) for digest in digests]
        self.left_out |= bool(digests) and not self.expected
        if leaf["type"] == "document.received/v1":
            self.received.append((seq, disclosed.get("document-sha256"), who))
        if leaf["type"] == "privacy.erased/v1":
            self.erasures[who[0]].append(leaf)
        return disclosed

    def miss_text(self, leaf):
        subject = leaf["subject"]
        self.silent.append((leaf["seq"], ((subject["kind"], subject["id"]), ("actor", leaf["actor"]["id"]))))

    def finish(self):
        """A digest without its disclosure was erased by a later event, or is withheld."""
        if self.next is not None:
            self._note(Break("SD_MISMATCH", self.next[0], "a disclosure that no leaf commits to"))
        if self.break_:
            raise self.break_
        for seq, who, what in [*((seq, who, "a disclosure") for seq, _, who in self.undisclosed),
                               *((seq, who, "the text of a statement") for seq, who in self.silent)]:
            erasers = self.erasers(seq, who)
            if not erasers:
                raise Break("INCOMPLETE", seq, f"{what} is missing, and no later event says that it was erased")
            self.erased[seq] = erasers[0]
        if self.whole:
            self.check_counts()

    def uploads(self):
        """(seq, hash or None where it is not disclosed) of the uploaded files that were not erased. The file goes with the
        document; where its hash is missing, either erasure that explains that will do."""
        return [(seq, hash_) for seq, hash_, who in self.received if not self.erasers(seq, who[:1] if hash_ else who)]

    def erasers(self, seq, who):
        """The events that can have erased a value of this leaf: the first later ones of its subject, of its actor."""
        firsts = (next((leaf["seq"] for leaf in self.erasures.get(one, ()) if leaf["seq"] > seq), None) for one in who)
        return list(dict.fromkeys(first for first in firsts if first is not None))

    def check_counts(self):
        """No erasure explains more than it counts, and where it explains just as many values they are the ones that it
        names. A leaf does not say whether a value went with its subject or its actor: what the one that is full cannot
        have erased, the other one did."""
        says = {leaf["seq"]: leaf["data"] for leaves in self.erasures.values() for leaf in leaves}
        count = {seq: data["erased"] if is_count(data.get("erased")) else 0 for seq, data in says.items()}
        certain, doubtful = defaultdict(list), defaultdict(dict)
        for seq, digest, who in self.undisclosed:
            erasers = self.erasers(seq, who)
            if len(erasers) == 1:
                certain[erasers[0]].append(digest)
            for one, other in (erasers, erasers[::-1]) if len(erasers) == 2 else ():
                doubtful[one][other, digest] = True
        full = [seq for seq in sorted(says) if len(certain[seq]) >= count[seq]]
        while full:
            one = full.pop()
            for other, digest in doubtful.pop(one, ()):
                if doubtful[other].pop((one, digest), False):
                    certain[other].append(digest)
                    if len(certain[other]) >= count[other]:
                        full.append(other)
        for seq in sorted(says):
            digests = b"".join(sorted(map(bytes.fromhex, certain[seq])))
            named = sha256(digests).hex() == says[seq].get("digests_sha256")
            if len(certain[seq]) > count[seq] or (digests and len(certain[seq]) == count[seq] and not named):
                raise Break("INCOMPLETE", seq, "more is missing than this event says it erased")


# ---------------------------------------------------------------- the verification, in the order of its checks

class Verification:
    def __init__(self, bundle, pinned):
        self.bundle, self.checkpoint = bundle, None
        self.log, self.ring = bundle.log, Keyring(bundle.log, pinned)
        self.pins_met = self.leaves = self.checkpoints = self.documents = 0
        self.signers, self.disclosures = Signers(bundle, bundle.log), Disclosures(bundle)
        self.subjects, self.document_sha256, self.left_out = {}, {}, set()
        self.last = self.met = None

    def read_pin(self, raw):
        pin = self.ring.read(raw, None)
        try:
            pin.read_body()
        except ValueError as error:
            raise Break("NOTE_MALFORMED", None, f"a checkpoint that you keep is none: {error}") from error
        return pin

    def run(self, pins):
        self.pins = [self.read_pin(raw) for raw in pins]
        self.checkpoint = self.read_checkpoint()
        {"log": self.read_log}.get(self.bundle.kind, self.read_part)()
        self.disclosures.finish()
        self.check_documents()
        self.check_manifest()

    def read_checkpoint(self):
        """What can be said before the leaves were read: they may bring a newer key, or end the range of this one."""
        checkpoint = self.ring.read(self.bundle.read("checkpoint"), None)
        if not self.ring.signers(checkpoint, None) and not self.has_rotation():
            raise self.ring.unknown(None)
        try:
            checkpoint.read_body()
        except ValueError as error:
            raise Break("NOTE_MALFORMED", None, f"not a checkpoint: {error}") from error
        if checkpoint.origin != self.log:
            raise Break("ORIGIN_MISMATCH", None, f"the checkpoint is of the log {checkpoint.origin}")
        return checkpoint

    def has_rotation(self):
        try:
            return any(b'"type":"key.rotated/v1"' in line for line in self.bundle.lines("events.ndjson", MAX_LEAF))
        except Break:
            return False

    # The whole log: every leaf, every checkpoint at its size, every tile.

    def read_priors(self):
        """{size: checkpoint} of `prior/`, read and not yet believed."""
        names = map(re.compile(r"prior/(0|[1-9][0-9]{0,19})\.checkpoint").fullmatch, self.bundle.files.paths)
        priors = {}
        for size in sorted(int(name[1]) for name in names if name):
            path = f"prior/{size}.checkpoint"
            priors[size] = prior = self.ring.read(self.bundle.read(path), 0)
            try:
                prior.read_body()
            except ValueError as error:
                raise Break("NOTE_MALFORMED", 0, f"{path} is no checkpoint: {error}") from error
            if prior.size != size:
                raise malformed(f"{path} is of {prior.size} leaves")
        return priors

    def read_log(self):
        priors = self.read_priors()
        self.met, self.tile_break = 0, None
        tree, entries = Tree(self.check_tile), bytearray()
        self.meet(tree, priors)
        for raw in self.bundle.lines("events.ndjson", MAX_LEAF):
            hash_ = leaf_hash(raw)
            leaf = self.parse(raw, tree.size)
            self.check_place(leaf, tree.size)
            self.check_time(leaf)
            content = self.follow_subject(leaf, hash_, from_start=True)
            self.take(leaf, hash_, content)
            self.ring.take(leaf)
            entries += len(raw).to_bytes(2, "big") + raw
            tree.append(hash_)
            if tree.size % 256 == 0:
                self.check_entries(tree.size, entries)
                entries.clear()
            self.meet(tree, priors)
        self.check_end(tree.size, priors)
        tree.finish()
        if entries:
            self.check_entries(tree.size, entries)
        if self.tile_break:
            raise self.tile_break

    def parse(self, raw, index):
        try:
            leaf = parse_leaf(raw)
        except ValueError as error:
            expected = self.last[0]["seq"] + 1 if self.last else 0
            raise Break("NONCANONICAL", expected, str(error)) from error
        self.leaves += 1
        if leaf["log"] != self.log:
            raise Break("LOG_MISMATCH", leaf["seq"] if index is None else index, "the leaf names another log")
        return leaf

    def check_place(self, leaf, expected):
        if leaf["seq"] != expected:
            raise Break("SEQ_GAP", expected, f"the leaf carries the sequence number {leaf['seq']}")
        if self.last and leaf.get("prev") != self.last[1].hex():
            raise Break("PREV_BROKEN", expected, "the leaf follows another leaf than the one before it")

    def check_time(self, leaf):
        before = self.last and self.last[0]
        if before and (leaf["recorded_at"] < before["recorded_at"] or (
                "held_back" in leaf and before["seq"] + 1 == leaf["seq"]
                and leaf["recorded_at"] != before["recorded_at"])):
            raise Break("TIME_REGRESSION", leaf["seq"], f"recorded at {leaf['recorded_at']}, after a leaf that was "
                                                        f"recorded at {before['recorded_at']}")

    def follow_subject(self, leaf, hash_, from_start=False, gaps=False):
        """The chain of the leaf's subject. Answers the hash of its last content leaf before this one: empty where
        there is none, None where a part of the log cannot tell."""
        subject = leaf["subject"]
        key, seq = (subject["kind"], subject["id"]), subject["seq"]
        known = self.subjects.get(key)
        if known is None and (from_start or seq == 0):
            known = -1, None, b""
        if known is None or (gaps and seq > known[0] + 1):
            content = None
        elif seq != known[0] + 1 or subject.get("prev") != (known[1] and known[1].hex()):
            raise Break("SUBJECT_GAP", leaf["seq"], f"event {seq} of its subject does not follow event {known[0]}")
        else:
            content = known[2]
        self.subjects[key] = seq, hash_, content if leaf["type"] in VIEWS else hash_
        return content

    def take(self, leaf, hash_, content):
        """What leaves of every bundle are asked: keys of reviewers, their signatures, disclosures."""
        self.last = leaf, hash_
        self.signers.take(leaf)
        disclosed = self.disclosures.of(leaf)
        document = leaf["subject"]["id"]
        if leaf["type"] == "document.received/v1" and "document-sha256" in disclosed:
            self.document_sha256[document] = disclosed["document-sha256"]
        if self.signers.check(leaf, content, self.document_sha256.get(document)):
            return
        if self.bundle.about["statements"]:
            self.disclosures.miss_text(leaf)
        else:
            self.left_out.add("STATEMENTS_LEFT_OUT")

    def meet(self, tree, priors):
        """Compares the root with every checkpoint of this size."""
        size, stored = tree.size, []
        # A prior one that no trusted key signed is from before the oldest key that the auditor has: it says nothing.
        if size in priors and self.ring.signers(priors[size], size):
            stored.append(priors[size])
        if size == self.checkpoint.size:
            stored.append(self.checkpoint)
        pins = [pin for pin in self.pins if pin.size == size]
        if not stored and not pins:
            return
        root = tree.root()
        for checkpoint in stored:
            self.ring.open(checkpoint.raw, size)
            if checkpoint.root != root:
                raise Break("ROOT_MISMATCH", self.met, f"the leaves {self.met} to {size - 1} do not lead to the log's "
                                                       f"checkpoint of {size} leaves")
            self.checkpoints += 1
            self.ring.covered(size)
        for pin in pins:
            if self.ring.open(pin.raw, size).root != root:
                code, index = ("EQUIVOCATION", size - 1) if stored and size else ("FORK", self.met)
                raise Break(code, index, f"the checkpoint of {size} leaves that you keep has another root")
            self.pins_met += size > 0  # the empty log is the beginning of every history
        self.met = size

    def check_end(self, size, priors):
        for pin in self.pins:
            if pin.size > size:
                self.ring.open(pin.raw, size)
                message = f"the log ends here, but the checkpoint that you keep has {pin.size} leaves"
                raise Break("ROLLBACK", size, message)
        stored = priors | {self.checkpoint.size: self.checkpoint}
        for at in sorted((at for at in stored if at > size), reverse=True):
            if stored[at] is self.checkpoint or self.ring.signers(stored[at], size):
                self.ring.open(stored[at].raw, size)
                raise Break("SIZE_SHORT", size, f"the log ends here, but its own checkpoint has {at} leaves")
        if size > self.met:
            raise Break("SIZE_SHORT", self.met, "leaves from here on are not covered by the checkpoint")

    def check_tile(self, level, number, tile):
        self.compare(tile_path(level, number, len(tile) // 32), tile,
                     lambda at: (number * 256 + at // 32) << 8 * level)

    def check_entries(self, size, entries):
        first, width = (size - 1) // 256 * 256, (size - 1) % 256 + 1
        path = tile_path("entries", first // 256, width)

        def leaf_at(at):
            start = index = 0
            while (start := start + 2 + int.from_bytes(entries[start:start + 2], "big")) <= at:
                index += 1
            return first + min(index, width - 1)

        self.compare(path, bytes(entries), leaf_at)

    def compare(self, path, expected, leaf_at):
        """Keeps the first break of the tiles until the leaves were read."""
        if self.tile_break:
            return
        if not self.bundle.has(path):
            self.tile_break = Break("INCOMPLETE", leaf_at(0), f"{path} is missing")
            return
        found = self.bundle.read(path, 256 * (2 + MAX_LEAF))
        if found != expected:
            differing = (at for at, (a, b) in enumerate(zip(expected, found)) if a != b)
            at = next(differing, min(len(found), len(expected) - 1))
            self.tile_break = Break("ROOT_MISMATCH", leaf_at(at), f"{path} is not what the leaves give")

    # A part of the log: each leaf proven by itself, or a run of leaves by its last one.

    def read_part(self):
        about, kind = self.bundle.about, self.bundle.kind
        self.own, edges = [], {}
        for raw in self.bundle.lines("events.ndjson", MAX_LEAF):
            hash_ = leaf_hash(raw)
            leaf = self.parse(raw, None)
            seq, subject = leaf["seq"], leaf["subject"]
            if self.last and seq <= self.last[0]["seq"]:
                raise Break("SEQ_GAP", seq, "leaves out of their order")
            own = {"document": (subject["kind"], subject["id"]) == ("document", about.get("subject")),
                   "actor": leaf["actor"]["id"] == about.get("actor"),
                   "period": about.get("first", 0) <= seq <= about.get("last", 0)}[kind]
            content = None
            if not (own and kind == "period") or seq == about["last"] or self.bundle.has(f"proofs/{seq}.tlog-proof"):
                self.check_proof(leaf, hash_)
            if own and kind == "period":
                expected = edges["last"]["seq"] + 1 if edges else about["first"]
                if seq == expected and edges and leaf.get("prev") != edges["hash"].hex():
                    raise Break("PREV_BROKEN", seq, "the leaf follows another leaf than the one before it")
                if seq != expected:
                    raise Break("SEQ_GAP", expected, f"leaf {expected} of the period is missing")
                edges = {"first": edges.get("first", leaf), "last": leaf, "hash": hash_}
            self.check_time(leaf)
            if own:
                content = self.follow_subject(leaf, hash_, kind == "document", kind == "actor")
                edges = edges or {"first": leaf}
                edges["last"] = leaf
            self.take(leaf, hash_, content)
            self.ring.take(leaf)
        self.check_part_end(edges)
        self.checkpoint = self.ring.open(self.checkpoint.raw, None)
        self.checkpoints += 1
        self.check_pins()

    def check_proof(self, leaf, hash_):
        seq, path = leaf["seq"], f"proofs/{leaf['seq']}.tlog-proof"
        try:
            extra, index, proof, raw = parse_proof(self.bundle.read(path))
        except (KeyError, FileNotFoundError, ValueError) as error:
            raise Break("PROOF_BAD", seq, "the proof of this leaf is missing, or is none") from error
        checkpoint = self.checkpoint
        if raw != checkpoint.raw:
            if leaf["type"] != "key.rotated/v1":
                raise Break("PROOF_BAD", seq, "the proof leads to another checkpoint than the bundle's")
            checkpoint = self.ring.open(raw, seq)
        holds = inclusion_holds(hash_, index, checkpoint.size, proof, checkpoint.root)
        if extra is not None or index != seq or not holds:
            raise Break("PROOF_BAD", seq, "the proof does not show that the checkpoint covers this leaf")
        if checkpoint is not self.checkpoint:
            self.ring.take(leaf)
            self.ring.covered(checkpoint.size)

    def check_part_end(self, edges):
        about, kind = self.bundle.about, self.bundle.kind
        first, last = edges.get("first"), edges.get("last")
        if kind == "document":
            if last is None or last["type"] != "subject.head/v1" or last["data"].get("bundle") != about["id"]:
                raise Break("SUBJECT_HEAD_MISMATCH", last and last["seq"], "the last event of the document is not the "
                                                                           "one that was written for this bundle")
        elif kind == "period":
            if last is None or last["seq"] != about["last"]:
                raise Break("SEQ_GAP", last["seq"] + 1 if last else about["first"], "the period ends too early")
            if first["seq"] > 0 and not first["recorded_at"] < about["from"]:
                raise Break("SEQ_GAP", first["seq"], "the leaf before the period is missing")
            if last["seq"] != self.checkpoint.size - 1 and last["recorded_at"] < about["to"]:
                raise Break("SEQ_GAP", last["seq"], "the leaf after the period is missing")

    def check_pins(self):
        size, root = self.checkpoint.size, self.checkpoint.root
        if size == 0 and root != sha256(b""):
            raise Break("ROOT_MISMATCH", 0, "the root of no leaves is another one")
        for pin in self.pins:
            self.ring.open(pin.raw, None)
            if pin.size > size:
                raise Break("ROLLBACK", size, f"the checkpoint that you keep has {pin.size} leaves, this one {size}")
            if pin.size == 0:
                holds = pin.root == sha256(b"")
            elif pin.size == size:
                holds = pin.root == root
            else:
                path = f"consistency/{pin.size}"
                if not self.bundle.has(path):
                    raise Break("INCOMPLETE", None, f"no proof from the checkpoint that you keep to this one: "
                                                    f"ask for --since {pin.size}")
                head, _, rest = self.bundle.read(path).partition(b"\n\n")
                old, *lines = head.decode("utf-8", "replace").split("\n")
                try:
                    proof = [base64_bytes(line) for line in lines]
                except ValueError:
                    proof = None
                holds = (proof is not None and old == f"old {pin.size}" and rest == self.checkpoint.raw
                         and consistency_holds(pin.size, size, proof, pin.root, root))
            if not holds:
                raise Break("FORK", None, f"the checkpoint of {pin.size} leaves that you keep is none of this history")
            self.pins_met += pin.size > 0

    # What lies beside the leaves.

    def check_documents(self):
        """Each uploaded file is one that an event names, and none is missing."""
        about, uploads = self.bundle.about, self.disclosures.uploads()
        named = {hash_ for _, hash_ in uploads}
        for path in sorted(path for path in self.bundle.files.paths if path.startswith("documents/")):
            hash_ = path.removeprefix("documents/")
            if self.bundle.hash(path) != hash_:
                raise Break("MANIFEST_MISMATCH", None, f"{path} is not the file of this name")
            if hash_ not in named and about["disclosures"]:
                raise Break("MANIFEST_MISMATCH", None, f"{path} is a file that no event of this bundle names")
            if hash_ not in named:
                self.left_out.add("DOCUMENTS_UNBOUND")
            self.documents += 1
        for seq, hash_ in uploads:
            # Where all that an event commits to is disclosed, and no file is among it, it names none.
            if self.bundle.has(f"documents/{hash_}") if hash_ else about["disclosures"]:
                continue
            if about["documents"] and hash_:
                raise Break("INCOMPLETE", seq, "the file that was uploaded is missing")
            self.left_out.add("DOCUMENTS_UNBOUND" if about["documents"] else "DOCUMENTS_LEFT_OUT")

    def check_manifest(self):
        if not self.bundle.has("MANIFEST.sha256"):
            raise Break("MANIFEST_MISMATCH", None, "MANIFEST.sha256 is missing")
        paths = iter(sorted(set(self.bundle.files.paths) - {"MANIFEST.sha256"}, key=str.encode))
        for line in self.bundle.lines("MANIFEST.sha256", 4096):
            path = next(paths, None)
            if path is None or line.decode("utf-8", "replace") != f"{self.bundle.hash(path)}  {path}":
                raise Break("MANIFEST_MISMATCH", None, f"{path or 'a file'}: missing, added or changed")
        if path := next(paths, None):
            raise Break("MANIFEST_MISMATCH", None, f"{path} is not in MANIFEST.sha256")

    def proves(self):
        about, checkpoint = self.bundle.about, self.checkpoint
        head = self.last[0]["recorded_at"] if self.last else "-"
        yield {
            "log": f"These are all {checkpoint.size} leaves of the log, unchanged and in their order.",
            "document": f"These are all events of the document {about.get('subject')} up to {head}.",
            "period": f"These are all events recorded from {about.get('from')} until before {about.get('to')}.",
            "actor": f"Each of these events of the actor {about.get('actor')} is in the log; whether there are more "
                     "this bundle cannot prove.",
        }[self.bundle.kind]
        if self.signers.checked:
            yield f"{self.signers.checked} signatures of reviewers hold, by keys that the log knew before."
        if self.pins_met:
            yield "The history is a continuation of the checkpoints that you keep."

    def notes(self):
        if self.bundle.kind == "actor":
            yield "COMPLETENESS_NOT_PROVEN"
        if not self.pins_met:
            yield "UNWITNESSED"
        if self.disclosures.erased:
            yield "ERASED"
        left_out = {"DISCLOSURES_LEFT_OUT": self.disclosures.left_out, "SIGNATURES_NOT_CHECKED": self.signers.unchecked}
        left_out |= dict.fromkeys(self.left_out, True)
        yield from (note for note in WORDS if left_out.get(note))


def verify_receipt(path, pinned):
    """A receipt proves by itself that a leaf is in the log: a tlog-proof whose extra is the leaf."""
    with open(path, "rb") as file:
        raw = file.read(MAX_SMALL_FILE)
    try:
        extra, index, proof, note = parse_proof(raw)
        if extra is None:
            raise ValueError
    except ValueError as error:
        raise Break("PROOF_BAD", None, "not a receipt: a tlog-proof with the leaf in its extra line") from error
    try:
        leaf = parse_leaf(extra)
    except ValueError as error:
        raise Break("NONCANONICAL", index, str(error)) from error
    checkpoint = Keyring(leaf["log"], pinned).open(note, index)
    if leaf["seq"] != index or not inclusion_holds(leaf_hash(extra), index, checkpoint.size, proof, checkpoint.root):
        raise Break("PROOF_BAD", index, "the proof does not show that the checkpoint covers this leaf")
    what = leaf["data"].get("decision", leaf["type"])
    proves = [f"{what} of {leaf['subject']['kind']} {leaf['subject']['id']} by {leaf['actor']['kind']} "
              f"{leaf['actor']['id']}, recorded at {leaf['recorded_at']}, is leaf {index} of the log {leaf['log']}."]
    return checkpoint, proves


# ---------------------------------------------------------------- the command line

# What a verdict does not cover.
WORDS = {
    "COMPLETENESS_NOT_PROVEN": "whether there are more events of this actor cannot be proven",
    "UNWITNESSED": "you gave no checkpoint that was kept elsewhere, so the operator could have written the whole history "
                   "anew",
    "ERASED": "some values were erased; the events that did so are in the log",
    "DISCLOSURES_LEFT_OUT": "values that the events commit to are not in this bundle, so they were not checked, nor "
                            "whether any is withheld",
    "STATEMENTS_LEFT_OUT": "what reviewers signed is not all in this bundle, so it was not checked against the events",
    "SIGNATURES_NOT_CHECKED": "signatures of passkeys were not checked, as what the passkeys signed is not in this bundle",
    "DOCUMENTS_LEFT_OUT": "files that were uploaded are not in this bundle, so they were not checked",
    "DOCUMENTS_UNBOUND": "without disclosures nothing says which files were uploaded, so documents/ proves nothing and "
                         "may lack files",
}


def report(code, index, message, **more):
    verdict = code if code in ("VALID", "VALID_UNWITNESSED", "INCOMPLETE") else f"INVALID:{code}"
    empty = {"log": None, "size": None, "root": None, "proves": [], "notes": [], "erased": [],
             "checked": dict.fromkeys(("leaves", "checkpoints", "signatures", "disclosures", "documents"), 0)}
    return {"verdict": verdict, "code": code, "index": index, "message": message, **empty, **more}


def verify(path, pinned, pins):
    try:
        v = Verification(Bundle(path), pinned)
    except Break as found:
        return report(found.code, found.index, found.message)
    try:
        v.run(pins)
        code, index, message = "VALID" if v.pins_met else "VALID_UNWITNESSED", None, "everything holds"
    except Break as found:
        code, index, message = found.code, found.index, found.message
    more = {"log": v.log, "checked": {
        "leaves": v.leaves, "checkpoints": v.checkpoints, "signatures": v.signers.checked,
        "disclosures": v.disclosures.checked, "documents": v.documents}}
    if code.startswith("VALID"):
        more |= {"size": v.checkpoint.size, "root": v.checkpoint.root.hex(), "proves": list(v.proves()),
                 "notes": list(v.notes()),
                 "erased": [{"seq": seq, "by": by} for seq, by in sorted(v.disclosures.erased.items())]}
    return report(code, index, message, **more)


def read_pin(path):
    with open(path, "rb") as file:
        return file.read(MAX_SMALL_FILE + 1)


def parse_key(text):
    try:
        return VerifierKey(text.strip())
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"not a verifier key (name+id+base64): {error}") from error


def main(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", help="a folder or a tar; or the word receipt and a file")
    parser.add_argument("receipt", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("--key", action="append", required=True, type=parse_key)
    parser.add_argument("--pin", action="append", default=[])
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(words)
    if (given.bundle == "receipt") != (given.receipt is not None):
        parser.error("give a bundle, or the word receipt and a file")
    try:
        if given.receipt:
            try:
                checkpoint, proves = verify_receipt(given.receipt, given.key)
                said = report("VALID", None, "everything holds", log=checkpoint.origin, size=checkpoint.size,
                              root=checkpoint.root.hex(), proves=proves)
            except Break as found:
                said = report(found.code, found.index, found.message)
        else:
            said = verify(given.bundle, given.key, [read_pin(path) for path in given.pin])
    except OSError as error:
        parser.error(str(error))
    except Exception as error:  # whatever no check foresaw: a bundle never ends this program without a verdict
        said = report("BUNDLE_MALFORMED", None, f"what stands here cannot be read: {type(error).__name__}")
    if given.json:
        print(json.dumps(said))
    else:
        where = "" if said["index"] is None else f" at index {said['index']}"
        of_log = [f"{name} {said[name]}" for name in ("log", "size", "root") if said[name] is not None]
        erased = (f"leaf {one['seq']}: erased by event {one['by']}" for one in said["erased"])
        notes = (f"{note}: {WORDS[note]}" for note in said["notes"])
        print(f"{said['verdict']}{where}: {said['message']}", *of_log, *said["proves"], *notes, *erased, sep="\n  ")
    return {"VALID": 0, "VALID_UNWITNESSED": 0, "INCOMPLETE": 3}.get(said["verdict"], 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
