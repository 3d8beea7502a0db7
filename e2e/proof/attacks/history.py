from attacks import Tried, attack, last_signed
from attacks.leaves import viewed_by_another
from bundle import add_checkpoint, export_document, export_log, export_period
from log import checkpoint_text, note, sha256

BACK = "roll back to an older signed checkpoint; rewrite and sign again"
TWICE = "two roots for one size"
# Kept by the auditor: a checkpoint of the true log, of a size that every bundle covers.
KEPT = 160


@attack(BACK, "roll back, and the auditor holds a newer checkpoint", "KEY")
def _(story):
    return Tried(export_log(story.log.cut(KEPT)), "ROLLBACK", KEPT, pins=[story.log.checkpoint(208)])


@attack(BACK, "roll back, and nobody holds anything", "KEY")
def _(story):
    return Tried(export_log(story.log.cut(KEPT)), "VALID_UNWITNESSED", notes={"UNWITNESSED"})


@attack(BACK, "roll back the export of a period", "KEY")
def _(story):
    return Tried(export_period(story.log.cut(KEPT), 20, 60), "ROLLBACK", KEPT, pins=[story.log.checkpoint(208)])


@attack(BACK, "rewrite and sign again, and nobody holds anything", "KEY")
def _(story):
    return Tried(export_log(story.log.remade(viewed_by_another)), "VALID_UNWITNESSED", notes={"UNWITNESSED"})


@attack(BACK, "rewrite and sign again, and the auditor holds a checkpoint that the bundle leaves out", "KEY")
def _(story):
    files = export_log(story.log.remade(viewed_by_another))
    del files[f"prior/{KEPT}.checkpoint"]
    return Tried(files, "FORK", last_signed(story.log, KEPT - 1), pins=[story.log.checkpoint(KEPT)])


@attack(BACK, "rewrite, sign again and export a document, with a proof of consistency from the true log", "KEY")
def _(story):
    true, forged = story.log, story.log.remade(viewed_by_another)
    files = export_document(forged, story.documents[0])
    files[f"consistency/{KEPT}"] = add_checkpoint(true, KEPT).partition(b"\n\n")[0] + b"\n\n" + files["checkpoint"]
    return Tried(files, "FORK", pins=[true.checkpoint(KEPT)])


@attack(BACK, "rewrite, sign again and export a document, without a proof of consistency", "KEY")
def _(story):
    files = export_document(story.log.remade(viewed_by_another), story.documents[0])
    return Tried(files, "INCOMPLETE", pins=[story.log.checkpoint(KEPT)])


@attack(BACK, "rewrite what was there before a signed decision", "KEY")
def _(story):
    """The statement names the leaf that the reviewer decided about, and no key of the log signs it anew."""
    decision = story.decisions["Ada"]["seq"]

    def edit(drafts):
        drafts[decision - 2]["leaf"]["data"]["field"] = "currency"
        return drafts

    assert story.log.leaves[decision - 2]["type"] == "field.corrected/v1"
    return Tried(export_log(story.log.remade(edit)), "STMT_MISMATCH", decision)


@attack(TWICE, "the auditor holds another root than the bundle's own checkpoint of this size", "KEY")
def _(story):
    return Tried(export_log(story.log.remade(viewed_by_another)), "EQUIVOCATION", KEPT - 1,
                 pins=[story.log.checkpoint(KEPT)])


@attack(TWICE, "the auditor holds two checkpoints of one size", "KEY")
def _(story):
    pins = [log.checkpoint(KEPT) for log in (story.log, story.log.remade(viewed_by_another))]
    return Tried(export_log(story.log), "EQUIVOCATION", KEPT - 1, pins=pins)


@attack(TWICE, "the auditor holds another root than a document's export", "KEY")
def _(story):
    forged = story.log.remade(viewed_by_another)
    files = export_document(story.log, story.documents[0])
    export_document(forged, story.documents[0])
    return Tried(files, "FORK", pins=[forged.checkpoint(forged.size)])


def empty(story, root):
    return note(checkpoint_text(story.log.origin, 0, root), [story.first_key])


@attack(BACK, "roll back, and leave a newer checkpoint in prior/", "KEY")
def _(story):
    files = export_log(story.log.cut(KEPT))
    files["prior/208.checkpoint"] = story.log.checkpoint(208)
    return Tried(files, "SIZE_SHORT", KEPT)


@attack(BACK, "the auditor holds the checkpoint of the empty log, which witnesses nothing", "nobody")
def _(story):
    return Tried(export_log(story.log), "VALID_UNWITNESSED", notes={"UNWITNESSED"}, pins=[empty(story, sha256(b""))])


@attack(BACK, "the auditor holds the checkpoint of the empty log, and a document's export", "nobody")
def _(story):
    return Tried(export_document(story.log, story.documents[0]), "VALID_UNWITNESSED", notes={"UNWITNESSED"},
                 pins=[empty(story, sha256(b""))])


@attack(BACK, "the auditor holds a checkpoint of the empty log with another root", "KEY")
def _(story):
    return Tried(export_log(story.log), "FORK", 0, pins=[empty(story, bytes(32))])
