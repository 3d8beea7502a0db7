//! Reads of the log: events, checkpoints, and whether it holds.

use std::collections::HashMap;

use audit::{Draft, canonical, cosignature, note::UnopenedNote};
use domain::{
    actor::{Actor, ActorKind},
    id::{ActorId, DocumentId, EventId},
    policy::Action,
    time::Timestamp,
};
use uuid::Uuid;

pub use crate::ledger::{
    keys::LogKeyRecord,
    recover::Recovered,
    scrub::{Broken, Verified},
};
use crate::{
    App,
    error::{Error, InternalError, Result},
    ledger::{self, keys, proof_files, recover, scrub},
    page::{PageRequest, Slice},
    permission::require,
    secrets::KeyState,
    store::{
        account, log,
        log::{CheckpointRow, EventRow, LeafRow, LogId},
    },
};

/// More types than this are not asked for at once; each costs a statement.
const MAX_TYPES: usize = 50;

/// A recorded step, with its leaf when it has its place.
#[derive(Clone, Debug)]
pub struct EventRecord {
    pub id: EventId,
    /// The epoch of its log, and its place there.
    pub epoch: Option<i32>,
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
    pub epoch: i32,
    pub size: u64,
    /// In hexadecimal.
    pub root: String,
    /// The signed note (C2SP tlog-checkpoint).
    pub note: String,
    pub signed_at: Timestamp,
}

/// A line of signature below a checkpoint, as it stands there.
#[derive(Clone, Debug)]
pub struct SignatureRecord {
    pub name: String,
    /// Eight hexadecimal digits.
    pub key_id: String,
    /// By a key of the log itself, not by a witness.
    pub is_log_key: bool,
    /// When a witness says that it signed.
    pub time: Option<Timestamp>,
}

impl CheckpointRecord {
    /// Nothing is verified here.
    pub fn signatures(&self) -> Vec<SignatureRecord> {
        let Ok(note) = UnopenedNote::parse(&self.note) else { return Vec::new() };
        let origin = note.text.lines().next().unwrap_or_default();
        note.signatures
            .iter()
            .map(|line| {
                let is_log_key = line.name == origin;
                let seconds = cosignature::split(line).filter(|_| !is_log_key).map(|(seconds, _)| seconds);
                let millis = seconds.and_then(|seconds| i64::try_from(seconds).ok()?.checked_mul(1_000));
                let time = millis.map(Timestamp);
                SignatureRecord { name: line.name.clone(), key_id: format!("{:08x}", line.id), is_log_key, time }
            })
            .collect()
    }
}

#[derive(Clone, Debug)]
pub struct LogStatus {
    pub origin: String,
    pub size: u64,
    /// Counts from 1; a log that can't be continued goes on in the next.
    pub epoch: i32,
    /// Oldest first.
    pub keys: Vec<LogKeyRecord>,
    pub checkpoint: Option<CheckpointRecord>,
    /// Nobody outside holds a head since then.
    pub unwitnessed_since: Option<Timestamp>,
    /// Signing has stopped: the first break that was found.
    pub alarm: Option<String>,
}

/// Which events of an organization; what is not said is not asked for.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    /// The id of what it is about, as leaves have it.
    pub subject: Option<String>,
    pub actor: Option<ActorId>,
    /// One of these types.
    pub types: Option<Vec<String>>,
    /// When it occurred: from this time on, and before that.
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

impl LogStatus {
    /// The newest key that signs: what an auditor pins, out of band (C2SP signed-note).
    pub fn verifier_key(&self) -> Option<&str> {
        let newest = self.keys.iter().rev().find(|key| key.state == KeyState::Active);
        newest.or(self.keys.last()).map(|key| key.verifier_key.as_str())
    }
}

/// The events of a document, oldest first.
pub async fn list_events(app: &App, actor: &Actor, of: DocumentId, page: PageRequest) -> Result<Slice<EventRecord>> {
    require(app, actor, Action::ReadDocument).await?;
    log::list_events(&app.scope(actor), &of.to_string(), &page).await?.try_map(record)
}

/// The events of the organization that a filter lets through, newest first.
pub async fn filter_events(
    app: &App,
    actor: &Actor,
    filter: &EventFilter,
    page: PageRequest,
) -> Result<Slice<EventRecord>> {
    require(app, actor, Action::ReadAudit).await?;
    if filter.types.as_ref().is_some_and(|types| types.len() > MAX_TYPES) {
        let message = format!("Ask for at most {MAX_TYPES} types at once");
        return Err(Error::invalid("TYPES_TOO_MANY", message));
    }
    log::filter_events(&app.scope(actor), filter, &page).await?.try_map(record)
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
        epoch: row.leaf.as_ref().map(|(epoch, _)| *epoch),
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

fn checkpoint_record(log: LogId, row: CheckpointRow) -> CheckpointRecord {
    CheckpointRecord {
        epoch: log.epoch,
        size: row.size,
        root: row.root.to_string(),
        note: row.note,
        signed_at: Timestamp(row.signed_at),
    }
}

/// That a leaf is in its log, under the newest checkpoint.
#[derive(Clone, Debug)]
pub struct ProofRecord {
    pub event: EventId,
    pub index: u64,
    /// In hexadecimal, from the leaf's sibling up.
    pub hashes: Vec<String>,
    pub checkpoint: CheckpointRecord,
    /// The same as a file that can be kept (C2SP tlog-proof).
    pub text: String,
}

/// The proofs of events that the newest checkpoint of their log covers.
pub async fn find_proofs(app: &App, actor: &Actor, events: &[EventId]) -> Result<Vec<ProofRecord>> {
    require(app, actor, Action::ReadAudit).await?;
    let mut by_log: HashMap<i32, Vec<LeafRow>> = HashMap::new();
    for row in log::find_events(&app.scope(actor), events).await? {
        if let Some((epoch, leaf)) = row.leaf {
            by_log.entry(epoch).or_default().push(leaf);
        }
    }
    let mut proofs = Vec::new();
    for (epoch, leaves) in by_log {
        let log = LogId { organization: actor.organization, epoch };
        let Some(checkpoint) = log::last_checkpoint(app.store().reader(), log).await? else { continue };
        let covered: Vec<&LeafRow> = leaves.iter().filter(|leaf| leaf.seq < checkpoint.size).collect();
        let files = proof_files(app, log, &covered, &checkpoint, false).await?;
        proofs.extend(covered.into_iter().zip(files).map(|(leaf, file)| ProofRecord {
            event: leaf.event,
            index: leaf.seq,
            text: file.to_string(),
            hashes: file.hashes.iter().map(ToString::to_string).collect(),
            checkpoint: checkpoint_record(log, checkpoint.clone()),
        }));
    }
    Ok(proofs)
}

/// Newest first.
pub async fn list_checkpoints(app: &App, actor: &Actor, page: PageRequest) -> Result<Slice<CheckpointRecord>> {
    require(app, actor, Action::ReadAudit).await?;
    let present = ledger::present_log(app, actor.organization).await?;
    Ok(log::list_checkpoints(app.store().reader(), present, &page).await?.map(|row| checkpoint_record(present, row)))
}

pub async fn find_checkpoint(app: &App, actor: &Actor, epoch: i32, size: u64) -> Result<Option<CheckpointRecord>> {
    require(app, actor, Action::ReadAudit).await?;
    let log = LogId { organization: actor.organization, epoch };
    Ok(log::checkpoint(app.store().reader(), log, size).await?.map(|row| checkpoint_record(log, row)))
}

pub async fn log_status(app: &App, actor: &Actor) -> Result<LogStatus> {
    require(app, actor, Action::ReadAudit).await?;
    let reader = app.store().reader();
    let (present, origin) = ledger::present(app, actor.organization).await?;
    let head = log::head_of(reader, present).await?;
    let checkpoint = log::last_checkpoint(reader, present).await?;
    // The first checkpoint that nobody outside holds, neither itself nor a later one.
    let witnessed = log::witnessed_size(reader, present).await?;
    let first = log::checkpoints_over(reader, present, witnessed, 1).await?.pop();
    Ok(LogStatus {
        size: head.map_or(0, |head| head.size),
        epoch: present.epoch,
        keys: keys::keys_of(app, present, &origin).await?,
        checkpoint: checkpoint.map(|row| checkpoint_record(present, row)),
        unwitnessed_since: first.map(|row| Timestamp(row.signed_at)),
        alarm: app.alarm().of(&origin),
        origin,
    })
}

/// Recomputes every log of the installation, all epochs; the first that breaks is named. Each break stops the signing of
/// its log, and each log that holds may be signed again.
///
/// # Errors
/// The inner one says where a log breaks, the outer that it could not be read.
pub async fn verify_logs(app: &App) -> Result<Result<Vec<Verified>, Broken>> {
    let (mut verified, mut first_break) = (Vec::new(), None);
    for (organization, _) in account::organizations(app.store().reader()).await? {
        let heads = log::heads(app.store().reader(), organization).await?;
        if heads.is_empty() {
            // A log whose table was emptied still has its signed head.
            recover::refuse_stale(app, organization).await?;
        }
        for head in heads {
            match scrub::verify(app, head.log, None).await? {
                Some(Ok(log)) => {
                    app.alarm().clear(&log.origin)?;
                    verified.push(log);
                }
                Some(Err(broken)) => {
                    app.alarm().raise(&broken.origin, &broken.found.to_string());
                    first_break.get_or_insert(broken);
                }
                None => {}
            }
        }
    }
    Ok(first_break.map_or(Ok(verified), Err))
}

/// At the start: a database that is behind what was signed is an older copy, and must not be written to.
pub(crate) async fn refuse_stale_database(app: &App) -> Result<()> {
    for (organization, _) in account::organizations(app.store().reader()).await? {
        recover::refuse_stale(app, organization).await?;
    }
    Ok(())
}

/// Opens a new epoch for every log that can't be continued: the database is behind what was signed, the last-signed
/// heads are lost, or the alarm was raised. `reason` is a code that stands in the log for ever.
///
/// # Errors
/// `REASON_INVALID`; `NOTHING_TO_RECOVER` when every log can be continued.
pub async fn recover_logs(app: &App, reason: &str) -> Result<Vec<Recovered>> {
    recover::recover(app, reason).await
}

/// For the readiness probe.
pub(crate) async fn is_appending(app: &App) -> Result<(), String> {
    let organizations = account::organizations(app.store().reader()).await.map_err(|error| match error {
        Error::Internal(error) => error.to_string(),
        other => other.to_string(),
    })?;
    for (organization, _) in organizations {
        let (_, origin) = ledger::present(app, organization).await.map_err(|error| error.to_string())?;
        if let Some(alarm) = app.alarm().of(&origin) {
            return Err(format!("the log does not hold, signing has stopped: {alarm}"));
        }
    }
    Ok(())
}
