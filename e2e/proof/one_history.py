"""A first history, told once for each kind of database. Every test starts from a copy: a first start takes long."""

import shutil

from world import Server, folder, until

# There are two logs: the operator's own, and the larger one of the organization, which is attacked.
OURS = "organization_id = (SELECT organization_id FROM log_heads ORDER BY size DESC LIMIT 1)"


class OverOneHistory:
    """To be mixed into a TestCase that says which `kind` of database it is about."""

    @classmethod
    def setUpClass(cls):
        cls.template = cls.enterClassContext(folder())
        cls.history = cls.kind(cls.template)
        cls.addClassCleanup(cls.history.drop)
        server = Server(cls.template, cls.history)
        cls.addClassCleanup(server.stop)
        server.start()
        cls.token = server.token()
        for turn in range(3):
            server.send(cls.token, f"document {turn}")
        until_signed(cls.history)
        server.stop()

    def setUp(self):
        self.data = self.enterContext(folder()) / "data"
        shutil.copytree(self.template, self.data)
        self.database = self.kind(self.data, self.history)
        self.addCleanup(self.database.drop)
        self.server = Server(self.data, self.database)
        self.addCleanup(self.server.stop)

    def until_signed(self):
        until_signed(self.database)

    def signed(self):
        return signed(self.database)

    def leaves(self):
        rows = self.database.query(f"SELECT seq, bytes FROM leaves WHERE {OURS} ORDER BY epoch, seq")
        return [raw for _, raw in rows]

    def set_leaf(self, seq, raw, hash_=None):
        value = f"bytes = {self.database.blob(raw)}" + (f", hash = {self.database.blob(hash_)}" if hash_ else "")
        return f"UPDATE leaves SET {value} WHERE seq = {seq} AND {OURS}"


def signed(database):
    return database.query(f"SELECT COALESCE(MAX(size), 0) FROM checkpoints WHERE {OURS}")[0][0]


def until_signed(database):
    """Everything that was staged, in both logs."""
    waiting = "SELECT COUNT(*) FROM staged_events WHERE seq IS NULL"
    behind = ("SELECT COUNT(*) FROM log_heads h WHERE size > (SELECT COALESCE(MAX(size), 0) FROM checkpoints c "
              "WHERE c.organization_id = h.organization_id AND c.epoch = h.epoch)")
    until("all leaves are signed", lambda: all(database.query(sql)[0][0] == 0 for sql in (waiting, behind)))
