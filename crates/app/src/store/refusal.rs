//! Refused calls, counted by actor, action and minute.

use domain::{
    actor::{Actor, ActorKind},
    id::{ActorId, OrganizationId},
    policy::Action,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::{entity::refusals, number, word};
use crate::{
    error::Result,
    unit::{Bookkeeping, Unit},
};

/// The refusals of one actor, action and minute.
pub(crate) struct Refused {
    pub organization: OrganizationId,
    pub actor: ActorId,
    pub kind: ActorKind,
    pub action: Action,
    pub minute: i64,
    pub count: u32,
}

pub(crate) async fn count(bookkeeping: &mut Bookkeeping, actor: &Actor, action: Action) -> Result<()> {
    let row = refusals::Model {
        organization_id: actor.organization.0,
        actor_id: actor.id.0,
        actor_kind: actor.kind.to_string(),
        action: action.to_string(),
        minute: bookkeeping.now().millis() / 60_000,
        count: 1,
    };
    let again = OnConflict::columns([
        refusals::Column::OrganizationId,
        refusals::Column::ActorId,
        refusals::Column::Action,
        refusals::Column::Minute,
    ])
    .value(refusals::Column::Count, Expr::col((refusals::Entity, refusals::Column::Count)).add(1))
    .to_owned();
    refusals::Entity::insert(row.into_active_model())
        .on_conflict(again)
        .exec_without_returning(bookkeeping.connection())
        .await?;
    Ok(())
}

/// Counts of minutes that are over.
pub(crate) async fn complete(connection: &impl ConnectionTrait, minute: i64) -> Result<Vec<Refused>> {
    let rows = refusals::Entity::find().filter(refusals::Column::Minute.lt(minute)).limit(100).all(connection).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Refused {
                organization: OrganizationId(row.organization_id),
                actor: ActorId(row.actor_id),
                kind: word(&row.actor_kind)?,
                action: word(&row.action)?,
                minute: row.minute,
                count: number(row.count)?,
            })
        })
        .collect()
}

/// Removes a count in the unit that records it; false when another process has recorded it.
pub(crate) async fn take(unit: &mut Unit, refused: &Refused) -> Result<bool> {
    let id = (refused.organization.0, refused.actor.0, refused.action.to_string(), refused.minute);
    Ok(refusals::Entity::delete_by_id(id).exec(unit.connection()).await?.rows_affected == 1)
}
