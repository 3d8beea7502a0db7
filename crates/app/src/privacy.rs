//! Personal data and its end: who looked at what, what must not be erased, and erasing. The log keeps its leaves; what
//! is personal stands beside them, sealed under the key of whom it speaks of, and goes with that key.

mod document;
mod person;
mod view;

use audit::Digest;
use domain::{
    event::Erased,
    id::{BlobId, OrganizationId},
};
use sha2::{Digest as _, Sha256};

pub(crate) use self::{
    document::erase_by_policy,
    view::{Views, forget_views, record_views},
};
pub use self::{
    document::{erase_document, set_hold},
    person::erase_person,
    view::RecordViews,
};
use crate::{
    App,
    error::{Error, Result},
    reason,
};

fn check_reason(text: &str) -> Result<String> {
    let said = text.trim();
    if said.is_empty() {
        return Err(Error::invalid("REASON_MISSING", "Say why"));
    }
    reason::check_length(said)?;
    Ok(said.to_owned())
}

/// What is recorded of an erasure: enough that no more than this can be called erased later.
fn erased(policy: &str, reason: Option<String>, mut digests: Vec<Vec<u8>>) -> Erased {
    digests.sort_unstable();
    Erased {
        policy: policy.to_owned(),
        reason,
        count: digests.len() as u64,
        digests_sha256: Digest(Sha256::digest(digests.concat()).into()).to_string(),
    }
}

/// Removes objects that have lost their rows, and the bytes of rows. What fails here, or is cut off by a crash, is
/// swept later.
async fn clear(app: &App, organization: OrganizationId, freed: Vec<BlobId>) {
    for blob in freed {
        if let Err(error) = app.blobs().delete(organization, blob).await {
            tracing::warn!(%error, "an erased object was not removed; the sweep does it");
        }
    }
    if let Err(error) = app.store().clear_erased().await {
        tracing::warn!(%error, "the write-ahead log was not cleared; its next checkpoint does it");
    }
}
