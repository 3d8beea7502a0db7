//! Statements: those that wait for a signature, and those that have one.

use audit::{Hash, verify::NOT_CONTENT};
use domain::{
    id::{ActorId, DocumentId, EventId, OrganizationId, PreparedDecisionId, TaskId},
    signing::Meaning,
    task::Decision,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::{
    entity::{leaves, prepared_decisions, staged_events, statements},
    log::{self, LogId, leaf_row},
    number, word,
};
use crate::{
    error::{InternalError, Result},
    unit::{Bookkeeping, Scope, Unit},
};

/// Where a document's last content event stands.
pub(crate) enum LastContent {
    /// Not in a log yet.
    Waiting,
    /// In the log that grows.
    Present(Hash),
    /// In a log that was recovered since: the present one says nothing of the document.
    Earlier { log: LogId, seq: u64, hash: Hash },
}

pub(crate) async fn last_content(scope: &Scope<'_>, document: DocumentId) -> Result<LastContent> {
    let event = staged_events::Entity::find()
        .filter(staged_events::Column::OrganizationId.eq(scope.organization.0))
        .filter(staged_events::Column::SubjectId.eq(document.to_string()))
        .filter(staged_events::Column::SubjectKind.eq("document"))
        .filter(staged_events::Column::Kind.is_not_in(NOT_CONTENT))
        .order_by_desc(staged_events::Column::Position)
        .one(scope.connection())
        .await?;
    let Some(event) = event.filter(|event| event.seq.is_some()) else { return Ok(LastContent::Waiting) };
    let leaf = leaves::Entity::find()
        .filter(leaves::Column::OrganizationId.eq(scope.organization.0))
        .filter(leaves::Column::EventId.eq(event.event_id))
        .one(scope.connection())
        .await?
        .ok_or_else(|| InternalError::Stored("the leaf of an event".into()))?;
    let log = LogId { organization: scope.organization, epoch: leaf.epoch };
    let leaf = leaf_row(leaf)?;
    let present = log::head(scope.connection(), scope.organization).await?;
    if present.is_some_and(|head| head.log == log) {
        return Ok(LastContent::Present(leaf.hash));
    }
    Ok(LastContent::Earlier { log, seq: leaf.seq, hash: leaf.hash })
}

pub(crate) struct NewStatement<'a> {
    pub id: PreparedDecisionId,
    pub organization: OrganizationId,
    pub signer: ActorId,
    pub task: TaskId,
    pub document_version: u32,
    pub decision: Decision,
    pub meaning: Meaning,
    pub kid: &'a str,
    pub sealed: Vec<u8>,
    pub expires_at: Timestamp,
}

pub(crate) async fn insert_prepared(bookkeeping: &mut Bookkeeping, new: NewStatement<'_>) -> Result<()> {
    let row = prepared_decisions::Model {
        id: new.id.0,
        organization_id: new.organization.0,
        actor_id: new.signer.0,
        task_id: new.task.0,
        document_version: number(new.document_version)?,
        decision: new.decision.to_string(),
        meaning: new.meaning.to_string(),
        kid: new.kid.to_owned(),
        sealed_statement: new.sealed,
        expires_at: new.expires_at.millis(),
        used_at: None,
    };
    prepared_decisions::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(bookkeeping.connection())
        .await?;
    Ok(())
}

/// Those whose time is over by a day: until then a late signature is told why it is refused.
pub(crate) async fn forget_prepared(bookkeeping: &mut Bookkeeping) -> Result<()> {
    prepared_decisions::Entity::delete_many()
        .filter(prepared_decisions::Column::ExpiresAt.lt(bookkeeping.now().plus_seconds(-86_400).millis()))
        .exec(bookkeeping.connection())
        .await?;
    Ok(())
}

pub(crate) struct PreparedRow {
    pub signer: ActorId,
    pub task: TaskId,
    pub document_version: u32,
    pub decision: Decision,
    pub meaning: Meaning,
    pub kid: String,
    pub sealed: Vec<u8>,
    pub expires_at: Timestamp,
    pub used: bool,
}

pub(crate) async fn lock_prepared(unit: &mut Unit, id: PreparedDecisionId) -> Result<Option<PreparedRow>> {
    let row = prepared_decisions::Entity::find_by_id(id.0)
        .filter(prepared_decisions::Column::OrganizationId.eq(unit.actor().organization.0))
        .lock_exclusive()
        .one(unit.connection())
        .await?;
    row.map(prepared).transpose()
}

pub(crate) async fn find_prepared(scope: &Scope<'_>, id: PreparedDecisionId) -> Result<Option<PreparedRow>> {
    let row = prepared_decisions::Entity::find_by_id(id.0)
        .filter(prepared_decisions::Column::OrganizationId.eq(scope.organization.0))
        .one(scope.connection())
        .await?;
    row.map(prepared).transpose()
}

fn prepared(row: prepared_decisions::Model) -> Result<PreparedRow> {
    Ok(PreparedRow {
        signer: ActorId(row.actor_id),
        task: TaskId(row.task_id),
        document_version: number(row.document_version)?,
        decision: word(&row.decision)?,
        meaning: word(&row.meaning)?,
        kid: row.kid,
        sealed: row.sealed_statement,
        expires_at: Timestamp(row.expires_at),
        used: row.used_at.is_some(),
    })
}

pub(crate) async fn set_used(unit: &mut Unit, id: PreparedDecisionId) -> Result<()> {
    prepared_decisions::Entity::update_many()
        .col_expr(prepared_decisions::Column::UsedAt, Expr::value(unit.now().millis()))
        .filter(prepared_decisions::Column::Id.eq(id.0))
        .exec(unit.connection())
        .await?;
    Ok(())
}

pub(crate) struct SignedRow<'a> {
    pub task: TaskId,
    pub kid: &'a str,
    pub algorithm: &'a str,
    pub meaning: Meaning,
    pub sealed_text: Vec<u8>,
    pub signature: &'a [u8],
}

/// A statement that the unit's actor signed, with the unit's first event.
pub(crate) async fn insert(unit: &mut Unit, signed: SignedRow<'_>) -> Result<()> {
    let row = statements::Model {
        organization_id: unit.actor().organization.0,
        event_id: unit.event().0,
        task_id: signed.task.0,
        actor_id: unit.actor().id.0,
        kid: signed.kid.to_owned(),
        algorithm: signed.algorithm.to_owned(),
        meaning: signed.meaning.to_string(),
        signed_at: unit.now().millis(),
        sealed_text: Some(signed.sealed_text),
        signature: signed.signature.to_vec(),
        authenticator_data: None,
        client_data: None,
    };
    statements::Entity::insert(row.into_active_model()).exec_without_returning(unit.connection()).await?;
    Ok(())
}

pub(crate) struct StatementRow {
    pub event: EventId,
    pub task: TaskId,
    pub signer: ActorId,
    pub kid: String,
    pub algorithm: String,
    pub meaning: Meaning,
    pub signed_at: Timestamp,
    /// `None` once it was erased.
    pub sealed_text: Option<Vec<u8>>,
    pub signature: Vec<u8>,
}

pub(crate) async fn of_tasks(scope: &Scope<'_>, tasks: &[TaskId]) -> Result<Vec<StatementRow>> {
    find_where(scope, statements::Column::TaskId.is_in(tasks.iter().map(|id| id.0))).await
}

pub(crate) async fn of_events(scope: &Scope<'_>, events: &[EventId]) -> Result<Vec<StatementRow>> {
    find_where(scope, statements::Column::EventId.is_in(events.iter().map(|id| id.0))).await
}

async fn find_where(scope: &Scope<'_>, wanted: impl sea_orm::sea_query::IntoCondition) -> Result<Vec<StatementRow>> {
    let rows = statements::Entity::find()
        .filter(statements::Column::OrganizationId.eq(scope.organization.0))
        .filter(wanted.into_condition())
        .all(scope.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(StatementRow {
                event: EventId(row.event_id),
                task: TaskId(row.task_id),
                signer: ActorId(row.actor_id),
                kid: row.kid,
                algorithm: row.algorithm,
                meaning: word(&row.meaning)?,
                signed_at: Timestamp(row.signed_at),
                sealed_text: row.sealed_text,
                signature: row.signature,
            })
        })
        .collect()
}
