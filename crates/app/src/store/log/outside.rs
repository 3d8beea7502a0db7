//! Heads that left the operator's control.

use domain::id::OrganizationId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::LogId;
use crate::{
    error::Result,
    store::{entity::outside_heads, number},
};

/// The largest size of a log that somebody outside holds; 0 when nobody does.
pub(crate) async fn witnessed_size(connection: &impl ConnectionTrait, log: LogId) -> Result<u64> {
    let OrganizationId(organization) = log.organization;
    let rows = outside_heads::Entity::find()
        .filter(outside_heads::Column::OrganizationId.eq(organization))
        .filter(outside_heads::Column::Epoch.eq(log.epoch))
        .all(connection)
        .await?;
    rows.into_iter().map(|row| row.size).max().map_or(Ok(0), number)
}
