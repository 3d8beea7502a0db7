from attacks import Tried, attack, edit_line
from bundle import export_document, export_log
from log import canonical, sha256

ROW = "erased, withheld, altered disclosure"
FILES = "an altered document, statement copy or manifest"


def lines_of(files, seq):
    lines = files["disclosures.ndjson"].split(b"\n")
    return [n for n, line in enumerate(lines) if line.endswith(f',"seq":{seq}}}'.encode())]


@attack(ROW, "erased, and an event says so", "nobody")
def _(story):
    return Tried(export_log(story.log), "VALID_UNWITNESSED", notes={"ERASED"})


@attack(ROW, "a document erased, its export", "nobody")
def _(story):
    return Tried(export_document(story.log, story.gone), "VALID_UNWITNESSED", notes={"ERASED"})


@attack(ROW, "a person erased", "nobody")
def _(story):
    story.log.erase("actor", story.reviewers["Ada"].id, "ERASURE_REQUEST")
    story.log.sign()
    return Tried(export_log(story.log), "VALID_UNWITNESSED", notes={"ERASED"})


@attack(ROW, "a document erased, and then the person who gave the reason", "nobody")
def _(story):
    bela = story.reviewers["Bela"]
    story.log.erase("document", story.documents[1], "REQUEST", bela.actor, {"reason": "as the court ordered"})
    story.log.erase("actor", bela.id, "ERASURE_REQUEST")
    story.log.sign()
    return Tried(export_log(story.log), "VALID_UNWITNESSED", notes={"ERASED"})


def both_erased(name, document_first, code="VALID_UNWITNESSED", **data):
    """A value in a document's leaf went with the document, another with the person who wrote it."""
    @attack(ROW, name, "KEY" if data else "nobody")
    def _(story):
        log, bela, document = story.log, story.reviewers["Bela"], story.documents[9]
        log.append("field.corrected/v1", ("document", document), bela.actor, version=2,
                   personal={"after": {"text": "12.30"}}, said={"remark": "as I read it"})
        erasures = [("document", document), ("actor", bela.id)]
        for kind, id_ in erasures if document_first else reversed(erasures):
            log.erase(kind, id_)
        seq = log.size - 1
        log.drafts[seq]["leaf"]["data"] |= data
        log = log.remade(lambda drafts: drafts)
        # What the person's erasure has no room for falls to the document's, the one before.
        return Tried(export_log(log), code, seq - 1 if data else None, notes=set() if data else {"ERASED"})


both_erased("a document erased, and then a person who worked on it", True)
both_erased("a person erased, and then a document that they worked on", False)
both_erased("one value more missing than two erasures count", True, "INCOMPLETE", erased=2)


@attack(ROW, "withheld", "DB")
def _(story):
    files, seq = export_log(story.log), story.decisions["Ada"]["seq"]
    return Tried(edit_line(files, lines_of(files, seq)[0], lambda line: None, "disclosures.ndjson"), "INCOMPLETE", seq)


@attack(ROW, "withheld in a document's export", "DB")
def _(story):
    files, seq = export_document(story.log, story.documents[0]), story.decisions["Ada"]["seq"]
    return Tried(edit_line(files, lines_of(files, seq)[0], lambda line: None, "disclosures.ndjson"), "INCOMPLETE", seq)


@attack(ROW, "all withheld, though the bundle says that it has them", "DB")
def _(story):
    files = export_log(story.log)
    files["disclosures.ndjson"] = b""
    return Tried(files, "INCOMPLETE", 0)


@attack(ROW, "withheld, and none are promised", "nobody")
def _(story):
    return Tried(export_log(story.log, disclosures=False), "VALID_UNWITNESSED",
                 notes={"DISCLOSURES_LEFT_OUT", "DOCUMENTS_UNBOUND"})


def none_promised(name, flag, path, *notes):
    """bundle.json is unsigned: whoever withholds something may say so there, but then it is said to the auditor, too."""
    @attack(ROW, name, "DB")
    def _(story):
        files = export_log(story.log)
        files["bundle.json"] = files["bundle.json"].replace(f'"{flag}":true'.encode(), f'"{flag}":false'.encode())
        files = {at: data for at, data in files.items() if not at.startswith(path)}
        return Tried(files, "VALID_UNWITNESSED", notes=set(notes))


none_promised("all disclosures withheld, and bundle.json changed to promise none", "disclosures", "disclosures.ndjson",
              "DISCLOSURES_LEFT_OUT", "DOCUMENTS_UNBOUND")
none_promised("all statements withheld, and bundle.json changed to promise none", "statements", "statements/",
              "STATEMENTS_LEFT_OUT", "SIGNATURES_NOT_CHECKED")
none_promised("all documents withheld, and bundle.json changed to promise none", "documents", "documents/",
              "DOCUMENTS_LEFT_OUT")


@attack(ROW, "withheld before the erasure of another document", "DB")
def _(story):
    files = export_log(story.log)
    seq = next(leaf["seq"] for leaf in story.log.leaves if leaf["subject"]["id"] == story.documents[8])
    return Tried(edit_line(files, lines_of(files, seq)[0], lambda line: None, "disclosures.ndjson"), "INCOMPLETE", seq)


@attack(ROW, "withheld after the erasure of the document", "DB")
def _(story):
    log = story.log
    leaf = log.append("field.corrected/v1", ("document", story.gone), personal={"after": {"text": "1"}}, version=3)
    log.sign()
    files = export_log(log)
    return Tried(edit_line(files, lines_of(files, leaf["seq"])[0], lambda line: None, "disclosures.ndjson"),
                 "INCOMPLETE", leaf["seq"])


def erasure_says(name, **data):
    @attack(ROW, name, "KEY")
    def _(story):
        seq = story.erased["seq"]

        def edit(drafts):
            drafts[seq]["leaf"]["data"] |= data
            return drafts

        return Tried(export_log(story.log.remade(edit)), "INCOMPLETE", seq)


erasure_says("more is missing than was erased", erased=1)
erasure_says("something else is missing than was erased", digests_sha256=sha256(b"other digests").hex())


def altered(name, change, code="SD_MISMATCH"):
    @attack(ROW, name, "DB")
    def _(story):
        files, seq = export_log(story.log), story.decisions["Ada"]["seq"]
        edit_line(files, lines_of(files, seq)[0], change, "disclosures.ndjson")
        return Tried(files, code, seq)


altered("altered", lambda line: line.replace(b"as on the receipt", b"as on the invoice"))
altered("another salt", lambda line: line.replace(b'[\\"', b'[\\"A', 1))
altered("a disclosure more than the leaf has digests", lambda line: line + line.replace(b"receipt", b"invoice"))


@attack(ROW, "put to another leaf", "DB")
def _(story):
    files, seq = export_log(story.log), story.decisions["Ada"]["seq"]
    line = lines_of(files, seq)[0]
    edit_line(files, line, lambda line: line.replace(f'"seq":{seq}'.encode(), f'"seq":{seq + 1}'.encode()),
              "disclosures.ndjson")
    return Tried(files, "SD_MISMATCH", seq + 1)


@attack(ROW, "put to a leaf that there is none of", "DB")
def _(story):
    files = export_log(story.log)
    files["disclosures.ndjson"] += canonical({"disclosure": "[]", "seq": 10_000}) + b"\n"
    return Tried(files, "SD_MISMATCH", 10_000)


def odd_form(name, disclosure):
    """The operator commits to what is no disclosure."""
    @attack(ROW, name, "KEY")
    def _(story):
        leaf = story.log.append("field.corrected/v1", ("document", story.documents[0]), version=3,
                                sd=[sha256(canonical(disclosure)).hex()])
        story.log.drafts[-1]["disclosures"].append(canonical(disclosure))
        story.log.sign()
        return Tried(export_log(story.log), "SD_MISMATCH", leaf["seq"])


SALT = "AAAAAAAAAAAAAAAAAAAAAA"
odd_form("a disclosure whose name is a list", [SALT, ["name"], "value"])
odd_form("a disclosure whose name is a number", [SALT, 1, "value"])
odd_form("a disclosure that is an object", {SALT: 1, "a": 2, "b": 3})


@attack(ROW, "a line that is no disclosure", "DB")
def _(story):
    files = export_log(story.log)
    files["disclosures.ndjson"] += b"{}\n"
    return Tried(files, "BUNDLE_MALFORMED")


@attack(FILES, "a document with other bytes", "DB")
def _(story):
    files = export_log(story.log)
    path = next(path for path in files if path.startswith("documents/"))
    files[path] += b" "
    return Tried(files, "MANIFEST_MISMATCH")


def of_document(story, files):
    """Where the file of the first document stands, and the leaf that names it."""
    leaf = next(leaf for leaf in story.log.leaves if leaf["type"] == "document.received/v1")
    path = f"documents/{sha256(story.log.drafts[leaf['seq']]['files']['document']).hex()}"
    assert path in files
    return path, leaf["seq"]


@attack(FILES, "a document swapped for another one, under its own hash", "DB")
def _(story):
    files = export_document(story.log, story.documents[0])
    del files[of_document(story, files)[0]]
    files[f"documents/{sha256(b'a forged scan').hex()}"] = b"a forged scan"
    return Tried(files, "MANIFEST_MISMATCH")


@attack(FILES, "a document more than the events name", "DB")
def _(story):
    files = export_log(story.log)
    files[f"documents/{sha256(b'a forged scan').hex()}"] = b"a forged scan"
    return Tried(files, "MANIFEST_MISMATCH")


@attack(FILES, "a document swapped for another one, in a bundle without disclosures", "DB")
def _(story):
    files = export_document(story.log, story.documents[0], disclosures=False)
    del files[of_document(story, files)[0]]
    files[f"documents/{sha256(b'a forged scan').hex()}"] = b"a forged scan"
    return Tried(files, "VALID_UNWITNESSED", notes={"DOCUMENTS_UNBOUND"})


def document_missing(name, export):
    @attack(FILES, name, "DB")
    def _(story):
        files = export(story)
        path, seq = of_document(story, files)
        del files[path]
        return Tried(files, "INCOMPLETE", seq)


document_missing("a document missing", lambda story: export_log(story.log))
document_missing("a document missing from its own export", lambda story: export_document(story.log, story.documents[0]))


@attack(FILES, "a file changed, the manifest not", "DB")
def _(story):
    files = Tried(export_log(story.log), "").files
    files["README.txt"] += b" "
    return Tried(files, "MANIFEST_MISMATCH", stale_manifest=True)


@attack(FILES, "a file more than the manifest has", "DB")
def _(story):
    files = Tried(export_log(story.log), "").files
    files["extra.txt"] = b"more\n"
    return Tried(files, "MANIFEST_MISMATCH", stale_manifest=True)


@attack(FILES, "a file less than the manifest has", "DB")
def _(story):
    files = Tried(export_log(story.log), "").files
    del files["README.txt"]
    return Tried(files, "MANIFEST_MISMATCH", stale_manifest=True)


@attack(FILES, "no manifest", "DB")
def _(story):
    return Tried(export_log(story.log), "MANIFEST_MISMATCH", stale_manifest=True)
