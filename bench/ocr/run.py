#!/usr/bin/env python3
"""Measures `countersign read` beside RapidOCR and Tesseract: words, time and memory, in one run.

    bench/ocr/run.py RECEIPTS [--sample N] [--binary PATH] [--block N] [--json FILE]

RECEIPTS holds `img/*.jpg` and `box/*.csv` (a line of text a row: eight coordinates, then the text). The three take
turns on the same blocks of files, pinned to the same two processors, so that whatever else the machine does hits all
alike; what counts is the ratio to RapidOCR. Models are loaded outside the measured time for RapidOCR and inside it for the
other two. The peer is installed once into a virtual environment in the cache folder (COUNTERSIGN_CACHE, else
~/.cache/countersign). Tesseract must be installed (Debian: tesseract-ocr).
"""

import argparse
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import time

PEER_PACKAGES = ["rapidocr==3.10.0", "onnxruntime"]
PEER_PROGRAM = r"""
import json, os, sys, time
os.environ.setdefault("OMP_NUM_THREADS", "2")
import logging
logging.disable(logging.INFO)
from rapidocr import RapidOCR
engine = RapidOCR(params={"Global.log_level": "error"})
engine(sys.argv[1])  # loads the models
print("READY", flush=True)
for line in sys.stdin:
    result = engine(line.strip())
    print(json.dumps(list(result.txts or [])), flush=True)
"""


def words(text):
    """Split on white space, upper case, letters and digits only, drop what is then empty."""
    return [w for w in (re.sub(r"[^A-Z0-9]", "", part.upper()) for part in text.split()) if w]


def true_words(path):
    with open(path, encoding="utf-8") as rows:
        return collections.Counter(w for row in rows if row.strip() for w in words(row.rstrip("\r\n").split(",", 8)[8]))


class Processes:
    """Peak memory and processor time of a process and all below it, from /proc."""

    def __init__(self, pid):
        self.pid, self.peak, self.stop = pid, 0, threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def tree(self):
        found, open_ = [], [self.pid]
        while open_:
            pid = open_.pop()
            found.append(pid)
            for tasks in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
                try:
                    open_ += [int(child) for child in tasks.read_text().split()]
                except OSError:
                    pass
        return found

    def watch(self):
        while not self.stop.wait(0.01):
            total = 0
            for pid in self.tree():
                try:
                    total += int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
                except (OSError, IndexError):
                    pass
            self.peak = max(self.peak, total)

    def processor_seconds(self):
        """Of the process itself and the children it has waited for."""
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(int(value) for value in fields[11:15]) / os.sysconf("SC_CLK_TCK")

    def end(self):
        self.stop.set()
        self.thread.join()


def children_seconds():
    """Processor time of the children that have been waited for, and of theirs."""
    times = os.times()
    return times.children_user + times.children_system


class Result:
    def __init__(self, name):
        self.name, self.seconds, self.processor, self.peak = name, 0.0, 0.0, 0
        self.right = self.read = self.true = self.pages = 0

    def count(self, lines, truth):
        got = collections.Counter(w for line in lines for w in words(line))
        self.right += sum((got & truth).values())
        self.read += sum(got.values())
        self.true += sum(truth.values())
        self.pages += 1

    def row(self, peer):
        precision, recall = self.right / max(1, self.read), self.right / max(1, self.true)
        return {
            "name": self.name,
            "precision": precision,
            "recall": recall,
            "f1": 2 * self.right / max(1, self.read + self.true),
            "seconds_a_page": self.seconds / self.pages,
            "ratio": self.seconds / peer.seconds,
            "processor_seconds_a_page": self.processor / self.pages,
            "processor_ratio": self.processor / peer.processor,
            "peak_megabytes": self.peak / 1e6,
        }


class Countersign:
    def __init__(self, binary):
        self.result, self.binary = Result("countersign"), binary

    def read(self, files):
        processor, start = children_seconds(), time.perf_counter()
        process = subprocess.Popen([self.binary, "read", "--json", *map(str, files)], stdout=subprocess.PIPE)
        watch = Processes(process.pid)
        output = process.stdout.read()
        code = process.wait()
        self.result.seconds += time.perf_counter() - start
        watch.end()
        self.result.processor += children_seconds() - processor
        self.result.peak = max(self.result.peak, watch.peak)
        if code != 0:
            sys.exit(f"countersign read failed:\n{output.decode()}")
        for line in output.decode().splitlines():
            yield [line["text"] for page in json.loads(line)["pages"] for line in page["lines"]]

    def close(self):
        pass


class RapidOcr:
    def __init__(self, python, warm_up):
        self.result = Result("RapidOCR 3.10")
        self.process = subprocess.Popen(
            [python, "-c", PEER_PROGRAM, str(warm_up)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        if self.process.stdout.readline().strip() != "READY":
            sys.exit("RapidOCR did not start")
        self.watch = Processes(self.process.pid)

    def read(self, files):
        for file in files:
            processor, start = self.watch.processor_seconds(), time.perf_counter()
            self.process.stdin.write(f"{file}\n")
            self.process.stdin.flush()
            lines = json.loads(self.process.stdout.readline())
            self.result.seconds += time.perf_counter() - start
            self.result.processor += self.watch.processor_seconds() - processor
            yield lines

    def close(self):
        self.watch.end()
        self.result.peak = self.watch.peak
        self.process.stdin.close()
        self.process.wait()


class Tesseract:
    def __init__(self):
        self.result = Result("Tesseract")

    def read(self, files):
        for file in files:
            processor, start = children_seconds(), time.perf_counter()
            process = subprocess.Popen(
                ["tesseract", str(file), "-", "-l", "eng", "--psm", "4"],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            watch = Processes(process.pid)
            output = process.stdout.read().decode(errors="replace")
            process.wait()
            self.result.seconds += time.perf_counter() - start
            watch.end()
            self.result.processor += children_seconds() - processor
            self.result.peak = max(self.result.peak, watch.peak)
            yield output.splitlines()

    def close(self):
        pass


def peer_python():
    """A virtual environment with the peer, made once."""
    cache = os.environ.get("COUNTERSIGN_CACHE") or pathlib.Path.home() / ".cache" / "countersign"
    folder = pathlib.Path(cache) / "bench" / "rapidocr-3.10.0"
    python = folder / "bin" / "python"
    check = [python, "-c", "import rapidocr, onnxruntime"]
    if not python.exists() or subprocess.run(check, capture_output=True).returncode != 0:
        print(f"Installing {', '.join(PEER_PACKAGES)} into {folder} ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEER_PACKAGES], check=True)
    return str(python)


def table(rows):
    lines = [
        "| | word precision | recall | F1 | seconds a page | ratio | processor seconds | ratio | peak memory |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        lines.append(
            "| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {seconds_a_page:.2f} | {ratio:.2f} "
            "| {processor_seconds_a_page:.2f} | {processor_ratio:.2f} | {peak_megabytes:.0f} MB |".format(**row)
        )
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("receipts", type=pathlib.Path)
    parser.add_argument("--sample", type=int, help="measure on this many of the receipts, evenly spread")
    parser.add_argument("--binary", default="target/release/countersign", help="the release build to measure")
    parser.add_argument("--block", type=int, default=10, help="files before the next one has its turn")
    parser.add_argument("--json", type=pathlib.Path, help="also write the figures here")
    arguments = parser.parse_args()
    files = sorted((arguments.receipts / "img").glob("*.jpg"))
    if not files:
        sys.exit(f"no img/*.jpg in {arguments.receipts}")
    if not os.access(arguments.binary, os.X_OK):
        sys.exit(f"{arguments.binary} is missing: cargo build --release -p server, or name it with --binary")
    if not shutil.which("tesseract"):
        sys.exit("tesseract is missing: apt-get install tesseract-ocr")
    if arguments.sample and arguments.sample < len(files):
        files = [files[i * len(files) // arguments.sample] for i in range(arguments.sample)]
    python = peer_python()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    rapid = RapidOcr(python, files[0])
    readers = [Countersign(arguments.binary), rapid, Tesseract()]
    blocks = [files[i : i + arguments.block] for i in range(0, len(files), arguments.block)]
    for number, block in enumerate(blocks):
        turn = number % len(readers)
        for reader in readers[turn:] + readers[:turn]:
            for file, lines in zip(block, reader.read(block), strict=True):
                reader.result.count(lines, true_words(arguments.receipts / "box" / f"{file.stem}.csv"))
        done = sum(map(len, blocks[: number + 1]))
        print(f"\r{done} of {len(files)} receipts", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for reader in readers:
        reader.close()
    rows = [reader.result.row(rapid.result) for reader in readers]
    print(f"{len(files)} receipts, load {os.getloadavg()[0]:.1f}")
    print(table(rows))
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
