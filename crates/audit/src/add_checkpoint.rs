//! The request body of a witness's `add-checkpoint`: C2SP tlog-witness. A bundle carries it as the proof that its
//! checkpoint continues an older one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::note::MAX_NOTE_BYTES;
use crate::proof_file::{decimal, decode_hash};
use crate::tree::Hash;

/// What a client may send at most.
pub const MAX_HASHES: usize = 63;

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
    /// Another form than the specification's, or more than [`MAX_HASHES`] hashes.
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
        let hashes: Vec<Hash> = lines
            .by_ref()
            .take(MAX_HASHES)
            .map(|line| decode_hash(line).ok_or(AddCheckpointError("a line of the proof is not 32 bytes in base64")))
            .collect::<Result<_, _>>()?;
        if lines.next().is_some() {
            return Err(AddCheckpointError("more than 63 hashes"));
        }
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
        for hash in &self.hashes {
            writeln!(f, "{}", STANDARD.encode(hash.0))?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}
