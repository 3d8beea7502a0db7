from attacks import Tried, attack, edit_line
from bundle import export_actor, export_document, export_period, proofs
from log import new_id

OMIT = "leave out a (the last) event of a document's export; of a period; of an actor"


def lines_about(files, document):
    """Where the leaves about a document stand in events.ndjson."""
    lines = files["events.ndjson"].split(b"\n")[:-1]
    return [n for n, line in enumerate(lines) if f'"id":"{document}","kind":"document"'.encode() in line]


def without(files, line):
    return edit_line(files, line, lambda line: None)


@attack(OMIT, "an event in the midst of a document's", "DB")
def _(story):
    files, document = export_document(story.log, story.documents[0]), story.documents[0]
    lines = lines_about(files, document)
    own = [seq for seq, leaf in enumerate(story.log.leaves) if leaf["subject"]["id"] == document]
    return Tried(without(files, lines[2]), "SUBJECT_GAP", own[3])


@attack(OMIT, "the first event of a document", "DB")
def _(story):
    files, document = export_document(story.log, story.documents[0]), story.documents[0]
    own = [seq for seq, leaf in enumerate(story.log.leaves) if leaf["subject"]["id"] == document]
    return Tried(without(files, lines_about(files, document)[0]), "SUBJECT_GAP", own[1])


@attack(OMIT, "the head of a document's events", "DB")
def _(story):
    files, document = export_document(story.log, story.documents[0]), story.documents[0]
    own = [seq for seq, leaf in enumerate(story.log.leaves) if leaf["subject"]["id"] == document]
    return Tried(without(files, lines_about(files, document)[-1]), "SUBJECT_HEAD_MISMATCH", own[-2])


@attack(OMIT, "all events of a document", "DB")
def _(story):
    files, document = export_document(story.log, story.documents[0]), story.documents[0]
    for line in reversed(lines_about(files, document)):
        without(files, line)
    return Tried(files, "SUBJECT_HEAD_MISMATCH")


@attack(OMIT, "the newest events of a document, up to the head of an older export", "DB")
def _(story):
    document = story.documents[0]
    older = export_document(story.log, document, new_id("older bundle"))
    older_head = story.log.size - 1
    story.log.append("document.erasure_asked/v1", ("document", document))
    files = export_document(story.log, document)
    for line in reversed(lines_about(files, document)[-2:]):
        without(files, line)
    assert older["events.ndjson"]
    return Tried(files, "SUBJECT_HEAD_MISMATCH", older_head)


@attack(OMIT, "a leaf in the midst of a period", "DB")
def _(story):
    files = export_period(story.log, 50, 90)
    line = next(n for n, line in enumerate(files["events.ndjson"].split(b"\n")) if line == story.log.raw[70])
    return Tried(without(files, line), "SEQ_GAP", 70)


@attack(OMIT, "the first leaves of a period, bundle.json made to fit", "DB")
def _(story):
    files = export_period(story.log, 50, 90)
    files["bundle.json"] = files["bundle.json"].replace(b'"first":50', b'"first":53')
    for seq in (52, 51, 50):
        line = next(n for n, line in enumerate(files["events.ndjson"].split(b"\n")) if line == story.log.raw[seq])
        without(files, line)
    return Tried(files, "SEQ_GAP", 53)


@attack(OMIT, "the last leaves of a period, bundle.json made to fit", "DB")
def _(story):
    files = export_period(story.log, 50, 90)
    files["bundle.json"] = files["bundle.json"].replace(b'"last":90', b'"last":88')
    for seq in (90, 89):
        line = next(n for n, line in enumerate(files["events.ndjson"].split(b"\n")) if line == story.log.raw[seq])
        without(files, line)
    files.update(proofs(story.log, [88]))
    return Tried(files, "SEQ_GAP", 88)


@attack(OMIT, "a leaf of a period is another", "DB")
def _(story):
    files = export_period(story.log, 50, 90)
    line = next(n for n, line in enumerate(files["events.ndjson"].split(b"\n")) if line == story.log.raw[70])
    edit_line(files, line, lambda line: line.replace(b'"node-a"', b'"node-b"'))
    return Tried(files, "PREV_BROKEN", 71)


@attack(OMIT, "the last leaf of a period is another", "DB")
def _(story):
    files = export_period(story.log, 50, 90)
    line = next(n for n, line in enumerate(files["events.ndjson"].split(b"\n")) if line == story.log.raw[90])
    edit_line(files, line, lambda line: line.replace(b'"node-a"', b'"node-b"'))
    return Tried(files, "PROOF_BAD", 90)


@attack(OMIT, "an event of an actor", "DB")
def _(story):
    ada = story.reviewers["Ada"].id
    files = export_actor(story.log, ada)
    lines = [n for n, line in enumerate(files["events.ndjson"].split(b"\n"))
             if f'"id":"{ada}","kind":"user"'.encode() in line]
    return Tried(without(files, lines[-1]), "VALID_UNWITNESSED", notes={"COMPLETENESS_NOT_PROVEN"})


@attack(OMIT, "an event of somebody else among an actor's", "DB")
def _(story):
    files = export_actor(story.log, story.reviewers["Ada"].id)
    files["events.ndjson"] += story.log.raw[-1] + b"\n"
    return Tried(files, "PROOF_BAD", story.log.size - 1)


@attack(OMIT, "an event twice, in another place", "DB")
def _(story):
    files = export_actor(story.log, story.reviewers["Ada"].id)
    seqs = [leaf["seq"] for leaf in story.log.leaves if leaf["actor"]["id"] == story.reviewers["Ada"].id]
    files["events.ndjson"] += story.log.raw[seqs[0]] + b"\n"
    return Tried(files, "SEQ_GAP", seqs[0])
