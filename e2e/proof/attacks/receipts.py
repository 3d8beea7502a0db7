from attacks import Tried, attack
from bundle import receipt
from log import NoteKey, b64, canonical

ROW = "a receipt: another leaf, key or proof"


def handed_out(name, change, code, by="DB", index=True):
    """`change` takes receipt, story and decision."""
    @attack(ROW, name, by)
    def _(story):
        leaf = story.decisions["Bela"]
        raw = change(receipt(story.log, leaf["seq"]), story, leaf)
        return Tried({}, code, leaf["seq"] if index is True else index or None, receipt=raw)


def with_leaf(change):
    def edit(raw, story, leaf):
        return raw.replace(b64(story.log.raw[leaf["seq"]]).encode(), b64(change(leaf)).encode())
    return edit


def line(number, change):
    def edit(raw, story, leaf):
        lines = raw.split(b"\n")
        lines[number] = change(lines[number])
        return b"\n".join(lines)
    return edit


handed_out("a receipt as it was given", lambda raw, story, leaf: raw, "VALID", "nobody", index=False)
handed_out("another decision", with_leaf(lambda leaf: canonical(leaf | {"data": {"decision": "APPROVE"}})), "PROOF_BAD")
handed_out("a leaf that is none", with_leaf(lambda leaf: b"{}"), "NONCANONICAL")
handed_out("no leaf", line(1, lambda text: b""), "PROOF_BAD", index=False)
handed_out("another index", line(2, lambda text: b"index 3"), "PROOF_BAD", index=3)
handed_out("another hash", line(3, lambda text: b64(bytes(32)).encode()), "PROOF_BAD")
handed_out("a hash less", lambda raw, story, leaf: raw.replace(raw.split(b"\n")[4] + b"\n", b"", 1), "PROOF_BAD")
handed_out("another root", line(-4, lambda text: b64(bytes(32)).encode()), "SIG_BAD")
handed_out("cut off", lambda raw, story, leaf: raw[:200], "PROOF_BAD", index=False)
handed_out("something else", lambda raw, story, leaf: b"VALID\n", "PROOF_BAD", index=False)


@attack(ROW, "signed by a key of one's own", "DB")
def _(story):
    own, leaf = NoteKey(story.log.origin, "a thief's key"), story.decisions["Bela"]
    story.log.signed_by = dict.fromkeys(story.log.signed_by, [own])
    return Tried({}, "KEY_UNKNOWN", leaf["seq"], receipt=receipt(story.log, leaf["seq"]))
