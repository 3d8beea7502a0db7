from attacks import Tried, attack, edit_line, flip, last_signed
from bundle import export_document, export_log, tiles
from log import VIEWS, canonical

EDIT = "edit one bit of a leaf, tile or tree row; edit and recompute all hashes"
ORDER = "delete, insert, reorder, swap seq"
TAIL = "drop the tail of a bundle"
TIME = "backdate below the predecessor"
REPLAY = "replay a leaf or checkpoint of another log with the same key"

# A leaf in the midst of the log that no signed decision rests on.
MIDDLE = 100


def viewed_by_another(drafts):
    drafts[MIDDLE]["leaf"]["actor"] = {"kind": "user", "id": "somebody-else"}
    return drafts


@attack(EDIT, "a bit of a leaf", "DB")
def _(story):
    files = edit_line(export_log(story.log), MIDDLE, lambda line: line.replace(b'"s-1"', b'"s-0"'))
    return Tried(files, "PREV_BROKEN", MIDDLE + 1)


@attack(EDIT, "a bit of the last leaf under a checkpoint", "DB")
def _(story):
    files = edit_line(export_log(story.log), 111, lambda line: line.replace(b'"node-a"', b'"node-b"'))
    return Tried(files, "ROOT_MISMATCH", last_signed(story.log, 111))


@attack(EDIT, "a bit of the last leaf of all", "DB")
def _(story):
    last = story.log.size - 1
    files = edit_line(export_log(story.log), last, lambda line: line.replace(b'"node-a"', b'"node-b"'))
    return Tried(files, "ROOT_MISMATCH", last_signed(story.log, last))


@attack(EDIT, "a bit of a full tile of leaf hashes", "DB")
def _(story):
    files = export_log(story.log)
    files["tile/0/000"] = flip(files["tile/0/000"], 32 * 70)
    return Tried(files, "ROOT_MISMATCH", 70)


@attack(EDIT, "a bit of the tile above", "DB")
def _(story):
    files = export_log(story.log)
    files["tile/1/000.p/1"] = flip(files["tile/1/000.p/1"], 3)
    return Tried(files, "ROOT_MISMATCH", 0)


@attack(EDIT, "a bit of an entry bundle", "DB")
def _(story):
    files, log = export_log(story.log), story.log
    path = f"tile/entries/001.p/{log.size - 256}"
    at = sum(2 + len(raw) for raw in log.raw[256:260]) + 40
    files[path] = flip(files[path], at)
    return Tried(files, "ROOT_MISMATCH", 260)


@attack(EDIT, "a tile is missing", "DB")
def _(story):
    files = export_log(story.log)
    del files["tile/0/000"]
    return Tried(files, "INCOMPLETE", 0)


@attack(EDIT, "edit a leaf and recompute all hashes", "DB")
def _(story):
    files, forged = export_log(story.log), story.log.remade(viewed_by_another)
    files["events.ndjson"] = b"".join(raw + b"\n" for raw in forged.raw)
    files.update(tiles(forged))
    return Tried(files, "ROOT_MISMATCH", last_signed(story.log, MIDDLE))


@attack(EDIT, "a leaf of a document's export", "DB")
def _(story):
    files = export_document(story.log, story.documents[1])
    seq = next(seq for seq, leaf in enumerate(story.log.leaves) if leaf["subject"]["id"] == story.documents[1])
    line = next(n for n, raw in enumerate(files["events.ndjson"].split(b"\n")) if raw == story.log.raw[seq])
    edit_line(files, line, lambda line: line.replace(b'"node-a"', b'"node-b"'))
    return Tried(files, "PROOF_BAD", seq)


@attack(ORDER, "delete a leaf", "DB")
def _(story):
    return Tried(edit_line(export_log(story.log), MIDDLE, lambda line: None), "SEQ_GAP", MIDDLE)


@attack(ORDER, "delete a leaf, renumber and recompute all hashes", "DB")
def _(story):
    files = export_log(story.log)
    forged = story.log.remade(lambda drafts: drafts[:MIDDLE] + drafts[MIDDLE + 1:])
    files["events.ndjson"] = b"".join(raw + b"\n" for raw in forged.raw)
    return Tried(files, "ROOT_MISMATCH", last_signed(story.log, MIDDLE))


@attack(ORDER, "insert a leaf again", "DB")
def _(story):
    return Tried(edit_line(export_log(story.log), MIDDLE, lambda line: line * 2), "SEQ_GAP", MIDDLE + 1)


@attack(ORDER, "insert a new leaf, renumber and recompute all hashes", "DB")
def _(story):
    files = export_log(story.log)
    forged = story.log.remade(lambda drafts: drafts[:MIDDLE] + [drafts[MIDDLE]] + drafts[MIDDLE:])
    files["events.ndjson"] = b"".join(raw + b"\n" for raw in forged.raw)
    return Tried(files, "ROOT_MISMATCH", last_signed(story.log, MIDDLE))


@attack(ORDER, "reorder two leaves", "DB")
def _(story):
    files = export_log(story.log)
    lines = files["events.ndjson"].splitlines(keepends=True)
    lines[MIDDLE:MIDDLE + 2] = reversed(lines[MIDDLE:MIDDLE + 2])
    files["events.ndjson"] = b"".join(lines)
    return Tried(files, "SEQ_GAP", MIDDLE)


@attack(ORDER, "swap the seq of two leaves", "DB")
def _(story):
    files, leaves = export_log(story.log), story.log.leaves
    first, second = leaves[MIDDLE] | {"seq": MIDDLE + 1}, leaves[MIDDLE + 1] | {"seq": MIDDLE}
    edit_line(files, MIDDLE, lambda line: canonical(second) + b"\n")
    edit_line(files, MIDDLE + 1, lambda line: canonical(first) + b"\n")
    return Tried(files, "PREV_BROKEN", MIDDLE)


@attack(ORDER, "skip a number in the chain of a document", "KEY")
def _(story):
    def skip(leaf):
        leaf["subject"]["seq"] += 1
        return leaf

    return Tried(export_log(story.log.remade(forge(MIDDLE, skip))), "SUBJECT_GAP", MIDDLE)


@attack(ORDER, "link an event to another event of its document", "KEY")
def _(story):
    def relink(leaf):
        leaf["subject"]["prev"] = story.log.hashes[0].hex()
        return leaf

    return Tried(export_log(story.log.remade(forge(MIDDLE, relink))), "SUBJECT_GAP", MIDDLE)


@attack(TAIL, "the last leaves", "DB")
def _(story):
    files, log = export_log(story.log), story.log
    files["events.ndjson"] = b"".join(raw + b"\n" for raw in log.raw[:-3])
    return Tried(files, "SIZE_SHORT", log.size - 3)


@attack(TAIL, "all leaves", "DB")
def _(story):
    files = export_log(story.log)
    files["events.ndjson"] = b""
    return Tried(files, "SIZE_SHORT", 0, key=story.second_key.vkey)


@attack(TIME, "a leaf recorded an hour before the one before it", "KEY")
def _(story):
    def backdate(leaf):
        return leaf | {"recorded_at": "2026-01-05T07:00:00.000Z"}

    return Tried(export_log(story.log.remade(forge(MIDDLE, backdate))), "TIME_REGRESSION", MIDDLE)


@attack(TIME, "a leaf marked as held back that was not", "KEY")
def _(story):
    return Tried(export_log(story.log.remade(forge(MIDDLE, lambda leaf: leaf | {"held_back": True}))),
                 "TIME_REGRESSION", MIDDLE)


@attack(REPLAY, "a leaf of another log, whose key is the same", "KEY")
def _(story):
    other = story.log.origin.replace("/log/0a6e", "/log/1b7f")
    return Tried(export_log(story.log.remade(forge(MIDDLE, lambda leaf: leaf | {"log": other}))),
                 "LOG_MISMATCH", MIDDLE)


def forge(index, change):
    def edit(drafts):
        assert drafts[index]["leaf"]["type"] in VIEWS
        drafts[index]["forge"] = change
        return drafts
    return edit
