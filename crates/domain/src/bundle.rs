//! Bundles: the log, or a part of it, cut out for auditors who verify it without us.

use crate::{
    archive::{ArchiveFile, ArchiveState},
    document::Failure,
    id::{ActorId, AuditBundleId, DocumentId},
    time::Timestamp,
    words::words,
};

words! {
    BundleKind { Log = "LOG", Document = "DOCUMENT", Period = "PERIOD", Actor = "ACTOR" }
}

/// Which leaves a bundle holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of them.
    Log,
    /// The chain of one document, complete up to the moment of the request.
    Document(DocumentId),
    /// What was recorded from `from` on and before `to`, without a gap.
    Period { from: Timestamp, to: Timestamp },
    /// What one actor did. That nothing is left out can't be proven.
    Actor(ActorId),
}

impl Extent {
    pub fn kind(self) -> BundleKind {
        match self {
            Extent::Log => BundleKind::Log,
            Extent::Document(_) => BundleKind::Document,
            Extent::Period { .. } => BundleKind::Period,
            Extent::Actor(_) => BundleKind::Actor,
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BundleRequest {
    pub extent: Extent,
    /// The size of an older checkpoint that the bundle's own is to be proven consistent with.
    pub since: Option<u64>,
    /// With the personal values that the leaves only name.
    pub disclosures: bool,
    /// With the uploaded files.
    pub documents: bool,
}

#[derive(Clone, Debug)]
pub struct AuditBundle {
    pub id: AuditBundleId,
    pub state: ArchiveState,
    pub request: BundleRequest,
    pub requested_by: ActorId,
    pub requested_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    /// Of the log under the bundle's checkpoint.
    pub size: Option<u64>,
    /// In the bundle.
    pub leaves: Option<u64>,
    pub file: Option<ArchiveFile>,
    pub failure: Option<Failure>,
}
