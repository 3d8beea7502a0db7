#!/usr/bin/env python3
"""Measures the log on SQLite and PostgreSQL, each figure beside a limit measured in the same run.

    bench/audit/run.py PROGRAMS [--events N] [--seconds N] [--writers N] [--json FILE]

PROGRAMS is the folder of the release examples `bench_log` (placing and signing) and, where it was built, `bench_audit`
(verifying). PostgreSQL is taken from COUNTERSIGN_TEST_POSTGRES, as `scripts/with_postgres --durable` sets it. Data lies in
a temporary folder of the present directory, so that the disk that is measured is the one the caller chose.
"""

import argparse
import json
import os
import pathlib
import secrets
import subprocess
import sys
import tempfile

# What the log has to manage, in events a second.
DRAIN_TARGET = {"SQLite": 5_000, "PostgreSQL": 2_000}


def main() -> int:
    options = parse_arguments()
    program = options.programs / "bench_log"
    results = []
    with tempfile.TemporaryDirectory(prefix="bench-audit-", dir=".") as folder:
        for database in databases():
            for logs, processes in [(1, 1)] if database == "SQLite" else [(1, 1), (3, 3)]:
                work = [program, *place(database, folder), "drain", options.events, logs, processes]
                results.append({"database": database, **measure(work)})
            work = [program, *place(database, folder), "units", options.seconds, options.writers]
            results.append({"database": database, **measure(work)})
    print_placing([it for it in results if "drain" in it])
    print_committing([it for it in results if "units_per_second" in it])
    verify = options.programs / "bench_audit"
    if verify.is_file():
        sys.stdout.flush()
        subprocess.run([verify], check=True)
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", type=pathlib.Path)
    parser.add_argument("--events", type=int, default=30_000, help="events of the backlog")
    parser.add_argument("--seconds", type=int, default=10, help="how long units are committed")
    parser.add_argument("--writers", type=int, default=16, help="units committed at once")
    parser.add_argument("--json", type=pathlib.Path, help="write the figures there too")
    return parser.parse_args()


def databases() -> list[str]:
    if "COUNTERSIGN_TEST_POSTGRES" in os.environ:
        return ["SQLite", "PostgreSQL"]
    print("COUNTERSIGN_TEST_POSTGRES is not set: PostgreSQL is not measured", file=sys.stderr)
    return ["SQLite"]


def place(database: str, folder: str) -> tuple[pathlib.Path, str]:
    """A data folder and a database of their own for one measurement."""
    name = f"bench_{secrets.token_hex(4)}"
    data = pathlib.Path(folder).resolve() / name
    data.mkdir()
    if database == "SQLite":
        return data, f"sqlite://{data}/countersign.db?mode=rwc"
    cluster = os.environ["COUNTERSIGN_TEST_POSTGRES"]
    subprocess.run(["psql", "--quiet", cluster, "--command", f"CREATE DATABASE {name}"], check=True)
    return data, f"{cluster.rsplit('/', 1)[0]}/{name}"


def measure(work: list) -> dict:
    ended = subprocess.run([str(word) for word in work], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(ended.stdout)


def print_placing(results: list[dict]) -> None:
    print("Events given their place, a second, draining a backlog")
    print(f"{'database':<12} {'logs':>4} {'processes':>9} {'events':>8} {'a second':>9} {'asked':>6} {'ratio':>6}")
    for it in results:
        asked = DRAIN_TARGET[it["database"]]
        processes, rate = len(it["by_process"]), it["per_second"]
        print(f"{it['database']:<12} {it['logs']:>4} {processes:>9} {it['drain']:>8} {rate:>9} {asked:>6} {rate / asked:>6.2f}")
    print()


def print_committing(results: list[dict]) -> None:
    print("Units committed, placed and signed, beside what the disk syncs")
    print(f"{'database':<12} {'writers':>7} {'units/s':>8} {'fsyncs/s':>9} {'ratio':>6} {'placed p99':>11} {'signed p99':>11}")
    for it in results:
        ratio = it["units_per_second"] / it["fsyncs_per_second"]
        print(
            f"{it['database']:<12} {it['writers']:>7} {it['units_per_second']:>8} {it['fsyncs_per_second']:>9} "
            f"{ratio:>6.2f} {it['sequenced_p99_ms']:>8} ms {it['signed_p99_ms']:>8} ms"
        )
    print()


if __name__ == "__main__":
    sys.exit(main())
