//! Reads whole logs again and recomputes them: on demand, and all the time at a limited rate. The first break stops
//! signing.

use std::{collections::HashMap, time::Duration};

use audit::{
    Checkpoint, Leaf,
    keyring::Keyring,
    tree::RightEdge,
    verify::{Break, BreakCode, Custody, LogVerifier, Recovery},
};

use super::{head_store::SignedHead, keys};
use crate::{
    App,
    error::Result,
    store::log::{self, CheckpointRow, LeafRow, LogHead, LogId, NodeId},
};

/// Leaves, and checkpoints, read at a time.
const CHUNK: u64 = 500;

/// What a log that holds amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub origin: String,
    pub size: u64,
    /// Leaves from here on are not signed yet.
    pub signed: u64,
    /// Leaves that were signed and are gone, as the epoch after this one says.
    pub lost: u64,
}

/// Where a log first breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{origin}: {found}")]
pub struct Broken {
    pub origin: String,
    pub found: Break,
}

/// Recomputes a log from its first leaf: bytes, hashes, both chains, times, the stored nodes of the tree, the root at
/// every checkpoint, each checkpoint's signature by a key that is valid at its size, and the last-signed head outside
/// the database.
///
/// `pause` is waited between chunks, so that scrubbing leaves the database to others. `None` for a log without a leaf.
pub(crate) async fn verify(app: &App, log: LogId, pause: Option<Duration>) -> Result<Option<Result<Verified, Broken>>> {
    let reader = app.store().reader();
    let Some(LogHead { origin, .. }) = log::head_of(reader, log).await? else { return Ok(None) };
    // Read what was signed before the head: then the head is not behind it, however busy the log.
    app.heads().refresh(&origin)?;
    let signed = app.heads().get(&origin);
    let published = log::last_checkpoint(reader, log).await?.map_or(0, |row| row.size);
    let Some(head) = log::head_of(reader, log).await? else { return Ok(None) };
    let scrub = Scrub { app, signed, published, successor: successor(app, &head).await?, head };
    Ok(Some(match scrub.read_all(pause).await? {
        Ok(verified) => Ok(verified),
        Err(found) => Err(Broken { origin, found }),
    }))
}

/// What the epoch after a log says of it; `None` for the log that grows.
async fn successor(app: &App, head: &LogHead) -> Result<Option<Recovery>> {
    let reader = app.store().reader();
    let later = log::heads(reader, head.log.organization).await?.into_iter().find(|it| it.log.epoch > head.log.epoch);
    let Some(later) = later else { return Ok(None) };
    let first = log::leaves(reader, later.log, 0, 1).await?.pop();
    let recovery = first.and_then(|leaf| Recovery::of(&Leaf::parse(&leaf.bytes).ok()?));
    Ok(recovery.filter(|recovery| recovery.previous == head.origin))
}

struct Scrub<'a> {
    app: &'a App,
    head: LogHead,
    /// The last-signed head outside the database.
    signed: SignedHead,
    /// The size of the last checkpoint in the database.
    published: u64,
    successor: Option<Recovery>,
}

impl Scrub<'_> {
    async fn read_all(self, pause: Option<Duration>) -> Result<Result<Verified, Break>> {
        let (reader, log, head) = (self.app.store().reader(), self.head.log, &self.head);
        let keyring = Keyring::new(head.origin.as_str(), &keys::pins(self.app, head).await?);
        let mut verifier = LogVerifier::with_keys(keyring);
        if let Err(found) = self.expect_signed(&mut verifier) {
            return Ok(Err(found));
        }
        let (mut met, mut edge) = (0, RightEdge::new());
        while verifier.size() < head.size {
            let (from, limit) = (verifier.size(), CHUNK.min(head.size - verifier.size()));
            for row in log::checkpoints_over(reader, log, met, CHUNK).await? {
                if row.size > from + limit || row.size > self.published {
                    break;
                }
                met = row.size;
                if let Err(found) = expect(&mut verifier, &row) {
                    return Ok(Err(found));
                }
            }
            let leaves = log::leaves(reader, log, from, limit).await?;
            if leaves.is_empty() {
                let message = format!("the leaf is missing; the log should have {} leaves", head.size);
                return Ok(Err(Break { code: BreakCode::SeqGap, index: from, message }));
            }
            for leaf in &leaves {
                if let Err(found) = verifier.feed_stored(&leaf.bytes, &leaf.hash) {
                    return Ok(Err(found));
                }
            }
            if let Err(found) = self.check_nodes(&mut edge, &leaves).await? {
                return Ok(Err(found));
            }
            if let Some(pause) = pause {
                tokio::time::sleep(pause).await;
            }
        }
        // What was signed beyond the present head (a cut tail) is awaited in vain, and named when the verifier ends;
        // but for a tail that the next epoch says is lost.
        let beyond = log::checkpoints_over(reader, log, met.max(head.size), CHUNK).await?;
        for row in beyond.iter().filter(|row| row.size <= self.published && !self.is_lost(row.size)) {
            if let Err(found) = expect(&mut verifier, row) {
                return Ok(Err(found));
            }
        }
        Ok(verifier.finish().and_then(|end| {
            let message = "the leaves do not give the root that is stored as the head".to_owned();
            let differs = Break { code: BreakCode::RootMismatch, index: end.signed, message };
            let lost = self.successor.as_ref().map_or(0, |recovery| recovery.size.saturating_sub(head.size));
            let verified = Verified { origin: head.origin.clone(), size: head.size, signed: end.signed, lost };
            if end.root == head.root { Ok(verified) } else { Err(differs) }
        }))
    }

    /// The head outside the database, and what the next epoch goes on from.
    fn expect_signed(&self, verifier: &mut LogVerifier) -> Result<(), Break> {
        let signed = (self.signed.size > 0).then_some((self.signed.size, self.signed.root));
        let continued = self.successor.as_ref().map(|recovery| (recovery.size, recovery.root));
        for (size, root) in [signed, continued].into_iter().flatten() {
            if size > 0 && !self.is_lost(size) {
                verifier.expect(&Checkpoint::new(self.head.origin.as_str(), size, root), Custody::Pinned)?;
            }
        }
        Ok(())
    }

    /// Whether the leaves up to this size are gone, and the next epoch says so.
    fn is_lost(&self, size: u64) -> bool {
        size > self.head.size && self.successor.as_ref().is_some_and(|recovery| recovery.size >= size)
    }

    /// The stored nodes of the tree that these leaves complete.
    async fn check_nodes(&self, edge: &mut RightEdge, leaves: &[LeafRow]) -> Result<Result<(), Break>> {
        let mut completed = Vec::new();
        for leaf in leaves {
            edge.append_visiting(leaf.hash, |level, position, hash| {
                completed.extend(NodeId::stored(level, position).map(|node| (leaf.seq, node, hash)));
            });
        }
        let runs: Vec<_> =
            completed.iter().map(|(_, node, _)| (node.level, node.position..node.position + 1)).collect();
        let stored: HashMap<_, _> =
            log::nodes(self.app.store().reader(), self.head.log, &runs).await?.into_iter().collect();
        for (index, node, hash) in completed {
            if stored.get(&node) != Some(&hash) {
                let message = format!("the stored node {} of tile level {} is another", node.position, node.level);
                return Ok(Err(Break { code: BreakCode::RootMismatch, index, message }));
            }
        }
        Ok(Ok(()))
    }
}

/// Demands that the log lead to a stored checkpoint.
fn expect(verifier: &mut LogVerifier, row: &CheckpointRow) -> Result<(), Break> {
    let is_its_own = Checkpoint::unopened(&row.note).is_ok_and(|note| (note.size, note.root) == (row.size, row.root));
    if !is_its_own {
        let message = "a stored checkpoint is not the one its row names".to_owned();
        return Err(Break { code: BreakCode::RootMismatch, index: row.size.saturating_sub(1), message });
    }
    verifier.expect_note(&row.note, Custody::Stored)
}
