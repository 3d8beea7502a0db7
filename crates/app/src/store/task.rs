//! Queues, tasks and their leases.

use domain::{
    id::{ActorId, DocumentId, OrganizationId, QueueId, TaskId},
    task::{Lease, Queue, Task, TaskState},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, Order, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait, LockBehavior, LockType, Query},
};
use uuid::Uuid;

use super::{
    entity::{queues, tasks},
    from_json, number, to_json, word,
};
use crate::{
    error::{Error, Result},
    unit::{Bookkeeping, Scope, Unit},
};

pub(crate) async fn insert_queue(unit: &mut Unit, id: QueueId, name: &str, type_name: &str) -> Result<()> {
    let row = queues::Model {
        id: id.0,
        organization_id: unit.actor().organization.0,
        name: name.to_owned(),
        type_name: type_name.to_owned(),
    };
    queues::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    Ok(())
}

/// The queue in which documents of a type wait.
pub(crate) async fn queue_of_type(scope: &Scope<'_>, type_name: &str) -> Result<QueueId> {
    let row = queues::Entity::find()
        .filter(queues::Column::OrganizationId.eq(scope.organization.0))
        .filter(queues::Column::TypeName.eq(type_name))
        .one(scope.connection())
        .await?;
    row.map(|row| QueueId(row.id)).ok_or(Error::NotFound)
}

#[derive(FromQueryResult)]
struct Waiting {
    queue_id: Uuid,
    state: String,
    count: i64,
    oldest: Option<i64>,
}

/// By name; all of the organization where `ids` is `None`.
pub(crate) async fn queues(scope: &Scope<'_>, ids: Option<&[QueueId]>) -> Result<Vec<Queue>> {
    let mut query = queues::Entity::find().filter(queues::Column::OrganizationId.eq(scope.organization.0));
    if let Some(ids) = ids {
        query = query.filter(queues::Column::Id.is_in(ids.iter().map(|id| id.0)));
    }
    let rows = query.order_by_asc(queues::Column::Name).all(scope.connection()).await?;
    let waiting: Vec<Waiting> = tasks::Entity::find()
        .select_only()
        .column(tasks::Column::QueueId)
        .column(tasks::Column::State)
        .column_as(tasks::Column::Id.count(), "count")
        .column_as(tasks::Column::CreatedAt.min(), "oldest")
        .filter(tasks::Column::OrganizationId.eq(scope.organization.0))
        .filter(tasks::Column::State.is_in([TaskState::Open.word(), TaskState::Claimed.word()]))
        .filter(tasks::Column::QueueId.is_in(rows.iter().map(|row| row.id)))
        .group_by(tasks::Column::QueueId)
        .group_by(tasks::Column::State)
        .into_model()
        .all(scope.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            let of = |state: TaskState| {
                waiting.iter().find(|waiting| waiting.queue_id == row.id && waiting.state == state.word())
            };
            Ok(Queue {
                id: QueueId(row.id),
                name: row.name.clone(),
                open_tasks: of(TaskState::Open).map_or(Ok(0), |waiting| number(waiting.count))?,
                claimed_tasks: of(TaskState::Claimed).map_or(Ok(0), |waiting| number(waiting.count))?,
                oldest_open: of(TaskState::Open).and_then(|waiting| waiting.oldest).map(Timestamp),
            })
        })
        .collect()
}

pub(crate) async fn insert(unit: &mut Unit, task: &Task) -> Result<()> {
    let row = tasks::Model {
        id: task.id.0,
        organization_id: unit.actor().organization.0,
        document_id: task.document.0,
        queue_id: task.queue.0,
        stage: number(task.stage)?,
        state: task.state.to_string(),
        priority: task.priority.into(),
        reasons: to_json(&task.reasons)?,
        lease_holder: None,
        lease_until: None,
        lease_token: 0,
        decision: None,
        decided_by: None,
        decided_at: None,
        waiting_since: task.waiting_since.millis(),
        created_at: task.created_at.millis(),
    };
    tasks::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    Ok(())
}

/// The open task that comes next: highest priority, then waiting longest. Locked, so that no other reviewer gets it; those
/// that others are just claiming are passed over.
pub(crate) async fn lock_next(unit: &mut Unit, queue: Option<QueueId>) -> Result<Option<Task>> {
    let mut query = tasks::Entity::find()
        .filter(tasks::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(tasks::Column::State.eq(TaskState::Open.word()));
    if let Some(queue) = queue {
        query = query.filter(tasks::Column::QueueId.eq(queue.0));
    }
    // What a reviewer escalated is for somebody else.
    let earlier = Alias::new("earlier");
    let decided_before = Query::select()
        .expr(Expr::val(1))
        .from_as(tasks::Entity, earlier.clone())
        .and_where(
            Expr::col((earlier.clone(), tasks::Column::DocumentId)).equals((tasks::Entity, tasks::Column::DocumentId)),
        )
        .and_where(Expr::col((earlier, tasks::Column::DecidedBy)).eq(unit.actor().id.0))
        .take();
    let next = query
        .filter(Expr::exists(decided_before).not())
        .order_by(tasks::Column::Priority, Order::Desc)
        .order_by_asc(tasks::Column::WaitingSince)
        .order_by_asc(tasks::Column::Id)
        .limit(1);
    let free =
        next.clone().lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(unit.connection()).await?;
    let row = match free {
        Some(row) => Some(row),
        // The last ones may be locked by calls that are about to give them up: wait for one rather than say that
        // nothing is there.
        None => next.lock_exclusive().one(unit.connection()).await?,
    };
    row.map(task).transpose()
}

pub(crate) async fn lock(unit: &mut Unit, id: TaskId) -> Result<Task> {
    let row = tasks::Entity::find_by_id(id.0)
        .filter(tasks::Column::OrganizationId.eq(unit.actor().organization.0))
        .lock_exclusive()
        .one(unit.connection())
        .await?;
    row.map(task).ok_or(Error::NotFound)?
}

/// Stores what a [locked](lock) task has become. The token only ever grows: a lease that ended keeps it.
pub(crate) async fn update(unit: &mut Unit, task: &Task) -> Result<()> {
    let lease = task.lease.as_ref();
    let mut update = tasks::Entity::update_many()
        .col_expr(tasks::Column::State, Expr::value(task.state.word()))
        .col_expr(tasks::Column::LeaseHolder, Expr::value(lease.map(|lease| lease.holder.0)))
        .col_expr(tasks::Column::LeaseUntil, Expr::value(lease.map(|lease| lease.until.millis())))
        .col_expr(tasks::Column::Decision, Expr::value(task.decision.map(|decision| decision.to_string())))
        .col_expr(tasks::Column::DecidedBy, Expr::value(task.decided_by.map(|actor| actor.0)))
        .col_expr(tasks::Column::WaitingSince, Expr::value(task.waiting_since.millis()))
        .col_expr(tasks::Column::DecidedAt, Expr::value(task.decided_at.map(Timestamp::millis)));
    if let Some(lease) = lease {
        update = update.col_expr(tasks::Column::LeaseToken, Expr::value(lease.token));
    }
    update
        .filter(tasks::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(tasks::Column::Id.eq(task.id.0))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// The token that the next lease of a task gets.
pub(crate) async fn next_token(unit: &mut Unit, id: TaskId) -> Result<i64> {
    let row = tasks::Entity::find_by_id(id.0).one(unit.connection()).await?;
    Ok(row.ok_or(Error::NotFound)?.lease_token + 1)
}

/// A heartbeat: true when `actor` still held the lease.
pub(crate) async fn extend_lease(
    bookkeeping: &mut Bookkeeping,
    organization: OrganizationId,
    actor: ActorId,
    id: TaskId,
    token: i64,
    until: Timestamp,
) -> Result<bool> {
    let updated = tasks::Entity::update_many()
        .col_expr(tasks::Column::LeaseUntil, Expr::value(until.millis()))
        .filter(tasks::Column::OrganizationId.eq(organization.0))
        .filter(tasks::Column::Id.eq(id.0))
        .filter(tasks::Column::State.eq(TaskState::Claimed.word()))
        .filter(tasks::Column::LeaseHolder.eq(actor.0))
        .filter(tasks::Column::LeaseToken.eq(token))
        .filter(tasks::Column::LeaseUntil.gt(bookkeeping.now().millis()))
        .exec(bookkeeping.connection())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Tasks that somebody holds, by id.
pub(crate) async fn held_by(scope: &Scope<'_>, holder: ActorId) -> Result<Vec<TaskId>> {
    let rows = tasks::Entity::find()
        .filter(tasks::Column::OrganizationId.eq(scope.organization.0))
        .filter(tasks::Column::LeaseHolder.eq(holder.0))
        .filter(tasks::Column::State.eq(TaskState::Claimed.word()))
        .order_by_asc(tasks::Column::Id)
        .all(scope.connection())
        .await?;
    Ok(rows.into_iter().map(|row| TaskId(row.id)).collect())
}

/// Claimed tasks of all organizations whose lease has ended.
pub(crate) async fn ended_leases(
    connection: &impl sea_orm::ConnectionTrait,
    now: Timestamp,
) -> Result<Vec<(OrganizationId, TaskId)>> {
    let rows = tasks::Entity::find()
        .filter(tasks::Column::LeaseUntil.lte(now.millis()))
        .filter(tasks::Column::State.eq(TaskState::Claimed.word()))
        .limit(100)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (OrganizationId(row.organization_id), TaskId(row.id))).collect())
}

pub(crate) async fn find(scope: &Scope<'_>, ids: &[TaskId]) -> Result<Vec<Task>> {
    find_where(scope, tasks::Column::Id.is_in(ids.iter().map(|id| id.0))).await
}

/// By document and stage.
pub(crate) async fn of_documents(scope: &Scope<'_>, of: &[DocumentId]) -> Result<Vec<Task>> {
    find_where(scope, tasks::Column::DocumentId.is_in(of.iter().map(|id| id.0))).await
}

async fn find_where(scope: &Scope<'_>, wanted: impl sea_orm::sea_query::IntoCondition) -> Result<Vec<Task>> {
    let rows = tasks::Entity::find()
        .filter(tasks::Column::OrganizationId.eq(scope.organization.0))
        .filter(wanted.into_condition())
        .order_by_asc(tasks::Column::DocumentId)
        .order_by_asc(tasks::Column::Stage)
        .all(scope.connection())
        .await?;
    rows.into_iter().map(task).collect()
}

fn task(row: tasks::Model) -> Result<Task> {
    let lease = match (row.lease_holder, row.lease_until) {
        (Some(holder), Some(until)) => {
            Some(Lease { holder: ActorId(holder), until: Timestamp(until), token: row.lease_token })
        }
        _ => None,
    };
    Ok(Task {
        id: TaskId(row.id),
        document: DocumentId(row.document_id),
        queue: QueueId(row.queue_id),
        stage: number(row.stage)?,
        state: word(&row.state)?,
        priority: number(row.priority)?,
        reasons: from_json(&row.reasons)?,
        lease,
        decision: row.decision.as_deref().map(word).transpose()?,
        decided_by: row.decided_by.map(ActorId),
        waiting_since: Timestamp(row.waiting_since),
        created_at: Timestamp(row.created_at),
        decided_at: row.decided_at.map(Timestamp),
    })
}
