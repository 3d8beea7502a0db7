//! The write path of the log: events are staged in the transaction of the change, sequenced into leaves, and signed
//! as checkpoints.
//!
//! | step | where | what a crash after it leaves |
//! |---|---|---|
//! | [`stage`] | the use case's own transaction | change and event, or neither |
//! | [`sequence`] | one transaction a batch | staged events that the next batch takes |
//! | [`checkpoint`] | re-reads, moves the head store, signs, publishes | a head that is signed again, never another |
//! | [`scrub`] | reads all of it again, for ever | nothing |

pub(crate) mod alarm;
pub(crate) mod checkpoint;
mod draft;
mod head_store;
pub(crate) mod keys;
mod proof;
pub(crate) mod recover;
pub(crate) mod scrub;
mod sealing;
pub(crate) mod sequence;
pub(crate) mod tree;

use std::time::Duration;

use audit::{Digest, Millis, disclosure::Disclosure};
use domain::{
    actor::{Actor, ActorKind},
    event::Event,
    id::{EventId, OrganizationId},
    time::Timestamp,
};

pub(crate) use alarm::Alarm;
use draft::Of;
pub(crate) use head_store::HeadStore;
pub(crate) use proof::proof_files;
pub(crate) use sealing::{Opener, Owner, open as open_sealed, seal as seal_values};

use crate::{
    App,
    error::{Error, InternalError, Result},
    store::{
        Transaction,
        disclosure::{self, SealedDisclosure},
        log::{self, LogId, StagedEvent},
    },
};

/// Name and version of the software, as leaves state it.
const SOFTWARE: &str = concat!("countersign/", env!("CARGO_PKG_VERSION"));

/// How long [`settle`] waits for another node to sign, in pauses between two checkpoints.
const CHECKPOINTS_AWAITED: u32 = 20;

/// The name of a log, for ever: `<host>/log/<organization>/e<epoch>`.
pub(crate) fn origin(host: &str, log: LogId) -> String {
    format!("{host}/log/{}/e{}", log.organization, log.epoch)
}

/// The log of an organization that grows, and its origin; the first one where none has a leaf yet.
pub(crate) async fn present(app: &App, organization: OrganizationId) -> Result<(LogId, String)> {
    let head = log::head(app.store().reader(), organization).await?;
    let first = LogId { organization, epoch: 1 };
    Ok(head.map_or_else(|| (first, origin(app.host(), first)), |head| (head.log, head.origin)))
}

pub(crate) async fn present_log(app: &App, organization: OrganizationId) -> Result<LogId> {
    Ok(present(app, organization).await?.0)
}

/// Gives what is staged its place and a signature. On a node that does not sign, it waits for the one that does.
///
/// # Errors
/// When the log can't grow. What keeps it from being signed is told elsewhere: the last checkpoint stands.
pub(crate) async fn settle(app: &App, organization: OrganizationId) -> Result<()> {
    while sequence::sequence(app, organization).await? > 0 {}
    if app.settings().checkpointer {
        if let Err(error) = checkpoint::checkpoint(app, organization).await {
            // Another process may be signing this very moment.
            tracing::debug!(%error, "the last checkpoint is taken as it is");
        }
        return Ok(());
    }
    let reader = app.store().reader();
    let Some(head) = log::head(reader, organization).await? else { return Ok(()) };
    for _ in 0..CHECKPOINTS_AWAITED {
        if log::last_checkpoint(reader, head.log).await?.is_some_and(|row| row.size >= head.size) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(app.settings().checkpoint_millis)).await;
    }
    Ok(())
}

/// Writes an event to the staging table, in the transaction of the change that it records.
pub(crate) async fn stage(
    app: &App,
    actor: &Actor,
    transaction: &Transaction,
    now: Timestamp,
    idempotency_key: Option<&str>,
    id: EventId,
    event: Event,
) -> Result<()> {
    let organization = actor.organization;
    let keyed = |purpose, text: &str| Digest(app.secrets().pseudonymize(organization, purpose, text));
    let content = draft::content(&event)?;
    let draft = audit::Draft {
        id: id.to_string(),
        kind: event.kind().to_owned(),
        occurred_at: millis(now)?,
        actor: audit::leaf::Actor {
            kind: actor.kind.word().to_lowercase(),
            id: match actor.kind {
                ActorKind::System => "system".to_owned(),
                ActorKind::User | ActorKind::Service => actor.id.to_string(),
            },
            auth: Some(actor.authentication.word().to_lowercase()),
            session: actor.session.map(|session| session.to_string()),
        },
        subject: audit::leaf::Subject {
            kind: content.subject.kind.to_owned(),
            id: content.subject.id.clone(),
            version: content.subject.version,
            commit: content.commit.as_ref().map(Disclosure::digest),
        },
        data: content.data,
        sd: content.disclosures.iter().map(|(_, disclosure)| disclosure.digest()).collect(),
        stmt: content.statement,
        idem: idempotency_key.map(|key| keyed("idempotency key", key)),
        req: actor.request.as_deref().map(|request| keyed("request id", request)),
        node: app.settings().node.clone(),
        sw: SOFTWARE.to_owned(),
    };
    let staged = StagedEvent {
        organization,
        event: id,
        kind: draft.kind.clone(),
        subject_kind: draft.subject.kind.clone(),
        subject_id: draft.subject.id.clone(),
        actor_kind: actor.kind.to_string(),
        actor_id: actor.id.0,
        draft: draft.encode()?,
        occurred_at: now.millis(),
    };
    let of_subject = Owner { kind: staged.subject_kind.clone(), id: staged.subject_id.clone() };
    let personal = content.disclosures.into_iter().chain(content.commit.map(|commit| (Of::Subject, commit)));
    let (subjects, actors): (Vec<_>, Vec<_>) = personal.partition(|(of, _)| *of == Of::Subject);
    for (owner, disclosures) in [(of_subject, subjects), (Owner::actor(actor.id), actors)] {
        let sealed = seal(app, transaction, organization, owner, disclosures).await?;
        disclosure::insert(transaction, organization, id, sealed).await?;
    }
    log::stage(transaction, staged).await
}

async fn seal(
    app: &App,
    transaction: &Transaction,
    organization: OrganizationId,
    owner: Owner,
    disclosures: Vec<(Of, Disclosure)>,
) -> Result<Vec<SealedDisclosure>> {
    if disclosures.is_empty() {
        return Ok(Vec::new());
    }
    let values: Vec<&[u8]> = disclosures.iter().map(|(_, disclosure)| disclosure.bytes()).collect();
    let sealed = sealing::seal(app, transaction, organization, &owner, &values).await?;
    let digests = disclosures.iter().map(|(_, disclosure)| disclosure.digest().0);
    let rows = digests.zip(sealed);
    Ok(rows.map(|(digest, sealed)| SealedDisclosure { digest, owner: owner.clone(), sealed }).collect())
}

/// Nothing is handed out of a log that does not hold.
pub(crate) fn broken(what: &str) -> Error {
    Error::invalid("LOG_BROKEN", format!("The log does not hold, so nothing is exported: {what}"))
}

pub(crate) fn millis(time: Timestamp) -> Result<Millis> {
    let in_range = Millis::new(time.millis());
    in_range.map_err(|error| Error::Internal(InternalError::Other(error.to_string())))
}
