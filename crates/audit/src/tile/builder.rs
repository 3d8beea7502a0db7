//! From a stream of leaf hashes to tiles, and from tiles to the nodes that proofs are made of.

use super::path::width_at;
use super::{HEIGHT, Level, TilePath, WIDTH};
use crate::tree::{Hash, node_hash};

/// A hash tile with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    pub path: TilePath,
    pub hashes: Vec<Hash>,
}

/// Takes leaf hashes in their order and gives out every hash tile of the tree, full ones as they fill.
///
/// Holds one tile a level, at most 8 KiB each.
#[derive(Debug, Default)]
pub struct TileBuilder {
    levels: Vec<Open>,
}

#[derive(Debug, Default)]
struct Open {
    index: u64,
    hashes: Vec<Hash>,
}

impl TileBuilder {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a leaf hash, and shows each tile that it fills, the lowest level first.
    pub fn append(&mut self, leaf: Hash, mut full: impl FnMut(Tile)) {
        let (mut level, mut hash) = (0, leaf);
        loop {
            if self.levels.len() == level {
                self.levels.push(Open::default());
            }
            let open = &mut self.levels[level];
            open.hashes.push(hash);
            if open.hashes.len() < usize::from(WIDTH) {
                return;
            }
            let tile = open.take(level, WIDTH);
            hash = root_of_full(&tile.hashes);
            open.index += 1;
            level += 1;
            full(tile);
        }
    }

    /// The partial tiles at the right edge, the lowest level first.
    #[must_use]
    pub fn finish(mut self) -> Vec<Tile> {
        let open = self.levels.iter_mut().enumerate().filter(|(_, open)| !open.hashes.is_empty());
        open.map(|(level, open)| open.take(level, open.hashes.len() as u16)).collect()
    }
}

impl Open {
    fn take(&mut self, level: usize, width: u16) -> Tile {
        let path = TilePath { level: Level::Hashes(level as u8), index: self.index, width };
        Tile { path, hashes: std::mem::take(&mut self.hashes) }
    }
}

/// The root of a power of two of nodes.
fn root_of_full(nodes: &[Hash]) -> Hash {
    match nodes {
        [one] => *one,
        _ => {
            let (left, right) = nodes.split_at(nodes.len() / 2);
            node_hash(&root_of_full(left), &root_of_full(right))
        }
    }
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TileReadError<E> {
    #[error("the tree of this size has no such complete node")]
    OutOfRange,
    #[error("{0} has the wrong length")]
    Length(TilePath),
    #[error(transparent)]
    Read(E),
}

/// The complete node (level, index) of the tree of `size` leaves, out of the one tile that holds it.
///
/// `read` gives the hashes of a tile; give it a cache to compute proofs.
///
/// # Errors
/// A node that is not complete in this tree, a tile of another width than it names, and those of the reader.
pub fn node_from_tiles<E>(
    level: u8,
    index: u64,
    size: u64,
    mut read: impl FnMut(TilePath) -> Result<Vec<Hash>, E>,
) -> Result<Hash, TileReadError<E>> {
    let leaves = 1_u64.checked_shl(u32::from(level)).ok_or(TileReadError::OutOfRange)?;
    let end = index.checked_add(1).and_then(|end| end.checked_mul(leaves));
    if end.is_none_or(|end| end > size) {
        return Err(TileReadError::OutOfRange);
    }
    let (tile_level, within) = (level / HEIGHT, level % HEIGHT);
    let first = index << within;
    let (tile_index, position) = (first / u64::from(WIDTH), (first % u64::from(WIDTH)) as usize);
    let width = width_at(tile_level, tile_index, size).ok_or(TileReadError::OutOfRange)?;
    let path = TilePath { level: Level::Hashes(tile_level), index: tile_index, width };
    let hashes = read(path).map_err(TileReadError::Read)?;
    if hashes.len() != usize::from(width) {
        return Err(TileReadError::Length(path));
    }
    hashes.get(position..position + (1 << within)).map(root_of_full).ok_or(TileReadError::Length(path))
}
