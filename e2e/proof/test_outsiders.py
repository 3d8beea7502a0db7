"""Programs that nobody here wrote, on bundles of all kinds; and every command of docs/auditors.md, in its order."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import story
from bundle import export_actor, export_document, export_log, export_period, manifest, receipt, tar_bytes, write_folder
from verifiers import HERE, VERIFY_PY, countersign_verify, go_accepts, verify_py

PAGE = HERE.parents[1] / "docs" / "auditors.md"
KEPT = 160


def all_kinds(told):
    """(name, files) of each kind, with a proof that it goes on from what the auditor kept."""
    ada = told.reviewers["Ada"].id
    yield "log", export_log(told.log)
    yield "document", export_document(told.log, told.documents[0], since=KEPT)
    yield "document without extras", export_document(
        told.log, told.documents[1], since=KEPT, disclosures=False, documents=False, statements=False)
    yield "erased document", export_document(told.log, told.gone, since=KEPT)
    yield "period", export_period(told.log, 20, 60, since=KEPT)
    yield "period from the start to the end", export_period(told.log, 0, told.log.size - 1, since=KEPT)
    yield "actor", export_actor(told.log, ada, since=KEPT)


class Outsiders(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.told = story.tell()
        self.pin = self.folder / "my.checkpoint"
        self.pin.write_bytes(self.told.log.checkpoint(KEPT))

    def run_in(self, folder, *words, **options):
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=60, **options)
        self.assertEqual(done.returncode, 0, f"{words}\n{done.stdout}{done.stderr}")
        return done.stdout

    def test_bundles_of_all_kinds_hold_for_all_verifiers(self):
        key = self.told.first_key.vkey
        for kind, files in all_kinds(self.told):
            files["MANIFEST.sha256"] = manifest(files)
            folder, tar = self.folder / kind, self.folder / f"{kind}.tar"
            write_folder(files, folder)
            tar.write_bytes(tar_bytes(files))
            for target in (folder, tar):
                for verifier in (verify_py, countersign_verify):
                    with self.subTest(kind=kind, target=target.suffix, verifier=verifier.__name__):
                        report = verifier(target, key, [self.pin], False)
                        self.assertEqual((report.verdict, report.message), ("VALID", "everything holds"))
                        unwitnessed = verifier(target, key, [], False)
                        self.assertEqual(unwitnessed.verdict, "VALID_UNWITNESSED")
                        self.assertIn("UNWITNESSED", unwitnessed.notes)
            with self.subTest(kind=kind, verifier="Go"):
                accepts, said = go_accepts(folder, [key, self.told.second_key.vkey])
                self.assertTrue(accepts, said)
            self.run_in(folder, "sha256sum", "--check", "--quiet", "MANIFEST.sha256")
            self.run_in(folder, "openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "log.pub.pem",
                        "-in", "checkpoint.body", "-sigfile", "checkpoint.sig")
            self.run_in(self.folder, "tar", "tf", str(tar))

    def test_both_say_the_same_of_what_holds(self):
        for kind, files in all_kinds(self.told):
            files["MANIFEST.sha256"] = manifest(files)
            write_folder(files, self.folder / kind)
            given = self.folder / kind, self.told.first_key.vkey, [self.pin], False
            python, rust = vars(verify_py(*given)), vars(countersign_verify(*given))
            for report in (python, rust):
                self.assertTrue(all(isinstance(sentence, str) for sentence in report.pop("proves")))
            with self.subTest(kind=kind):
                self.assertEqual(python, rust)

    def test_verify_py_alone_is_enough(self):
        """As it travels: no other file of the project, its own process, exit status and words for people."""
        files = export_log(self.told.log)
        files["MANIFEST.sha256"] = manifest(files)
        write_folder(files, self.folder / "bundle")
        said = self.run_in(self.folder, "python3", "-I", "bundle/verify.py", "bundle", "--key",
                           self.told.first_key.vkey, "--pin", "my.checkpoint")
        self.assertTrue(said.startswith("VALID: everything holds\n"), said)
        self.assertEqual((self.folder / "bundle" / "verify.py").read_bytes(), VERIFY_PY.read_bytes())
        (self.folder / "bundle" / "checkpoint").write_bytes(b"")
        for words, status in ((["bundle"], 2), (["bundle", "--key", "nonsense"], 2),
                              (["nowhere", "--key", self.told.first_key.vkey], 2),
                              (["bundle", "--key", self.told.first_key.vkey], 1)):
            done = subprocess.run(["python3", "bundle/verify.py", *words], cwd=self.folder, capture_output=True)
            self.assertEqual(done.returncode, status, words)

    def test_the_page_for_auditors_is_true(self):
        files = export_log(self.told.log)
        files["MANIFEST.sha256"] = manifest(files)
        write_folder(files, self.folder / "bundle")
        (self.folder / "my.vkey").write_text(self.told.second_key.vkey + "\n")
        (self.folder / "my.tlog-proof").write_bytes(receipt(self.told.log, self.told.log.size - 2))
        shutil.copy(HERE / "go" / "check.go", self.folder)
        commands = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
        self.assertGreaterEqual(len(commands), 6)
        for command in commands:
            with self.subTest(command=command):
                self.run_in(self.folder, "bash", "-euo", "pipefail", "-c", command)


if __name__ == "__main__":
    unittest.main()
