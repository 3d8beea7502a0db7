//! Slow work: what kinds there are, and what states it passes through.

use crate::words::words;

words! {
    JobKind {
        ReadDocument = "READ_DOCUMENT",
        RouteDocument = "ROUTE_DOCUMENT",
        BuildExport = "BUILD_EXPORT",
        BuildAuditBundle = "BUILD_AUDIT_BUNDLE",
    }

    JobState { Ready = "READY", Running = "RUNNING", Done = "DONE", Dead = "DEAD" }
}
