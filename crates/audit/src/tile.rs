//! The tree as files: C2SP tlog-tiles.
//!
//! A hash tile holds up to 256 consecutive nodes of one level of the tree, 8 levels of the tree apart from the next
//! tile level; an entry bundle holds the leaves under a tile of level 0. Full ones never change, and of each level at
//! most the last one is partial, so a tree of a given size has exactly one set of them.

mod builder;
mod path;

pub use builder::{Tile, TileBuilder, TileReadError, node_from_tiles};
pub use path::{Level, TilePath, TilePathError};

use crate::leaf::MAX_BYTES;
use crate::tree::Hash;

/// Hashes in a full tile, leaves in a full entry bundle.
pub const WIDTH: u16 = 256;

/// Levels of the tree in one tile: 2^8 = [`WIDTH`].
pub const HEIGHT: u8 = 8;

/// The longest entry bundle, in bytes: each of 256 entries has its length in two bytes before it.
pub const MAX_ENTRIES_BYTES: usize = WIDTH as usize * (2 + MAX_BYTES);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    #[error("a tile of {width} hashes has {} bytes", usize::from(*width) * 32)]
    HashesLength { width: u16 },
    #[error("an entry has at most 65535 bytes")]
    EntryTooLong,
    #[error("the entry bundle ends within an entry")]
    EntryCut,
    #[error("the entry bundle does not hold {width} entries")]
    EntryCount { width: u16 },
}

/// The bytes of a hash tile: the hashes one after the other.
#[must_use]
pub fn encode_hashes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

/// # Errors
/// [`TileError::HashesLength`] for anything but `width` hashes.
pub fn parse_hashes(bytes: &[u8], width: u16) -> Result<Vec<Hash>, TileError> {
    match bytes.as_chunks::<32>() {
        (hashes, []) if hashes.len() == usize::from(width) => Ok(hashes.iter().copied().map(Hash).collect()),
        _ => Err(TileError::HashesLength { width }),
    }
}

/// The bytes of an entry bundle: each entry after its length in 16 bits, big-endian.
///
/// # Errors
/// [`TileError::EntryTooLong`]
pub fn encode_entries<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, TileError> {
    let mut bytes = Vec::new();
    for entry in entries {
        let length = u16::try_from(entry.len()).map_err(|_| TileError::EntryTooLong)?;
        bytes.extend(length.to_be_bytes());
        bytes.extend(entry);
    }
    Ok(bytes)
}

/// # Errors
/// Bytes that are not exactly `width` entries.
pub fn parse_entries(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, TileError> {
    let (mut entries, mut rest) = (Vec::with_capacity(usize::from(width)), bytes);
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        if entries.len() == usize::from(width) {
            return Err(TileError::EntryCount { width });
        }
        let (entry, after) =
            after.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or(TileError::EntryCut)?;
        entries.push(entry);
        rest = after;
    }
    match (rest, entries.len() == usize::from(width)) {
        ([], true) => Ok(entries),
        ([], false) => Err(TileError::EntryCount { width }),
        _ => Err(TileError::EntryCut),
    }
}
