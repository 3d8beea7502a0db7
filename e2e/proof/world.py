"""A running server over a database of either kind, and the hands of somebody who can write that database."""

import base64
import contextlib
import glob
import json
import os
import pathlib
import re
import secrets
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from verifiers import program

START_SECONDS, UNTIL_SECONDS = 60, 60
# Looked at and signed often, read again all the time: what is tried here must show soon.
SETTINGS = {"checkpoint_millis": "200", "scrub_pause_millis": "20", "log": "warn"}
SAMPLE = pathlib.Path(__file__).parents[2] / "seed" / "samples" / "bakery.jpg"


def until(what, ask):
    """Asks again until the answer is one."""
    end = time.monotonic() + UNTIL_SECONDS
    while not (answer := ask()):
        if time.monotonic() > end:
            raise AssertionError(f"after {UNTIL_SECONDS} seconds still not: {what}")
        time.sleep(0.1)
    return answer


class Server:
    """`countersign serve` on a free port. It reads pages only where told to: taking documents in is mostly enough."""

    def __init__(self, data, database, reads=False, **settings):
        self.data, self.database, self.child = data, database, None
        self.url = None
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith("COUNTERSIGN_") or (reads and name in ("COUNTERSIGN_CACHE", "COUNTERSIGN_PACK"))}
        own = SETTINGS | database.settings | settings
        self.environment = kept | {f"COUNTERSIGN_{name.upper()}": value for name, value in own.items()}
        if not reads:
            self.environment["COUNTERSIGN_CACHE"] = str(data / "no packs here")

    def start(self, **environment):
        with open(self.data / "server.log", "ab") as log:
            self.child = subprocess.Popen(
                [program("countersign"), "serve", "--listen", "127.0.0.1:0", "--data", str(self.data)],
                env=self.environment | environment, stdout=subprocess.PIPE, stderr=log, text=True)
        for line in self.child.stdout:
            if found := re.fullmatch(r"Countersign is at (http://localhost:\d+)\n", line):
                self.url = found[1]
                return self
        self.child.wait()
        raise Refused(self.child.returncode, (self.data / "server.log").read_text())

    def stop(self):
        if self.child:
            self.child.send_signal(signal.SIGTERM)
            try:
                self.child.wait(20)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
            self.child.stdout.close()
            self.child = None

    def command(self, *words, said=""):
        return subprocess.run([program("countersign"), *words, "--data", str(self.data)], env=self.environment,
                              input=said, capture_output=True, text=True, timeout=120)

    def token(self, role="integrator"):
        done = self.command("admin", "create-token", "--role", role)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def send(self, token, key, type_="receipt"):
        request = urllib.request.Request(
            f"{self.url}/api/documents?type={type_}", SAMPLE.read_bytes(), method="POST",
            headers={"authorization": f"Bearer {token}", "idempotency-key": key.replace(" ", "-"),
                     "content-type": "application/octet-stream"})
        with urllib.request.urlopen(request, timeout=60) as response:
            # An opaque id of the API: the type's name and the id that stands in leaves.
            return base64.b64decode(json.load(response)["id"]).decode().partition(":")[2]

    def sign_in(self, email, password):
        """The session's cookie, to be given where a token is."""
        request = urllib.request.Request(
            f"{self.url}/api/session", json.dumps({"email": email, "password": password}).encode(), method="POST",
            headers={"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.headers["set-cookie"].partition(";")[0]

    def fetch(self, path, token):
        with urllib.request.urlopen(urllib.request.Request(self.url + path, headers=known_by(token))) as response:
            return response.read()

    def change(self, token, name, selection, **given):
        """Runs a mutation that takes `input`; answers its payload."""
        type_ = f"{name[0].upper()}{name[1:]}Input"
        query = f"mutation($input: {type_}!) {{ {name}(input: $input) {{ {selection} }} }}"
        return self.ask(token, query, {"input": given})[name]

    def ask(self, token, query, variables=None):
        """What GraphQL answers."""
        request = urllib.request.Request(
            f"{self.url}/graphql", json.dumps({"query": query, "variables": variables or {}}).encode(), method="POST",
            headers=known_by(token) | {"content-type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as refused:
            answer = json.load(refused)
        assert "errors" not in answer, answer
        return answer["data"]

    def readiness(self):
        """None when ready, else the reason."""
        try:
            urllib.request.urlopen(f"{self.url}/readyz", timeout=60).close()
            return None
        except urllib.error.HTTPError as answer:
            return answer.read().decode()

    def verify(self):
        """What `countersign audit verify` says: (whether all holds, the words)."""
        done = self.command("audit", "verify")
        return done.returncode == 0, done.stdout + done.stderr


def known_by(token):
    return {"cookie": token} if "=" in token else {"authorization": f"Bearer {token}"}


class Refused(Exception):
    """The server did not start."""

    def __init__(self, status, log):
        super().__init__(f"ended with {status}:\n{log}")
        self.log = log


class Sqlite:
    """The file in the data folder."""

    settings, newline = {}, "char(10)"

    def __init__(self, data, template=None):
        """The copy of a data folder has its database in it."""
        self.data, self.path = data, data / "countersign.db"

    def query(self, sql):
        with contextlib.closing(sqlite3.connect(self.path, timeout=30)) as connection:
            return connection.execute(sql).fetchall()

    def execute(self, *statements):
        """As somebody who owns the file: in one transaction, triggers first."""
        with contextlib.closing(sqlite3.connect(self.path, timeout=30, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for name, in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            for sql in statements:
                connection.execute(sql)
            connection.execute("COMMIT")

    @staticmethod
    def blob(data):
        return f"x'{data.hex()}'"

    def keep(self):
        """A copy to be put back later; the server does not run."""
        with contextlib.closing(sqlite3.connect(self.path)) as connection:
            connection.execute("VACUUM INTO ?", [str(self.data / "copy.db")])

    def put_back(self):
        for old in self.data.glob("countersign.db*"):
            old.unlink()
        shutil.copy(self.data / "copy.db", self.path)

    def drop(self):
        pass


class Postgres:
    """A database of its own in the cluster of the test, edited through psql."""

    newline = "chr(10)"

    def __init__(self, data, template=None):
        cluster = os.environ.get("COUNTERSIGN_TEST_POSTGRES")
        if not cluster:
            raise RuntimeError("COUNTERSIGN_TEST_POSTGRES names no cluster: run this by scripts/with_postgres")
        self.cluster, self.name = cluster, f"proof_{secrets.token_hex(6)}"
        self.url = urllib.parse.urlparse(cluster)._replace(path=f"/{self.name}").geturl()
        self.settings = {"database_url": self.url}
        self._manage(f"CREATE DATABASE {self.name}" + (f" TEMPLATE {template.name}" if template else ""))

    def _manage(self, sql):
        self._psql(self.cluster, sql)

    @staticmethod
    def _psql(url, *statements):
        words = [word for sql in statements for word in ("-c", sql)]
        done = subprocess.run([find_psql(), "--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-F", "\t", url, *words],
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def query(self, sql):
        """Numbers and bytes, as SQLite would give them."""
        rows = [line.split("\t") for line in self._psql(self.url, sql).splitlines()]
        return [tuple(bytes.fromhex(cell[2:]) if cell.startswith("\\x") else int(cell) if cell.isdigit() else cell
                      for cell in row) for row in rows]

    def execute(self, *statements):
        """As the owner of the database."""
        self._psql(self.url, "BEGIN", "SET LOCAL session_replication_role = replica", *statements, "COMMIT")

    @staticmethod
    def blob(data):
        return f"'\\x{data.hex()}'::bytea"

    def keep(self):
        self._manage(f"CREATE DATABASE {self.name}_copy TEMPLATE {self.name}")

    def put_back(self):
        self._manage(f"DROP DATABASE {self.name} WITH (FORCE)")
        self._manage(f"CREATE DATABASE {self.name} TEMPLATE {self.name}_copy")

    def drop(self):
        for name in (self.name, f"{self.name}_copy"):
            self._manage(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def find_psql():
    debian = sorted(glob.glob("/usr/lib/postgresql/*/bin/psql"))
    return debian[-1] if debian else "psql"


def fake_time():
    """The library that makes a process believe in another clock."""
    found = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
    if not found:
        raise RuntimeError("libfaketime is missing: scripts/setup test installs it")
    return found[0]


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory(prefix="countersign-proof-") as path:
        yield pathlib.Path(path)
