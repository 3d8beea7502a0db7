"""Every attack against every verifier. The table in docs/attacks.md is what this suite saw; WRITE=1 writes it anew."""

import os
import pathlib
import tempfile
import unittest

import story
from attacks import ALL
from bundle import write_folder
from table import DOCUMENT, render
from verifiers import build_go, countersign_verify, go_accepts, verify_py


class Attacks(unittest.TestCase):
    maxDiff = None

    def test_each_yields_what_it_must(self):
        seen = []
        for attack in ALL:
            with self.subTest(attack=attack.name, row=attack.row), tempfile.TemporaryDirectory() as folder:
                told = story.tell()
                tried = attack.make(told)
                self.keys = [told.first_key.vkey, told.second_key.vkey]
                seen.append((attack, tried, self.try_all(tried, pathlib.Path(folder))))
        self.assertEqual(len(seen), len(ALL))
        self.check_table(render(seen))

    def try_all(self, tried, folder):
        target, key = lay_out(tried, folder), tried.key or self.keys[0]
        pins = []
        for number, raw in enumerate(tried.pins):
            pins.append(folder / f"pin-{number}")
            pins[-1].write_bytes(raw)
        given = target, key, pins, tried.receipt is not None
        expected = tried.code if tried.code.startswith("VALID") or tried.code == "INCOMPLETE" else f"INVALID:{tried.code}"
        verdicts = {}
        for name, verifier in (("verify.py", verify_py), ("countersign-verify", countersign_verify)):
            report = verifier(*given)
            with self.subTest(verifier=name, message=report.message):
                self.assertEqual((report.verdict, report.code, report.index), (expected, tried.code, tried.index))
                self.assertLessEqual(tried.notes, set(report.notes))
            verdicts[name] = report.verdict, report.index
        if target.is_dir() and "checkpoint" in tried.files:
            verdicts["Go"] = go_accepts(target, self.keys)[0]
        return verdicts

    def check_table(self, table):
        if os.environ.get("WRITE"):
            DOCUMENT.write_text(table)
        self.assertEqual(DOCUMENT.read_text(), table, "docs/attacks.md is not what was seen: WRITE=1 writes it anew")

    @classmethod
    def tearDownClass(cls):
        build_go()[0].cleanup()


def lay_out(tried, folder):
    """The bundle or receipt where a verifier finds it."""
    if tried.receipt is not None:
        (folder / "receipt.tlog-proof").write_bytes(tried.receipt)
        return folder / "receipt.tlog-proof"
    if tried.tar is not None:
        (folder / "bundle.tar").write_bytes(tried.tar)
        return folder / "bundle.tar"
    write_folder(tried.files, folder / "bundle")
    for path, target in tried.links.items():
        link = folder / "bundle" / path
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(target)
    return folder / "bundle"


if __name__ == "__main__":
    unittest.main()
