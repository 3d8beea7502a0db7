//! A proof that a leaf is in a log, as one text that can be kept and checked offline: C2SP tlog-proof.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::Checkpoint;
use crate::note::MAX_NOTE_BYTES;
use crate::tree::{Hash, ProofError, verify_inclusion};

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";

/// A tree of 2^63 leaves is 63 nodes high.
pub const MAX_HASHES: usize = 63;

/// The longest text that is read, in bytes: a checkpoint of the greatest length, and 64 KiB of extra data in base64.
pub const MAX_PROOF_BYTES: usize = MAX_NOTE_BYTES + 100_000;

/// The parts of a `.tlog-proof`. None of them counts before the checkpoint was opened with a trusted key and
/// [`verify_inclusion`] holds for its root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofFile {
    /// Opaque and not authenticated; a receipt carries the leaf's bytes here, whose hash the proof then confirms.
    pub extra: Option<Vec<u8>>,
    pub index: u64,
    /// From the leaf's sibling up to the root's child.
    pub hashes: Vec<Hash>,
    /// The signed note, verbatim.
    pub checkpoint: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a transparency log proof: {0}")]
pub struct ProofFileError(pub &'static str);

impl ProofFile {
    /// Reads what [`ProofFile`] writes, and nothing else.
    ///
    /// # Errors
    /// Another form than the specification's, more than [`MAX_HASHES`] hashes or [`MAX_PROOF_BYTES`] bytes.
    pub fn parse(text: &str) -> Result<Self, ProofFileError> {
        if text.len() > MAX_PROOF_BYTES {
            return Err(ProofFileError("longer than a proof can be"));
        }
        let (head, checkpoint) =
            text.split_once("\n\n").ok_or(ProofFileError("no empty line before the checkpoint"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(FIRST_LINE) {
            return Err(ProofFileError("the first line is not c2sp.org/tlog-proof@v1"));
        }
        let mut line = lines.next();
        let extra = line.and_then(|line| line.strip_prefix("extra ")).map(decode).transpose()?;
        if extra.is_some() {
            line = lines.next();
        }
        let index = line
            .and_then(|line| line.strip_prefix("index "))
            .and_then(decimal)
            .ok_or(ProofFileError("the index is a decimal number without leading zeros"))?;
        let hashes = read_hashes(lines).map_err(ProofFileError)?;
        if checkpoint.is_empty() {
            return Err(ProofFileError("no checkpoint"));
        }
        Ok(Self { extra, index, hashes, checkpoint: checkpoint.to_owned() })
    }

    /// Whether `leaf` stands at this index under `checkpoint`, which the caller opened from this file's.
    ///
    /// # Errors
    /// As [`verify_inclusion`].
    pub fn verify(&self, leaf: &Hash, checkpoint: &Checkpoint) -> Result<(), ProofError> {
        verify_inclusion(leaf, self.index, checkpoint.size, &self.hashes, &checkpoint.root)
    }
}

impl std::fmt::Display for ProofFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{FIRST_LINE}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        write_hashes(f, &self.hashes)?;
        write!(f, "\n{}", self.checkpoint)
    }
}

fn decode(base64: &str) -> Result<Vec<u8>, ProofFileError> {
    STANDARD.decode(base64).map_err(|_| ProofFileError("the extra data is not base64"))
}

/// The hashes of a proof, one a line.
pub(crate) fn read_hashes<'a>(mut lines: impl Iterator<Item = &'a str>) -> Result<Vec<Hash>, &'static str> {
    let read = |line| Hash::from_base64(line).ok_or("a line of the proof is not 32 bytes in base64");
    let hashes = lines.by_ref().take(MAX_HASHES).map(read).collect::<Result<_, _>>()?;
    if lines.next().is_some() { Err("more than 63 hashes") } else { Ok(hashes) }
}

pub(crate) fn write_hashes(f: &mut std::fmt::Formatter<'_>, hashes: &[Hash]) -> std::fmt::Result {
    hashes.iter().try_for_each(|hash| writeln!(f, "{}", hash.to_base64()))
}

/// ASCII digits without a sign and without leading zeros.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    text.parse::<u64>().ok().filter(|number| number.to_string() == text)
}
