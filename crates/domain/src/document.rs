//! Documents, their pages and the states they pass through.

use crate::{
    id::{BlobId, DocumentId, EventId, FileId, PageId, ReadingId},
    ppm::Ppm,
    reading::EngineVersion,
    time::Timestamp,
    words::words,
};

words! {
    DocumentState {
        Received = "RECEIVED",
        Reading = "READING",
        InReview = "IN_REVIEW",
        Accepted = "ACCEPTED",
        Rejected = "REJECTED",
        Failed = "FAILED",
        Erased = "ERASED",
    }
}

impl DocumentState {
    /// The ways between states; everything else is a conflict.
    pub fn can_become(self, next: DocumentState) -> bool {
        use DocumentState::*;
        matches!(
            (self, next),
            (Received, Reading)
                | (Reading, InReview | Accepted | Failed)
                | (InReview, Accepted | Rejected)
                | (Failed, Reading | InReview)
                | (Accepted, InReview)
        ) || (next == Erased && self != Erased)
    }
}

/// What the sender told about the moment of capture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    pub captured_at: Option<Timestamp>,
    pub device_id: Option<String>,
    pub source: Option<String>,
}

/// Why a document could not be read: a stable code, and a sentence that a person understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub code: String,
    pub message: String,
}

#[derive(Clone, Debug)]
pub struct Document {
    pub id: DocumentId,
    pub file: FileId,
    pub state: DocumentState,
    /// Grows with every change of content.
    pub version: u32,
    pub type_name: String,
    pub type_version: u32,
    pub file_name: Option<String>,
    pub media_type: String,
    pub byte_size: u64,
    pub priority: u8,
    pub capture: Capture,
    pub failure: Option<Failure>,
    /// Why the document as a whole goes to a person.
    pub reasons: Vec<crate::routing::Reason>,
    /// Accepted without a person.
    pub straight_through: bool,
    pub received_at: Timestamp,
    /// The law forbids to erase it before.
    pub retain_until: Option<Timestamp>,
    /// From when on it is erased by itself once it is settled.
    pub erase_after: Option<Timestamp>,
    /// Somebody forbade to erase it.
    pub hold: bool,
    /// The event that erased it.
    pub erased_by: Option<EventId>,
}

/// Why a document may not be erased now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EraseError {
    #[error("It is erased already")]
    ErasedAlready,
    #[error("It is on hold: lift the hold first")]
    OnHold,
    #[error("It has to be kept until {0}")]
    RetainedUntil(Timestamp),
}

impl EraseError {
    pub fn code(self) -> &'static str {
        match self {
            EraseError::ErasedAlready => "ERASED",
            EraseError::OnHold => "ON_HOLD",
            EraseError::RetainedUntil(_) => "RETAINED_UNTIL",
        }
    }
}

impl Document {
    /// # Errors
    /// What stands against erasing it at `now`.
    pub fn check_erasable(&self, now: Timestamp) -> Result<(), EraseError> {
        if self.state == DocumentState::Erased {
            return Err(EraseError::ErasedAlready);
        }
        if self.hold {
            return Err(EraseError::OnHold);
        }
        match self.retain_until {
            Some(until) if until > now => Err(EraseError::RetainedUntil(until)),
            _ => Ok(()),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Page {
    pub id: PageId,
    pub document: DocumentId,
    /// From 0.
    pub number: u32,
    /// Size of the upright image in pixels.
    pub width: u32,
    pub height: u32,
    pub image: BlobId,
}

/// A committed reading, without its lines.
#[derive(Clone, Debug)]
pub struct ReadingRecord {
    pub id: ReadingId,
    pub document: DocumentId,
    pub engine: EngineVersion,
    pub confidence: Ppm,
    pub lines: BlobId,
    pub read_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::DocumentState::{self, *};

    #[test]
    fn the_ways_between_states_are_those_of_the_design() {
        let mut ways = String::new();
        for from in DocumentState::ALL {
            let next: Vec<&str> =
                DocumentState::ALL.iter().filter(|to| from.can_become(**to)).map(|to| to.word()).collect();
            ways += &format!("{from} -> {}\n", next.join(", "));
        }
        insta::assert_snapshot!(ways);
        assert!(!Erased.can_become(Erased));
    }
}
