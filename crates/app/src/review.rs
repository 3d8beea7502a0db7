//! People at work: tasks under lease, changes of fields, decisions. Rows are locked task first, then document.

mod decision;
mod fields;
mod lease;

use domain::{
    actor::Actor,
    id::{DocumentId, QueueId, TaskId},
    policy::Action,
    task::{Queue, Task},
};

pub(crate) use decision::refuse_open_fields;
pub(crate) use lease::{end_leases, end_leases_of};
pub use {
    decision::{Verdict, decide_task, type_by_hand},
    fields::{FieldEdit, confirm_field, correct_field, mark_field},
    lease::{claim_next_task, claim_task, release_task, renew_lease},
};

use crate::{
    App,
    error::{Error, Result},
    permission::require,
    store::task,
    unit::Unit,
};

/// By name.
pub async fn queues(app: &App, actor: &Actor) -> Result<Vec<Queue>> {
    require(app, actor, Action::ReadTask).await?;
    task::queues(&app.scope(actor), None).await
}

pub async fn find_queues(app: &App, actor: &Actor, ids: &[QueueId]) -> Result<Vec<Queue>> {
    require(app, actor, Action::ReadTask).await?;
    task::queues(&app.scope(actor), Some(ids)).await
}

pub async fn find_tasks(app: &App, actor: &Actor, ids: &[TaskId]) -> Result<Vec<Task>> {
    require(app, actor, Action::ReadTask).await?;
    task::find(&app.scope(actor), ids).await
}

/// By document and stage.
pub async fn tasks_of(app: &App, actor: &Actor, documents: &[DocumentId]) -> Result<Vec<Task>> {
    require(app, actor, Action::ReadTask).await?;
    task::of_documents(&app.scope(actor), documents).await
}

/// Locks a task that the unit's actor holds under `token`.
///
/// # Errors
/// Conflict `LEASE_LOST` when it does not.
async fn lock_held(unit: &mut Unit, id: TaskId, token: i64) -> Result<Task> {
    let task = task::lock(unit, id).await?;
    if task.is_held(unit.actor().id, token, unit.now()) {
        return Ok(task);
    }
    Err(lease_lost())
}

pub(crate) fn lease_lost() -> Error {
    Error::conflict("LEASE_LOST", "Your time with this task has ended, so nothing was changed: claim the task again")
}
