//! What reading a log ends with.

use super::BreakCode;
use crate::tree::Hash;

/// The first thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} at index {index}: {message}")]
pub struct Break {
    pub code: BreakCode,
    /// The leaf; where only a range of leaves can be named, the first of it.
    pub index: u64,
    /// Plain words for the auditor, without any content of a leaf.
    pub message: String,
}

/// Where a checkpoint was kept, which says what it means when the log does not lead to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Custody {
    /// Beside the log: the log was changed, or its tail is missing.
    Stored,
    /// By the auditor, a witness, a receipt, outside the operator's reach: history was forked or rolled back.
    Pinned,
}

/// What a log that holds amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub size: u64,
    pub root: Hash,
    /// The size of the largest checkpoint that was met: leaves from here on are not signed yet.
    pub signed: u64,
}

impl Custody {
    pub(super) fn differs(self) -> BreakCode {
        match self {
            Self::Stored => BreakCode::RootMismatch,
            Self::Pinned => BreakCode::Fork,
        }
    }

    pub(super) fn short(self) -> BreakCode {
        match self {
            Self::Stored => BreakCode::SizeShort,
            Self::Pinned => BreakCode::Rollback,
        }
    }
}
