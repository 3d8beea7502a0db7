"""The dependency rule of ARCHITECTURE.md: who may depend on whom, and where a library may be named.

usage: python3 scripts/check_dependencies.py

Manifests (from `cargo metadata`) show what a crate can reach; the sources show where inside a crate a library is named.
"""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Our crates -> those of ours they may depend on. An arrow that is not here is forbidden.
ARROWS = {
    "server": {"domain", "schema", "app", "migrations", "pages", "ocr", "extract", "audit"},
    "schema": {"app", "domain"},
    "app": {"domain", "pages", "ocr", "extract", "audit"},
    "pages": {"domain"},
    "ocr": {"domain"},
    "extract": {"domain"},
    "audit": set(),
    "domain": set(),
    "migrations": set(),
}
# Tests make databases with the real migrations.
TESTS_MAY_USE = {"migrations", "pages"}

# Name (of a package, a path or a macro) -> the folders whose sources may name it, what to do instead.
PLACES = [
    (r"\bsea_orm(_migration)?\b|\bsqlx\b", ["crates/app/src/store", "migrations"], "read and write through app's store"),
    (r"\basync_graphql\b", ["schema", "server/src/graphql"], "translate in schema"),
    (r"\bactix_(web|ws|http|rt)\b|\btracing_actix_web\b", ["server"], "keep HTTP in server"),
    (r"\bocrs\b|\brten(_\w+)?\b", ["crates/ocr"], "read through ocr::Engine"),
    (
        r"\bhayro\w*::|\btiff::|\bzune_\w+::|\b(ImageReader|ImageDecoder|load_from_memory\w*)\b|\bimage::open\b",
        ["crates/pages"],
        "decode in pages, the child process that may be killed",
    ),
    (r"\be?print(ln)?!", ["server", "crates/audit/src/bin", "crates/audit/src/main.rs"], "libraries use tracing or return values"),
]
PACKAGES = {
    r"sea-orm(-migration)?|sqlx": {"app", "migrations"},
    r"async-graphql.*": {"schema", "server"},
    r"actix-.*|tracing-actix-web": {"server"},
    r"ocrs|rten.*": {"ocr"},
    r"hayro.*|tiff|zune-.*": {"pages"},
}

# Tests may look under the floor.
TEST_SOURCE = re.compile(r"(^|/)tests(/|\.rs$)|_tests?\.rs$")
# Strings may hold "//", so a comment is taken to start at the line's beginning or after a blank.
COMMENT = re.compile(r"(^|\s)//.*")


def main() -> int:
    packages = workspace_packages()
    broken = [*wrong_arrows(packages), *wrong_packages(packages), *wrong_places(packages)]
    for line in broken:
        print(line)
    if broken:
        print(f"\n{len(broken)} against the dependency rule (scripts/check_dependencies.py, ARCHITECTURE.md)")
        return 1
    print(f"the dependency rule holds for {len(packages)} crates")
    return 0


def workspace_packages() -> list[dict]:
    command = ["cargo", "metadata", "--no-deps", "--locked", "--format-version", "1"]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)["packages"]


def wrong_arrows(packages: list[dict]):
    ours = {package["name"] for package in packages}
    for package in packages:
        name = package["name"]
        if name not in ARROWS:
            yield f"{name}: unknown to the dependency rule; say what it may depend on in ARROWS and in ARCHITECTURE.md"
            continue
        for dependency in package["dependencies"]:
            target = dependency["name"]
            allowed = ARROWS[name] | (TESTS_MAY_USE if dependency["kind"] == "dev" else set())
            if target in ours and target not in allowed:
                yield f"{name}: may not depend on {target} (allowed: {', '.join(sorted(allowed)) or 'nothing of ours'})"


def wrong_packages(packages: list[dict]):
    for package in packages:
        for dependency in package["dependencies"]:
            for pattern, allowed in PACKAGES.items():
                if re.fullmatch(pattern, dependency["name"]) and package["name"] not in allowed:
                    yield f"{package['name']}: may not depend on {dependency['name']} (only {', '.join(sorted(allowed))})"


def wrong_places(packages: list[dict]):
    for package in packages:
        folder = pathlib.Path(package["manifest_path"]).parent
        for source in sorted(folder.glob("src/**/*.rs")):
            path = source.relative_to(ROOT).as_posix()
            if TEST_SOURCE.search(path):
                continue
            for number, line in enumerate(source.read_text().splitlines(), start=1):
                code = COMMENT.sub("", line)
                for pattern, places, instead in PLACES:
                    named = re.search(pattern, code)
                    if named and not any(within(path, place) for place in places):
                        yield f"{path}:{number}: names {named.group()}; only {', '.join(places)} may: {instead}"


def within(path: str, place: str) -> bool:
    """`place` stands for a folder, a file, or a module that is either."""
    return path == place or path == f"{place}.rs" or path.startswith(f"{place}/")


if __name__ == "__main__":
    sys.exit(main())
