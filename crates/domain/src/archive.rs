//! What a job makes for somebody to take away: an export, a bundle.

use crate::words::words;

words! { ArchiveState { Queued = "QUEUED", Running = "RUNNING", Ready = "READY", Failed = "FAILED" } }

impl ArchiveState {
    /// Whether nothing more happens to it by itself.
    pub fn is_settled(self) -> bool {
        matches!(self, ArchiveState::Ready | ArchiveState::Failed)
    }
}

/// The file of one that is ready.
#[derive(Clone, Debug)]
pub struct ArchiveFile {
    pub sha256: String,
    pub byte_size: u64,
}
