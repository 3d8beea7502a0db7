"""Bundles damaged at random: both verifiers say the same, and neither fails in any other way than by a verdict.

SEED repeats a run, DAMAGES says how many bundles are damaged."""

import os
import pathlib
import random
import tempfile
import unittest

import story
from bundle import manifest, tar_bytes
from test_outsiders import KEPT, all_kinds
from verifiers import countersign_verify, verify_py

DAMAGES = int(os.environ.get("DAMAGES", "80"))
NOISE = b'0123456789abcdef"{}[]:,\n- \x00\xff'
# Words for people, which each verifier chooses itself, and counts of what was done before the break.
OWN_WORDS = {"message", "proves", "checked"}


class Damage(unittest.TestCase):
    def test_both_say_the_same(self):
        seed = os.environ.get("SEED") or str(random.SystemRandom().randrange(1 << 32))
        chance, told = random.Random(seed), story.tell()
        kinds = list(all_kinds(told))
        with tempfile.TemporaryDirectory() as folder:
            tar, pin = pathlib.Path(folder) / "bundle.tar", pathlib.Path(folder) / "pin"
            pin.write_bytes(told.log.checkpoint(KEPT))
            for turn in range(DAMAGES):
                kind, files = chance.choice(kinds)
                path, raw = damaged(chance, dict(files))
                tar.write_bytes(raw)
                pins = [pin] if chance.random() < 0.5 else []
                with self.subTest(SEED=seed, turn=turn, kind=kind, path=path):
                    said = [vars(verifier(tar, told.first_key.vkey, pins, False))
                            for verifier in (verify_py, countersign_verify)]
                    python, rust = ({name: one[name] for name in one.keys() - OWN_WORDS} for one in said)
                    self.assertEqual(python, rust, [one["message"] for one in said])


def damaged(chance, files):
    """(the path of the file that was damaged, the bytes of the tar); the manifest is made to fit."""
    folders = {}
    for path in sorted(files.keys() - {"README.txt", "verify.py", "MANIFEST.sha256"}):
        folders.setdefault(path.partition("/")[0], []).append(path)
    path = chance.choice(folders[chance.choice(sorted(folders))])
    kind = chance.random()
    if kind < 0.05:
        del files[path]
    elif kind < 0.10:
        files[path] = files[chance.choice(sorted(files))]
    elif kind < 0.85:
        files[path] = spoil(chance, files[path])
    files["MANIFEST.sha256"] = manifest(files)
    raw = tar_bytes(files)
    return path, raw if kind < 0.85 else spoil(chance, raw)


def spoil(chance, data):
    """A bit, some bytes or a line is another, gone, or there twice."""
    data, at = bytearray(data), chance.randrange(len(data) or 1)
    lines = bytes(data).split(b"\n")
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    how = chance.choice(("bit", "cut", "insert", "end", "swap", "drop", "repeat"))
    if how == "bit" and data:
        data[at] ^= 1 << chance.randrange(8)
    elif how == "cut":
        del data[at:at + chance.randrange(1, 40)]
    elif how == "insert":
        data[at:at] = bytes(chance.choices(NOISE, k=chance.randrange(1, 9)))
    elif how == "end":
        del data[at:]
    elif how == "swap":
        lines[first], lines[second] = lines[second], lines[first]
    elif how == "drop":
        del lines[first]
    else:
        lines.insert(first, lines[second])
    return b"\n".join(lines) if how in ("swap", "drop", "repeat") else bytes(data)


if __name__ == "__main__":
    unittest.main()
