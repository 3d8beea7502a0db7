//! Claiming, keeping and giving back tasks.

use domain::{
    actor::Actor,
    event::Event,
    id::{ActorId, QueueId, TaskId},
    policy::Action,
    task::{Lease, ReleaseReason, Task, TaskState},
};

use super::{lease_lost, lock_held};
use crate::{
    App,
    error::{Error, InternalError, Result},
    idempotency::{IdempotencyKey, Once},
    permission::require,
    store::{document, task},
    unit::{Begun, Unit},
};

/// Leases the next open task of a queue, or of all, to the actor; `None` when nothing waits.
pub async fn claim_next_task(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    queue: Option<QueueId>,
) -> Result<Option<TaskId>> {
    require(app, actor, Action::Review).await?;
    let wanted = queue.map(|queue| queue.to_string()).unwrap_or_default();
    let once = Once::new("claim_next_task", &key, &[wanted.as_bytes()]);
    let mut unit = match app.begin_once(actor, &once).await? {
        Begun::Fresh(unit) => unit,
        Begun::Replayed(outcome) => {
            let id = outcome.parse().map_err(|_| InternalError::Stored("an outcome".into()))?;
            return Ok(Some(id));
        }
    };
    // Nothing to claim is no event, and the unit is dropped: the same key may be tried again.
    let Some(task) = task::lock_next(&mut unit, queue).await? else { return Ok(None) };
    claim(app, unit, task).await.map(Some)
}

/// Leases one open task to the actor, or gives back the lease that the actor has.
///
/// # Errors
/// Conflict `TASK_TAKEN` when another reviewer has it, `TASK_CLOSED` when it is over.
pub async fn claim_task(app: &App, actor: &Actor, key: IdempotencyKey, id: TaskId) -> Result<TaskId> {
    require(app, actor, Action::Review).await?;
    let once = Once::new("claim_task", &key, &[id.0.as_bytes()]);
    let Begun::Fresh(mut unit) = app.begin_once(actor, &once).await? else { return Ok(id) };
    let task = task::lock(&mut unit, id).await?;
    let stages = task::of_documents(&unit.scope(), &[task.document]).await?;
    if stages.iter().any(|stage| stage.decided_by == Some(actor.id)) {
        return Err(Error::conflict(
            "DECIDED_BEFORE",
            "You decided on this document before: this is for somebody else",
        ));
    }
    match (task.state, &task.lease) {
        (TaskState::Open, _) => claim(app, unit, task).await,
        (TaskState::Claimed, Some(lease)) if lease.holder == actor.id && lease.until > unit.now() => Ok(id),
        (TaskState::Claimed, _) => {
            Err(Error::conflict("TASK_TAKEN", "Another reviewer is working on this task: take another one"))
        }
        _ => Err(Error::conflict("TASK_CLOSED", format!("This task is over: it is {}", task.state))),
    }
}

async fn claim(app: &App, mut unit: Unit, mut task: Task) -> Result<TaskId> {
    let document = document::lock(&mut unit, task.document).await?;
    task.state = TaskState::Claimed;
    task.lease = Some(Lease {
        holder: unit.actor().id,
        until: unit.now().plus_seconds(app.settings().lease_seconds),
        token: task::next_token(&mut unit, task.id).await?,
    });
    task::update(&mut unit, &task).await?;
    unit.set_outcome(task.id);
    let event = Event::TaskClaimed { document: document.id, version: document.version, task: task.id };
    unit.commit(event, vec![]).await?;
    Ok(task.id)
}

/// A heartbeat.
///
/// # Errors
/// Conflict `LEASE_LOST`.
pub async fn renew_lease(app: &App, actor: &Actor, id: TaskId, token: i64) -> Result<TaskId> {
    require(app, actor, Action::Review).await?;
    let mut bookkeeping = app.bookkeeping().await?;
    let until = bookkeeping.now().plus_seconds(app.settings().lease_seconds);
    let held = task::extend_lease(&mut bookkeeping, actor.organization, actor.id, id, token, until).await?;
    bookkeeping.commit().await?;
    if held { Ok(id) } else { Err(lease_lost()) }
}

/// Gives a task back; it goes to the end of its queue.
pub async fn release_task(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    id: TaskId,
    token: i64,
    reason: ReleaseReason,
) -> Result<TaskId> {
    require(app, actor, Action::Review).await?;
    let parts: [&[u8]; 3] = [id.0.as_bytes(), &token.to_be_bytes(), reason.word().as_bytes()];
    let once = Once::new("release_task", &key, &parts);
    let Begun::Fresh(mut unit) = app.begin_once(actor, &once).await? else { return Ok(id) };
    let mut task = lock_held(&mut unit, id, token).await?;
    let document = document::lock(&mut unit, task.document).await?;
    reopen(&mut unit, &mut task).await?;
    let event = Event::TaskReleased { document: document.id, version: document.version, task: id, reason };
    unit.commit(event, vec![]).await?;
    Ok(id)
}

async fn reopen(unit: &mut Unit, task: &mut Task) -> Result<()> {
    task.state = TaskState::Open;
    task.lease = None;
    task.waiting_since = unit.now();
    task::update(unit, task).await
}

/// Opens the tasks again that somebody holds who is to hold none any more; what is to be recorded of that.
pub(crate) async fn end_leases_of(unit: &mut Unit, holder: ActorId) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    for id in task::held_by(&unit.scope(), holder).await? {
        let mut task = task::lock(unit, id).await?;
        if !matches!(&task.lease, Some(lease) if lease.holder == holder) {
            continue;
        }
        let document = document::lock(unit, task.document).await?;
        reopen(unit, &mut task).await?;
        events.push(Event::LeaseEnded { document: document.id, version: document.version, task: id, holder });
    }
    Ok(events)
}

/// Opens tasks again whose reviewer went silent.
pub(crate) async fn end_leases(app: &App) -> Result<()> {
    for (organization, id) in task::ended_leases(app.store().reader(), app.now()).await? {
        let mut unit = app.begin(&Actor::system(organization)).await?;
        let mut task = task::lock(&mut unit, id).await?;
        // A heartbeat or a release may have come between.
        let Some(lease) = task.lease.clone().filter(|lease| lease.until <= unit.now()) else { continue };
        let document = document::lock(&mut unit, task.document).await?;
        reopen(&mut unit, &mut task).await?;
        let (version, holder) = (document.version, lease.holder);
        unit.commit(Event::LeaseEnded { document: document.id, version, task: id, holder }, vec![]).await?;
    }
    Ok(())
}
