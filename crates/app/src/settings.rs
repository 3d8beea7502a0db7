use std::path::PathBuf;

use crate::{Clock, KeySettings, privacy::RecordViews};

/// What the application is told at its start. Every limit is one of these.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite://PATH?mode=rwc` or `postgres://…`.
    pub database_url: String,
    pub database_connections: u32,
    /// Blobs, keys and last-signed heads live below it.
    pub data: PathBuf,
    /// Names the logs, for ever; a random installation id where there is none.
    pub host: Option<String>,
    /// What opens the key ring.
    pub keys: KeySettings,
    /// Whether this node signs: with heads in files, exactly one does.
    pub checkpointer: bool,
    /// Names this node in leaves.
    pub node: String,
    /// Folder of the OCR pack; without one, nothing can be read.
    pub pack: Option<PathBuf>,
    /// Pages decoded and read at once, and threads for each.
    pub readers: usize,
    pub reader_threads: usize,
    /// Turns hostile bytes into page images, in a process of its own.
    pub decoder: pages::child::Decoder,
    /// Largest file taken, in bytes.
    pub upload_bytes: u64,
    /// How long a reviewer may be silent before a task goes back.
    pub lease_seconds: i64,
    /// How long a worker may be silent before its job is given to another, and how often a job is tried.
    pub job_lease_seconds: i64,
    pub job_attempts: u32,
    /// How often logs that grew are signed.
    pub checkpoint_millis: u64,
    /// Pause between two chunks of 500 leaves that the scrubber reads again.
    pub scrub_pause_millis: u64,
    pub session_hours: i64,
    /// Whose documents' viewers are recorded.
    pub record_views: RecordViews,
    /// How long a prepared statement may wait for its signature.
    pub statement_seconds: i64,
    /// How long a statement waits for the events before it to have their places in the log.
    pub statement_wait_millis: u64,
    /// `None` where no mail is sent.
    pub mail: Option<crate::MailSettings>,
    pub clock: Clock,
}
