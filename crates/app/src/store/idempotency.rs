//! Which calls with an idempotency key were made, and what they came to. Kept for ever, as the log is.

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};

use super::entity::idempotency_keys;
use crate::{
    error::{Error, Result},
    idempotency::{Once, reused},
    unit::Unit,
};

pub(crate) enum Seen {
    Never,
    Before(String),
}

/// Inserts the key. On PostgreSQL the insert waits for another transaction with the same key; on SQLite there is
/// only one writer. So whoever comes second sees the first one's outcome.
pub(crate) async fn remember(unit: &mut Unit, once: &Once<'_>, fingerprint: &[u8; 32]) -> Result<Seen> {
    let row = idempotency_keys::Model {
        organization_id: unit.actor().organization.0,
        actor_id: unit.actor().id.0,
        operation: once.operation.to_owned(),
        key: once.key.as_str().to_owned(),
        fingerprint: fingerprint.to_vec(),
        outcome: String::new(),
        created_at: unit.now().millis(),
    };
    let id = (row.organization_id, row.actor_id, row.operation.clone(), row.key.clone());
    let inserted = idempotency_keys::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(unit.connection())
        .await?;
    if matches!(inserted, sea_orm::TryInsertResult::Inserted(1)) {
        return Ok(Seen::Never);
    }
    let before = idempotency_keys::Entity::find_by_id(id).one(unit.connection()).await?;
    match before {
        Some(before) if before.fingerprint == fingerprint => Ok(Seen::Before(before.outcome)),
        Some(_) => Err(reused()),
        // The first transaction rolled back just after it had made this one wait.
        None => Err(Error::conflict("IDEMPOTENCY_RUNNING", "The same request is being worked on: send it again")),
    }
}

pub(crate) async fn set_outcome(unit: &mut Unit, operation: &str, key: &str, outcome: &str) -> Result<()> {
    idempotency_keys::Entity::update_many()
        .col_expr(idempotency_keys::Column::Outcome, Expr::value(outcome))
        .filter(idempotency_keys::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(idempotency_keys::Column::ActorId.eq(unit.actor().id.0))
        .filter(idempotency_keys::Column::Operation.eq(operation))
        .filter(idempotency_keys::Column::Key.eq(key))
        .exec(unit.connection())
        .await?;
    Ok(())
}
