//! Slow work: what kinds there are, and what states it passes through.

use crate::words::words;

words! {
    JobKind {
        ReadDocument = "READ_DOCUMENT",
        RouteDocument = "ROUTE_DOCUMENT",
        BuildExport = "BUILD_EXPORT",
        BuildAuditBundle = "BUILD_AUDIT_BUNDLE",
        /// Mails a receipt of a decision to who made it.
        SendReceipt = "SEND_RECEIPT",
        /// Mails the newest checkpoint to somebody who keeps it.
        SendCheckpoint = "SEND_CHECKPOINT",
    }

    JobState { Ready = "READY", Running = "RUNNING", Done = "DONE", Dead = "DEAD" }
}
