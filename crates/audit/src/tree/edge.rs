//! What must be kept of a tree to append to it: the roots of its complete subtrees, from left to right.

use super::{Hash, empty_root, node_hash};

/// A compact range from leaf 0: one hash for each one-bit of the size, the largest subtree first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RightEdge {
    size: u64,
    peaks: Vec<Hash>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EdgeError {
    #[error("a right edge is 8 bytes of size and 32 bytes for each one-bit of the size")]
    Length,
    #[error("a log holds at most 9007199254740991 leaves")]
    TooLarge,
}

impl RightEdge {
    /// A size is written as an integer of the canonical profile, so it stays within it.
    pub const MAX_SIZE: u64 = (1 << 53) - 1;

    /// The edge of the empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(&last) = peaks.next() else { return empty_root() };
        peaks.fold(last, |right, left| node_hash(left, &right))
    }

    pub fn append(&mut self, leaf: Hash) {
        self.append_visiting(leaf, |_, _, _| {});
    }

    /// Appends, and shows each node that is complete from now on as (level, index, hash), the leaf first: what a
    /// store of nodes has to add.
    pub fn append_visiting(&mut self, leaf: Hash, mut completed: impl FnMut(u8, u64, Hash)) {
        let (mut level, mut index, mut hash) = (0, self.size, leaf);
        completed(level, index, hash);
        while index & 1 == 1
            && let Some(left) = self.peaks.pop()
        {
            hash = node_hash(&left, &hash);
            level += 1;
            index >>= 1;
            completed(level, index, hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The size in 8 bytes, big-endian, then the hashes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        bytes.extend(self.peaks.iter().flat_map(|peak| peak.0));
        bytes
    }

    /// Reads what [`RightEdge::to_bytes`] wrote. Whether it is the edge of the right tree only its root can tell.
    ///
    /// # Errors
    /// Another length than the size demands, or a size beyond [`RightEdge::MAX_SIZE`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EdgeError> {
        let (size, hashes) = bytes.split_first_chunk::<8>().ok_or(EdgeError::Length)?;
        let size = u64::from_be_bytes(*size);
        let (hashes, rest) = hashes.as_chunks::<32>();
        if size > Self::MAX_SIZE {
            return Err(EdgeError::TooLarge);
        }
        if !rest.is_empty() || u32::try_from(hashes.len()) != Ok(size.count_ones()) {
            return Err(EdgeError::Length);
        }
        Ok(Self { size, peaks: hashes.iter().copied().map(Hash).collect() })
    }
}
