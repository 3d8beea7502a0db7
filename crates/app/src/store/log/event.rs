//! Events as they are read: what was staged, with its leaf when it has one.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
};

use domain::id::EventId;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::{LeafRow, LogId, leaf::leaf_row};
use crate::{
    error::Result,
    log::EventFilter,
    page::{Key, PageRequest, Slice},
    store::{
        entity::{leaves, staged_events},
        number,
    },
    unit::Scope,
};

/// An event as it was staged, with its leaf when it has one.
pub(crate) struct EventRow {
    pub position: i64,
    pub occurred_at: i64,
    pub event: EventId,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub draft: Vec<u8>,
    /// With the epoch of its log.
    pub leaf: Option<(i32, LeafRow)>,
}

/// Of one subject, oldest first.
pub(crate) async fn list_events(scope: &Scope<'_>, subject: &str, page: &PageRequest) -> Result<Slice<EventRow>> {
    let mut query = staged_events::Entity::find()
        .filter(staged_events::Column::OrganizationId.eq(scope.organization.0))
        .filter(staged_events::Column::SubjectId.eq(subject));
    if let Some(key) = page.key()? {
        query = query.filter(staged_events::Column::Position.gt(key.at));
    }
    let rows =
        query.order_by_asc(staged_events::Column::Position).limit(page.limit() + 1).all(scope.connection()).await?;
    let rows = with_leaves(scope, rows).await?;
    Ok(page.slice(rows, |row| Key::by_position(row.position)))
}

/// Newest first. Each filter has an index that also gives the order, so that a page costs what it holds.
pub(crate) async fn filter_events(
    scope: &Scope<'_>,
    filter: &EventFilter,
    page: &PageRequest,
) -> Result<Slice<EventRow>> {
    let mut query =
        staged_events::Entity::find().filter(staged_events::Column::OrganizationId.eq(scope.organization.0));
    if let Some(subject) = &filter.subject {
        query = query.filter(staged_events::Column::SubjectId.eq(subject));
    }
    if let Some(actor) = filter.actor {
        query = query.filter(staged_events::Column::ActorId.eq(actor.0));
    }
    if let Some(from) = filter.from {
        query = query.filter(staged_events::Column::OccurredAt.gte(from.millis()));
    }
    if let Some(to) = filter.to {
        query = query.filter(staged_events::Column::OccurredAt.lt(to.millis()));
    }
    if let Some(key) = page.key()? {
        // The first condition alone bounds the walk through the index; the second leaves out what was seen.
        let unseen = Condition::any()
            .add(staged_events::Column::OccurredAt.lt(key.at))
            .add(staged_events::Column::Position.lt(key.position()));
        query = query.filter(staged_events::Column::OccurredAt.lte(key.at)).filter(unseen);
    }
    let query = query
        .order_by_desc(staged_events::Column::OccurredAt)
        .order_by_desc(staged_events::Column::Position)
        .limit(page.limit() + 1);
    let rows = match &filter.types {
        None => query.all(scope.connection()).await?,
        Some(types) => of_types(scope, &query, types, page.limit() + 1).await?,
    };
    let rows = with_leaves(scope, rows).await?;
    Ok(page.slice(rows, |row| Key::by_time(row.occurred_at, row.position)))
}

/// One statement a type: for several at once, SQLite walks through all events rather than the index of types.
async fn of_types(
    scope: &Scope<'_>,
    query: &Select<staged_events::Entity>,
    types: &[String],
    limit: u64,
) -> Result<Vec<staged_events::Model>> {
    let mut rows = Vec::new();
    for kind in types.iter().collect::<BTreeSet<_>>() {
        let of_type = query.clone().filter(staged_events::Column::Kind.eq(kind));
        rows.extend(of_type.all(scope.connection()).await?);
    }
    rows.sort_unstable_by_key(|row| Reverse((row.occurred_at, row.position)));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
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
            occurred_at: row.occurred_at,
            event: EventId(row.event_id),
            kind: row.kind,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id,
            draft: row.draft,
            leaf: found.remove(&EventId(row.event_id)),
        })
        .collect())
}

/// A step in the life of a key of the log.
pub(crate) struct KeyEventRow {
    pub kind: String,
    /// The key's id, as the event's subject has it.
    pub key: String,
    pub seq: Option<u64>,
    pub draft: Vec<u8>,
}

/// Of the keys of one log, oldest first, and of what waits to go there.
pub(crate) async fn key_events(connection: &impl ConnectionTrait, log: LogId) -> Result<Vec<KeyEventRow>> {
    let here =
        Condition::any().add(staged_events::Column::Epoch.eq(log.epoch)).add(staged_events::Column::Epoch.is_null());
    let rows = staged_events::Entity::find()
        .filter(staged_events::Column::OrganizationId.eq(log.organization.0))
        .filter(staged_events::Column::Kind.is_in(["key.rotated/v1", "key.retired/v1", "key.revoked/v1"]))
        .filter(staged_events::Column::SubjectKind.eq(audit::keyring::SUBJECT_KIND))
        .filter(here)
        .order_by_asc(staged_events::Column::Position)
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(KeyEventRow {
                kind: row.kind,
                key: row.subject_id,
                seq: row.seq.map(number).transpose()?,
                draft: row.draft,
            })
        })
        .collect()
}
