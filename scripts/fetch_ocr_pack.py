#!/usr/bin/env python3
"""Fetches the default OCR model pack into a folder. Nothing but the Python 3.9+ standard library and pip.

The models are those of the PyPI package `rapidocr` (Apache-2.0), fetched by the ordinary package client and pinned
by SHA-256. The recogniser's class head is cut to the Latin script (letters, digits, punctuation, currency signs):
the classes left out are never printed on a document of the languages that the product reads, and leaving them out
saves an eighth of the time and nearly half of the file. The result is the same byte for byte on every machine, and
its SHA-256 is pinned too.

    fetch_ocr_pack.py [FOLDER]

FOLDER defaults to $COUNTERSIGN_CACHE/packs/ppocr-v6-small, and COUNTERSIGN_CACHE to ~/.cache/countersign.
Run it as often as you like: it does nothing when the folder already holds the right files.
"""

import hashlib
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile

NAME = "ppocr-v6-small"
PACKAGE = "rapidocr==3.10.0"
VERSION = "3.10.0-latin.1"
WHEEL_SHA256 = "2fc34e26cd0f48514804a94f8832283039c7334076bff60768b1fed9ad068050"
# Path in the wheel, name in the pack, SHA-256 in the pack.
DETECTION = (
    "rapidocr/models/PP-OCRv6_det_small.onnx",
    "det.onnx",
    "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
)
RECOGNITION = (
    "rapidocr/models/PP-OCRv6_rec_small.onnx",
    "rec-latin.onnx",
    "6744c04a4f5e962723ec392af6f205abdbd85610e41af716882c9d344eb3c118",
)
HEAD_WEIGHT, HEAD_BIAS = b"linear_8.w_0", b"linear_8.b_0"

PACK = f"""\
name = "{NAME}"
version = "{VERSION}"
licence = "Apache-2.0"
source = "PyPI {PACKAGE} (PaddleOCR PP-OCRv6 small), class head cut to the Latin script"

[detection]
model = "{DETECTION[1]}"
sha256 = "{DETECTION[2]}"
# Input: multiples of `align` pixels, channels blue, green, red, (value / 255 - mean) / deviation.
align = 32
mean = [0.485, 0.456, 0.406]
deviation = [0.229, 0.224, 0.225]
# Output: a map of how likely each pixel is text.
mask_threshold = 0.3
box_threshold = 0.5
grow = 1.6

[recognition]
model = "{RECOGNITION[1]}"
sha256 = "{RECOGNITION[2]}"
# Input: strips of this height, values in -1 to 1; the network sees one step every `step` pixels.
height = 48
step = 8
# The key of the model's metadata that lists the characters; CTC blank comes before them, the space after them.
alphabet = "character"
minimum_confidence = 0.5
"""


class Unavailable(Exception):
    """What went wrong, for a person."""


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


# --- ONNX is protocol buffers; these few lines read and rewrite the fields of a message. ---


def read_varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def fields(message):
    """Yields (number, wire type, value): an int for varints, else bytes."""
    at = 0
    while at < len(message):
        key, at = read_varint(message, at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, at = read_varint(message, at)
        else:
            size = {1: 8, 5: 4}.get(wire)
            if size is None:
                size, at = read_varint(message, at)
            value = bytes(message[at : at + size])
            at += size
        yield number, wire, value


def edit(message, path, change):
    """Copies a message with `change` applied to every value at `path`, a tuple of field numbers."""
    out = bytearray()
    for number, wire, value in fields(message):
        if number == path[0]:
            value = change(value) if len(path) == 1 else edit(value, path[1:], change)
        out += varint(number << 3 | wire)
        if wire == 0:
            out += varint(value)
        else:
            out += (varint(len(value)) if wire == 2 else b"") + value
    return bytes(out)


def is_latin(character):
    code = ord(character)
    return (
        code < 0x250  # ASCII, Latin-1, Latin Extended A and B
        or 0x2010 <= code <= 0x2033  # dashes, quotation marks, daggers, bullets, per mille
        or 0x20A0 <= code <= 0x20BF  # currency signs
        or character in "℃№™"
    )


def cut_to_latin(model):
    """Cuts the class head and the alphabet in the metadata to the Latin characters."""
    alphabet = None
    for number, _, value in fields(model):
        if number == 14:
            entry = dict((n, v) for n, _, v in fields(value))
            if entry[1] == b"character":
                alphabet = entry[2].decode().split("\n")
    if alphabet is None:
        raise Unavailable("the recogniser lists no alphabet")
    if alphabet[-1] == "":
        alphabet.pop()
    kept = [i for i, character in enumerate(alphabet) if is_latin(character)]
    count = len(alphabet) + 2
    classes = [0] + [i + 1 for i in kept] + [count - 1]

    def cut_tensor(tensor):
        name = next(v for n, _, v in fields(tensor) if n == 8)
        if name not in (HEAD_WEIGHT, HEAD_BIAS):
            return tensor

        def cut_raw(raw):
            values = memoryview(raw).cast("f")
            rows = len(values) // count
            return b"".join(struct.pack("<f", values[row * count + c]) for row in range(rows) for c in classes)

        tensor = edit(tensor, (9,), cut_raw)
        return edit(tensor, (1,), cut_dimension)

    def cut_dimension(value):
        if isinstance(value, int):
            return len(classes) if value == count else value
        out, at = bytearray(), 0
        while at < len(value):
            size, at = read_varint(value, at)
            out += varint(cut_dimension(size))
        return bytes(out)

    def cut_metadata(entry):
        if dict((n, v) for n, _, v in fields(entry))[1] != b"character":
            return entry
        return edit(entry, (2,), lambda _: "\n".join(alphabet[i] for i in kept).encode())

    model = edit(model, (7, 5), cut_tensor)
    for declared in (12, 13):  # outputs and the values on the way to them
        model = edit(model, (7, declared, 2, 1, 2, 1, 1), cut_dimension)
    return edit(model, (14,), cut_metadata)


# --- The pack. ---


def is_complete(folder):
    try:
        return (folder / "pack.toml").read_text() == PACK and all(
            sha256(folder / name) == digest for _, name, digest in (DETECTION, RECOGNITION)
        )
    except OSError:
        return False


def download(folder):
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{PACKAGE} --hash=sha256:{WHEEL_SHA256}\n")
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    command += ["--dest", str(folder), "-r", str(requirements), "--disable-pip-version-check"]
    if subprocess.run(command, stdout=sys.stderr).returncode != 0:
        raise Unavailable(
            f"pip could not fetch {PACKAGE}. Check that this machine reaches the package index that pip is set up for "
            "(pip config list), or copy a pack folder from a machine that has one and name it in COUNTERSIGN_PACK."
        )
    wheels = list(folder.glob("rapidocr-*.whl"))
    if len(wheels) != 1 or sha256(wheels[0]) != WHEEL_SHA256:
        raise Unavailable(f"pip fetched something else than {PACKAGE}")
    return wheels[0]


def build(folder):
    with tempfile.TemporaryDirectory() as temporary:
        print(f"Fetching the OCR models ({PACKAGE}, 30 MB) ...", file=sys.stderr, flush=True)
        wheel = download(pathlib.Path(temporary))
        print("Unpacking them, cutting the recogniser to the Latin script ...", file=sys.stderr, flush=True)
        with zipfile.ZipFile(wheel) as archive:
            (folder / DETECTION[1]).write_bytes(archive.read(DETECTION[0]))
            (folder / RECOGNITION[1]).write_bytes(cut_to_latin(archive.read(RECOGNITION[0])))
    (folder / "pack.toml").write_text(PACK)
    for _, name, digest in (DETECTION, RECOGNITION):
        if sha256(folder / name) != digest:
            raise Unavailable(f"{name} came out as {sha256(folder / name)}, not as {digest}")


def main():
    if len(sys.argv) > 2 or "--help" in sys.argv or "-h" in sys.argv:
        print(__doc__)
        return 0
    cache = os.environ.get("COUNTERSIGN_CACHE") or pathlib.Path.home() / ".cache" / "countersign"
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) == 2 else pathlib.Path(cache) / "packs" / NAME)
    if is_complete(folder):
        print(f"The OCR pack is in {folder}", file=sys.stderr)
        return 0
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = pathlib.Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        build(fresh)
        fresh.chmod(0o755)
        if folder.exists():
            shutil.rmtree(folder)
        fresh.rename(folder)
    except (Unavailable, OSError, KeyError, zipfile.BadZipFile) as error:
        print(f"The OCR pack could not be had: {error}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    print(f"The OCR pack is in {folder}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
