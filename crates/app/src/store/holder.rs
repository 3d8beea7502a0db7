//! Who gets the heads of a log by mail, and which heads left.

use domain::{id::OrganizationId, time::Timestamp};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::Expr,
};

use super::{
    entity::{checkpoint_recipients, outside_heads},
    number,
};
use crate::{
    error::Result,
    holders::Way,
    store::log::LogId,
    unit::{Bookkeeping, Scope, Unit},
};

pub(crate) struct Recipient {
    pub organization: OrganizationId,
    pub address: String,
    pub since: Timestamp,
}

fn recipient(row: checkpoint_recipients::Model) -> Recipient {
    Recipient {
        organization: OrganizationId(row.organization_id),
        address: row.address,
        since: Timestamp(row.created_at),
    }
}

/// Of one organization, by address.
pub(crate) async fn recipients(scope: &Scope<'_>) -> Result<Vec<Recipient>> {
    let rows = checkpoint_recipients::Entity::find()
        .filter(checkpoint_recipients::Column::OrganizationId.eq(scope.organization.0))
        .order_by_asc(checkpoint_recipients::Column::Address)
        .all(scope.connection())
        .await?;
    Ok(rows.into_iter().map(recipient).collect())
}

/// Of all organizations.
pub(crate) async fn all_recipients(connection: &impl ConnectionTrait) -> Result<Vec<Recipient>> {
    let rows = checkpoint_recipients::Entity::find().all(connection).await?;
    Ok(rows.into_iter().map(recipient).collect())
}

/// Makes these the recipients. Who is one already stays one since then.
pub(crate) async fn set_recipients(unit: &mut Unit, addresses: &[String]) -> Result<()> {
    let organization = unit.actor().organization.0;
    checkpoint_recipients::Entity::delete_many()
        .filter(checkpoint_recipients::Column::OrganizationId.eq(organization))
        .filter(checkpoint_recipients::Column::Address.is_not_in(addresses.iter().map(String::as_str)))
        .exec(unit.connection())
        .await?;
    let rows: Vec<_> = addresses
        .iter()
        .map(|address| {
            checkpoint_recipients::Model {
                organization_id: organization,
                address: address.clone(),
                created_at: unit.now().millis(),
            }
            .into_active_model()
        })
        .collect();
    if !rows.is_empty() {
        checkpoint_recipients::Entity::insert_many(rows)
            .on_conflict_do_nothing()
            .exec_without_returning(unit.connection())
            .await?;
    }
    Ok(())
}

/// The largest head that left by one way.
pub(crate) struct OutsideHead {
    pub epoch: i32,
    pub size: u64,
    pub sent_at: Timestamp,
}

pub(crate) async fn outside_head(
    connection: &impl ConnectionTrait,
    organization: OrganizationId,
    way: Way,
) -> Result<Option<OutsideHead>> {
    let row = outside_heads::Entity::find_by_id((organization.0, way.word().to_owned())).one(connection).await?;
    row.map(|row| Ok(OutsideHead { epoch: row.epoch, size: number(row.size)?, sent_at: Timestamp(row.sent_at) }))
        .transpose()
}

/// Notes a head that left, unless a larger one did before.
pub(crate) async fn record(bookkeeping: &mut Bookkeeping, log: LogId, way: Way, size: u64) -> Result<()> {
    let (size, sent_at) = (number::<i64, _>(size)?, bookkeeping.now().millis());
    let row = outside_heads::Model {
        organization_id: log.organization.0,
        way: way.word().to_owned(),
        epoch: log.epoch,
        size,
        sent_at,
    };
    outside_heads::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(bookkeeping.connection())
        .await?;
    let smaller = Condition::any().add(outside_heads::Column::Epoch.lt(log.epoch)).add(
        Condition::all().add(outside_heads::Column::Epoch.eq(log.epoch)).add(outside_heads::Column::Size.lte(size)),
    );
    outside_heads::Entity::update_many()
        .col_expr(outside_heads::Column::Epoch, Expr::value(log.epoch))
        .col_expr(outside_heads::Column::Size, Expr::value(size))
        .col_expr(outside_heads::Column::SentAt, Expr::value(sent_at))
        .filter(outside_heads::Column::OrganizationId.eq(log.organization.0))
        .filter(outside_heads::Column::Way.eq(way.word()))
        .filter(smaller)
        .exec(bookkeeping.connection())
        .await?;
    Ok(())
}
