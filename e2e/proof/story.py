"""The log that is attacked: four reviewers, a dozen documents, a rotated key, somebody erased, 300 leaves and more."""

from types import SimpleNamespace

from log import Log, NoteKey, new_id, sha256
from reviewers import Reviewer, statement

ORIGIN = "3f1c9a52.countersign.example/log/0a6e2b1c-94d7-4c55-8d0e-5f4b3a291807/e1"
ALGS = {"Ada": "server_held", "Bela": "device_ed25519", "Cem": "webauthn_es256", "Dag": "webauthn_eddsa"}


def tell():
    """The story, told from the start: attackers may change what they get."""
    first_key, second_key = NoteKey(ORIGIN, "first key of the log"), NoteKey(ORIGIN, "second key of the log")
    log = Log(ORIGIN, first_key)
    story = SimpleNamespace(log=log, first_key=first_key, second_key=second_key, decisions={}, documents=[])
    organization = ("organization", ORIGIN.split("/")[2])
    log.append("organization.created/v1", organization, personal={"name": "Example Ltd"})
    story.reviewers = {name: Reviewer(name, alg) for name, alg in ALGS.items()}
    for reviewer in story.reviewers.values():
        log.append("user.added/v1", ("actor", reviewer.id), data={"role": "REVIEWER"},
                   personal={"name": reviewer.name, "email": f"{reviewer.name.lower()}@example.com"})
        story.enrolled = log.append("key.enrolled/v1", ("actor", reviewer.id), reviewer.actor, reviewer.enrolment(),
                                    files={"pem": reviewer.pem})
    for turn, reviewer in enumerate(story.reviewers.values()):
        review(story, f"signed by {reviewer.name}", reviewer, decision="REJECT" if turn == 1 else "APPROVE")
    story.rotated = log.rotate(second_key)
    story.both = log.size
    for turn in range(32):
        document = receive(story, f"waiting {turn}")
        for seen in range(6):
            log.append("document.viewed/v1", ("document", document), story.reviewers["Ada"].actor)
    story.retired = log.retire(first_key)
    story.last_of_first_key = log.size - 1
    gone = receive(story, "to be erased")
    story.gone = gone
    log.append("field.corrected/v1", ("document", gone), story.reviewers["Ada"].actor, {"field": "total"},
               personal={"before": {"text": "12.80"}, "after": {"text": "12.30"}}, version=2)
    log.append("document.viewed/v1", ("document", gone), story.reviewers["Bela"].actor)
    story.erased = log.erase("document", gone)
    log.append("document.viewed/v1", ("document", story.documents[0]), story.reviewers["Bela"].actor)
    log.sign()
    return story


def receive(story, name):
    log, document, file = story.log, new_id(f"document {name}"), f"a receipt, {name}\n".encode()
    story.documents.append(document)
    log.append("document.received/v1", ("document", document),
               data={"media_type": "image/jpeg", "byte_size": len(file)},
               personal={"file_name": f"{name}.jpg"}, commit=("document-sha256", sha256(file).hex()),
               files={"document": file})
    log.append("document.read/v1", ("document", document), data={"confidence": 912_000, "pages": 1},
               personal={"field.total": {"text": "12.80", "regions": []}, "field.merchant": {"text": "Bäckerei 漢"}})
    return document


def review(story, name, reviewer, decision="APPROVE", sign=None, said=None):
    """A document that is claimed, corrected, looked at and decided; the decision is signed."""
    log, document = story.log, receive(story, name)
    log.append("task.claimed/v1", ("document", document), reviewer.actor, {"task": new_id(name)})
    log.append("field.corrected/v1", ("document", document), reviewer.actor, {"field": "total", "reason": "MISREAD"},
               personal={"before": {"text": "12.80"}, "after": {"text": "12.30"}}, version=2)
    log.append("document.viewed/v1", ("document", document), reviewer.actor, version=2)
    decide(story, document, reviewer, decision, sign, said=said)
    return document


def decide(story, document, reviewer, decision="APPROVE", sign=None, version=2, said=None):
    """`said` are lines of the statement that say something else than they should."""
    log = story.log
    received = next(draft for draft in log.drafts if draft["leaf"]["subject"]["id"] == document)
    file = received["files"]["document"]
    text = statement(log, document, version, sha256(file).hex(), reviewer, decision, said)
    stmt, files = (sign or reviewer.sign)(text)
    leaf = log.append("task.decided/v1", ("document", document), reviewer.actor,
                      {"decision": decision, "signed": True, "state": "ACCEPTED"}, version=version + 1,
                      personal={"reason": "as on the receipt"}, stmt=stmt, files=files)
    story.decisions[reviewer.name] = leaf
    return leaf
