//! Where logs end, and the lock under which they grow.

use audit::{Hash, tree::RightEdge};
use domain::id::OrganizationId;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, Statement, sea_query::Expr,
};

use super::{LogId, hash};
use crate::{
    error::{Error, InternalError, Result},
    store::{entity::log_heads, number},
};

/// Where a log ends.
#[derive(Clone)]
pub(crate) struct LogHead {
    pub log: LogId,
    pub origin: String,
    pub size: u64,
    pub root: Hash,
    pub edge: RightEdge,
    /// Of the last leaf.
    pub last_hash: Option<Hash>,
    pub last_recorded_at: i64,
}

/// Waits for nobody: false when another replica is sequencing a log of this organization. On SQLite the one writer is
/// the lock.
pub(crate) async fn try_lock(transaction: &DatabaseTransaction, organization: OrganizationId) -> Result<bool> {
    if transaction.get_database_backend() != DbBackend::Postgres {
        return Ok(true);
    }
    let (high, low) = organization.0.as_u64_pair();
    let key = i64::from_be_bytes((high ^ low).to_be_bytes());
    let statement =
        Statement::from_sql_and_values(DbBackend::Postgres, "SELECT pg_try_advisory_xact_lock($1)", [key.into()]);
    let row = transaction.query_one_raw(statement).await?;
    row.map_or(Ok(false), |row| row.try_get_by_index(0).map_err(Error::from))
}

/// The head of the log that grows, which is the one of the last epoch; `None` for an organization without a leaf.
pub(crate) async fn head(connection: &impl ConnectionTrait, organization: OrganizationId) -> Result<Option<LogHead>> {
    let row = log_heads::Entity::find()
        .filter(log_heads::Column::OrganizationId.eq(organization.0))
        .order_by_desc(log_heads::Column::Epoch)
        .one(connection)
        .await?;
    row.map(log_head).transpose()
}

/// All logs of an organization, oldest first.
pub(crate) async fn heads(connection: &impl ConnectionTrait, organization: OrganizationId) -> Result<Vec<LogHead>> {
    let rows = log_heads::Entity::find()
        .filter(log_heads::Column::OrganizationId.eq(organization.0))
        .order_by_asc(log_heads::Column::Epoch)
        .all(connection)
        .await?;
    rows.into_iter().map(log_head).collect()
}

pub(crate) async fn head_of(connection: &impl ConnectionTrait, log: LogId) -> Result<Option<LogHead>> {
    let row = log_heads::Entity::find_by_id((log.organization.0, log.epoch)).one(connection).await?;
    row.map(log_head).transpose()
}

fn log_head(row: log_heads::Model) -> Result<LogHead> {
    Ok(LogHead {
        log: LogId { organization: OrganizationId(row.organization_id), epoch: row.epoch },
        origin: row.origin,
        size: number(row.size)?,
        root: hash(&row.root)?,
        edge: RightEdge::from_bytes(&row.edge).map_err(|error| InternalError::Stored(error.to_string()))?,
        last_hash: row.last_hash.as_deref().map(hash).transpose()?,
        last_recorded_at: row.last_recorded_at,
    })
}

/// Makes a log's first head, of size 0.
pub(crate) async fn insert_head(transaction: &DatabaseTransaction, head: &LogHead) -> Result<()> {
    let row = log_heads::Model {
        organization_id: head.log.organization.0,
        epoch: head.log.epoch,
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
pub(crate) async fn move_head(transaction: &DatabaseTransaction, old: &LogHead, new: &LogHead) -> Result<bool> {
    let updated = log_heads::Entity::update_many()
        .col_expr(log_heads::Column::Size, Expr::value(number::<i64, _>(new.size)?))
        .col_expr(log_heads::Column::Root, Expr::value(new.root.0.to_vec()))
        .col_expr(log_heads::Column::Edge, Expr::value(new.edge.to_bytes()))
        .col_expr(log_heads::Column::LastHash, Expr::value(new.last_hash.map(|hash| hash.0.to_vec())))
        .col_expr(log_heads::Column::LastRecordedAt, Expr::value(new.last_recorded_at))
        .filter(log_heads::Column::OrganizationId.eq(old.log.organization.0))
        .filter(log_heads::Column::Epoch.eq(old.log.epoch))
        .filter(log_heads::Column::Size.eq(number::<i64, _>(old.size)?))
        .filter(log_heads::Column::Root.eq(old.root.0.to_vec()))
        .exec(transaction)
        .await?;
    Ok(updated.rows_affected == 1)
}
