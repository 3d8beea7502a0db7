"""Attacks on running servers, with databases of both kinds: what somebody does who can write the database, what a
stale copy does, a clock that was set back, two servers at once. That kills leave nothing behind, kill.test.js shows."""

import concurrent.futures
import json
import unittest

from log import canonical, leaf_hash
from one_history import OURS, OverOneHistory
from world import Postgres, Refused, Server, Sqlite, fake_time, until

ATTACKED = 3


# What the page of attacks says of these, in their order: (attack, what it yields).
LIVE = []


def tried(attack, yields):
    def keep(test):
        LIVE.append((attack, yields))
        return test
    return keep


class Attacks(OverOneHistory):
    """The stories; a class for each kind of database runs them."""

    def assert_found(self, *words):
        """The server finds it by itself, says so and signs no more; so does the command line. It reads the whole log at
        its start and then once a minute: the start is what does not have to be waited for."""
        self.server.start()
        reason = until("the server is not ready", self.server.readiness)
        self.assertIn(words[0], reason)
        signed = self.signed()
        self.send_one("after the attack")
        until("the server has seen the document", lambda: self.database.query(
            "SELECT COUNT(*) FROM staged_events")[0][0] > 0)
        self.assertEqual(self.signed(), signed, "nothing is signed any more")
        self.server.stop()
        self.assert_refused(*words)

    def assert_refused(self, *words):
        holds, said = self.server.verify()
        self.assertFalse(holds, said)
        for word in words:
            self.assertIn(word, said)

    def send_one(self, key):
        try:
            self.server.send(self.token, key)
        except OSError:
            # A server that does not trust its log may refuse.
            pass

    def test_untouched(self):
        self.server.start()
        self.assertIsNone(self.server.readiness())
        holds, said = self.server.verify()
        self.assertTrue(holds, said)
        self.assertRegex(said, rf"ok \S+/log/\S+/e1 {len(self.leaves())}\b")

    @tried("change or delete leaves and checkpoints, without taking the triggers away",
           "the database refuses")
    def test_the_database_itself_refuses_to_change_leaves(self):
        for sql in ("UPDATE leaves SET seq = seq", "DELETE FROM leaves", "UPDATE checkpoints SET note = note",
                    "DELETE FROM checkpoints"):
            with self.subTest(sql=sql), self.assertRaisesRegex(Exception, "append-only"):
                self.database.query(sql)

    @tried("edit a bit of a leaf",
           "ROOT_MISMATCH at that leaf; not ready, and nothing more is signed")
    def test_a_bit_of_a_leaf(self):
        raw = self.leaves()[ATTACKED]
        self.database.execute(self.set_leaf(ATTACKED, raw.replace(b'"node":"node-1"', b'"node":"node-0"')))
        self.assert_found("ROOT_MISMATCH", f"index {ATTACKED}")

    @tried("edit a leaf and recompute all hashes",
           "ROOT_MISMATCH; not ready, and nothing more is signed")
    def test_a_leaf_and_all_hashes_after_it(self):
        statements, prev, subjects = [], None, {}
        for seq, raw in enumerate(self.leaves()):
            leaf = json.loads(raw)
            if seq == ATTACKED:
                leaf["node"] = "node-0"
            subject = leaf["subject"]["kind"], leaf["subject"]["id"]
            if prev:
                leaf["prev"] = prev
            if subject in subjects:
                leaf["subject"]["prev"] = subjects[subject]
            raw = canonical(leaf)
            prev = subjects[subject] = leaf_hash(raw).hex()
            statements.append(self.set_leaf(seq, raw, leaf_hash(raw)))
        self.database.execute(*statements)
        self.assert_found("ROOT_MISMATCH")

    @tried("delete a leaf",
           "SEQ_GAP at that leaf; not ready, and nothing more is signed")
    def test_a_leaf_deleted(self):
        self.database.execute(f"DELETE FROM leaves WHERE seq = {ATTACKED} AND {OURS}")
        self.assert_found("SEQ_GAP", f"index {ATTACKED}")

    @tried("swap two leaves",
           "SEQ_GAP at the first; not ready, and nothing more is signed")
    def test_two_leaves_swapped(self):
        first, second = self.leaves()[ATTACKED:ATTACKED + 2]
        self.database.execute(self.set_leaf(ATTACKED, second, leaf_hash(second)),
                              self.set_leaf(ATTACKED + 1, first, leaf_hash(first)))
        self.assert_found("SEQ_GAP", f"index {ATTACKED}")

    @tried("change a stored checkpoint",
           "ROOT_MISMATCH; not ready, and nothing more is signed")
    def test_a_checkpoint_signed_by_nobody(self):
        line = "{0} || {1} || {0}".format(self.database.newline, "%s")
        self.database.execute(f"UPDATE checkpoints SET note = replace(note, {line % 'size'}, {line % '(size + 1)'}) "
                              f"WHERE {OURS}")
        self.assert_found("ROOT_MISMATCH")

    @tried("cut the tail, and set the head back",
           "LOG_BEHIND: the server does not start")
    def test_the_tail_cut_and_the_head_set_back(self):
        self.database.execute(
            f"DELETE FROM leaves WHERE seq >= {ATTACKED} AND {OURS}",
            f"DELETE FROM checkpoints WHERE size > {ATTACKED} AND {OURS}",
            f"UPDATE log_heads SET size = {ATTACKED} WHERE {OURS}")
        with self.assertRaises(Refused) as refused:
            self.server.start()
        self.assertIn("LOG_BEHIND", refused.exception.log)

    @tried("put an older copy of the database back",
           "LOG_BEHIND: the server does not start, and nothing is appended")
    def test_a_stale_copy_put_back(self):
        self.database.keep()
        self.server.start()
        self.server.send(self.token, "one more")
        self.until_signed()
        self.server.stop()
        signed = self.signed()
        self.database.put_back()
        self.assertLess(self.signed(), signed)
        with self.assertRaises(Refused) as refused:
            self.server.start()
        self.assertIn("LOG_BEHIND", refused.exception.log)
        self.assertLess(self.signed(), signed, "nothing was appended")

    @tried("lose the last-signed heads",
           "HEAD_MISSING: the server does not start")
    def test_the_heads_lost(self):
        for head in (self.data / "heads").iterdir():
            head.unlink()
        with self.assertRaises(Refused) as refused:
            self.server.start()
        self.assertIn("HEAD_MISSING", refused.exception.log)

    @tried("set the clock an hour back, and forth",
           "one history, whose times never run backwards; what was held back is marked")
    def test_the_clock_set_back_an_hour_and_forth_again(self):
        for turn, shift in enumerate(("-1h", "+1h", "-1h")):
            self.server.stop()
            self.server.start(LD_PRELOAD=fake_time(), FAKETIME=shift)
            self.server.send(self.token, f"at {turn}")
            self.until_signed()
        self.server.stop()
        leaves = [json.loads(raw) for raw in self.leaves()]
        recorded = [leaf["recorded_at"] for leaf in leaves]
        self.assertEqual(recorded, sorted(recorded))
        self.assertTrue(any("held_back" in leaf for leaf in leaves))
        self.assertTrue(any(leaf["occurred_at"] < leaf["recorded_at"] for leaf in leaves if "held_back" in leaf))
        holds, said = self.server.verify()
        self.assertTrue(holds, said)

    @tried("send one document eight times at once",
           "one event")
    def test_the_same_document_sent_again_leaves_one_event(self):
        self.server.start()
        before = len(self.leaves())
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            sent = {one for one in pool.map(lambda _: self.send_again(self.server), range(8)) if one}
        self.assertEqual(len(sent), 1)
        self.until_signed()
        received = [leaf for leaf in map(json.loads, self.leaves()[before:]) if leaf["type"] == "document.received/v1"]
        self.assertEqual([leaf["subject"]["id"] for leaf in received], list(sent))

    def send_again(self, server):
        try:
            return server.send(self.token, "the same key")
        except OSError as answer:
            # 409: the first one is still being taken in.
            self.assertEqual(answer.code, 409)
            return None


class OnSqlite(Attacks, unittest.TestCase):
    kind = Sqlite


class OnPostgres(Attacks, unittest.TestCase):
    kind = Postgres

    @tried("two servers on one PostgreSQL, and one document sent to both at once",
           "one history without a gap, never two checkpoints of one size; one event")
    def test_two_servers_one_history(self):
        second = Server(self.data, self.database, node="node-2")
        self.addCleanup(second.stop)
        self.server.start()
        second.start()
        before = len(self.leaves())
        servers = [self.server, second]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda turn: servers[turn % 2].send(self.token, f"both {turn}"), range(12)))
            same = {one for one in pool.map(lambda turn: self.send_again(servers[turn % 2]), range(6)) if one}
        self.assertEqual(len(same), 1, "one document a key, whichever server is asked")
        self.until_signed()
        leaves = [json.loads(raw) for raw in self.leaves()]
        self.assertEqual([leaf["seq"] for leaf in leaves], list(range(len(leaves))))
        received = [leaf for leaf in leaves[before:] if leaf["type"] == "document.received/v1"]
        self.assertEqual(len(received), 13)
        self.assertEqual({leaf["node"] for leaf in leaves}, {"node-1", "node-2"})
        sizes = self.database.query(f"SELECT epoch, size FROM checkpoints WHERE {OURS} ORDER BY size")
        self.assertEqual(len(sizes), len(set(sizes)))
        for server in servers:
            self.assertIsNone(server.readiness())
            server.stop()
        holds, said = self.server.verify()
        self.assertTrue(holds, said)


if __name__ == "__main__":
    unittest.main()
