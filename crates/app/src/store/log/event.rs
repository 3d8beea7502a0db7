//! Events as they are read: what was staged, with its leaf when it has one.

use std::collections::HashMap;

use domain::id::EventId;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

use super::{LeafRow, leaf::leaf_row};
use crate::{
    error::Result,
    page::{Key, PageRequest, Slice},
    store::entity::{leaves, staged_events},
    unit::Scope,
};

/// An event as it was staged, with its leaf when it has one.
pub(crate) struct EventRow {
    pub position: i64,
    pub event: EventId,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub draft: Vec<u8>,
    /// With the epoch of its log.
    pub leaf: Option<(i32, LeafRow)>,
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
    let placed = rows.iter().filter(|row| row.seq.is_some()).map(|row| row.event_id);
    let mut found = HashMap::new();
    for leaf in leaves::Entity::find()
        .filter(leaves::Column::EventId.is_in(placed))
        .filter(leaves::Column::OrganizationId.eq(scope.organization.0))
        .all(scope.connection())
        .await?
    {
        let (epoch, leaf) = (leaf.epoch, leaf_row(leaf)?);
        found.insert(leaf.event, (epoch, leaf));
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
