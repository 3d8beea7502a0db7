//! Signed checkpoints, as notes.

use audit::Hash;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Order, QueryFilter, QueryOrder, QuerySelect,
};

use super::{LogId, hash};
use crate::{
    error::Result,
    page::{Key, PageRequest, Slice},
    store::{entity::checkpoints, number},
};

/// Stores a signed checkpoint. The same head may be signed again after a crash; the first note stays.
pub(crate) async fn insert_checkpoint(
    connection: &impl ConnectionTrait,
    log: LogId,
    checkpoint: &CheckpointRow,
) -> Result<()> {
    let row = checkpoints::Model {
        organization_id: log.organization.0,
        epoch: log.epoch,
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

#[derive(Clone)]
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
pub(crate) async fn last_checkpoint(connection: &impl ConnectionTrait, log: LogId) -> Result<Option<CheckpointRow>> {
    let row = checkpoints::Entity::find()
        .filter(checkpoints::Column::OrganizationId.eq(log.organization.0))
        .filter(checkpoints::Column::Epoch.eq(log.epoch))
        .order_by(checkpoints::Column::Size, Order::Desc)
        .one(connection)
        .await?;
    row.map(checkpoint_row).transpose()
}

/// Checkpoints of more than `over` leaves, by size.
pub(crate) async fn checkpoints_over(
    connection: &impl ConnectionTrait,
    log: LogId,
    over: u64,
    limit: u64,
) -> Result<Vec<CheckpointRow>> {
    let rows = checkpoints::Entity::find()
        .filter(checkpoints::Column::OrganizationId.eq(log.organization.0))
        .filter(checkpoints::Column::Epoch.eq(log.epoch))
        .filter(checkpoints::Column::Size.gt(number::<i64, _>(over)?))
        .order_by_asc(checkpoints::Column::Size)
        .limit(limit)
        .all(connection)
        .await?;
    rows.into_iter().map(checkpoint_row).collect()
}

pub(crate) async fn checkpoint(
    connection: &impl ConnectionTrait,
    log: LogId,
    size: u64,
) -> Result<Option<CheckpointRow>> {
    let key = (log.organization.0, log.epoch, number(size)?);
    checkpoints::Entity::find_by_id(key).one(connection).await?.map(checkpoint_row).transpose()
}

/// Of one log, newest first.
pub(crate) async fn list_checkpoints(
    connection: &impl ConnectionTrait,
    log: LogId,
    page: &PageRequest,
) -> Result<Slice<CheckpointRow>> {
    let mut query = checkpoints::Entity::find()
        .filter(checkpoints::Column::OrganizationId.eq(log.organization.0))
        .filter(checkpoints::Column::Epoch.eq(log.epoch));
    if let Some(key) = page.key()? {
        query = query.filter(checkpoints::Column::Size.lt(key.at));
    }
    let rows = query.order_by(checkpoints::Column::Size, Order::Desc).limit(page.limit() + 1).all(connection).await?;
    let rows = rows.into_iter().map(checkpoint_row).collect::<Result<Vec<_>>>()?;
    Ok(page.slice(rows, |row| Key::by_position(i64::try_from(row.size).unwrap_or(i64::MAX))))
}
