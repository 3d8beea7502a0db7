"""Bundles that the real program makes, from databases of both kinds: everybody's verifiers accept them, and refuse them
when a bit is another."""

import json
import subprocess
import time
import unittest

from one_history import OverOneHistory
from verifiers import countersign_verify, go_accepts, verify_py
from world import Postgres, Server, Sqlite, until


EMAIL, PASSWORD = "ben@example.org", "four plain words here"
# A document type of one field, whose decisions are signed.
SLIP = """
name = "slip"
version = 1
label = "Slip"
locales = ["en", "US"]

[[fields]]
name = "total"
label = "Total"
kind = "amount"
required = true
threshold = 0.95
words = "total"

[signing]
required = true
meaning = "approval"
"""


class Exports(OverOneHistory):
    """A class for each kind of database runs them."""

    def setUp(self):
        super().setUp()
        self.server.start()
        auditor = self.server.token("auditor")
        self.key = self.server.ask(auditor, "{ log { verifierKey } }")["log"]["verifierKey"]
        self.kept = self.signed()
        self.pin = self.data / "kept"
        self.pin.write_text(self.note())
        self.document = self.server.send(self.token, "one more")
        self.until_signed()

    def note(self):
        said = self.server.ask(self.server.token("auditor"), "{ log { checkpoint { note } } }")
        return said["log"]["checkpoint"]["note"]

    def export(self, name, *words):
        done = self.server.command("audit", "export", "--out", str(self.data / name), *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return self.data / name

    def assert_holds(self, bundle, verdict="VALID"):
        pins = [self.pin] if verdict == "VALID" else []
        for verifier in (verify_py, countersign_verify):
            report = verifier(bundle, self.key, pins, False)
            self.assertEqual((report.verdict, report.message), (verdict, "everything holds"), verifier.__name__)
        if bundle.is_dir():
            accepts, said = go_accepts(bundle, [self.key])
            self.assertTrue(accepts, said)
            for words in (["sha256sum", "--check", "--quiet", "MANIFEST.sha256"],
                          ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "log.pub.pem",
                           "-in", "checkpoint.body", "-sigfile", "checkpoint.sig"]):
                done = subprocess.run(words, cwd=bundle, capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_exports_hold(self):
        leaves = [json.loads(raw) for raw in self.leaves()]
        actor = next(leaf["actor"]["id"] for leaf in leaves if leaf["type"] == "document.received/v1")
        edges = ["--from", leaves[4]["recorded_at"], "--to", leaves[-1]["recorded_at"]]
        since, everything = ["--since", str(self.kept)], ["--with-disclosures", "--with-documents"]
        for name, words in {
            "log": everything,
            "log without extras": [],
            "document": ["--document", self.document, *since, *everything],
            "document without extras": ["--document", self.document, *since],
            "period": [*edges, *since, *everything],
            "actor": ["--actor", actor, *since],
        }.items():
            for suffix in ("", ".tar"):
                with self.subTest(name=name, suffix=suffix):
                    bundle = self.export(name + suffix, *words)
                    self.assert_holds(bundle)
                    self.assert_holds(bundle, "VALID_UNWITNESSED")

    def test_a_bit_of_an_export(self):
        bundle = self.export("bundle")
        events = bundle / "events.ndjson"
        events.write_bytes(events.read_bytes().replace(b'"node":"node-1"', b'"node":"node-0"', 1))
        for verifier in (verify_py, countersign_verify):
            report = verifier(bundle, self.key, [], False)
            self.assertEqual((report.verdict, report.index), ("INVALID:PREV_BROKEN", 1))
        self.assertFalse(go_accepts(bundle, [self.key])[0])

    def test_a_signed_decision_and_its_receipt(self):
        self.server.stop()
        type_ = self.data / "slip.toml"
        type_.write_text(SLIP)
        self.server = Server(self.data, self.database, reads=True)
        self.addCleanup(self.server.stop)
        self.assertEqual(self.server.command("admin", "publish-type", str(type_)).returncode, 0)
        done = self.server.command("admin", "create-user", "--email", EMAIL, "--name", "Zoë Ben", "--role", "reviewer",
                                   said=f"{PASSWORD}\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.server.start()
        self.server.send(self.token, "to be signed", "slip")
        ben = self.server.sign_in(EMAIL, PASSWORD)
        decision = self.decide(ben)
        self.until_signed()
        bundle = self.export("signed", "--with-disclosures", "--with-documents")
        self.assert_holds(bundle)
        for verifier in (verify_py, countersign_verify):
            self.assertEqual(verifier(bundle, self.key, [], False).checked["signatures"], 1)
        text = next((bundle / "statements").glob("*.txt"))
        self.assertIn("\nsigner-name: Zoë Ben\n", text.read_text())
        receipt = self.data / "receipt"
        receipt.write_bytes(until("the receipt is there", lambda: self.receipt(ben, decision)))
        for verifier in (verify_py, countersign_verify):
            self.assertEqual(verifier(receipt, self.key, [], True).verdict, "VALID")
        self.erase(ben, decision)
        self.until_signed()
        erased = self.export("erased", "--with-disclosures", "--with-documents")
        self.assertFalse((erased / "statements" / text.name).exists())
        self.assert_holds(erased)
        for verifier in (verify_py, countersign_verify):
            report = verifier(erased, self.key, [], False)
            self.assertEqual(report.checked["signatures"], 1, "it is over the hash of the text, and can still be told")
            self.assertIn("ERASED", report.notes)
            self.assertIn(int(text.stem), [one["seq"] for one in report.erased])

    def erase(self, ben, task):
        """First the document that Ben decided about, then Ben."""
        lines = (self.data / "first-login.txt").read_text().splitlines()
        told = dict(line.split(": ", 1) for line in lines if ": " in line)
        admin = self.server.sign_in(told["email"], told["password"])
        said = self.server.ask(ben, "query($id: ID!) { viewer { id } task(id: $id) { document { id } } }",
                               {"id": task})
        self.server.change(admin, "eraseDocument", "document { id }", idempotencyKey="erase-document",
                           document=said["task"]["document"]["id"], reason="as the court ordered")
        self.server.change(admin, "erasePerson", "actor { id }", idempotencyKey="erase-person",
                           actor=said["viewer"]["id"], reason="on request")

    def decide(self, ben):
        """Ben approves with the password, and the server signs for him; the task's id."""
        task = until("the document is read", lambda: self.server.change(
            ben, "claimNextTask", "task { id lease { token } document { fields { id version } } }",
            idempotencyKey=f"claim-{time.monotonic()}")["task"])
        held = {"leaseToken": task["lease"]["token"]}
        for field in task["document"]["fields"]:
            self.server.change(ben, "correctField", "field { version }", idempotencyKey=f"correct-{field['id']}",
                               taskId=task["id"], fieldId=field["id"], expectedVersion=field["version"], text="18.90",
                               reason="OTHER", **held)
        prepared = self.server.change(ben, "prepareDecision", "prepared { id }", idempotencyKey="prepare",
                                      task=task["id"], decision="APPROVE", **held)["prepared"]
        self.server.change(ben, "decideTask", "task { id }", idempotencyKey="decide", taskId=task["id"],
                           decision="APPROVE", signature={"prepared": prepared["id"], "password": PASSWORD}, **held)
        return task["id"]

    def receipt(self, ben, task):
        said = self.server.ask(ben, "query($id: ID!) { task(id: $id) { receipt { url } } }", {"id": task})
        receipt = said["task"]["receipt"]
        return receipt and self.server.fetch(receipt["url"], ben)

    def test_nothing_is_exported_from_a_log_that_was_changed(self):
        self.server.stop()
        raw = self.leaves()[3]
        self.database.execute(self.set_leaf(3, raw.replace(b'"node":"node-1"', b'"node":"node-0"')))
        done = self.server.command("audit", "export", "--out", str(self.data / "bundle"))
        if done.returncode == 0:
            # Whatever was written, it does not hold.
            report = verify_py(self.data / "bundle", self.key, [], False)
            self.assertTrue(report.verdict.startswith("INVALID:"), report.verdict)


class OnSqlite(Exports, unittest.TestCase):
    kind = Sqlite


class OnPostgres(Exports, unittest.TestCase):
    kind = Postgres


if __name__ == "__main__":
    unittest.main()
