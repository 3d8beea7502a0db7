"""Bundles that the real program makes, from databases of both kinds: everybody's verifiers accept them, and refuse them
when a bit is another."""

import json
import subprocess
import unittest

from one_history import OverOneHistory
from verifiers import countersign_verify, go_accepts, verify_py
from world import Postgres, Sqlite


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
        return self.server.ask(self.server.token("auditor"), "{ log { checkpoint { note } } }")["log"]["checkpoint"]["note"]

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

    def test_nothing_is_exported_from_a_log_that_was_changed(self):
        self.server.stop()
        raw = self.leaves()[3]
        self.database.execute(self.set_leaf(3, raw.replace(b'"node":"node-1"', b'"node":"node-0"')))
        done = self.server.command("audit", "export", "--out", str(self.data / "bundle"))
        if done.returncode == 0:
            # Whatever was written, it does not hold.
            self.assertNotIn(verify_py(self.data / "bundle", self.key, [], False).verdict, ("VALID", "VALID_UNWITNESSED"))


class OnSqlite(Exports, unittest.TestCase):
    kind = Sqlite


class OnPostgres(Exports, unittest.TestCase):
    kind = Postgres


if __name__ == "__main__":
    unittest.main()
