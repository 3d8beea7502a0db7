//! What bundles and receipts read of the log beside its order: which leaves belong together, and what is kept outside
//! them.

use std::collections::HashSet;

use audit::{Digest, Draft, Value};
use domain::{
    bundle::Extent,
    id::{ActorId, EventId, TaskId},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    entity::{disclosures, leaves, signing_keys, staged_events, statements, tasks},
    log::{LeafRow, LogId, leaf_row},
    number,
};
use crate::{
    error::{InternalError, Result},
    ledger::Owner,
    unit::Scope,
};

/// Events about keys of the log; reviewers' keys are revoked by the second, too.
const LOG_KEY_KINDS: [&str; 3] = ["key.rotated/v1", "key.revoked/v1", "key.retired/v1"];
const ERASED: &str = "privacy.erased/v1";
/// Below the databases' limits of parameters a statement.
const IDS_A_STATEMENT: usize = 500;

/// The log and the place of the last event of a kind about a subject that has few; `None` while it has none.
pub(crate) async fn place_of(scope: &Scope<'_>, subject: &str, kind: &str) -> Result<Option<(LogId, u64)>> {
    let rows = staged_events::Entity::find()
        .filter(staged_events::Column::OrganizationId.eq(scope.organization.0))
        .filter(staged_events::Column::SubjectId.eq(subject))
        .order_by(staged_events::Column::Position, Order::Desc)
        .all(scope.connection())
        .await?;
    let row = rows.into_iter().find(|row| row.kind == kind);
    let Some((epoch, seq)) = row.and_then(|row| row.epoch.zip(row.seq)) else { return Ok(None) };
    Ok(Some((LogId { organization: scope.organization, epoch }, number(seq)?)))
}

/// The first `size` leaves of the log, as far as they are of an extent.
#[derive(Clone, Copy)]
pub(crate) struct Selection {
    pub log: LogId,
    pub extent: Extent,
    /// The places of the first and the last leaf of a period.
    pub range: (u64, u64),
    pub size: u64,
}

impl Selection {
    fn condition(&self) -> Result<Condition> {
        let of_log = Condition::all()
            .add(staged_events::Column::OrganizationId.eq(self.log.organization.0))
            .add(staged_events::Column::Epoch.eq(self.log.epoch))
            .add(staged_events::Column::Seq.lt(number::<i64, _>(self.size)?));
        Ok(match self.extent {
            Extent::Log => of_log,
            Extent::Document(id) => of_log
                .add(staged_events::Column::SubjectId.eq(id.to_string()))
                .add(staged_events::Column::SubjectKind.eq("document")),
            Extent::Actor(id) => of_log.add(staged_events::Column::ActorId.eq(id.0)),
            Extent::Period { .. } => of_log
                .add(staged_events::Column::Seq.gte(number::<i64, _>(self.range.0)?))
                .add(staged_events::Column::Seq.lte(number::<i64, _>(self.range.1)?)),
        })
    }
}

/// The places of all leaves of a selection, in order. Eight bytes each are held.
pub(crate) async fn places(scope: &Scope<'_>, of: &Selection) -> Result<Vec<u64>> {
    let seqs: Vec<i64> = staged_events::Entity::find()
        .select_only()
        .column(staged_events::Column::Seq)
        .filter(of.condition()?)
        .order_by_asc(staged_events::Column::Seq)
        .into_tuple()
        .all(scope.connection())
        .await?;
    seqs.into_iter().map(number).collect()
}

/// What a verifier has to know beside a selection: the keys of the log, the keys of those who signed, and what was
/// erased of the actors and documents in it. Places, in order.
pub(crate) async fn context(scope: &Scope<'_>, of: &Selection) -> Result<Vec<u64>> {
    let actors = actors(scope, of).await?;
    let candidates: Vec<(i64, String, String)> = staged_events::Entity::find()
        .select_only()
        .columns([staged_events::Column::Seq, staged_events::Column::SubjectKind, staged_events::Column::SubjectId])
        .filter(Selection { extent: Extent::Log, ..*of }.condition()?)
        .filter(staged_events::Column::Kind.is_in(LOG_KEY_KINDS.into_iter().chain(["key.enrolled/v1", ERASED])))
        .into_tuple()
        .all(scope.connection())
        .await?;
    let erased = candidates.iter().filter(|(_, kind, _)| kind == "document").map(|(_, _, id)| id.as_str());
    let documents = documents_among(scope, of, erased.collect()).await?;
    let wanted = candidates.into_iter().filter(|(_, kind, id)| match kind.as_str() {
        "log_key" => true,
        "actor" => actors.contains(id),
        _ => documents.contains(id),
    });
    let mut found = wanted.map(|(seq, ..)| number(seq)).collect::<Result<Vec<u64>>>()?;
    found.sort_unstable();
    Ok(found)
}

/// Who acts in a selection. No DISTINCT: for its order SQLite reads all events of the organization.
async fn actors(scope: &Scope<'_>, of: &Selection) -> Result<HashSet<String>> {
    let actors = staged_events::Entity::find().select_only().column(staged_events::Column::ActorId);
    match of.extent {
        Extent::Actor(actor) => Ok(HashSet::from([actor.to_string()])),
        Extent::Document(_) | Extent::Log => {
            let found: Vec<Uuid> = actors.filter(of.condition()?).into_tuple().all(scope.connection()).await?;
            Ok(found.iter().map(Uuid::to_string).collect())
        }
        Extent::Period { .. } => {
            let mut found = HashSet::new();
            let (first, last) = of.range;
            for from in (first..=last).step_by(IDS_A_STATEMENT) {
                let events: Vec<Uuid> = leaves::Entity::find()
                    .select_only()
                    .column(leaves::Column::EventId)
                    .filter(leaves::Column::OrganizationId.eq(of.log.organization.0))
                    .filter(leaves::Column::Epoch.eq(of.log.epoch))
                    .filter(leaves::Column::Seq.gte(number::<i64, _>(from)?))
                    .filter(leaves::Column::Seq.lte(number::<i64, _>(last)?))
                    .order_by_asc(leaves::Column::Seq)
                    .limit(IDS_A_STATEMENT as u64)
                    .into_tuple()
                    .all(scope.connection())
                    .await?;
                // Places have no index among staged events, ids have one.
                let of_events = actors.clone().filter(staged_events::Column::EventId.is_in(events));
                let some: Vec<Uuid> = of_events.into_tuple().all(scope.connection()).await?;
                found.extend(some.iter().map(Uuid::to_string));
            }
            Ok(found)
        }
    }
}

/// Which of these documents a selection speaks of.
async fn documents_among(scope: &Scope<'_>, of: &Selection, ids: Vec<&str>) -> Result<HashSet<String>> {
    let mut found = HashSet::new();
    if let Extent::Document(document) = of.extent {
        return Ok(ids.into_iter().filter(|id| *id == document.to_string()).map(str::to_owned).collect());
    }
    for chunk in ids.chunks(IDS_A_STATEMENT) {
        let some: Vec<String> = staged_events::Entity::find()
            .select_only()
            .column(staged_events::Column::SubjectId)
            .filter(of.condition()?)
            .filter(staged_events::Column::SubjectKind.eq("document"))
            .filter(staged_events::Column::SubjectId.is_in(chunk.iter().copied()))
            .into_tuple()
            .all(scope.connection())
            .await?;
        found.extend(some);
    }
    Ok(found)
}

/// Whether anything was erased that the first `size` leaves say nothing of.
pub(crate) async fn erased_since(scope: &Scope<'_>, log: LogId, size: u64) -> Result<bool> {
    let row = staged_events::Entity::find()
        .filter(staged_events::Column::OrganizationId.eq(log.organization.0))
        .filter(staged_events::Column::Kind.eq(ERASED))
        .filter(
            Condition::any().add(staged_events::Column::Seq.is_null()).add(
                Condition::all()
                    .add(staged_events::Column::Epoch.eq(log.epoch))
                    .add(staged_events::Column::Seq.gte(number::<i64, _>(size)?)),
            ),
        )
        .one(scope.connection())
        .await?;
    Ok(row.is_some())
}

/// Whether anything was recorded of an actor.
pub(crate) async fn has_acted(scope: &Scope<'_>, actor: ActorId) -> Result<bool> {
    let row = staged_events::Entity::find()
        .filter(staged_events::Column::OrganizationId.eq(scope.organization.0))
        .filter(staged_events::Column::ActorId.eq(actor.0))
        .one(scope.connection())
        .await?;
    Ok(row.is_some())
}

/// The decisions on these tasks, each as the event that recorded it.
pub(crate) async fn decisions(scope: &Scope<'_>, of: &[TaskId]) -> Result<Vec<(TaskId, EventId)>> {
    let documents: Vec<Uuid> = tasks::Entity::find()
        .select_only()
        .column(tasks::Column::DocumentId)
        .filter(tasks::Column::OrganizationId.eq(scope.organization.0))
        .filter(tasks::Column::Id.is_in(of.iter().map(|id| id.0)))
        .into_tuple()
        .all(scope.connection())
        .await?;
    let rows = staged_events::Entity::find()
        .filter(staged_events::Column::OrganizationId.eq(scope.organization.0))
        .filter(staged_events::Column::SubjectId.is_in(documents.iter().map(Uuid::to_string)))
        .filter(staged_events::Column::Kind.eq("task.decided/v1"))
        .all(scope.connection())
        .await?;
    let mut found = Vec::new();
    for row in rows {
        let Value::Object(data) = Draft::decode(&row.draft)?.data else { continue };
        let Some(Value::String(task)) = data.get("task") else { continue };
        found.extend(task.parse().ok().filter(|task| of.contains(task)).map(|task| (task, EventId(row.event_id))));
    }
    Ok(found)
}

/// The leaves of those events that have one, by log and in order.
pub(crate) async fn leaves_of(scope: &Scope<'_>, events: &[EventId]) -> Result<Vec<(LogId, LeafRow)>> {
    let rows = leaves::Entity::find()
        .filter(leaves::Column::OrganizationId.eq(scope.organization.0))
        .filter(leaves::Column::EventId.is_in(events.iter().map(|event| event.0)))
        .order_by_asc(leaves::Column::Epoch)
        .order_by_asc(leaves::Column::Seq)
        .all(scope.connection())
        .await?;
    let placed =
        |row: leaves::Model| Ok((LogId { organization: scope.organization, epoch: row.epoch }, leaf_row(row)?));
    rows.into_iter().map(placed).collect()
}

/// The leaves at these places, in order.
pub(crate) async fn leaves_at(scope: &Scope<'_>, log: LogId, places: &[u64]) -> Result<Vec<LeafRow>> {
    let seqs = places.iter().map(|seq| number(*seq)).collect::<Result<Vec<i64>>>()?;
    let rows = leaves::Entity::find()
        .filter(leaves::Column::OrganizationId.eq(log.organization.0))
        .filter(leaves::Column::Epoch.eq(log.epoch))
        .filter(leaves::Column::Seq.is_in(seqs))
        .order_by_asc(leaves::Column::Seq)
        .all(scope.connection())
        .await?;
    rows.into_iter().map(leaf_row).collect()
}

/// A sealed disclosure, and the subject whose key opens it.
pub(crate) struct DisclosureRow {
    pub digest: Digest,
    pub owner: Owner,
    pub sealed: Vec<u8>,
}

/// Those that there still are, in no order.
pub(crate) async fn disclosures(scope: &Scope<'_>, digests: &[Digest]) -> Result<Vec<DisclosureRow>> {
    let rows = disclosures::Entity::find()
        .filter(disclosures::Column::OrganizationId.eq(scope.organization.0))
        .filter(disclosures::Column::Digest.is_in(digests.iter().map(|digest| digest.0.to_vec())))
        .all(scope.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            let digest = <[u8; 32]>::try_from(row.digest).map_err(|_| InternalError::Stored("a digest".into()))?;
            Ok(DisclosureRow {
                digest: Digest(digest),
                owner: Owner { kind: row.subject_kind, id: row.subject_id },
                sealed: row.sealed,
            })
        })
        .collect()
}

/// What belongs to the signature in a leaf and is kept outside it.
pub(crate) struct StatementRow {
    pub event: EventId,
    pub actor: ActorId,
    pub kid: String,
    /// `None` once it was erased.
    pub sealed_text: Option<Vec<u8>>,
    pub signature: Vec<u8>,
    pub authenticator_data: Option<Vec<u8>>,
    pub client_data: Option<Vec<u8>>,
}

pub(crate) async fn statements(scope: &Scope<'_>, of: &[EventId]) -> Result<Vec<StatementRow>> {
    let rows = statements::Entity::find()
        .filter(statements::Column::OrganizationId.eq(scope.organization.0))
        .filter(statements::Column::EventId.is_in(of.iter().map(|id| id.0)))
        .all(scope.connection())
        .await?;
    let row = |row: statements::Model| StatementRow {
        event: EventId(row.event_id),
        actor: ActorId(row.actor_id),
        kid: row.kid,
        sealed_text: row.sealed_text,
        signature: row.signature,
        authenticator_data: row.authenticator_data,
        client_data: row.client_data,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// The public half of a signing key, as SubjectPublicKeyInfo in DER.
pub(crate) async fn signing_key(scope: &Scope<'_>, kid: &str) -> Result<Option<Vec<u8>>> {
    let row = signing_keys::Entity::find_by_id((scope.organization.0, kid.to_owned())).one(scope.connection()).await?;
    Ok(row.map(|row| row.spki))
}

/// The places of the events about keys of the log.
pub(crate) async fn key_changes(scope: &Scope<'_>, log: LogId, size: u64) -> Result<Vec<u64>> {
    let seqs: Vec<i64> = staged_events::Entity::find()
        .select_only()
        .column(staged_events::Column::Seq)
        .filter(staged_events::Column::OrganizationId.eq(log.organization.0))
        .filter(staged_events::Column::Epoch.eq(log.epoch))
        .filter(staged_events::Column::Kind.is_in(LOG_KEY_KINDS))
        .filter(staged_events::Column::SubjectKind.eq("log_key"))
        .filter(staged_events::Column::Seq.lt(number::<i64, _>(size)?))
        .order_by_asc(staged_events::Column::Seq)
        .into_tuple()
        .all(scope.connection())
        .await?;
    seqs.into_iter().map(number).collect()
}
