//! Jobs: enqueued in the transaction that causes them, claimed under a lease with a fencing token.

use domain::{
    id::{JobId, OrganizationId},
    job::{JobKind, JobState},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, Order, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use uuid::Uuid;

use super::{entity::jobs, number, word};
use crate::{
    error::Result,
    jobs::Claim,
    unit::{Bookkeeping, Scope, Unit},
};

/// The job exists when the unit commits, and not otherwise.
pub(crate) async fn enqueue(unit: &mut Unit, kind: JobKind, subject: Uuid, priority: u8) -> Result<JobId> {
    let id = JobId::generate();
    let row = row(id, unit.actor().organization, kind, subject, priority, unit.now());
    jobs::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    unit.wake_workers();
    Ok(id)
}

/// Enqueues a job under a name of its own, unless it was before, by whichever server.
pub(crate) async fn enqueue_named(
    bookkeeping: &mut Bookkeeping,
    id: JobId,
    organization: OrganizationId,
    kind: JobKind,
    subject: Uuid,
) -> Result<()> {
    let row = row(id, organization, kind, subject, 0, bookkeeping.now());
    jobs::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(bookkeeping.connection())
        .await?;
    Ok(())
}

fn row(
    id: JobId,
    organization: OrganizationId,
    kind: JobKind,
    subject: Uuid,
    priority: u8,
    now: Timestamp,
) -> jobs::Model {
    // What is read already comes before what is only to be read: a reviewer waits for it.
    let rank = if kind == JobKind::ReadDocument { 0 } else { i32::from(crate::intake::MAX_PRIORITY) + 1 };
    jobs::Model {
        id: id.0,
        organization_id: organization.0,
        kind: kind.word().to_owned(),
        subject_id: subject,
        state: JobState::Ready.word().to_owned(),
        priority: rank + i32::from(priority),
        run_at: now.millis(),
        attempts: 0,
        token: 0,
        lease_until: None,
        last_error: None,
        created_at: now.millis(),
        finished_at: None,
    }
}

/// Takes the job that comes next. The claim counts as an attempt at once, so that a crash counts too.
pub(crate) async fn claim(bookkeeping: &mut Bookkeeping, kinds: &[JobKind], lease: i64) -> Result<Option<Claim>> {
    let now = bookkeeping.now();
    let row = jobs::Entity::find()
        .filter(jobs::Column::State.eq(JobState::Ready.word()))
        .filter(jobs::Column::RunAt.lte(now.millis()))
        .filter(jobs::Column::Kind.is_in(kinds.iter().map(|kind| kind.word())))
        .order_by(jobs::Column::Priority, Order::Desc)
        .order_by_asc(jobs::Column::RunAt)
        .order_by_asc(jobs::Column::Id)
        .limit(1)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(bookkeeping.connection())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let claim = Claim {
        id: JobId(row.id),
        organization: OrganizationId(row.organization_id),
        kind: word(&row.kind)?,
        subject: row.subject_id,
        enqueued_at: Timestamp(row.created_at),
        attempt: number(row.attempts + 1)?,
        token: row.token + 1,
    };
    jobs::Entity::update_many()
        .col_expr(jobs::Column::State, Expr::value(JobState::Running.word()))
        .col_expr(jobs::Column::Attempts, Expr::value(row.attempts + 1))
        .col_expr(jobs::Column::Token, Expr::value(claim.token))
        .col_expr(jobs::Column::LeaseUntil, Expr::value(now.plus_seconds(lease).millis()))
        .filter(jobs::Column::Id.eq(row.id))
        .exec(bookkeeping.connection())
        .await?;
    Ok(Some(claim))
}

/// A heartbeat of a running job; false when another worker has it by now.
pub(crate) async fn extend(bookkeeping: &mut Bookkeeping, claim: &Claim, lease: i64) -> Result<bool> {
    let until = bookkeeping.now().plus_seconds(lease).millis();
    let updated =
        held(claim).col_expr(jobs::Column::LeaseUntil, Expr::value(until)).exec(bookkeeping.connection()).await?;
    Ok(updated.rows_affected == 1)
}

/// Ends the job in the transaction of its effect, so that both happen or neither; false when another worker has
/// it by now, and the unit must be dropped.
pub(crate) async fn finish(unit: &mut Unit, claim: &Claim) -> Result<bool> {
    let updated = held(claim)
        .col_expr(jobs::Column::State, Expr::value(JobState::Done.word()))
        .col_expr(jobs::Column::FinishedAt, Expr::value(unit.now().millis()))
        .col_expr(jobs::Column::LeaseUntil, Expr::value(None::<i64>))
        .exec(unit.connection())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Ends a job that turned out to have nothing to do.
pub(crate) async fn settle(bookkeeping: &mut Bookkeeping, claim: &Claim) -> Result<()> {
    held(claim)
        .col_expr(jobs::Column::State, Expr::value(JobState::Done.word()))
        .col_expr(jobs::Column::FinishedAt, Expr::value(bookkeeping.now().millis()))
        .exec(bookkeeping.connection())
        .await?;
    Ok(())
}

/// Puts a job back that has to wait, as if it had not been tried.
pub(crate) async fn postpone(bookkeeping: &mut Bookkeeping, claim: &Claim, run_at: Timestamp) -> Result<()> {
    held(claim)
        .col_expr(jobs::Column::State, Expr::value(JobState::Ready.word()))
        .col_expr(jobs::Column::RunAt, Expr::value(run_at.millis()))
        .col_expr(jobs::Column::LeaseUntil, Expr::value(None::<i64>))
        .col_expr(jobs::Column::Attempts, Expr::value(number::<i32, _>(claim.attempt)? - 1))
        .exec(bookkeeping.connection())
        .await?;
    Ok(())
}

/// Puts a job that failed back for `run_at`, or among the dead when there is none.
pub(crate) async fn fail(
    bookkeeping: &mut Bookkeeping,
    claim: &Claim,
    error: &str,
    run_at: Option<Timestamp>,
) -> Result<()> {
    let now = bookkeeping.now();
    let state = if run_at.is_some() { JobState::Ready } else { JobState::Dead };
    held(claim)
        .col_expr(jobs::Column::State, Expr::value(state.word()))
        .col_expr(jobs::Column::RunAt, Expr::value(run_at.unwrap_or(now).millis()))
        .col_expr(jobs::Column::LeaseUntil, Expr::value(None::<i64>))
        .col_expr(jobs::Column::LastError, Expr::value(error))
        .col_expr(jobs::Column::FinishedAt, Expr::value(run_at.is_none().then_some(now.millis())))
        .exec(bookkeeping.connection())
        .await?;
    Ok(())
}

fn held(claim: &Claim) -> sea_orm::UpdateMany<jobs::Entity> {
    jobs::Entity::update_many()
        .filter(jobs::Column::Id.eq(claim.id.0))
        .filter(jobs::Column::State.eq(JobState::Running.word()))
        .filter(jobs::Column::Token.eq(claim.token))
}

/// Jobs whose worker went silent, as claims under the silent worker's token.
pub(crate) async fn abandoned(bookkeeping: &mut Bookkeeping) -> Result<Vec<Claim>> {
    let rows = jobs::Entity::find()
        .filter(jobs::Column::State.eq(JobState::Running.word()))
        .filter(jobs::Column::LeaseUntil.lte(bookkeeping.now().millis()))
        .limit(100)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(bookkeeping.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Claim {
                id: JobId(row.id),
                organization: OrganizationId(row.organization_id),
                kind: word(&row.kind)?,
                subject: row.subject_id,
                enqueued_at: Timestamp(row.created_at),
                attempt: number(row.attempts)?,
                token: row.token,
            })
        })
        .collect()
}

/// A job that was given up.
pub struct DeadJob {
    pub id: JobId,
    pub kind: JobKind,
    /// The document, export, bundle, event or recipient that it is about.
    pub subject: Uuid,
    pub attempts: u32,
    /// Of its last attempt.
    pub error: String,
    pub finished_at: Timestamp,
}

/// The jobs of an organization that were given up, newest first.
pub(crate) async fn dead(scope: &Scope<'_>) -> Result<Vec<DeadJob>> {
    let rows = jobs::Entity::find()
        .filter(jobs::Column::OrganizationId.eq(scope.organization.0))
        .filter(jobs::Column::State.eq(JobState::Dead.word()))
        .order_by(jobs::Column::FinishedAt, Order::Desc)
        .limit(200)
        .all(scope.connection())
        .await?;
    let job = |row: jobs::Model| {
        Ok(DeadJob {
            id: JobId(row.id),
            kind: word(&row.kind)?,
            subject: row.subject_id,
            attempts: number(row.attempts)?,
            error: row.last_error.unwrap_or_default(),
            finished_at: Timestamp(row.finished_at.unwrap_or(row.created_at)),
        })
    };
    rows.into_iter().map(job).collect()
}

/// Puts a job that was given up back, to be tried as often as a new one; false when there is none of this id.
pub(crate) async fn revive(bookkeeping: &mut Bookkeeping, organization: OrganizationId, id: JobId) -> Result<bool> {
    let updated = jobs::Entity::update_many()
        .col_expr(jobs::Column::State, Expr::value(JobState::Ready.word()))
        .col_expr(jobs::Column::Attempts, Expr::value(0))
        .col_expr(jobs::Column::RunAt, Expr::value(bookkeeping.now().millis()))
        .col_expr(jobs::Column::FinishedAt, Expr::value(None::<i64>))
        .filter(jobs::Column::OrganizationId.eq(organization.0))
        .filter(jobs::Column::Id.eq(id.0))
        .filter(jobs::Column::State.eq(JobState::Dead.word()))
        .exec(bookkeeping.connection())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Jobs that wait to be run, for the metrics.
pub(crate) async fn waiting(connection: &impl sea_orm::ConnectionTrait) -> Result<u64> {
    use sea_orm::PaginatorTrait;
    Ok(jobs::Entity::find().filter(jobs::Column::State.eq(JobState::Ready.word())).count(connection).await?)
}
