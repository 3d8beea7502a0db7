//! Reads of the log: events, checkpoints, and whether it holds.

use audit::{Draft, canonical, note::Signer};
use domain::{
    actor::{Actor, ActorKind},
    id::{ActorId, DocumentId, EventId},
    policy::Action,
    time::Timestamp,
};
use uuid::Uuid;

pub use crate::ledger::scrub::{Broken, Verified};
use crate::{
    App,
    error::{Error, InternalError, Result},
    ledger::{self, checkpoint::signer, scrub},
    page::{PageRequest, Slice},
    permission::require,
    store::{
        account, log,
        log::{CheckpointRow, EventRow, LogId},
    },
};

/// A recorded step, with its leaf when it has its place.
#[derive(Clone, Debug)]
pub struct EventRecord {
    pub id: EventId,
    pub seq: Option<u64>,
    pub kind: String,
    pub occurred_at: Timestamp,
    pub recorded_at: Option<Timestamp>,
    pub actor: ActorId,
    pub actor_kind: ActorKind,
    pub subject_kind: String,
    pub subject_id: String,
    /// The leaf's data, as JSON.
    pub data: String,
    /// In hexadecimal.
    pub leaf_hash: Option<String>,
    /// The exact bytes, which are text.
    pub leaf: Option<String>,
}

#[derive(Clone, Debug)]
pub struct CheckpointRecord {
    pub size: u64,
    /// In hexadecimal.
    pub root: String,
    /// The signed note (C2SP tlog-checkpoint).
    pub note: String,
    pub signed_at: Timestamp,
}

#[derive(Clone, Debug)]
pub struct LogStatus {
    pub origin: String,
    pub size: u64,
    /// What an auditor pins, out of band (C2SP signed-note).
    pub verifier_key: String,
    pub checkpoint: Option<CheckpointRecord>,
    /// Nobody outside holds a head since then.
    pub unwitnessed_since: Option<Timestamp>,
    /// Signing has stopped: the first break that was found.
    pub alarm: Option<String>,
}

/// The events of a document, oldest first; or of the whole organization, newest first.
pub async fn list_events(
    app: &App,
    actor: &Actor,
    of: Option<DocumentId>,
    page: PageRequest,
) -> Result<Slice<EventRecord>> {
    let action = if of.is_some() { Action::ReadDocument } else { Action::ReadAudit };
    require(app, actor, action).await?;
    let subject = of.map(|id| id.to_string());
    log::list_events(&app.scope(actor), subject.as_deref(), &page).await?.try_map(record)
}

pub async fn find_events(app: &App, actor: &Actor, ids: &[EventId]) -> Result<Vec<EventRecord>> {
    require(app, actor, Action::ReadAudit).await?;
    log::find_events(&app.scope(actor), ids).await?.into_iter().map(record).collect()
}

/// Of these events those that erased something: whoever may see documents may see that one was erased.
pub async fn find_erasures(app: &App, actor: &Actor, ids: &[EventId]) -> Result<Vec<EventRecord>> {
    require(app, actor, Action::ReadDocument).await?;
    let rows = log::find_events(&app.scope(actor), ids).await?;
    rows.into_iter().filter(|row| row.kind == "privacy.erased/v1").map(record).collect()
}

fn record(row: EventRow) -> Result<EventRecord> {
    let draft = Draft::decode(&row.draft)?;
    let json = canonical::encode(&draft.data).map_err(audit::leaf::LeafError::from)?;
    let leaf = row.leaf.as_ref().map(|(_, leaf)| audit::Leaf::parse(&leaf.bytes)).transpose()?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|_| InternalError::Stored("a leaf".into()));
    let actor_kind = draft.actor.kind.to_uppercase().parse();
    Ok(EventRecord {
        id: row.event,
        seq: leaf.as_ref().map(|leaf| leaf.place().seq),
        kind: row.kind,
        occurred_at: Timestamp(draft.occurred_at.get()),
        recorded_at: leaf.as_ref().map(|leaf| Timestamp(leaf.place().recorded_at.get())),
        actor: ActorId(draft.actor.id.parse().unwrap_or(Uuid::nil())),
        actor_kind: actor_kind.map_err(|_| InternalError::Stored("an actor's kind".into()))?,
        subject_kind: row.subject_kind,
        subject_id: row.subject_id,
        data: text(json)?,
        leaf_hash: leaf.as_ref().map(|leaf| leaf.hash().to_string()),
        leaf: leaf.map(|leaf| text(leaf.into_bytes())).transpose()?,
    })
}

fn checkpoint_record(row: CheckpointRow) -> CheckpointRecord {
    CheckpointRecord { size: row.size, root: row.root.to_string(), note: row.note, signed_at: Timestamp(row.signed_at) }
}

/// Newest first.
pub async fn list_checkpoints(app: &App, actor: &Actor, page: PageRequest) -> Result<Slice<CheckpointRecord>> {
    require(app, actor, Action::ReadAudit).await?;
    let present = ledger::present_log(app, actor.organization).await?;
    Ok(log::list_checkpoints(app.store().reader(), present, &page).await?.map(checkpoint_record))
}

pub async fn find_checkpoint(app: &App, actor: &Actor, size: u64) -> Result<Option<CheckpointRecord>> {
    require(app, actor, Action::ReadAudit).await?;
    let present = ledger::present_log(app, actor.organization).await?;
    Ok(log::checkpoint(app.store().reader(), present, size).await?.map(checkpoint_record))
}

pub async fn log_status(app: &App, actor: &Actor) -> Result<LogStatus> {
    require(app, actor, Action::ReadAudit).await?;
    let reader = app.store().reader();
    let present = ledger::present_log(app, actor.organization).await?;
    let origin = ledger::origin(app.host(), present);
    let head = log::head_of(reader, present).await?;
    let checkpoint = log::last_checkpoint(reader, present).await?;
    // Until somebody outside holds a head, the whole log is unwitnessed.
    let first = log::checkpoints_over(reader, present, 0, 1).await?.pop();
    Ok(LogStatus {
        size: head.map_or(0, |head| head.size),
        verifier_key: signer(app, &origin)?.verifier_key().to_string(),
        checkpoint: checkpoint.map(checkpoint_record),
        unwitnessed_since: first.map(|row| Timestamp(row.signed_at)),
        alarm: app.alarm().of(&origin),
        origin,
    })
}

/// Recomputes every log of the installation; the first that breaks is named.
///
/// # Errors
/// The inner one says where a log breaks, the outer that it could not be read.
pub async fn verify_logs(app: &App) -> Result<Result<Vec<Verified>, Broken>> {
    let mut verified = Vec::new();
    for (organization, _) in account::organizations(app.store().reader()).await? {
        let heads = log::heads(app.store().reader(), organization).await?;
        if heads.is_empty() {
            // A log whose table was emptied still has its signed head.
            let log = LogId { organization, epoch: 1 };
            app.heads().refuse_behind(&ledger::origin(app.host(), log), 0)?;
        }
        for head in heads {
            match scrub::verify(app, head.log, None).await? {
                Some(Ok(log)) => verified.push(log),
                Some(Err(broken)) => return Ok(Err(broken)),
                None => {}
            }
        }
    }
    Ok(Ok(verified))
}

/// At the start: a database that is behind what was signed is an older copy, and must not be written to.
pub(crate) async fn refuse_stale_database(app: &App) -> Result<()> {
    for (organization, _) in account::organizations(app.store().reader()).await? {
        let present = ledger::present_log(app, organization).await?;
        let origin = ledger::origin(app.host(), present);
        let size = log::head_of(app.store().reader(), present).await?.map_or(0, |head| head.size);
        app.heads().refuse_behind(&origin, size)?;
        let published = log::last_checkpoint(app.store().reader(), present).await?.map_or(0, |row| row.size);
        app.heads().refuse_forgotten(&origin, published)?;
    }
    Ok(())
}

/// For the readiness probe.
pub(crate) async fn is_appending(app: &App) -> Result<(), String> {
    let organizations = account::organizations(app.store().reader()).await.map_err(|error| match error {
        Error::Internal(error) => error.to_string(),
        other => other.to_string(),
    })?;
    for (organization, _) in organizations {
        let present = ledger::present_log(app, organization).await.map_err(|error| error.to_string())?;
        if let Some(alarm) = app.alarm().of(&ledger::origin(app.host(), present)) {
            return Err(format!("the log does not hold, signing has stopped: {alarm}"));
        }
    }
    Ok(())
}
