//! The tables of the log. Leaves are stored as the exact bytes that are hashed.

use audit::{Hash, tree::RightEdge};
use domain::id::{EventId, OrganizationId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, IntoActiveModel, NotSet, Order,
    QueryFilter, QueryOrder, QuerySelect, Set, Statement, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    entity::{checkpoints, leaves, log_heads, log_subjects, staged_events},
    number,
};
use crate::{
    error::{Error, InternalError, Result},
    page::{Key, PageRequest, Slice},
    unit::Scope,
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
        seq: Set(None),
    };
    staged_events::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}

/// Organizations with events that wait for their place.
pub(crate) async fn organizations_waiting(connection: &impl ConnectionTrait) -> Result<Vec<OrganizationId>> {
    let rows: Vec<Uuid> = staged_events::Entity::find()
        .select_only()
        .column(staged_events::Column::OrganizationId)
        .distinct()
        .filter(staged_events::Column::Seq.is_null())
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(OrganizationId).collect())
}

/// Waits for nobody: false when another replica is sequencing this log. On SQLite the one writer is the lock.
pub(crate) async fn try_lock(transaction: &DatabaseTransaction, organization: OrganizationId) -> Result<bool> {
    if transaction.get_database_backend() != DbBackend::Postgres {
        return Ok(true);
    }
    let (high, _) = organization.0.as_u64_pair();
    let (_, low) = organization.0.as_u64_pair();
    let key = i64::from_be_bytes((high ^ low).to_be_bytes());
    let statement =
        Statement::from_sql_and_values(DbBackend::Postgres, "SELECT pg_try_advisory_xact_lock($1)", [key.into()]);
    let row = transaction.query_one_raw(statement).await?;
    row.map_or(Ok(false), |row| row.try_get_by_index(0).map_err(Error::from))
}

/// Events without a place, oldest first: position and draft. Never by a watermark: on PostgreSQL positions become
/// visible out of order.
pub(crate) async fn waiting(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    limit: u64,
) -> Result<Vec<(i64, EventId, Vec<u8>)>> {
    let rows = staged_events::Entity::find()
        .filter(staged_events::Column::OrganizationId.eq(organization.0))
        .filter(staged_events::Column::Seq.is_null())
        .order_by_asc(staged_events::Column::Position)
        .limit(limit)
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(|row| (row.position, EventId(row.event_id), row.draft)).collect())
}

/// Where a log ends.
#[derive(Clone)]
pub(crate) struct LogHead {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
    pub edge: RightEdge,
    /// Of the last leaf.
    pub last_hash: Option<Hash>,
    pub last_recorded_at: i64,
}

fn hash(bytes: &[u8]) -> Result<Hash> {
    Hash::try_from(bytes).map_err(|_| InternalError::Stored("a hash".into()).into())
}

/// `None` for a log without a leaf.
pub(crate) async fn head(connection: &impl ConnectionTrait, organization: OrganizationId) -> Result<Option<LogHead>> {
    let Some(row) = log_heads::Entity::find_by_id(organization.0).one(connection).await? else { return Ok(None) };
    Ok(Some(LogHead {
        origin: row.origin,
        size: number(row.size)?,
        root: hash(&row.root)?,
        edge: RightEdge::from_bytes(&row.edge).map_err(|error| InternalError::Stored(error.to_string()))?,
        last_hash: row.last_hash.as_deref().map(hash).transpose()?,
        last_recorded_at: row.last_recorded_at,
    }))
}

/// Makes a log's first head, of size 0.
pub(crate) async fn insert_head(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    head: &LogHead,
) -> Result<()> {
    let row = log_heads::Model {
        organization_id: organization.0,
        origin: head.origin.clone(),
        size: number(head.size)?,
        root: head.root.0.to_vec(),
        edge: head.edge.to_bytes(),
        last_hash: None,
        last_recorded_at: head.last_recorded_at,
    };
    log_heads::Entity::insert(row.into_active_model()).exec_without_returning(transaction).await?;
    Ok(())
}

/// Moves the head by compare-and-swap; false when it stood elsewhere than at `old`.
pub(crate) async fn move_head(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    old: &LogHead,
    new: &LogHead,
) -> Result<bool> {
    let updated = log_heads::Entity::update_many()
        .col_expr(log_heads::Column::Size, Expr::value(number::<i64, _>(new.size)?))
        .col_expr(log_heads::Column::Root, Expr::value(new.root.0.to_vec()))
        .col_expr(log_heads::Column::Edge, Expr::value(new.edge.to_bytes()))
        .col_expr(log_heads::Column::LastHash, Expr::value(new.last_hash.map(|hash| hash.0.to_vec())))
        .col_expr(log_heads::Column::LastRecordedAt, Expr::value(new.last_recorded_at))
        .filter(log_heads::Column::OrganizationId.eq(organization.0))
        .filter(log_heads::Column::Size.eq(number::<i64, _>(old.size)?))
        .filter(log_heads::Column::Root.eq(old.root.0.to_vec()))
        .exec(transaction)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// The last link of a subject's chain: the next seq and the hash of the last leaf.
pub(crate) async fn subject_link(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    kind: &str,
    id: &str,
) -> Result<Option<(u64, Hash)>> {
    let row =
        log_subjects::Entity::find_by_id((organization.0, kind.to_owned(), id.to_owned())).one(transaction).await?;
    row.map(|row| Ok((number(row.next_seq)?, hash(&row.last_hash)?))).transpose()
}

pub(crate) async fn set_subject_link(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    kind: &str,
    id: &str,
    (next_seq, last_hash): (u64, Hash),
) -> Result<()> {
    use sea_orm::sea_query::OnConflict;
    let row = log_subjects::Model {
        organization_id: organization.0,
        subject_kind: kind.to_owned(),
        subject_id: id.to_owned(),
        next_seq: number(next_seq)?,
        last_hash: last_hash.0.to_vec(),
    };
    let moved = OnConflict::columns([
        log_subjects::Column::OrganizationId,
        log_subjects::Column::SubjectKind,
        log_subjects::Column::SubjectId,
    ])
    .update_columns([log_subjects::Column::NextSeq, log_subjects::Column::LastHash])
    .to_owned();
    log_subjects::Entity::insert(row.into_active_model())
        .on_conflict(moved)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// A leaf in its place.
#[derive(Clone)]
pub(crate) struct LeafRow {
    pub seq: u64,
    pub event: EventId,
    pub hash: Hash,
    pub bytes: Vec<u8>,
}

/// Below SQLite's limit of 32,766 parameters a statement.
const ROWS_A_STATEMENT: usize = 500;

pub(crate) async fn insert_leaves(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    rows: &[LeafRow],
) -> Result<()> {
    for chunk in rows.chunks(ROWS_A_STATEMENT) {
        let rows = chunk
            .iter()
            .map(|leaf| {
                Ok(leaves::Model {
                    organization_id: organization.0,
                    seq: number(leaf.seq)?,
                    event_id: leaf.event.0,
                    hash: leaf.hash.0.to_vec(),
                    bytes: leaf.bytes.clone(),
                }
                .into_active_model())
            })
            .collect::<Result<Vec<_>>>()?;
        leaves::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Tells the staged row that it has its place.
pub(crate) async fn set_seq(transaction: &DatabaseTransaction, position: i64, seq: u64) -> Result<()> {
    staged_events::Entity::update_many()
        .col_expr(staged_events::Column::Seq, Expr::value(number::<i64, _>(seq)?))
        .filter(staged_events::Column::Position.eq(position))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Leaves from `from` on, at most `limit`, in order.
pub(crate) async fn leaves(
    connection: &impl ConnectionTrait,
    organization: OrganizationId,
    from: u64,
    limit: u64,
) -> Result<Vec<LeafRow>> {
    let rows = leaves::Entity::find()
        .filter(leaves::Column::OrganizationId.eq(organization.0))
        .filter(leaves::Column::Seq.gte(number::<i64, _>(from)?))
        .order_by_asc(leaves::Column::Seq)
        .limit(limit)
        .all(connection)
        .await?;
    rows.into_iter().map(leaf_row).collect()
}

fn leaf_row(row: leaves::Model) -> Result<LeafRow> {
    Ok(LeafRow { seq: number(row.seq)?, event: EventId(row.event_id), hash: hash(&row.hash)?, bytes: row.bytes })
}

/// Stores a signed checkpoint. The same head may be signed again after a crash; the first note stays.
pub(crate) async fn insert_checkpoint(
    connection: &impl ConnectionTrait,
    organization: OrganizationId,
    checkpoint: &CheckpointRow,
) -> Result<()> {
    let row = checkpoints::Model {
        organization_id: organization.0,
        size: number(checkpoint.size)?,
        root: checkpoint.root.0.to_vec(),
        note: checkpoint.note.clone(),
        signed_at: checkpoint.signed_at,
    };
    checkpoints::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

pub(crate) struct CheckpointRow {
    pub size: u64,
    pub root: Hash,
    pub note: String,
    pub signed_at: i64,
}

fn checkpoint_row(row: checkpoints::Model) -> Result<CheckpointRow> {
    Ok(CheckpointRow { size: number(row.size)?, root: hash(&row.root)?, note: row.note, signed_at: row.signed_at })
}

/// The last checkpoint of a log.
pub(crate) async fn last_checkpoint(
    connection: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Option<CheckpointRow>> {
    let row = checkpoints::Entity::find()
        .filter(checkpoints::Column::OrganizationId.eq(organization.0))
        .order_by(checkpoints::Column::Size, Order::Desc)
        .one(connection)
        .await?;
    row.map(checkpoint_row).transpose()
}

/// Checkpoints of more than `over` leaves, by size.
pub(crate) async fn checkpoints_over(
    connection: &impl ConnectionTrait,
    organization: OrganizationId,
    over: u64,
    limit: u64,
) -> Result<Vec<CheckpointRow>> {
    let rows = checkpoints::Entity::find()
        .filter(checkpoints::Column::OrganizationId.eq(organization.0))
        .filter(checkpoints::Column::Size.gt(number::<i64, _>(over)?))
        .order_by_asc(checkpoints::Column::Size)
        .limit(limit)
        .all(connection)
        .await?;
    rows.into_iter().map(checkpoint_row).collect()
}

pub(crate) async fn checkpoint(scope: &Scope<'_>, size: u64) -> Result<Option<CheckpointRow>> {
    let row = checkpoints::Entity::find_by_id((scope.organization.0, number(size)?)).one(scope.connection()).await?;
    row.map(checkpoint_row).transpose()
}

/// Newest first.
pub(crate) async fn list_checkpoints(scope: &Scope<'_>, page: &PageRequest) -> Result<Slice<CheckpointRow>> {
    let mut query = checkpoints::Entity::find().filter(checkpoints::Column::OrganizationId.eq(scope.organization.0));
    if let Some(key) = page.key()? {
        query = query.filter(checkpoints::Column::Size.lt(key.at));
    }
    let rows =
        query.order_by(checkpoints::Column::Size, Order::Desc).limit(page.limit() + 1).all(scope.connection()).await?;
    let rows = rows.into_iter().map(checkpoint_row).collect::<Result<Vec<_>>>()?;
    Ok(page.slice(rows, |row| Key::by_position(i64::try_from(row.size).unwrap_or(i64::MAX))))
}

/// An event as it was staged, with its leaf when it has one.
pub(crate) struct EventRow {
    pub position: i64,
    pub event: EventId,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub draft: Vec<u8>,
    pub leaf: Option<LeafRow>,
}

/// Of one subject, oldest first; of the whole organization, newest first.
pub(crate) async fn list_events(
    scope: &Scope<'_>,
    subject: Option<&str>,
    page: &PageRequest,
) -> Result<Slice<EventRow>> {
    let mut query =
        staged_events::Entity::find().filter(staged_events::Column::OrganizationId.eq(scope.organization.0));
    let (order, key) = (if subject.is_some() { Order::Asc } else { Order::Desc }, page.key()?);
    if let Some(subject) = subject {
        query = query.filter(staged_events::Column::SubjectId.eq(subject));
    }
    if let Some(key) = key {
        query = match order {
            Order::Asc => query.filter(staged_events::Column::Position.gt(key.at)),
            _ => query.filter(staged_events::Column::Position.lt(key.at)),
        };
    }
    let rows =
        query.order_by(staged_events::Column::Position, order).limit(page.limit() + 1).all(scope.connection()).await?;
    let rows = with_leaves(scope, rows).await?;
    Ok(page.slice(rows, |row| Key::by_position(row.position)))
}

pub(crate) async fn find_events(scope: &Scope<'_>, ids: &[EventId]) -> Result<Vec<EventRow>> {
    let rows = staged_events::Entity::find()
        .filter(staged_events::Column::OrganizationId.eq(scope.organization.0))
        .filter(staged_events::Column::EventId.is_in(ids.iter().map(|id| id.0)))
        .all(scope.connection())
        .await?;
    with_leaves(scope, rows).await
}

async fn with_leaves(scope: &Scope<'_>, rows: Vec<staged_events::Model>) -> Result<Vec<EventRow>> {
    let placed: Vec<i64> = rows.iter().filter_map(|row| row.seq).collect();
    let mut found = std::collections::HashMap::new();
    for leaf in leaves::Entity::find()
        .filter(leaves::Column::OrganizationId.eq(scope.organization.0))
        .filter(leaves::Column::Seq.is_in(placed))
        .all(scope.connection())
        .await?
    {
        let leaf = leaf_row(leaf)?;
        found.insert(leaf.event, leaf);
    }
    Ok(rows
        .into_iter()
        .map(|row| EventRow {
            position: row.position,
            event: EventId(row.event_id),
            kind: row.kind,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id,
            draft: row.draft,
            leaf: found.remove(&EventId(row.event_id)),
        })
        .collect())
}
