//! Labelled data sets made from reviewed documents.

use crate::{document::Failure, id::ExportId, time::Timestamp, words::words};

words! { ExportState { Queued = "QUEUED", Running = "RUNNING", Ready = "READY", Failed = "FAILED" } }

#[derive(Clone, Debug)]
pub struct Export {
    pub id: ExportId,
    pub state: ExportState,
    /// Only documents of this type; all types otherwise.
    pub type_name: Option<String>,
    pub requested_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    /// Documents in the data set, and documents left out, each with a reason in the manifest.
    pub exported: Option<u64>,
    pub rejected: Option<u64>,
    pub file: Option<ExportFile>,
    pub failure: Option<Failure>,
}

#[derive(Clone, Debug)]
pub struct ExportFile {
    pub sha256: String,
    pub byte_size: u64,
}
