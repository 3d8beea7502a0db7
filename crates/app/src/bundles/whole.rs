//! The whole log: every leaf, every tile, and older checkpoints. One reading, in constant memory.

use std::collections::BTreeMap;

use audit::{
    tile::{self, Level, Tile, TileBuilder, TilePath},
    tree::{RightEdge, leaf_hash},
};

use super::{Progress, cut::Cut, outside::Outside, package::Package};
use crate::{
    App,
    error::{Error, InternalError, Result},
    store::{
        evidence,
        log::{self, CheckpointRow, LeafRow, LogId},
    },
    unit::Scope,
};

/// Leaves read at a time: two entry bundles, at most 32 MiB.
const CHUNK: u64 = 512;
/// Older checkpoints taken along, spread evenly.
const PRIORS: u64 = 1_000;

/// The number of leaves.
pub(super) async fn add_log(
    app: &App,
    scope: &Scope<'_>,
    cut: &Cut,
    package: &mut Package,
    progress: Progress<'_>,
) -> Result<u64> {
    let mut priors = priors(scope, cut.log, cut.size()).await?;
    let mut outside = Outside::new(app, scope, cut.request, package)?;
    let mut events = package.grow()?;
    let mut tree = Tree::default();
    while tree.edge.size() < cut.size() {
        let from = tree.edge.size();
        let leaves = log::leaves(scope.connection(), cut.log, from, CHUNK.min(cut.size() - from)).await?;
        if leaves.is_empty() {
            return Err(broken(format!("SEQ_GAP: leaf {from} is missing")));
        }
        for leaf in &leaves {
            tree.append(leaf)?;
            events.line(&leaf.bytes)?;
            if let Some(prior) = priors.remove(&tree.edge.size()) {
                compare(&tree.edge, &prior)?;
                package.add(&format!("prior/{}.checkpoint", prior.size), prior.note.as_bytes()).await?;
            }
            for (path, content) in tree.filled.drain(..) {
                package.add(&path.to_string(), &content).await?;
            }
        }
        outside.add(package, &leaves).await?;
        progress(tree.edge.size(), cut.size());
    }
    compare(&tree.edge, &cut.checkpoint)?;
    for (path, content) in tree.finish()? {
        package.add(&path.to_string(), &content).await?;
    }
    outside.finish(package).await?;
    package.add_grown("events.ndjson", events).await?;
    Ok(cut.size())
}

/// The tree as it grows, with the files that filled up and were not taken yet.
#[derive(Default)]
struct Tree {
    edge: RightEdge,
    tiles: TileBuilder,
    /// Of the entry bundle that is open.
    entries: Vec<Vec<u8>>,
    filled: Vec<(TilePath, Vec<u8>)>,
}

impl Tree {
    fn append(&mut self, leaf: &LeafRow) -> Result<()> {
        let index = self.edge.size();
        if leaf.seq != index {
            return Err(broken(format!("SEQ_GAP: leaf {index} is missing")));
        }
        // Never the stored hash: what is exported is what was signed, or nothing is.
        let hash = leaf_hash(&leaf.bytes);
        self.edge.append(hash);
        self.tiles.append(hash, |tile| self.filled.push(hash_file(&tile)));
        self.entries.push(leaf.bytes.clone());
        if self.entries.len() == usize::from(tile::WIDTH) {
            self.close_entries(index / u64::from(tile::WIDTH))?;
        }
        Ok(())
    }

    fn close_entries(&mut self, index: u64) -> Result<()> {
        let malformed = |error: String| Error::from(InternalError::Other(error));
        let width = u16::try_from(self.entries.len()).map_err(|error| malformed(error.to_string()))?;
        let path = TilePath::new(Level::Entries, index, width).map_err(|error| malformed(error.to_string()))?;
        let content = tile::encode_entries(self.entries.iter().map(Vec::as_slice));
        self.filled.push((path, content.map_err(|error| malformed(error.to_string()))?));
        self.entries.clear();
        Ok(())
    }

    /// The partial tiles at the right edge.
    fn finish(mut self) -> Result<Vec<(TilePath, Vec<u8>)>> {
        if !self.entries.is_empty() {
            self.close_entries(self.edge.size() / u64::from(tile::WIDTH))?;
        }
        self.filled.extend(self.tiles.finish().iter().map(hash_file));
        Ok(self.filled)
    }
}

fn hash_file(tile: &Tile) -> (TilePath, Vec<u8>) {
    (tile.path, tile::encode_hashes(&tile.hashes))
}

fn compare(edge: &RightEdge, checkpoint: &CheckpointRow) -> Result<()> {
    if edge.root() == checkpoint.root {
        return Ok(());
    }
    Err(broken(format!("ROOT_MISMATCH: the first {} leaves are not those that were signed", checkpoint.size)))
}

fn broken(what: String) -> Error {
    super::broken(&what)
}

/// Older checkpoints by their size: at most so many, and those around each change of the log's keys.
async fn priors(scope: &Scope<'_>, log: LogId, size: u64) -> Result<BTreeMap<u64, CheckpointRow>> {
    let mut found = BTreeMap::new();
    let spread = (0..PRIORS).map(|nth| u64::try_from(u128::from(size) * u128::from(nth) / u128::from(PRIORS)));
    let spread = spread.collect::<Result<Vec<_>, _>>().map_err(|error| InternalError::Other(error.to_string()))?;
    let around_keys =
        evidence::key_changes(scope, log, size).await?.into_iter().flat_map(|seq| [seq.saturating_sub(1), seq]);
    let mut reached = 0;
    let mut wanted: Vec<u64> = spread.into_iter().chain(around_keys).collect();
    wanted.sort_unstable();
    for over in wanted {
        if over < reached {
            continue;
        }
        let Some(row) = log::checkpoints_over(scope.connection(), log, over, 1).await?.pop() else { break };
        reached = row.size;
        if row.size < size {
            found.insert(row.size, row);
        }
    }
    Ok(found)
}
