"""Who says whether a bundle holds: verify.py, `countersign-verify` and a Go program. Each answers what it said."""

import atexit
import contextlib
import functools
import importlib.util
import io
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
from types import SimpleNamespace

from bundle import VERIFY_PY

HERE = pathlib.Path(__file__).parent
EXITS = {"VALID": 0, "VALID_UNWITNESSED": 0, "INCOMPLETE": 3}


def words_for(target, key, pins, receipt):
    words = ["receipt", str(target)] if receipt else [str(target)]
    return [*words, "--key", key, *(word for pin in pins for word in ("--pin", str(pin))), "--json"]


@functools.cache
def load_verify_py():
    spec = importlib.util.spec_from_file_location("verify", VERIFY_PY)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def verify_py(*target):
    """In this process, as a start of Python takes longer than all its work here."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = load_verify_py().main(words_for(*target))
    return said(status, out.getvalue())


def countersign_verify(*target):
    words = [program("countersign-verify"), *words_for(*target)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.stdout, f"countersign-verify ended with {done.returncode}: {done.stderr}"
    return said(done.returncode, done.stdout)


def said(status, text):
    report = SimpleNamespace(**json.loads(text))
    expected = EXITS.get(report.verdict, 1)
    assert status == expected, f"{report.verdict} ended with {status}, not {expected}"
    return report


def program(name):
    """A program of ours, in the folder that PROGRAMS names."""
    folder = os.environ.get("PROGRAMS")
    if not folder:
        raise RuntimeError("PROGRAMS names no folder: run `make test`, or set it to where the programs were built")
    return str(pathlib.Path(folder).resolve() / name)


# ---------------------------------------------------------------- Go: x/mod/sumdb/note and tlog

DEBIAN_GO = "/usr/share/gocode"


@functools.cache
def build_go():
    """Compiles the program once a run. GOPATH mode takes the libraries from the Debian packages, without a network."""
    folder = tempfile.mkdtemp(prefix="countersign-go-")
    atexit.register(shutil.rmtree, folder)
    target = pathlib.Path(folder) / "check"
    environment = os.environ | {"GO111MODULE": "off", "GOFLAGS": "", "GOPATH": DEBIAN_GO, "GOPROXY": "off"}
    subprocess.run(["go", "build", "-o", str(target), str(HERE / "go" / "check.go")], env=environment, check=True)
    return target


def go_accepts(folder, keys):
    """(whether it accepts, what it said)"""
    done = subprocess.run([build_go(), str(folder), *keys], capture_output=True, text=True, timeout=60)
    return done.returncode == 0, (done.stdout + done.stderr).strip()
