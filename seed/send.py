#!/usr/bin/env python3
"""Send documents to a running Countersign, as an integrator would, and wait until each has been read.

usage: COUNTERSIGN_TOKEN=... python3 seed/send.py [--url http://127.0.0.1:8080] [FILE...]

Without files: the samples beside this program. Needs nothing but Python 3. A token comes from
`countersign admin create-token --data DIR --role integrator`.

Running it twice makes no duplicates: every file has an Idempotency-Key of its own, made from its name and bytes, and
the same key with the same content answers with the document that is there already.
"""

import argparse
import hashlib
import json
import os
import pathlib
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
CONTENT_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".pdf": "application/pdf"}
# Nothing is decided yet in these states.
UNDER_WAY = {"RECEIVED", "READING"}
REQUEST_SECONDS = 60
POLL_SECONDS = 0.5
# Answers that ask to come again: still running under this key, too many requests, not ready.
COME_AGAIN = {409, 429, 503}
ATTEMPTS = 8


@dataclass
class Sent:
    file: pathlib.Path
    status_url: str
    state: str = "RECEIVED"
    reason: str = ""


class Refused(Exception):
    """The server's answer was an error; the text is fit to be shown."""


class Server:
    def __init__(self, url: str, token: str) -> None:
        self.url = url.rstrip("/")
        self.token = token

    def send(self, file: pathlib.Path, document_type: str, priority: str | None) -> Sent:
        content = file.read_bytes()
        about = {
            "type": document_type,
            "fileName": file.name,
            "source": "seed",
            "deviceId": "sample-scanner",
            "capturedAt": captured_at(file),
            "priority": priority,
        }
        query = urllib.parse.urlencode({name: value for name, value in about.items() if value})
        fingerprint = hashlib.sha256(content).hexdigest()[:16]
        headers = {
            "Content-Type": CONTENT_TYPES.get(file.suffix.lower(), "application/octet-stream"),
            "Idempotency-Key": f"seed-{urllib.parse.quote(file.name)}-{fingerprint}",
        }
        response = self._request(f"{self.url}/api/documents?{query}", content, headers)
        return Sent(file, urllib.parse.urljoin(f"{self.url}/", response.headers["Location"]))

    def look_at(self, document: Sent) -> None:
        status = json.load(self._request(document.status_url))
        document.state = status["state"]
        document.reason = (status.get("failure") or {}).get("code", "")

    def _request(self, url: str, body: bytes | None = None, headers: dict[str, str] | None = None):
        for attempt in range(1, ATTEMPTS + 1):
            request = urllib.request.Request(url, data=body, headers={**(headers or {}), "Authorization": f"Bearer {self.token}"})
            try:
                return urllib.request.urlopen(request, timeout=REQUEST_SECONDS)
            except urllib.error.HTTPError as error:
                wait = error.headers.get("Retry-After")
                if error.code not in COME_AGAIN or wait is None or attempt == ATTEMPTS:
                    raise Refused(problem(error)) from error
                time.sleep(float(wait) if wait.isdigit() else POLL_SECONDS)
            except OSError as error:
                reason = getattr(error, "reason", error)
                raise Refused(f"{self.url} can't be reached: {reason}. Is the server running?") from error
        raise AssertionError("the last attempt returns or raises")


def problem(error: urllib.error.HTTPError) -> str:
    """RFC 9457 problem details as one line; whatever else came as its beginning."""
    text = error.read().decode(errors="replace")
    try:
        details = json.loads(text)
        parts = [details.get("title"), details.get("detail"), details.get("code") and f"({details['code']})"]
        return f"{error.code} " + " ".join(part for part in parts if part)
    except (json.JSONDecodeError, AttributeError):
        return f"{error.code} {error.reason}: {text[:200]}"


def captured_at(file: pathlib.Path) -> str | None:
    """Noon of the day on the receipt. Not the time of sending: another time would be other content under the same key."""
    truth = HERE / "truth" / f"{file.stem}.json"
    if file.parent != HERE / "samples" or not truth.exists():
        return None
    day = json.loads(truth.read_text())["fields"]["date"]
    return f"{day['value']}T12:00:00Z" if day else None


def wait_until_read(server: Server, documents: list[Sent], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    open_ones = list(documents)
    while open_ones and time.monotonic() < deadline:
        for document in list(open_ones):
            server.look_at(document)
            if document.state not in UNDER_WAY:
                open_ones.remove(document)
                done = len(documents) - len(open_ones)
                print(f"  read {done:>2}/{len(documents)}  {document.file.name}: {document.state}", flush=True)
        if open_ones:
            time.sleep(POLL_SECONDS)


def table(documents: list[Sent]) -> str:
    width = max(len(document.file.name) for document in documents)
    return "\n".join(f"  {d.file.name:{width}}  {d.state:10}  {d.reason}".rstrip() for d in documents)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=pathlib.Path, metavar="FILE", help="default: the samples")
    parser.add_argument("--url", default="http://127.0.0.1:8080", help="default: %(default)s")
    parser.add_argument("--token", default=os.environ.get("COUNTERSIGN_TOKEN"), help="default: COUNTERSIGN_TOKEN")
    parser.add_argument("--type", default="receipt", help="the document type (default: %(default)s)")
    parser.add_argument("--priority", help="the priority to ask for")
    parser.add_argument("--wait", type=float, default=600, metavar="SECONDS", help="how long to wait for the readings (default: %(default)s)")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    if not args.token:
        sys.exit("send: a token is needed, by --token or COUNTERSIGN_TOKEN: countersign admin create-token --data DIR --role integrator")
    files = [file.resolve() for file in args.files] or sorted((HERE / "samples").iterdir())
    server = Server(args.url, args.token)
    documents = []
    try:
        for number, file in enumerate(files, start=1):
            documents.append(server.send(file, args.type, args.priority))
            print(f"  sent {number:>2}/{len(files)}  {file.name}", flush=True)
        wait_until_read(server, documents, args.wait)
    except (Refused, OSError) as error:
        sys.exit(f"send: {error}")
    except KeyboardInterrupt:
        return 130
    print(f"\n{table(documents)}")
    late = sum(document.state in UNDER_WAY for document in documents)
    if late:
        sys.exit(f"send: {late} not read within {args.wait:g} seconds; they stay in the server's queue")
    return 0


if __name__ == "__main__":
    sys.exit(main())
