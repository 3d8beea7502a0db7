"""Bundles of a log, as files in memory: {path: bytes}. All four kinds, by the specification."""

import io
import pathlib
import tarfile

from log import b64, canonical, consistency, inclusion, instant, new_id, node_hash, sha256

VERIFY_PY = pathlib.Path(__file__).parents[2] / "crates" / "audit" / "verify.py"
README = b"An audit bundle of Countersign. Verify it: python3 verify.py . --key VKEY\n"


def export_log(log, **options):
    files = _common(log, "log", range(log.size), **options)
    for size in log.signed_by:
        if size < log.size:
            files[f"prior/{size}.checkpoint"] = log.checkpoint(size)
    files.update(tiles(log))
    return files


def export_document(log, document, bundle_id=None, **options):
    """Appends the head of the document's chain first, as the exporter does."""
    bundle_id = bundle_id or new_id(f"bundle of {document}")
    log.append("subject.head/v1", ("document", document), data={"bundle": bundle_id})
    log.sign()
    own = [seq for seq, leaf in enumerate(log.leaves) if _subject(leaf) == ("document", document)]
    seqs = sorted({*own, *_context(log, own)})
    files = _common(log, "document", seqs, id=bundle_id, subject=document, **options)
    files.update(proofs(log, seqs))
    return files


def export_period(log, first, last, **options):
    """All that was recorded from leaf `first` + 1 on until before leaf `last`."""
    run = range(first, last + 1)
    about = {"first": first, "last": last, "from": log.leaves[first + 1]["recorded_at"],
             "to": log.leaves[last]["recorded_at"]}
    context = [seq for seq in _context(log, run) if seq not in run]
    files = _common(log, "period", sorted({*run, *context}), **about, **options)
    rotations = [seq for seq in run if log.leaves[seq]["type"] == "key.rotated/v1"]
    files.update(proofs(log, [*context, *rotations, last]))
    return files


def export_actor(log, actor, **options):
    own = [seq for seq, leaf in enumerate(log.leaves) if leaf["actor"]["id"] == actor]
    seqs = sorted({*own, *_context(log, own)})
    files = _common(log, "actor", seqs, actor=actor, **options)
    files.update(proofs(log, seqs))
    return files


def _subject(leaf):
    return leaf["subject"]["kind"], leaf["subject"]["id"]


def _context(log, own):
    """What else a verifier has to know: keys of the log, enrolments of the keys used, what was erased."""
    leaves = [log.leaves[seq] for seq in own]
    kids = {leaf["stmt"]["kid"] for leaf in leaves if "stmt" in leaf}
    who = {_subject(leaf) for leaf in leaves} | {("actor", leaf["actor"]["id"]) for leaf in leaves}
    for seq, leaf in enumerate(log.leaves):
        about_log_key = leaf["subject"]["kind"] == "log_key"
        about_reviewer = leaf["type"] in ("key.enrolled/v1", "key.revoked/v1") and leaf["data"].get("kid") in kids
        if about_log_key or about_reviewer or (leaf["type"] == "privacy.erased/v1" and _subject(leaf) in who):
            yield seq


def _common(log, kind, seqs, *, disclosures=True, documents=True, statements=True, id=None, since=None, **about):
    size, newest = log.size, log.signed_by[log.size][-1]
    text = log.checkpoint_text(size)
    files = {
        "README.txt": README, "verify.py": VERIFY_PY.read_bytes(),
        "bundle.json": canonical({
            "v": 1, "id": id or new_id(f"bundle {kind}"), "log": log.origin, "size": size, "made_at": instant(size),
            "kind": kind, "disclosures": disclosures, "documents": documents, "statements": statements, **about,
        }) + b"\n",
        "log.vkey": "".join(f"{key.vkey}\n" for key in log.keys).encode(), "log.pub.pem": newest.pem(),
        "checkpoint": log.checkpoint(size), "checkpoint.body": text.encode(),
        "checkpoint.sig": newest.raw_signature(text),
        "events.ndjson": b"".join(log.raw[seq] + b"\n" for seq in seqs),
    }
    if since:
        files[f"consistency/{since}"] = add_checkpoint(log, since)
    if disclosures:
        files["disclosures.ndjson"] = b"".join(
            canonical({"disclosure": disclosure.decode(), "seq": seq}) + b"\n"
            for seq in seqs for disclosure in log.drafts[seq]["disclosures"])
    for seq in seqs:
        for name, data in log.drafts[seq]["files"].items():
            if name == "document" and documents:
                files[f"documents/{sha256(data).hex()}"] = data
            elif name == "pem":
                files[f"keys/{log.leaves[seq]['data']['kid']}.pem"] = data
            elif statements and name in ("txt", "sig", "authdata", "clientdata"):
                files[f"statements/{seq}.{name}"] = data
    return files


def proofs(log, seqs):
    files = {}
    for seq in seqs:
        size = log.size
        if log.leaves[seq]["type"] == "key.rotated/v1":
            size = min(at for at in log.signed_by if at > seq)
        files[f"proofs/{seq}.tlog-proof"] = tlog_proof(log, seq, size)
    return files


def tlog_proof(log, seq, size, extra=None):
    lines = ["c2sp.org/tlog-proof@v1", *([f"extra {b64(extra)}"] if extra else []), f"index {seq}"]
    lines += [b64(hash_) for hash_ in inclusion(log.hashes[:size], seq)]
    return ("\n".join(lines) + "\n\n").encode() + log.checkpoint(size)


def receipt(log, seq):
    return tlog_proof(log, seq, min(at for at in log.signed_by if at > seq), log.raw[seq])


def add_checkpoint(log, old):
    lines = [f"old {old}", *map(b64, consistency(log.hashes, old))]
    return ("\n".join(lines) + "\n\n").encode() + log.checkpoint(log.size)


def tiles(log):
    """C2SP tlog-tiles: every tile of this size, and the entries under those of level 0."""
    files, level, hashes = {}, 0, log.hashes
    while hashes:
        for number in range(0, len(hashes), 256):
            files[tile_path(level, number // 256, hashes[number:])] = b"".join(hashes[number:number + 256])
        nodes = hashes
        for _ in range(8):
            nodes = [node_hash(*nodes[at:at + 2]) for at in range(0, len(nodes) - 1, 2)]
        level, hashes = level + 1, nodes
    for number in range(0, log.size, 256):
        entries = b"".join((len(raw) % 65_536).to_bytes(2, "big") + raw for raw in log.raw[number:number + 256])
        files[tile_path("entries", number // 256, log.raw[number:])] = entries
    return files


def tile_path(level, number, rest):
    assert number < 1000, "the logs of this suite are small"
    return f"tile/{level}/{number:03}" + ("" if len(rest) >= 256 else f".p/{len(rest)}")


def manifest(files):
    paths = sorted(path for path in files if path != "MANIFEST.sha256")
    return "".join(f"{sha256(files[path]).hex()}  {path}\n" for path in paths).encode()


def write_folder(files, root):
    for path, data in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def tar_bytes(files, format=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as tar:
        for path, data in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return out.getvalue()
