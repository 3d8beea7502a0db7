//! Nodes of the tree that are stored: roots of 256^level leaves (C2SP tlog-tiles). Those of level 0 are the hashes of
//! the leaves.

use std::ops::Range;

use audit::Hash;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::{LogId, ROWS_A_STATEMENT, hash};
use crate::{
    error::Result,
    store::{
        entity::{leaves, tree_nodes},
        number,
    },
};

/// A node by its level in tiles and its position on that level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId {
    pub level: u8,
    pub position: u64,
}

pub(crate) async fn insert_nodes(
    transaction: &DatabaseTransaction,
    log: LogId,
    nodes: &[(NodeId, Hash)],
) -> Result<()> {
    for chunk in nodes.chunks(ROWS_A_STATEMENT) {
        let rows = chunk
            .iter()
            .map(|(node, hash)| {
                Ok(tree_nodes::Model {
                    organization_id: log.organization.0,
                    epoch: log.epoch,
                    level: node.level.into(),
                    position: number(node.position)?,
                    hash: hash.0.to_vec(),
                }
                .into_active_model())
            })
            .collect::<Result<Vec<_>>>()?;
        tree_nodes::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Runs of nodes, each on one level; what is missing is left out. One statement for the leaves' hashes and one for the
/// rest, however many runs.
pub(crate) async fn nodes(
    connection: &impl ConnectionTrait,
    log: LogId,
    runs: &[(u8, Range<u64>)],
) -> Result<Vec<(NodeId, Hash)>> {
    let mut found = Vec::new();
    let (mut on_leaves, mut above) = (Condition::any(), Condition::any());
    for (level, run) in runs {
        let (from, to) = (number::<i64, _>(run.start)?, number::<i64, _>(run.end)?);
        if *level == 0 {
            let run = Condition::all().add(leaves::Column::Seq.gte(from)).add(leaves::Column::Seq.lt(to));
            on_leaves = on_leaves.add(run);
        } else {
            let run = Condition::all()
                .add(tree_nodes::Column::Level.eq(i32::from(*level)))
                .add(tree_nodes::Column::Position.gte(from))
                .add(tree_nodes::Column::Position.lt(to));
            above = above.add(run);
        }
    }
    if !on_leaves.is_empty() {
        let rows: Vec<(i64, Vec<u8>)> = leaves::Entity::find()
            .select_only()
            .columns([leaves::Column::Seq, leaves::Column::Hash])
            .filter(leaves::Column::OrganizationId.eq(log.organization.0))
            .filter(leaves::Column::Epoch.eq(log.epoch))
            .filter(on_leaves)
            .order_by_asc(leaves::Column::Seq)
            .into_tuple()
            .all(connection)
            .await?;
        for (seq, bytes) in rows {
            found.push((NodeId { level: 0, position: number(seq)? }, hash(&bytes)?));
        }
    }
    if !above.is_empty() {
        let rows = tree_nodes::Entity::find()
            .filter(tree_nodes::Column::OrganizationId.eq(log.organization.0))
            .filter(tree_nodes::Column::Epoch.eq(log.epoch))
            .filter(above)
            .order_by_asc(tree_nodes::Column::Level)
            .order_by_asc(tree_nodes::Column::Position)
            .all(connection)
            .await?;
        for row in rows {
            found.push((NodeId { level: number(row.level)?, position: number(row.position)? }, hash(&row.hash)?));
        }
    }
    Ok(found)
}
