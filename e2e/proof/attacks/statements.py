"""What reviewers signed. The attacker is the operator, who has the key of the log but not the reviewers'."""

from attacks import Tried, attack, flip
from bundle import export_document, export_log
from log import sha256
from reviewers import Reviewer, stmt
from story import decide, receive, review

STATEMENT = "forge or strip a statement's signature; move it to another document, version, decision or person"
WEBAUTHN = "WebAuthn with wrong origin, RP id, type, no user verification, reused assertion"
WEAK = "Ed25519 malleation, small-order key"
FORM = "2^53+1, 1.0, 1e2, −0, duplicate keys, lone surrogates, BOM, non-NFC or bidirectional statement"
L = 2**252 + 27742317777372353535851937790883648493


def signed(row, name, code, who="Ada", by="KEY"):
    """The attack decides about a document of its own; its decision is what must not hold."""
    def keep(make):
        @attack(row, name, by)
        def _(story):
            seq = make(story, story.reviewers[who])["seq"]
            story.log.sign()
            return Tried(export_log(story.log), code, None if code.startswith("VALID") else seq)
        return make
    return keep


def spoiled(reviewer, change):
    """Signs, and changes the signature."""
    def sign(text):
        made, files = reviewer.sign(text)
        files["sig"] = change(files["sig"])
        return stmt(text, reviewer.kid, reviewer.alg, files["sig"]), files
    return sign


def decide_again(story, name, reviewer, sign=None, said=None):
    """A new document and a decision about it; the decision's leaf."""
    document = review(story, name, reviewer, sign=sign, said=said)
    return next(leaf for leaf in reversed(story.log.leaves) if leaf["subject"]["id"] == document)


@signed(STATEMENT, "a signature that holds", "VALID_UNWITNESSED", by="nobody")
def _(story, ada):
    return decide_again(story, "attacked", ada)


@signed(STATEMENT, "a bit of the signature", "STMT_SIG_BAD")
def _(story, ada):
    return decide_again(story, "attacked", ada, spoiled(ada, lambda sig: flip(sig, 3)))


@signed(STATEMENT, "a signature by a key of one's own, under the reviewer's key id", "STMT_SIG_BAD")
def _(story, ada):
    other = Reviewer("Eve", "server_held")

    def sign(text):
        made, files = other.sign(text)
        return made | {"kid": ada.kid}, files

    return decide_again(story, "attacked", ada, sign)


@signed(STATEMENT, "a signature over the text itself, not over its digest", "STMT_SIG_BAD")
def _(story, ada):
    def sign(text):
        signature = ada.private.sign(text)
        return stmt(text, ada.kid, ada.alg, signature), {"txt": text, "sig": signature}

    return decide_again(story, "attacked", ada, sign)


@signed(STATEMENT, "strip the signature", "STMT_MISMATCH")
def _(story, ada):
    leaf = decide_again(story, "attacked", ada)
    story.log.drafts[-1]["leaf"].pop("stmt")
    story.log.drafts[-1]["files"].clear()
    replaced = story.log.remade(lambda drafts: drafts)
    story.log.__dict__.update(replaced.__dict__)
    return leaf


@signed(STATEMENT, "a key that was never enrolled", "STMT_MISMATCH")
def _(story, ada):
    eve = Reviewer("Eve", "server_held")
    eve.id, eve.actor = ada.id, ada.actor
    return decide_again(story, "attacked", eve)


@signed(STATEMENT, "a key that is enrolled afterwards", "STMT_MISMATCH")
def _(story, ada):
    eve = Reviewer("Eve", "server_held")
    leaf = decide_again(story, "attacked", eve)
    story.log.append("key.enrolled/v1", ("actor", eve.id), eve.actor, eve.enrolment())
    return leaf


@signed(STATEMENT, "a key that was revoked before", "STMT_MISMATCH")
def _(story, ada):
    story.log.append("key.revoked/v1", ("actor", ada.id), ada.actor, {"kid": ada.kid})
    return decide_again(story, "attacked", ada)


@signed(STATEMENT, "a key that is revoked afterwards", "VALID_UNWITNESSED", by="nobody")
def _(story, ada):
    leaf = decide_again(story, "attacked", ada)
    story.log.append("key.revoked/v1", ("actor", ada.id), ada.actor, {"kid": ada.kid})
    return leaf


@signed(STATEMENT, "another person's key", "STMT_MISMATCH")
def _(story, ada):
    bela = story.reviewers["Bela"]
    return decide_again(story, "attacked", ada, bela.sign, {"key-id": bela.kid})


@signed(STATEMENT, "a signature of the server, called one of a device", "STMT_MISMATCH")
def _(story, ada):
    def sign(text):
        made, files = ada.sign(text)
        return made | {"alg": "device_ed25519"}, files

    return decide_again(story, "attacked", ada, sign)


def moved(name, line, value):
    """The reviewer signed something else than what the leaf says."""
    @signed(STATEMENT, name, "STMT_MISMATCH")
    def _(story, ada):
        return decide_again(story, "attacked", ada, said={line: value})


moved("move it to another document", "document", "3b0b3a34-7f5c-4d27-9d3a-8a1f6f1c2d10")
moved("move it to another version", "version", "1")
moved("move it to another person", "signer-id", "3b0b3a34-7f5c-4d27-9d3a-8a1f6f1c2d10")
moved("move it to another log", "log", "elsewhere.example/log/0a6e2b1c-94d7-4c55-8d0e-5f4b3a291807/e1")
moved("move it to another file", "document-sha256", sha256(b"another file").hex())
moved("move it to another event before it", "prior-subject-leaf", sha256(b"another event").hex())
moved("name another key in the text", "key-id", "0" * 32)


@signed(STATEMENT, "move it to another decision", "STMT_MISMATCH")
def _(story, ada):
    def sign(text):
        return ada.sign(text.replace(b"decision: APPROVE", b"decision: REJECT"))

    return decide_again(story, "attacked", ada, sign)


@signed(STATEMENT, "record an event between what was signed and the decision", "STMT_MISMATCH")
def _(story, ada):
    document = receive(story, "attacked")
    prior = story.log.last_content(document).hex()
    story.log.append("field.corrected/v1", ("document", document), ada.actor, version=2)
    return decide(story, document, ada, said={"prior-subject-leaf": prior})


@signed(STATEMENT, "record a view between what was signed and the decision", "VALID_UNWITNESSED", by="nobody")
def _(story, ada):
    document = receive(story, "attacked")
    prior = story.log.last_content(document).hex()
    story.log.append("document.viewed/v1", ("document", document), ada.actor, version=1)
    return decide(story, document, ada, version=1, said={"prior-subject-leaf": prior})


@signed(STATEMENT, "record one signature twice", "STMT_MISMATCH")
def _(story, ada):
    decide_again(story, "attacked", ada)
    draft = story.log.drafts[-1]["leaf"]
    files = dict(story.log.drafts[-1]["files"])
    return story.log.append("task.decided/v1", ("document", draft["subject"]["id"]), ada.actor, draft["data"],
                            version=3, stmt=draft["stmt"], files=files)


@attack(STATEMENT, "put another text in the place of the one that was signed", "DB")
def _(story):
    files, seq = export_log(story.log), story.decisions["Ada"]["seq"]
    files[f"statements/{seq}.txt"] = files[f"statements/{seq}.txt"].replace(b"APPROVE", b"REJECT ")
    return Tried(files, "STMT_MISMATCH", seq)


@attack(STATEMENT, "withhold the text", "DB")
def _(story):
    files, seq = export_log(story.log), story.decisions["Ada"]["seq"]
    del files[f"statements/{seq}.txt"]
    return Tried(files, "INCOMPLETE", seq)


@attack(STATEMENT, "withhold the enrolment of the key from a document's export", "DB")
def _(story):
    files, ada = export_document(story.log, story.documents[0]), story.reviewers["Ada"]
    lines = files["events.ndjson"].splitlines(keepends=True)
    kept = [line for line in lines if b"key.enrolled" not in line or ada.kid.encode() not in line]
    assert len(kept) == len(lines) - 1
    files["events.ndjson"] = b"".join(kept)
    return Tried(files, "STMT_MISMATCH", story.decisions["Ada"]["seq"])


@signed(WEAK, "S + L in place of S in a reviewer's signature", "STMT_SIG_BAD")
def _(story, ada):
    def malleate(sig):
        return sig[:32] + (int.from_bytes(sig[32:], "little") + L).to_bytes(32, "little")

    return decide_again(story, "attacked", ada, spoiled(ada, malleate))


@signed(WEAK, "enrol a key of small order for somebody, and sign with nothing", "STMT_MISMATCH")
def _(story, ada):
    weak = Reviewer("Eve", "server_held")
    weak.id, weak.actor = ada.id, ada.actor
    weak.spki = weak.spki[:-32] + bytes([1]) + bytes(31)
    weak.kid = sha256(weak.spki).hex()[:32]
    story.log.append("key.enrolled/v1", ("actor", ada.id), ada.actor, weak.enrolment())

    def sign(text):
        signature = bytes([1]) + bytes(63)
        return stmt(text, weak.kid, weak.alg, signature), {"txt": text, "sig": signature}

    return decide_again(story, "attacked", weak, sign)


def text_form(name, line, value):
    @signed(FORM, name, "STMT_MISMATCH")
    def _(story, ada):
        return decide_again(story, "attacked", ada, said={line: value})


text_form("a name that is not in NFC", "signer-name", "Zoe\u0308")
text_form("a reason that turns the direction of what follows", "reason", "paid\u202e00.1")
text_form("a reason with an isolate", "reason", "\u2066paid\u2069")
text_form("a reason with a tab", "reason", "paid\tin cash")
text_form("a reason with a delete character", "reason", "paid\x7f")
text_form("a reason with a line separator", "reason", "paid\u2028decision: REJECT")
text_form("an empty reason", "reason", "")
text_form("a meaning that there is none of", "meaning", "boredom")
text_form("a statement's time without milliseconds", "time", "2026-01-05T08:00:00Z")
text_form("a nonce of 30 digits", "nonce", "0" * 30)
text_form("a version with a leading zero", "version", "02")


def lines_form(name, change):
    @signed(FORM, name, "STMT_MISMATCH")
    def _(story, ada):
        return decide_again(story, "attacked", ada, lambda text: ada.sign(change(text)))


lines_form("a statement with a line more", lambda text: text + b"more: text\n")
lines_form("a statement with a line less", lambda text: text[:text.index(b"nonce")])
lines_form("a statement whose last line does not end", lambda text: text[:-1])
lines_form("a statement with carriage returns", lambda text: text.replace(b"\n", b"\r\n"))
lines_form("a statement that is not UTF-8", lambda text: text.replace(b"Ada", b"\xff"))
lines_form("a statement with a byte order mark", lambda text: b"\xef\xbb\xbf" + text)


# ---------------------------------------------------------------- WebAuthn

def passkey(name, code, who="Cem", **said):
    """The passkey did sign, but not this, not here or not by its user."""
    @signed(WEBAUTHN, name, code, who)
    def _(story, reviewer):
        return decide_again(story, "attacked", reviewer, lambda text: reviewer.sign(text, **said))


for kind, who in (("ES256", "Cem"), ("EdDSA", "Dag")):
    passkey(f"an assertion that holds ({kind})", "VALID_UNWITNESSED", who)
    passkey(f"another origin ({kind})", "WA_ORIGIN", who, client={"origin": "https://review.example.evil"})
    passkey(f"an embedded page of another origin ({kind})", "WA_ORIGIN", who, client={"crossOrigin": True})
    passkey(f"a page above of another origin ({kind})", "WA_ORIGIN", who, client={"topOrigin": "https://evil.example"})
    passkey(f"another RP id ({kind})", "WA_RPID", who, rp_id="example")
    passkey(f"a registration in place of an assertion ({kind})", "WA_TYPE", who, client={"type": "webauthn.create"})
    passkey(f"no user verification ({kind})", "WA_UV", who, flags=0x01)
    passkey(f"no user presence ({kind})", "WA_UV", who, flags=0x04)
    passkey(f"a new credential in the authenticator data ({kind})", "STMT_SIG_BAD", who, flags=0x45)
    passkey(f"a backup of what cannot be backed up ({kind})", "STMT_SIG_BAD", who, flags=0x15)
    passkey(f"another challenge ({kind})", "WA_CHALLENGE", who, client={"challenge": "AAAA"})

    @signed(WEBAUTHN, f"a bit of the signature ({kind})", "STMT_SIG_BAD", who)
    def _(story, reviewer):
        return decide_again(story, "attacked", reviewer, spoiled(reviewer, lambda sig: flip(sig, -3)))

    @signed(WEBAUTHN, f"the assertion of an earlier decision ({kind})", "WA_CHALLENGE", who)
    def _(story, reviewer):
        earlier = story.log.drafts[story.decisions[reviewer.name]["seq"]]["files"]

        def sign(text):
            return stmt(text, reviewer.kid, reviewer.alg, earlier["sig"]), earlier | {"txt": text}

        return decide_again(story, "attacked", reviewer, sign)


@signed(WEBAUTHN, "a name that stands twice in the client data", "STMT_SIG_BAD", "Cem")
def _(story, cem):
    def sign(text):
        made, files = cem.sign(text)
        files["clientdata"] = files["clientdata"][:-1] + b',"origin":"https://review.example"}'
        files["sig"] = cem.raw_signature(files["authdata"] + sha256(files["clientdata"]))
        return stmt(text, cem.kid, cem.alg, files["sig"]), files

    return decide_again(story, "attacked", cem, sign)


@signed(WEBAUTHN, "a passkey that was enrolled for another site", "STMT_MISMATCH", "Cem")
def _(story, cem):
    eve = Reviewer("Eve", "webauthn_es256")
    eve.id, eve.actor = cem.id, cem.actor
    story.log.append("key.enrolled/v1", ("actor", eve.id), eve.actor, eve.enrolment() | {"rp_id": "evil.example"})
    return decide_again(story, "attacked", eve)


@signed(WEBAUTHN, "the signature of a passkey without what it signed", "INCOMPLETE", "Cem")
def _(story, cem):
    def sign(text):
        made, files = cem.sign(text)
        return made, {"txt": text, "sig": files["sig"]}

    return decide_again(story, "attacked", cem, sign)


@attack(WEBAUTHN, "one signature for two decisions, without the texts", "KEY")
def _(story):
    reused = story.decisions["Ada"]["seq"]
    draft = story.log.drafts[reused]["leaf"]
    leaf = story.log.append("task.decided/v1", ("document", story.documents[5]), story.reviewers["Ada"].actor,
                            draft["data"], version=3, stmt=draft["stmt"])
    story.log.sign()
    return Tried(export_log(story.log, statements=False), "WA_REUSED", leaf["seq"])


def assertion(name, code, client=lambda raw: raw, extensions=None):
    """What the passkey signed has another form, and the passkey did sign it."""
    @signed(WEBAUTHN, name, code, "Cem")
    def _(story, cem):
        def sign(text):
            _, files = cem.sign(text, flags=0x05 if extensions is None else 0x85)
            files["clientdata"], files["authdata"] = client(files["clientdata"]), files["authdata"] + (extensions or b"")
            files["sig"] = cem.raw_signature(files["authdata"] + sha256(files["clientdata"]))
            return stmt(text, cem.kid, cem.alg, files["sig"]), files

        return decide_again(story, "attacked", cem, sign)


assertion("client data of more than 8,192 bytes", "STMT_SIG_BAD", lambda raw: raw + b" " * 8192)
assertion("crossOrigin is 0", "STMT_SIG_BAD", lambda raw: raw.replace(b"false", b"0"))
assertion("half of a surrogate pair in the client data", "STMT_SIG_BAD", lambda raw: raw[:-1] + b',"x":"\\ud83e"}')
assertion("client data nested in 200 levels", "STMT_SIG_BAD", lambda raw: raw[:-1] + b',"x":' + b"[" * 200 + b"]" * 200
          + b"}")
assertion("a map of extensions, which is allowed", "VALID_UNWITNESSED", extensions=bytes.fromhex("a1636162630a"))
assertion("extensions that are no map", "STMT_SIG_BAD", extensions=b"\x0a")
assertion("a map of extensions that is cut off", "STMT_SIG_BAD", extensions=bytes.fromhex("a16361"))
assertion("authenticator data of more than 4,096 bytes", "STMT_SIG_BAD",
          extensions=bytes.fromhex("a1416159") + (5000).to_bytes(2, "big") + bytes(5000))


def enrolled_at(name, origin):
    @signed(WEBAUTHN, name, "STMT_MISMATCH", "Cem")
    def _(story, cem):
        eve = Reviewer("Eve", "webauthn_es256")
        eve.id, eve.actor = cem.id, cem.actor
        story.log.append("key.enrolled/v1", ("actor", eve.id), eve.actor, eve.enrolment() | {"origin": origin})
        return decide_again(story, "attacked", eve, lambda text: eve.sign(text, client={"origin": origin}))


enrolled_at("a passkey that was enrolled at port 99999", "https://review.example:99999")
enrolled_at("a passkey that was enrolled at port 0443", "https://review.example:0443")
