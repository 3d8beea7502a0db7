"""Every attack against every verifier. The table in docs/attacks.md is what this suite saw; WRITE=1 writes it anew."""

import concurrent.futures
import os
import pathlib
import tempfile
import unittest

import story
from attacks import ALL
from bundle import write_folder
from table import DOCUMENT, render
from test_live import LIVE
from verifiers import build_go, countersign_verify, go_accepts, verify_py

VERIFIERS = {"verify.py": verify_py, "countersign-verify": countersign_verify}


class Attacks(unittest.TestCase):
    maxDiff = None

    def test_each_yields_what_it_must(self):
        build_go()
        with concurrent.futures.ProcessPoolExecutor() as pool:
            seen = list(pool.map(try_one, range(len(ALL)), chunksize=4))
        for attack, (tried, reports, _) in zip(ALL, seen, strict=True):
            expected = verdict(tried["code"]), tried["code"], tried["index"]
            for name, report in reports.items():
                with self.subTest(row=attack.row, attack=attack.name, verifier=name, message=report.message):
                    self.assertEqual((report.verdict, report.code, report.index), expected)
                    self.assertLessEqual(tried["notes"], set(report.notes))
        table = render([(attack, reports, go) for attack, (_, reports, go) in zip(ALL, seen, strict=True)], LIVE)
        if os.environ.get("WRITE"):
            DOCUMENT.write_text(table)
        self.assertEqual(DOCUMENT.read_text(), table, "docs/attacks.md is not what was seen: WRITE=1 writes it anew")

    def test_names_are_told_apart(self):
        names = [(attack.row, attack.name) for attack in ALL]
        self.assertEqual(len(names), len(set(names)))


def try_one(number):
    """(what must be said, what our verifiers said, whether Go accepts: None where it cannot look)"""
    told = story.tell()
    tried = ALL[number].make(told)
    keys = [told.first_key.vkey, told.second_key.vkey]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        target, pins = lay_out(tried, folder), []
        for turn, raw in enumerate(tried.pins):
            pins.append(folder / f"pin-{turn}")
            pins[-1].write_bytes(raw)
        given = target, tried.key or keys[0], pins, tried.receipt is not None
        reports = {name: verifier(*given) for name, verifier in VERIFIERS.items()}
        looks = target.is_dir() and "checkpoint" in tried.files
        go = go_accepts(target, keys)[0] if looks else None
    return {"code": tried.code, "index": tried.index, "notes": tried.notes}, reports, go


def verdict(code):
    return code if code in ("VALID", "VALID_UNWITNESSED", "INCOMPLETE") else f"INVALID:{code}"


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
