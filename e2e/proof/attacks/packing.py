"""Bundles that attack the reader: folders and tars."""

import gzip
import io
import tarfile

from attacks import Tried, as_tar, attack
from bundle import export_log, tar_bytes

ROW = "a leaf of 64 KiB and more; zip slip, zip bomb, symlink in a bundle"


def packed(name, change, code="BUNDLE_MALFORMED"):
    @attack(ROW, name, "DB")
    def _(story):
        files = export_log(story.log)
        return Tried(files, code, tar=change(files))


def with_member(**particulars):
    def change(files):
        member = tarfile.TarInfo("extra")
        data = particulars.pop("data", b"")
        member.size = len(data)
        for name, value in particulars.items():
            setattr(member, name, value)
        out = io.BytesIO(as_tar(files))
        with tarfile.open(fileobj=out, mode="a", format=tarfile.USTAR_FORMAT) as tar:
            tar.addfile(member, io.BytesIO(data))
        return out.getvalue()
    return change


def patched(change):
    """The tar with its first header changed, and the check sum made to fit."""
    def patch(files):
        raw = bytearray(as_tar(files))
        change(raw)
        raw[148:156] = b" " * 8
        raw[148:156] = f"{sum(raw[:512]):06o}\0 ".encode()
        return bytes(raw)
    return patch


def size_of(text):
    def change(raw):
        raw[124:136] = text
    return change


packed("a tar as it should be", as_tar, "VALID_UNWITNESSED")
packed("a path that leads out of the bundle", lambda files: tar_bytes(files | {"../../evil": b"x"}))
packed("an absolute path", with_member(name="/etc/evil"))
packed("a path with a dot in it", with_member(name="statements/./evil"))
packed("a path with a backslash", lambda files: tar_bytes(files | {"..\\evil": b"x"}))
packed("a path with a control character", lambda files: tar_bytes(files | {"a\nb": b"x"}))
packed("a path of 300 bytes", lambda files: tar_bytes(files | {"a/" * 149 + "bb": b"x"}))
packed("two files of one path", lambda files: as_tar(files) and with_member(name="README.txt", data=b"x")(files))
packed("a symbolic link", with_member(type=tarfile.SYMTYPE, linkname="/etc/passwd"))
packed("a hard link", with_member(type=tarfile.LNKTYPE, linkname="README.txt"))
packed("a device", with_member(type=tarfile.CHRTYPE))
packed("a pipe", with_member(type=tarfile.FIFOTYPE))
packed("a folder", with_member(type=tarfile.DIRTYPE))
packed("a sparse file of GNU tar", with_member(type=tarfile.GNUTYPE_SPARSE))
packed("a long name of GNU tar", lambda files: tar_bytes(files | {"a" * 120: b"x"}, tarfile.GNU_FORMAT))
packed("a tar that was cut off", lambda files: as_tar(files)[:5000])
packed("a tar that was cut off within a header", lambda files: as_tar(files)[:700])
packed("a tar that was compressed", lambda files: gzip.compress(as_tar(files)))
packed("a bomb: a file of 8 GiB that is not there", patched(size_of(b"77777777777\0")))
packed("a size that is negative", patched(size_of(b"-0000000001\0")))
packed("a size in binary", patched(size_of(b"\x80" + bytes(11))))
packed("a check sum that is wrong", lambda files: b"x" + as_tar(files)[1:])
packed("no tar at all", lambda files: b"not a tar\n" * 100)
packed("an empty file", lambda files: b"")


@attack(ROW, "a symbolic link in a folder", "DB")
def _(story):
    return Tried(export_log(story.log), "BUNDLE_MALFORMED", links={"documents/link": "/etc/passwd"})


@attack(ROW, "a symbolic link to a folder", "DB")
def _(story):
    return Tried(export_log(story.log), "BUNDLE_MALFORMED", links={"evil": "/etc"})


def about(name, change, code="BUNDLE_MALFORMED"):
    @attack(ROW, name, "DB")
    def _(story):
        files = export_log(story.log)
        files["bundle.json"] = change(files["bundle.json"])
        return Tried(files, code)


about("bundle.json with a space", lambda raw: raw.replace(b":", b": ", 1))
about("bundle.json without its last newline", lambda raw: raw[:-1])
about("bundle.json of another version", lambda raw: raw.replace(b'"v":1', b'"v":2'))
about("bundle.json of a kind that there is none of", lambda raw: raw.replace(b'"kind":"log"', b'"kind":"all"'))
about("bundle.json with a member more", lambda raw: raw.replace(b'"v":1', b'"v":1,"w":1'))
about("an empty bundle.json", lambda raw: b"")
about("bundle.json of another log", lambda raw: raw.replace(b"/log/0a6e", b"/log/1b7f"), "ORIGIN_MISMATCH")


def missing(path, code="BUNDLE_MALFORMED"):
    @attack(ROW, f"{path} is missing", "DB")
    def _(story):
        files = export_log(story.log)
        del files[path]
        return Tried(files, code)


missing("bundle.json")
missing("checkpoint")
missing("events.ndjson")


@attack(ROW, "the last line of events.ndjson does not end", "DB")
def _(story):
    files = export_log(story.log)
    files["events.ndjson"] = files["events.ndjson"][:-1]
    return Tried(files, "BUNDLE_MALFORMED")


@attack(ROW, "a checkpoint of a megabyte and more", "DB")
def _(story):
    files = export_log(story.log)
    files["checkpoint"] += b"x" * 1_000_001
    return Tried(files, "BUNDLE_MALFORMED")


def pax(records, last=b""):
    """A tar that ends in a pax header of these bytes, and what follows it."""
    def change(files):
        header = tarfile.TarInfo("pax")
        header.type, header.size = tarfile.XHDTYPE, len(records)
        raw = as_tar(files).rstrip(b"\0")
        raw += bytes(-len(raw) % 512)
        return raw + header.tobuf(tarfile.USTAR_FORMAT) + records + bytes(-len(records) % 512) + last + bytes(1024)
    return change


packed("a pax header whose length has 5,000 digits", pax(b"1" * 5000 + b" path=x\n"))
packed("a pax header whose size has 5,000 digits", pax(b"5012 size=" + b"1" * 5001 + b"\n"))
packed("a pax header without an equals sign", pax(b"9 path x\n"))
packed("a pax header without its file", pax(b"10 path=x\n"))
