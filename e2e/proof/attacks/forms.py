"""What the strict profile of RFC 8785 refuses. Each leaf is made by the operator, hashed and signed: only its form is
wrong. Kept apart from `leaves`, where the form is right and the place is wrong."""

import re

from attacks import Tried, attack
from attacks.leaves import MIDDLE
from bundle import export_document, export_log
from log import node_hash

FORM = "2^53+1, 1.0, 1e2, −0, duplicate keys, lone surrogates, BOM, non-NFC or bidirectional statement"
LONG = "a leaf of 64 KiB and more; zip slip, zip bomb, symlink in a bundle"
CONFUSION = "leaf/node confusion; proof of wrong length; index ≥ size"


def form(name, change, row=FORM, code="NONCANONICAL"):
    @attack(row, name, "KEY")
    def _(story):
        def edit(drafts):
            drafts[MIDDLE]["raw"] = change
            return drafts
        return Tried(export_log(story.log.remade(edit)), code, None if code.startswith("VALID") else MIDDLE)


def data(text):
    """The leaf says this in its data, in these very bytes."""
    def change(raw):
        assert b'"data":{}' in raw
        return raw.replace(b'"data":{}', b'"data":{' + text + b"}")
    return change


form("2^53", data(b'"n":9007199254740992'))
form("-2^53 - 1", data(b'"n":-9007199254740993'))
form("2^53 - 1, which is allowed", data(b'"n":9007199254740991'), code="VALID_UNWITNESSED")
form("1.0", data(b'"n":1.0'))
form("1e2", data(b'"n":1e2'))
form("-0", data(b'"n":-0'))
form("01", data(b'"n":01'))
form("NaN", data(b'"n":NaN'))
form("null", data(b'"n":null'))
form("a key that stands twice", data(b'"n":1,"n":1'))
form("a key that stands twice in the envelope", lambda raw: raw.replace(b'"v":1}', b'"v":1,"v":1}'))
form("half of a surrogate pair, escaped", data(b'"n":"\\ud83e"'))
form("half of a surrogate pair, in bytes", data(b'"n":"\xed\xa0\xbe"'))
form("bytes that are not UTF-8", data(b'"n":"\xff"'))
form("a key that is not ASCII", data('"é":1'.encode()))
form("a byte order mark", lambda raw: b"\xef\xbb\xbf" + raw)
form("an escape that needs none", data(b'"n":"\\u0041"'))
form("an escape in capitals", data(b'"n":"\\u000B"'))
form("a slash with an escape", data(b'"n":"\\/"'))
form("a control character without an escape", data(b'"n":"\x01"'))
form("a delete character, which is allowed", data(b'"n":"\x7f"'), code="VALID_UNWITNESSED")
form("a space", lambda raw: raw.replace(b'"v":1}', b'"v": 1}'))
form("a carriage return at the end", lambda raw: raw + b"\r")
form("keys in another order", lambda raw: raw.replace(b'"data":{},', b"").replace(b'{"actor"', b'{"data":{},"actor"'))
form("an unknown member", lambda raw: raw.replace(b'"v":1}', b'"v":1,"w":1}'))
form("a missing member", lambda raw: raw.replace(b'"node":"node-a",', b""))
form("another version of the envelope", lambda raw: raw.replace(b'"v":1}', b'"v":2}'))
form("true for 1", lambda raw: raw.replace(b'"v":1}', b'"v":true}'))
form("the 29th of February of a year without one",
     lambda raw: raw.replace(b'"occurred_at":"2026-01-05', b'"occurred_at":"2026-02-29'))
form("a time without milliseconds", lambda raw: raw.replace(b'.000Z","req', b'Z","req').replace(b".000Z", b"Z", 1))
form("a hash in capitals",
     lambda raw: re.sub(rb'(?<="prev":")[0-9a-f]{64}', lambda prev: prev[0].upper(), raw, count=1))
form("33 levels", data(b'"n":' + b"[" * 31 + b"]" * 31))
form("32 levels, which are allowed", data(b'"n":' + b"[" * 30 + b"]" * 30), code="VALID_UNWITNESSED")
form("20,000 levels", data(b'"n":' + b"[" * 20_000 + b"]" * 20_000))
form("an empty line", lambda raw: b"")
form("65,536 bytes", lambda raw: data(b'"n":"' + b"x" * (65_536 - len(raw) - 6) + b'"')(raw), row=LONG)
form("65,535 bytes, which are allowed", lambda raw: data(b'"n":"' + b"x" * (65_535 - len(raw) - 6) + b'"')(raw),
     row=LONG, code="VALID_UNWITNESSED")


@attack(CONFUSION, "a node of the tree in place of a leaf", "DB")
def _(story):
    """The two children of a node are 64 bytes: whoever hashes leaves like nodes takes them for a leaf."""
    log = story.log
    children = node_hash(log.hashes[0], log.hashes[1]) + node_hash(log.hashes[2], log.hashes[3])
    while b"\n" in children:
        children = children.replace(b"\n", b" ")
    files = export_document(log, story.documents[0])
    files["events.ndjson"] = children + b"\n" + files["events.ndjson"]
    return Tried(files, "NONCANONICAL", 0)


def bad_proof(name, change):
    @attack(CONFUSION, name, "DB")
    def _(story):
        files = export_document(story.log, story.documents[0])
        seq = next(seq for seq, leaf in enumerate(story.log.leaves) if leaf["type"] == "document.received/v1")
        path = f"proofs/{seq}.tlog-proof"
        head, _, checkpoint = files[path].partition(b"\n\n")
        changed = change(head.decode().split("\n"), story)
        if changed is None:
            del files[path]
        else:
            files[path] = "\n".join(changed).encode() + b"\n\n" + checkpoint
        return Tried(files, "PROOF_BAD", seq)


bad_proof("a proof that is one hash short", lambda lines, story: lines[:-1])
bad_proof("a proof that is one hash long", lambda lines, story: lines + lines[-1:])
bad_proof("a proof of 64 hashes", lambda lines, story: lines[:2] + lines[2:3] * 64)
bad_proof("an index that is not below the size", lambda lines, story: [lines[0], f"index {story.log.size}", *lines[2:]])
bad_proof("an index of another leaf", lambda lines, story: [lines[0], "index 3", *lines[2:]])
bad_proof("an index with a leading zero", lambda lines, story: [lines[0], lines[1].replace(" ", " 0"), *lines[2:]])
bad_proof("two hashes swapped", lambda lines, story: [*lines[:2], lines[3], lines[2], *lines[4:]])
bad_proof("a hash of 31 bytes", lambda lines, story: [*lines[:2], "A" * 40 + "AA==", *lines[3:]])
bad_proof("another format", lambda lines, story: ["c2sp.org/tlog-proof@v2", *lines[1:]])
bad_proof("a missing proof", lambda lines, story: None)
