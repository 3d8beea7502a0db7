//! Leaves in their places, and the last link of each subject's chain.

use std::collections::HashMap;

use audit::Hash;
use domain::id::EventId;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};

use super::{LogId, ROWS_A_STATEMENT, hash};
use crate::{
    error::Result,
    store::{
        entity::{leaves, log_subjects},
        number,
    },
};

/// A leaf in its place.
#[derive(Clone)]
pub(crate) struct LeafRow {
    pub seq: u64,
    pub event: EventId,
    pub hash: Hash,
    pub bytes: Vec<u8>,
}

pub(crate) async fn insert_leaves(transaction: &DatabaseTransaction, log: LogId, rows: &[LeafRow]) -> Result<()> {
    for chunk in rows.chunks(ROWS_A_STATEMENT) {
        let rows = chunk
            .iter()
            .map(|leaf| {
                Ok(leaves::Model {
                    organization_id: log.organization.0,
                    epoch: log.epoch,
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

/// Leaves from `from` on, at most `limit`, in order.
pub(crate) async fn leaves(
    connection: &impl ConnectionTrait,
    log: LogId,
    from: u64,
    limit: u64,
) -> Result<Vec<LeafRow>> {
    let rows = leaves::Entity::find()
        .filter(leaves::Column::OrganizationId.eq(log.organization.0))
        .filter(leaves::Column::Epoch.eq(log.epoch))
        .filter(leaves::Column::Seq.gte(number::<i64, _>(from)?))
        .order_by_asc(leaves::Column::Seq)
        .limit(limit)
        .all(connection)
        .await?;
    rows.into_iter().map(leaf_row).collect()
}

pub(in crate::store) fn leaf_row(row: leaves::Model) -> Result<LeafRow> {
    Ok(LeafRow { seq: number(row.seq)?, event: EventId(row.event_id), hash: hash(&row.hash)?, bytes: row.bytes })
}

/// Kind and id of what a chain of events is about.
pub(crate) type SubjectKey = (String, String);
/// The next seq of a subject's chain, and the hash of its last leaf.
pub(crate) type SubjectLink = (u64, Hash);

/// The last links of subjects' chains; a subject without a leaf has none.
pub(crate) async fn subject_links(
    transaction: &DatabaseTransaction,
    log: LogId,
    subjects: impl Iterator<Item = &SubjectKey>,
) -> Result<HashMap<SubjectKey, SubjectLink>> {
    let mut ids: HashMap<&str, Vec<&str>> = HashMap::new();
    for (kind, id) in subjects {
        ids.entry(kind).or_default().push(id);
    }
    let mut links = HashMap::new();
    for (kind, ids) in ids {
        for chunk in ids.chunks(ROWS_A_STATEMENT) {
            let rows = log_subjects::Entity::find()
                .filter(log_subjects::Column::OrganizationId.eq(log.organization.0))
                .filter(log_subjects::Column::Epoch.eq(log.epoch))
                .filter(log_subjects::Column::SubjectKind.eq(kind))
                .filter(log_subjects::Column::SubjectId.is_in(chunk.iter().copied()))
                .all(transaction)
                .await?;
            for row in rows {
                let link = (number(row.next_seq)?, hash(&row.last_hash)?);
                links.insert((row.subject_kind, row.subject_id), link);
            }
        }
    }
    Ok(links)
}

pub(crate) async fn set_subject_links(
    transaction: &DatabaseTransaction,
    log: LogId,
    links: &HashMap<SubjectKey, SubjectLink>,
) -> Result<()> {
    let moved = OnConflict::columns([
        log_subjects::Column::OrganizationId,
        log_subjects::Column::Epoch,
        log_subjects::Column::SubjectKind,
        log_subjects::Column::SubjectId,
    ])
    .update_columns([log_subjects::Column::NextSeq, log_subjects::Column::LastHash])
    .to_owned();
    let rows = links
        .iter()
        .map(|((kind, id), (next_seq, last_hash))| {
            Ok(log_subjects::Model {
                organization_id: log.organization.0,
                epoch: log.epoch,
                subject_kind: kind.clone(),
                subject_id: id.clone(),
                next_seq: number(*next_seq)?,
                last_hash: last_hash.0.to_vec(),
            }
            .into_active_model())
        })
        .collect::<Result<Vec<_>>>()?;
    for chunk in rows.chunks(ROWS_A_STATEMENT) {
        log_subjects::Entity::insert_many(chunk.to_vec())
            .on_conflict(moved.clone())
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}
