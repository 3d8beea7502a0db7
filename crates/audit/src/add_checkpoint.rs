//! The request body of a witness's `add-checkpoint`: C2SP tlog-witness. A bundle carries it as the proof that its
//! checkpoint continues an older one.

use crate::note::MAX_NOTE_BYTES;
use crate::proof_file::{decimal, read_hashes, write_hashes};
use crate::tree::Hash;

/// An older size, the proof that leads from it to the checkpoint, and the checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    pub old: u64,
    /// RFC 6962, section 2.1.2; empty when `old` is 0 or the checkpoint's own size.
    pub hashes: Vec<Hash>,
    /// The signed note, verbatim.
    pub checkpoint: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the body of an add-checkpoint request: {0}")]
pub struct AddCheckpointError(pub &'static str);

impl AddCheckpoint {
    /// Reads what [`AddCheckpoint`] writes, and nothing else.
    ///
    /// # Errors
    /// Another form than the specification's, or more hashes than the tree can be high.
    pub fn parse(text: &str) -> Result<Self, AddCheckpointError> {
        if text.len() > MAX_NOTE_BYTES + 10_000 {
            return Err(AddCheckpointError("longer than a request can be"));
        }
        let (head, checkpoint) =
            text.split_once("\n\n").ok_or(AddCheckpointError("no empty line before the checkpoint"))?;
        let mut lines = head.split('\n');
        let old = lines
            .next()
            .and_then(|line| line.strip_prefix("old "))
            .and_then(decimal)
            .ok_or(AddCheckpointError("the old size is a decimal number without leading zeros"))?;
        let hashes = read_hashes(lines).map_err(AddCheckpointError)?;
        if old == 0 && !hashes.is_empty() {
            return Err(AddCheckpointError("a proof from size 0 is empty"));
        }
        if !checkpoint.ends_with('\n') {
            return Err(AddCheckpointError("the checkpoint does not end in a newline"));
        }
        Ok(Self { old, hashes, checkpoint: checkpoint.to_owned() })
    }
}

impl std::fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "old {}", self.old)?;
        write_hashes(f, &self.hashes)?;
        write!(f, "\n{}", self.checkpoint)
    }
}
