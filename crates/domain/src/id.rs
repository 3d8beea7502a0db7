//! Ids: opaque, global, typed, so that one noun's id cannot stand where another's is meant.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Time-ordered (UUID version 7, RFC 9562 §5.7), so that indexes stay compact.
            pub fn generate() -> $name {
                $name(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<$name, uuid::Error> {
                text.parse().map($name)
            }
        }
    )+ };
}

ids! {
    /// The tenant. [`OrganizationId::OPERATOR`] is the installation itself.
    OrganizationId
    UserId
    ServiceAccountId
    /// The random pseudonym under which an actor stands in the log; it names nobody by itself.
    ActorId
    SessionId
    BlobId
    FileId
    DocumentId
    PageId
    ReadingId
    FieldId
    FieldValueId
    QueueId
    TaskId
    JobId
    EventId
    ExportId
    AuditBundleId
    PreparedDecisionId
    DocumentTypeId
}

impl OrganizationId {
    /// Organization zero: the operator's own log.
    pub const OPERATOR: OrganizationId = OrganizationId(Uuid::nil());
}
