//! Labelled data sets made from reviewed documents.

use crate::{
    archive::{ArchiveFile, ArchiveState},
    document::Failure,
    id::ExportId,
    time::Timestamp,
};

#[derive(Clone, Debug)]
pub struct Export {
    pub id: ExportId,
    pub state: ArchiveState,
    /// Only documents of this type; all types otherwise.
    pub type_name: Option<String>,
    pub requested_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    /// Documents in the data set, and documents left out, each with a reason in the manifest.
    pub exported: Option<u64>,
    pub rejected: Option<u64>,
    pub file: Option<ArchiveFile>,
    pub failure: Option<Failure>,
}
