//! Reviewers' keys.

use domain::id::ActorId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};

use super::entity::signing_keys;
use crate::{error::Result, unit::Unit};

/// Revokes all keys of a person that were not; their ids.
pub(crate) async fn revoke_all(unit: &mut Unit, person: ActorId) -> Result<Vec<String>> {
    let rows = signing_keys::Entity::find()
        .filter(signing_keys::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(signing_keys::Column::ActorId.eq(person.0))
        .filter(signing_keys::Column::RevokedAt.is_null())
        .lock_exclusive()
        .all(unit.connection())
        .await?;
    signing_keys::Entity::update_many()
        .col_expr(signing_keys::Column::RevokedAt, Expr::value(unit.now().millis()))
        .filter(signing_keys::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(signing_keys::Column::Kid.is_in(rows.iter().map(|row| row.kid.clone())))
        .exec(unit.connection())
        .await?;
    Ok(rows.into_iter().map(|row| row.kid).collect())
}
