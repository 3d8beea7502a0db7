//! Documents are erased on request or by the policy of their type, unless the law or a hold forbids it.

use domain::{actor::Actor, document::EraseError, event::Event, id::DocumentId, policy::Action, task::TaskState};

use super::{check_reason, clear, erased};
use crate::{
    App,
    error::{Error, Result},
    idempotency::{IdempotencyKey, Once},
    ledger::Owner,
    permission::require,
    store::{disclosure, document, erasure, task},
    unit::{Begun, Unit},
};

/// Documents that one look of [`erase_by_policy`] erases.
const ERASED_A_LOOK: u64 = 20;

/// Erases what a document says: its file, pages, reading, values, and what the log keeps beside its leaves.
///
/// # Errors
/// `REASON_MISSING`, `REASON_TOO_LONG`; conflicts `RETAINED_UNTIL` (with the time), `ON_HOLD`, `ERASED`.
pub async fn erase_document(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    id: DocumentId,
    reason: &str,
) -> Result<DocumentId> {
    require(app, actor, Action::ErasePersonal).await?;
    let reason = check_reason(reason)?;
    let once = Once::new("erase_document", &key, &[id.0.as_bytes(), reason.as_bytes()]);
    let Begun::Fresh(unit) = app.begin_once(actor, &once).await? else { return Ok(id) };
    erase(app, unit, id, "REQUESTED", Some(reason)).await?;
    Ok(id)
}

/// Erases documents whose type says so, some at a time.
pub(crate) async fn erase_by_policy(app: &App) -> Result<()> {
    for (organization, id) in erasure::due(app.store().reader(), app.now(), ERASED_A_LOOK).await? {
        let unit = app.begin(&Actor::system(organization)).await?;
        match erase(app, unit, id, "ERASE_AFTER_DAYS", None).await {
            // It was taken up again, held or erased since the look.
            Err(Error::Conflict { .. }) => {}
            outcome => outcome?,
        }
    }
    Ok(())
}

async fn erase(app: &App, mut unit: Unit, id: DocumentId, policy: &str, reason: Option<String>) -> Result<()> {
    let organization = unit.actor().organization;
    cancel_tasks(&mut unit, id).await?;
    let document = document::lock(&mut unit, id).await?;
    document.check_erasable(unit.now()).map_err(refused)?;
    refuse_open_tasks(&unit, id).await?;
    let version = document.version + 1;
    let digests = disclosure::erase(&mut unit, &Owner::document(id)).await?;
    let mut freed = erasure::document(&mut unit, id, version).await?;
    // Copies that were made of it here.
    freed.extend(erasure::exports(&mut unit, &document.type_name).await?);
    freed.extend(erasure::bundles(&mut unit).await?);
    let event = Event::DocumentErased { document: id, version, erased: erased(policy, reason, digests) };
    unit.commit(event, vec![]).await?;
    metrics::counter!("countersign_documents_erased_total", "policy" => policy.to_owned()).increment(1);
    clear(app, organization, freed).await;
    Ok(())
}

fn refused(error: EraseError) -> Error {
    Error::conflict(error.code(), error.to_string())
}

/// Locks the tasks of a document and ends those that wait; before the document, as everywhere.
async fn cancel_tasks(unit: &mut Unit, id: DocumentId) -> Result<()> {
    let mut tasks = task::of_documents(&unit.scope(), &[id]).await?;
    tasks.sort_by_key(|task| task.id);
    for found in tasks {
        let mut task = task::lock(unit, found.id).await?;
        if matches!(task.state, TaskState::Open | TaskState::Claimed) {
            task.state = TaskState::Cancelled;
            task.lease = None;
            task::update(unit, &task).await?;
        }
    }
    Ok(())
}

/// A decision that ended before this unit had its locks may have opened another task.
async fn refuse_open_tasks(unit: &Unit, id: DocumentId) -> Result<()> {
    let tasks = task::of_documents(&unit.scope(), &[id]).await?;
    if tasks.iter().any(|task| matches!(task.state, TaskState::Open | TaskState::Claimed)) {
        return Err(Error::conflict("DOCUMENT_CHANGED", "The document changed this very moment: try again"));
    }
    Ok(())
}

/// Forbids to erase a document, or lifts that.
///
/// # Errors
/// `REASON_MISSING`, `REASON_TOO_LONG`; conflict `ERASED`.
pub async fn set_hold(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    id: DocumentId,
    on: bool,
    reason: &str,
) -> Result<DocumentId> {
    require(app, actor, Action::ErasePersonal).await?;
    let reason = check_reason(reason)?;
    let once = Once::new("set_hold", &key, &[id.0.as_bytes(), &[on.into()], reason.as_bytes()]);
    let Begun::Fresh(mut unit) = app.begin_once(actor, &once).await? else { return Ok(id) };
    let document = document::lock(&mut unit, id).await?;
    if document.erased_by.is_some() {
        return Err(refused(EraseError::ErasedAlready));
    }
    document::set_hold(&mut unit, id, on).await?;
    unit.commit(Event::HoldSet { document: id, version: document.version, on, reason }, vec![]).await?;
    Ok(id)
}
