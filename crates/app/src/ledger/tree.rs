//! Proofs and tiles, read from the stored nodes. A proof costs two statements however large the log: one for hashes of
//! leaves, one for the nodes above them.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};

use audit::{
    Hash,
    tree::{self, ProofError, RightEdge},
};

use crate::{
    App,
    error::{Error, InternalError, Result},
    store::log::{self, LeafRow, LogId, NodeId},
};

/// Hashes in a full tile, and leaves in a full bundle of entries (C2SP tlog-tiles).
pub(crate) const TILE_WIDTH: u64 = 256;
/// Levels of the binary tree in a tile.
const TILE_HEIGHT: u8 = 8;

impl NodeId {
    /// Where the node of the binary tree `(level, index)` is stored; `None` for a leaf, and for what lies inside a tile
    /// and is computed.
    pub(super) fn stored(level: u8, index: u64) -> Option<NodeId> {
        let stored = level > 0 && level.is_multiple_of(TILE_HEIGHT);
        stored.then_some(NodeId { level: level / TILE_HEIGHT, position: index })
    }
}

/// That leaves are in the tree of `size` leaves (RFC 9162, section 2.1.3.1): one proof an index, from the leaf up.
///
/// # Errors
/// Unless each `index < size`, and the log has `size` leaves.
pub(crate) async fn inclusion_proofs(app: &App, log: LogId, indices: &[u64], size: u64) -> Result<Vec<Vec<Hash>>> {
    prove(app, log, |read| indices.iter().map(|index| tree::inclusion_proof(*index, size, &mut *read)).collect()).await
}

/// That the tree of `old` leaves is the beginning of that of `new` leaves (RFC 9162, section 2.1.4.1).
///
/// # Errors
/// Unless `0 < old ≤ new`, and the log has `new` leaves.
pub(crate) async fn consistency_proof(app: &App, log: LogId, old: u64, new: u64) -> Result<Vec<Hash>> {
    prove(app, log, |read| tree::consistency_proof(old, new, &mut *read)).await
}

/// The hashes `n·256 ..` of a tile level, `width` of them (C2SP tlog-tiles, "Merkle Tree").
///
/// # Errors
/// When the log does not have them.
pub(crate) async fn hash_tile(app: &App, log: LogId, level: u8, n: u64, width: u64) -> Result<Vec<Hash>> {
    let run = tile_run(n, width)?;
    let found = log::nodes(app.store().reader(), log, &[(level, run.clone())]).await?;
    let complete = found.iter().map(|(node, _)| node.position).eq(run);
    if complete { Ok(found.into_iter().map(|(_, hash)| hash).collect()) } else { Err(missing(log)) }
}

/// The leaves `n·256 ..`, `width` of them, as the exact bytes that are hashed.
///
/// # Errors
/// When the log does not have them.
pub(crate) async fn entries(app: &App, log: LogId, n: u64, width: u64) -> Result<Vec<LeafRow>> {
    let run = tile_run(n, width)?;
    let leaves = log::leaves(app.store().reader(), log, run.start, width).await?;
    if leaves.iter().map(|leaf| leaf.seq).eq(run) { Ok(leaves) } else { Err(missing(log)) }
}

fn tile_run(n: u64, width: u64) -> Result<Range<u64>> {
    let run = n.checked_mul(TILE_WIDTH).and_then(|start| Some(start..start.checked_add(width)?));
    run.filter(|run| width <= TILE_WIDTH && run.end <= RightEdge::MAX_SIZE).ok_or(Error::NotFound)
}

fn missing(log: LogId) -> Error {
    InternalError::Other(format!("a node of the tree of {} in epoch {} is missing", log.organization, log.epoch)).into()
}

enum Unreadable {
    Proof(ProofError),
    Missing,
}

impl From<ProofError> for Unreadable {
    fn from(error: ProofError) -> Unreadable {
        Unreadable::Proof(error)
    }
}

/// Builds with nodes of the binary tree. It is built twice: first to learn which nodes are needed, then with them.
async fn prove<T>(
    app: &App,
    log: LogId,
    build: impl Fn(&mut dyn FnMut(u8, u64) -> Result<Hash, Unreadable>) -> Result<T, Unreadable>,
) -> Result<T> {
    let refuse = |error| match error {
        Unreadable::Proof(error) => Error::invalid("PROOF_OUT_OF_RANGE", error.to_string()),
        Unreadable::Missing => missing(log),
    };
    let mut needed = BTreeSet::new();
    build(&mut |level, index| {
        needed.insert((level, index));
        Ok(tree::empty_root())
    })
    .map_err(refuse)?;
    let found = log::nodes(app.store().reader(), log, &runs(&needed)).await?.into_iter().collect();
    build(&mut |level, index| read(&found, level, index).ok_or(Unreadable::Missing)).map_err(refuse)
}

/// What has to be read for some nodes of the binary tree: one run for each tile that holds any.
fn runs(needed: &BTreeSet<(u8, u64)>) -> Vec<(u8, Range<u64>)> {
    let mut tiles: BTreeMap<(u8, u64), Range<u64>> = BTreeMap::new();
    for &(level, index) in needed {
        let run = stored_run(level, index);
        let tile = tiles.entry((level / TILE_HEIGHT, run.start / TILE_WIDTH)).or_insert_with(|| run.clone());
        *tile = tile.start.min(run.start)..tile.end.max(run.end);
    }
    tiles.into_iter().map(|((level, _), run)| (level, run)).collect()
}

/// The stored nodes of which the node `(level, index)` of the binary tree is the root. They lie in one tile.
fn stored_run(level: u8, index: u64) -> Range<u64> {
    let height = level % TILE_HEIGHT;
    index << height..(index + 1) << height
}

fn read(found: &HashMap<NodeId, Hash>, level: u8, index: u64) -> Option<Hash> {
    let mut edge = RightEdge::new();
    for position in stored_run(level, index) {
        edge.append(*found.get(&NodeId { level: level / TILE_HEIGHT, position })?);
    }
    Some(edge.root())
}
