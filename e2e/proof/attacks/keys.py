import base64

from attacks import Tried, attack, flip, last_signed
from bundle import export_log, receipt
from log import Log, NoteKey, b64, new_id, note

SWAP = "swap log key and bundled key; sign with a retired, revoked or not yet valid key"
WEAK = "Ed25519 malleation, small-order key"
NOTES = "signed-note oddities: colliding key ids, 17 signatures, CRLF, leading zero in size, odd base64"
REPLAY = "replay a leaf or checkpoint of another log with the same key"
L = 2**252 + 27742317777372353535851937790883648493


def newest(story, files, raw):
    """The bundle with another newest checkpoint."""
    return files | {"checkpoint": raw}


@attack(SWAP, "sign everything with a key of one's own, and put it into the bundle", "DB")
def _(story):
    own = NoteKey(story.log.origin, "a thief's key")
    log = story.log.remade(lambda drafts: drafts)
    log.keys, log.signed_by = [own], dict.fromkeys(log.signed_by, [own])
    return Tried(export_log(log), "KEY_UNKNOWN", log.size)


@attack(SWAP, "sign the newest checkpoint alone with a key of one's own", "DB")
def _(story):
    own = NoteKey(story.log.origin, "a thief's key")
    raw = story.log.checkpoint(story.log.size, [own])
    return Tried(newest(story, export_log(story.log), raw), "KEY_UNKNOWN", story.log.size)


@attack(SWAP, "rotate to a key of one's own, which no key of the log vouches for", "DB")
def _(story):
    own = NoteKey(story.log.origin, "a thief's key")
    log, base = story.log, len(story.log.signed_by)
    data = {"from": log.size, "new": own.vkey, "old": own.vkey}
    log.append("key.rotated/v1", ("log_key", own.id.hex()), data=data)
    log.sign([own])
    assert len(log.signed_by) == base + 1
    return Tried(export_log(log), "KEY_UNKNOWN", log.size)


@attack(SWAP, "rotate, and let the new key alone sign the checkpoint over the rotation", "KEY")
def _(story):
    log, third = story.log, NoteKey(story.log.origin, "third key of the log")
    log.rotate(third)
    log.sign([third])
    return Tried(export_log(log), "KEY_UNKNOWN", log.size)


@attack(SWAP, "sign with the retired key alone", "KEY")
def _(story):
    raw = story.log.checkpoint(story.log.size, [story.first_key])
    return Tried(newest(story, export_log(story.log), raw), "KEY_OUT_OF_RANGE", story.log.size)


@attack(SWAP, "sign with a revoked key, beyond what it is good for", "KEY")
def _(story):
    log = story.log
    log.revoke(story.second_key, good_to=log.size - 20)
    log.sign([story.second_key])
    return Tried(export_log(log), "KEY_OUT_OF_RANGE", log.size)


@attack(SWAP, "sign with a key that is not valid yet", "KEY")
def _(story):
    log, third = story.log, NoteKey(story.log.origin, "third key of the log")
    data = {"from": 10_000, "new": third.vkey, "old": story.second_key.vkey}
    log.append("key.rotated/v1", ("log_key", third.id.hex()), data=data)
    log.sign([story.second_key, third])
    log.append("document.viewed/v1", ("document", story.documents[0]))
    log.sign([third])
    return Tried(export_log(log), "KEY_OUT_OF_RANGE", log.size)


@attack(SWAP, "a log before its rotation, and the auditor has the first key", "nobody")
def _(story):
    return Tried(export_log(story.log.cut(160)), "VALID_UNWITNESSED")


@attack(SWAP, "a rotated log, and the auditor has the newest key alone", "nobody")
def _(story):
    return Tried(export_log(story.log), "VALID_UNWITNESSED", key=story.second_key.vkey)


@attack(WEAK, "a bit of the signature", "DB")
def _(story):
    return Tried(newest(story, export_log(story.log), resigned(story, lambda sig: flip(sig, 5))),
                 "SIG_BAD", key=story.second_key.vkey)


@attack(WEAK, "S + L in place of S", "DB")
def _(story):
    def malleate(sig):
        s = int.from_bytes(sig[32:], "little") + L
        return sig[:32] + s.to_bytes(32, "little")

    return Tried(newest(story, export_log(story.log), resigned(story, malleate)), "SIG_BAD",
                 key=story.second_key.vkey)


@attack(WEAK, "an R of small order, and S = 0", "DB")
def _(story):
    return Tried(newest(story, export_log(story.log), resigned(story, lambda sig: bytes([1]) + bytes(63))),
                 "SIG_BAD", key=story.second_key.vkey)


@attack(WEAK, "a signature that is too short", "DB")
def _(story):
    return Tried(newest(story, export_log(story.log), resigned(story, lambda sig: sig[:-1])), "SIG_BAD",
                 key=story.second_key.vkey)


@attack(WEAK, "rotate to a key of small order, whose signature holds for everything", "KEY")
def _(story):
    log, weak = story.log, NoteKey(story.log.origin, "-", public=bytes([1]) + bytes(31))
    weak.raw_signature = lambda text: bytes([1]) + bytes(63)
    data = {"from": log.size, "new": weak.vkey, "old": story.second_key.vkey}
    log.append("key.rotated/v1", ("log_key", weak.id.hex()), data=data)
    log.sign()
    log.append("document.viewed/v1", ("document", story.documents[0]))
    log.sign([weak])
    return Tried(export_log(log), "KEY_UNKNOWN", log.size)


@attack(NOTES, "a line of an unknown key with the id of the known one", "DB")
def _(story):
    line = f"\u2014 witness.example {b64(story.second_key.id + bytes(64))}\n".encode()
    raw = story.log.checkpoint(story.log.size)
    return Tried(newest(story, export_log(story.log), raw + line), "VALID_UNWITNESSED")


@attack(NOTES, "a line of the known key's name with another id", "DB")
def _(story):
    line = f"\u2014 {story.log.origin} {b64(bytes(4) + bytes(64))}\n".encode()
    raw = story.log.checkpoint(story.log.size)
    return Tried(newest(story, export_log(story.log), raw + line), "VALID_UNWITNESSED")


@attack(NOTES, "another key's signature under the known key's name and id", "DB")
def _(story):
    text, other = story.log.checkpoint_text(story.log.size), NoteKey(story.log.origin, "a thief's key")
    raw = (text + "\n" + story.second_key.line(text, other.raw_signature(text))).encode()
    return Tried(newest(story, export_log(story.log), raw), "SIG_BAD", key=story.second_key.vkey)


def lines(count):
    return b"".join(f"\u2014 witness.example {b64(n.to_bytes(4, 'big') + bytes(64))}\n".encode() for n in range(count))


@attack(NOTES, "17 signatures", "nobody")
def _(story):
    raw = story.log.checkpoint(story.log.size) + lines(16)
    return Tried(newest(story, export_log(story.log), raw), "VALID_UNWITNESSED")


@attack(NOTES, "101 signatures", "DB")
def _(story):
    raw = story.log.checkpoint(story.log.size) + lines(100)
    return Tried(newest(story, export_log(story.log), raw), "NOTE_MALFORMED")


def oddity(name, change, code="NOTE_MALFORMED", by="KEY"):
    """The text of the newest checkpoint is changed, and signed so."""
    @attack(NOTES, name, by)
    def _(story):
        raw = note(change(story.log.checkpoint_text(story.log.size)), [story.second_key])
        return Tried(newest(story, export_log(story.log), raw), code, key=story.second_key.vkey)


def size_as(form):
    return lambda text: "\n".join(form(line) if n == 1 else line for n, line in enumerate(text.split("\n")))


def root_as(form):
    return lambda text: "\n".join(form(line) if n == 2 else line for n, line in enumerate(text.split("\n")))


def odd_bits(root):
    """Base64 of 32 bytes has two bits that say nothing: set one of them."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    odd = root[:-2] + letters[letters.index(root[-2]) + 1] + "="
    assert base64.b64decode(odd) == base64.b64decode(root)
    return odd


oddity("a carriage return before each newline", lambda text: text.replace("\n", "\r\n"))
oddity("a leading zero in the size", size_as(lambda size: "0" + size))
oddity("a plus sign before the size", size_as(lambda size: "+" + size))
oddity("a size of 65 bits", size_as(lambda size: str(2**64)))
oddity("a size in other digits than ASCII",
       size_as(lambda size: size.translate({ord("0") + n: 0x0660 + n for n in range(10)})))
oddity("a root in base64 without padding", root_as(lambda root: root[:-1]))
oddity("a root in base64 with bits that say nothing", root_as(odd_bits))
oddity("a root of 31 bytes", root_as(lambda root: b64(base64.b64decode(root)[:-1])))
oddity("an empty line in the text", lambda text: text + "\n\nmore\n")
oddity("an extension line, which is nobody's", lambda text: text + "an extension\n", "VALID_UNWITNESSED", "nobody")


def broken_note(name, change):
    @attack(NOTES, name, "DB")
    def _(story):
        raw = change(story.log.checkpoint(story.log.size))
        return Tried(newest(story, export_log(story.log), raw), "NOTE_MALFORMED")


broken_note("a hyphen in place of the em dash", lambda raw: raw.replace("\u2014".encode(), b"-"))
broken_note("two spaces after the em dash", lambda raw: raw.replace("\u2014 ".encode(), "\u2014  ".encode()))
broken_note("a last line that does not end", lambda raw: raw[:-1])
broken_note("no signature", lambda raw: raw.partition(b"\n\n")[0] + b"\n\n")
broken_note("bytes that are not UTF-8", lambda raw: raw.replace(b"countersign", b"countersi\xff\xfe"))
broken_note("no text", lambda raw: raw.partition(b"\n\n")[2])
broken_note("an empty file", lambda raw: b"")


@attack(REPLAY, "a checkpoint of another log, signed under this log's name", "KEY")
def _(story):
    other = story.log.origin.replace("/log/0a6e", "/log/1b7f")
    raw = note(story.log.checkpoint_text(story.log.size).replace(story.log.origin, other), [story.second_key])
    return Tried(newest(story, export_log(story.log), raw), "ORIGIN_MISMATCH", key=story.second_key.vkey)


@attack(REPLAY, "a checkpoint of another log, as it was signed there", "KEY")
def _(story):
    name = story.log.origin.replace("/log/0a6e", "/log/1b7f")
    raw = note(story.log.checkpoint_text(story.log.size).replace(story.log.origin, name),
               [NoteKey(name, "second key of the log")])
    return Tried(newest(story, export_log(story.log), raw), "ORIGIN_MISMATCH", key=story.second_key.vkey)


def renamed(story):
    """Another log of the operator, signed by the very key of this one under the other name; the lines of signature now
    carry the name and id of this log's key. Nobody needs a key for that: a signature is over the text alone."""
    name = story.log.origin.replace("/log/0a6e", "/log/1b7f")
    log = Log(name, NoteKey(name, "first key of the log"))
    log.append("organization.created/v1", ("organization", new_id("another organization")))
    log.sign([story.first_key])
    return log


@attack(REPLAY, "a bundle of another log, the line of signature renamed", "DB")
def _(story):
    return Tried(export_log(renamed(story)), "KEY_UNKNOWN")


@attack(REPLAY, "a receipt of another log, the line of signature renamed", "DB")
def _(story):
    return Tried({}, "KEY_UNKNOWN", 0, receipt=receipt(renamed(story), 0))


@attack(REPLAY, "a bundle of this log, and the auditor has the key of another", "nobody")
def _(story):
    other = NoteKey(story.log.origin.replace("/log/0a6e", "/log/1b7f"), "first key of the log")
    return Tried(export_log(story.log.cut(16)), "KEY_UNKNOWN", key=other.vkey)


@attack(REPLAY, "an older checkpoint of this log in place of the newest", "DB")
def _(story):
    return Tried(newest(story, export_log(story.log), story.log.checkpoint(160)), "SIZE_SHORT",
                 last_signed(story.log, story.log.size - 1))


def resigned(story, change):
    text = story.log.checkpoint_text(story.log.size)
    return (text + "\n" + story.second_key.line(text, change(story.second_key.raw_signature(text)))).encode()
