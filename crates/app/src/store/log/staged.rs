//! Events as they are staged, in the transaction of the change, and what waits for its place.

use domain::id::{EventId, OrganizationId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set,
    Statement,
    sea_query::{Expr, ExprTrait as _, Query},
};
use uuid::Uuid;

use super::LogId;
use crate::{
    error::{InternalError, Result},
    store::{
        entity::{organizations, staged_events},
        number,
    },
};

/// A step that was staged, with the columns by which it is found.
pub(crate) struct StagedEvent {
    pub organization: OrganizationId,
    pub event: EventId,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub actor_kind: String,
    pub actor_id: Uuid,
    pub draft: Vec<u8>,
    pub occurred_at: i64,
}

pub(crate) async fn stage(transaction: &DatabaseTransaction, event: StagedEvent) -> Result<()> {
    let row = staged_events::ActiveModel {
        position: NotSet,
        organization_id: Set(event.organization.0),
        event_id: Set(event.event.0),
        kind: Set(event.kind),
        subject_kind: Set(event.subject_kind),
        subject_id: Set(event.subject_id),
        actor_kind: Set(event.actor_kind),
        actor_id: Set(event.actor_id),
        draft: Set(event.draft),
        occurred_at: Set(event.occurred_at),
        epoch: Set(None),
        seq: Set(None),
    };
    staged_events::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}

/// Organizations with events that wait for their place.
pub(crate) async fn organizations_waiting(connection: &impl ConnectionTrait) -> Result<Vec<OrganizationId>> {
    // One probe of the index an organization: a backlog is not read through to learn whose it is.
    let waiting = Query::select()
        .expr(Expr::value(1))
        .from(staged_events::Entity)
        .and_where(
            Expr::col((staged_events::Entity, staged_events::Column::OrganizationId))
                .equals((organizations::Entity, organizations::Column::Id)),
        )
        .and_where(staged_events::Column::Seq.is_null())
        .to_owned();
    let rows: Vec<Uuid> = organizations::Entity::find()
        .select_only()
        .column(organizations::Column::Id)
        .filter(Expr::exists(waiting))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(OrganizationId).collect())
}

/// Events without a place, oldest first, with their drafts. Never by a watermark: on PostgreSQL positions become
/// visible out of order.
pub(crate) async fn waiting(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    limit: u64,
) -> Result<Vec<(EventId, Vec<u8>)>> {
    let rows: Vec<(Uuid, Vec<u8>)> = staged_events::Entity::find()
        .select_only()
        .columns([staged_events::Column::EventId, staged_events::Column::Draft])
        .filter(staged_events::Column::OrganizationId.eq(organization.0))
        .filter(staged_events::Column::Seq.is_null())
        .order_by_asc(staged_events::Column::Position)
        .limit(limit)
        .into_tuple()
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(|(event, draft)| (EventId(event), draft)).collect())
}

/// Tells staged events the places of the leaves `from..to`, which are theirs.
pub(crate) async fn set_places(transaction: &DatabaseTransaction, log: LogId, from: u64, to: u64) -> Result<()> {
    let statement = "UPDATE staged_events SET epoch = leaves.epoch, seq = leaves.seq FROM leaves \
                     WHERE leaves.organization_id = $1 AND leaves.epoch = $2 AND leaves.seq >= $3 AND leaves.seq < $4 \
                     AND staged_events.event_id = leaves.event_id";
    let values =
        [log.organization.0.into(), log.epoch.into(), number::<i64, _>(from)?.into(), number::<i64, _>(to)?.into()];
    let backend = transaction.get_database_backend();
    let updated = transaction.execute_raw(Statement::from_sql_and_values(backend, statement, values)).await?;
    if updated.rows_affected() == to - from {
        return Ok(());
    }
    Err(InternalError::Stored("an event has a leaf, but was never staged".into()).into())
}

/// What was staged as this event.
pub(crate) async fn draft(transaction: &DatabaseTransaction, event: EventId) -> Result<Vec<u8>> {
    let row = staged_events::Entity::find().filter(staged_events::Column::EventId.eq(event.0)).one(transaction).await?;
    Ok(row.ok_or_else(|| InternalError::Stored("a staged event".into()))?.draft)
}
