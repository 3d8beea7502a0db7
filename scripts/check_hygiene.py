"""What must not be in the repository: lock files that name another registry, and paths of somebody's machine.

usage: python3 scripts/check_hygiene.py
"""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

CARGO_REGISTRY = "registry+https://github.com/rust-lang/crates.io-index"
NPM_REGISTRY = "https://registry.npmjs.org/"
# A home or a work folder at the start of an absolute path; `/home/…` inside an address or a longer path is none.
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:root|work|home/\w+|Users/\w+)/[\w.]")


def main() -> int:
    files = [ROOT / name for name in committed_files()]
    broken = [line for file in files if file.is_file() for line in problems(file)]
    for line in broken:
        print(line)
    if not broken:
        print(f"{len(files)} files: lock files name the public registries only, no machine paths")
    return 1 if broken else 0


def committed_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    return [name for name in listed.decode().split("\0") if name]


def problems(file: pathlib.Path):
    path = file.relative_to(ROOT)
    content = file.read_bytes()
    if b"\0" in content:
        return
    text = content.decode(errors="replace")
    if file.name == "Cargo.lock":
        for source in sorted(set(re.findall(r'^source = "(.*)"$', text, re.MULTILINE)) - {CARGO_REGISTRY}):
            yield f"{path}: a package from {source}; only the public registry is allowed"
    if file.name == "package-lock.json":
        for name, package in json.loads(text)["packages"].items():
            if not package.get("resolved", NPM_REGISTRY).startswith(NPM_REGISTRY):
                yield f"{path}: {name} comes from {package['resolved']}; only {NPM_REGISTRY} is allowed"
    for number, line in enumerate(text.splitlines(), start=1):
        if found := MACHINE_PATH.search(line):
            yield f"{path}:{number}: a machine path ({found.group()}…)"


if __name__ == "__main__":
    sys.exit(main())
