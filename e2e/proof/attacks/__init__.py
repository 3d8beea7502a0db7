"""The attack table of the audit trail, each row with its named cases: what is tried, by whom, what must be said.

DB is whoever can write the database or change a bundle, without any key. KEY is the operator, who has the log's key
as well; the keys of the reviewers nobody has but they.
"""

from dataclasses import dataclass, field

from bundle import manifest, tar_bytes

ALL = []


@dataclass
class Tried:
    """What an attack made. `code` and `index` are what must be said; `key` and `pins` are what the auditor holds."""

    files: dict
    code: str
    index: int | None = None
    key: str | None = None
    pins: list = field(default_factory=list)
    notes: set = field(default_factory=set)
    tar: bytes | None = None
    links: dict = field(default_factory=dict)
    receipt: bytes | None = None
    # Whoever changes a file writes the manifest anew; only attacks on the manifest itself leave it be.
    stale_manifest: bool = False

    def __post_init__(self):
        if self.files and not self.stale_manifest:
            self.files["MANIFEST.sha256"] = manifest(self.files)


@dataclass
class Attack:
    row: str
    name: str
    by: str
    make: callable


def attack(row, name, by):
    def keep(make):
        ALL.append(Attack(row, name, by, make))
        return make
    return keep


def edit_line(files, index, edit, path="events.ndjson"):
    """Changes one line of a file of lines; None takes it away."""
    lines = files[path].splitlines(keepends=True)
    lines[index] = edit(lines[index]) or b""
    files[path] = b"".join(lines)
    return files


def flip(data, at=-1):
    """One bit is another."""
    data = bytearray(data)
    data[at] ^= 1
    return bytes(data)


def last_signed(log, index):
    """The newest checkpoint that leaf `index` is not under."""
    return max((size for size in log.signed_by if size <= index), default=0)


def as_tar(files):
    files["MANIFEST.sha256"] = manifest(files)
    return tar_bytes(files)


# In the order of the table; each module adds its cases.
from attacks import leaves, history, keys, statements, forms, parts, disclosures, packing, receipts  # noqa: E402, F401
