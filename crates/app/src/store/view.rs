//! Looks at documents that were recorded already.

use domain::id::DocumentId;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, TryInsertResult};

use super::entity::document_views;
use crate::{
    error::Result,
    unit::{Bookkeeping, Unit},
};

/// Notes a look of the unit's actor in an hour; false when there was one before.
pub(crate) async fn insert(unit: &mut Unit, document: DocumentId, hour: i64) -> Result<bool> {
    let row = document_views::Model {
        organization_id: unit.actor().organization.0,
        actor_id: unit.actor().id.0,
        document_id: document.0,
        hour,
    };
    let inserted = document_views::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(unit.connection())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)))
}

/// Hours that are over need no second look.
pub(crate) async fn forget_before(bookkeeping: &mut Bookkeeping, hour: i64) -> Result<()> {
    document_views::Entity::delete_many()
        .filter(document_views::Column::Hour.lt(hour))
        .exec(bookkeeping.connection())
        .await?;
    Ok(())
}
