//! The Merkle tree over the leaves: RFC 6962, section 2.1, as restated in RFC 9162, section 2.1.
//!
//! A node is named by its level (leaves are level 0) and its index within the level: node (l, i) is the root of the
//! 2^l leaves from i·2^l on. Only such complete subtrees are ever stored or read; the ragged right side is computed.

mod edge;
mod proof;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

pub use edge::{EdgeError, RightEdge};
pub use proof::{
    ProofError, consistency_proof, inclusion_proof, root_from_nodes, verify_consistency, verify_inclusion,
};

crate::digest::hash_type! {
    /// A leaf or a node of the tree, or its root.
    Hash
}

impl Hash {
    /// In the standard base64 of RFC 4648, section 4, as notes and proofs write hashes.
    pub(crate) fn to_base64(self) -> String {
        STANDARD.encode(self.0)
    }

    pub(crate) fn from_base64(text: &str) -> Option<Self> {
        STANDARD.decode(text).ok().and_then(|bytes| Self::try_from(bytes.as_slice()).ok())
    }
}

/// `SHA-256(0x00 ‖ bytes)`
#[must_use]
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0x00]).chain_update(bytes).finalize().into())
}

/// `SHA-256(0x01 ‖ left ‖ right)`
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(Sha256::new().chain_update([0x01]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// The root of the tree without leaves: `SHA-256()`.
#[must_use]
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}
