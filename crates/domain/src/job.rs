//! Slow work: what kinds there are, and what states it passes through.

use crate::words::words;

words! {
    JobKind { ReadDocument = "READ_DOCUMENT", RouteDocument = "ROUTE_DOCUMENT", BuildExport = "BUILD_EXPORT" }

    JobState { Ready = "READY", Running = "RUNNING", Done = "DONE", Dead = "DEAD" }
}
