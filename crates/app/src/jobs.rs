//! Slow work: a row in the transaction that causes it, an idempotent handler, a lease with a fencing token.

use std::time::Duration;

use domain::{
    actor::Actor,
    id::{AuditBundleId, DocumentId, EventId, ExportId, JobId, OrganizationId},
    job::JobKind,
    time::Timestamp,
};
use uuid::Uuid;

pub use crate::store::job::DeadJob;
use crate::{
    App, bundles,
    error::{Error, InternalError, Result},
    exports, holders, reading, receipts, routing,
    secrets::random,
    store::job,
};

/// What waits for mail servers. It has a worker of its own, so that a server that does not answer holds up no reading.
pub(crate) const MAIL: &[JobKind] = &[JobKind::SendReceipt, JobKind::SendCheckpoint];
pub(crate) const ALL_BUT_MAIL: &[JobKind] =
    &[JobKind::ReadDocument, JobKind::RouteDocument, JobKind::BuildExport, JobKind::BuildAuditBundle];

/// Seconds until a job that has to wait looks again: the longer it has waited, the longer.
fn pause(claim: &Claim, now: Timestamp) -> i64 {
    let waited = (now.millis() - claim.enqueued_at.millis()) / 1_000;
    (waited / 2).clamp(1, 60)
}

/// The jobs that were given up, newest first: mails that nobody took, documents that could not be read.
pub async fn list_dead_jobs(app: &App, organization: OrganizationId) -> Result<Vec<DeadJob>> {
    job::dead(&app.scope(&Actor::system(organization))).await
}

/// Gives a job that was given up all its attempts again.
///
/// # Errors
/// Not found for what is no dead job.
pub async fn retry_job(app: &App, organization: OrganizationId, id: JobId) -> Result<()> {
    let mut bookkeeping = app.bookkeeping().await?;
    if !job::revive(&mut bookkeeping, organization, id).await? {
        return Err(Error::NotFound);
    }
    bookkeeping.commit().await?;
    app.wake().workers.notify_waiters();
    Ok(())
}

/// A worker's right to a job: a finish under an older token changes nothing.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub id: JobId,
    pub organization: OrganizationId,
    pub kind: JobKind,
    pub subject: Uuid,
    pub enqueued_at: Timestamp,
    /// From 1.
    pub attempt: u32,
    pub token: i64,
}

/// How a handler ended well.
pub(crate) enum Done {
    /// The job was finished in the transaction of its effect.
    Committed,
    /// There was nothing to do: the effect is there already, or its subject has gone another way.
    Nothing,
    /// What it waits for has not happened yet. Waiting is no attempt.
    NotYet,
}

/// Any one job, for stories that go step by step.
#[cfg(test)]
pub(crate) async fn work_once(app: &App) -> Result<bool> {
    work_on(app, JobKind::ALL).await
}

/// Claims and runs one job of these kinds; false when none waits.
pub(crate) async fn work_on(app: &App, kinds: &[JobKind]) -> Result<bool> {
    let mut bookkeeping = app.bookkeeping().await?;
    let lease = app.settings().job_lease_seconds;
    let Some(claim) = job::claim(&mut bookkeeping, kinds, lease).await? else { return Ok(false) };
    bookkeeping.commit().await?;
    let started = std::time::Instant::now();
    let heartbeat = tokio::spawn(keep_alive(app.clone(), claim.clone()));
    // On a task of its own: a handler that panics fails its job, not its worker.
    let handler = tokio::spawn({
        let (app, claim) = (app.clone(), claim.clone());
        async move { run(&app, &claim).await }
    });
    let outcome = handler.await.unwrap_or_else(|error| Err(InternalError::Other(error.to_string()).into()));
    heartbeat.abort();
    metrics::histogram!("countersign_job_seconds", "kind" => claim.kind.word()).record(started.elapsed());
    match outcome {
        Ok(Done::Committed) => {}
        Ok(Done::Nothing) => {
            let mut bookkeeping = app.bookkeeping().await?;
            job::settle(&mut bookkeeping, &claim).await?;
            bookkeeping.commit().await?;
        }
        Ok(Done::NotYet) => {
            let mut bookkeeping = app.bookkeeping().await?;
            job::postpone(&mut bookkeeping, &claim, app.now().plus_seconds(pause(&claim, app.now()))).await?;
            bookkeeping.commit().await?;
        }
        Err(error) => give_back(app, &claim, &error).await?,
    }
    Ok(true)
}

async fn run(app: &App, claim: &Claim) -> Result<Done> {
    let actor = Actor::system(claim.organization);
    match claim.kind {
        JobKind::ReadDocument => reading::read_document(app, &actor, claim, DocumentId(claim.subject)).await,
        JobKind::RouteDocument => routing::route_document(app, &actor, claim, DocumentId(claim.subject)).await,
        JobKind::BuildExport => exports::build_export(app, &actor, claim, ExportId(claim.subject)).await,
        JobKind::SendReceipt => receipts::send_receipt(app, claim, EventId(claim.subject)).await,
        JobKind::SendCheckpoint => holders::send_checkpoint(app, claim).await,
        JobKind::BuildAuditBundle => {
            bundles::build_audit_bundle(app, &actor, claim, AuditBundleId(claim.subject)).await
        }
    }
}

/// Extends the lease while the handler works, however long a document takes.
async fn keep_alive(app: App, claim: Claim) {
    let lease = app.settings().job_lease_seconds;
    let pause = Duration::from_secs(u64::try_from(lease / 3).unwrap_or(1).max(1));
    loop {
        tokio::time::sleep(pause).await;
        let extended = async {
            let mut bookkeeping = app.bookkeeping().await?;
            let held = job::extend(&mut bookkeeping, &claim, lease).await?;
            bookkeeping.commit().await?;
            Ok::<bool, Error>(held)
        };
        if let Ok(false) = extended.await {
            return;
        }
    }
}

/// Puts a failed job back with exponential backoff and jitter, or among the dead after its last attempt.
async fn give_back(app: &App, claim: &Claim, error: &Error) -> Result<()> {
    let refused = matches!(error, Error::Internal(InternalError::MailRefused(_)));
    let last = refused || claim.attempt >= app.settings().job_attempts;
    tracing::warn!(job = %claim.id, kind = claim.kind.word(), attempt = claim.attempt, %error, last, "a job failed");
    let [jitter] = random::<1>();
    let seconds = (1_i64 << claim.attempt.min(10)) * (128 + i64::from(jitter)) / 256;
    let run_at = (!last).then(|| app.now().plus_seconds(seconds));
    if last {
        // Before the job is dead: a crash between the two is found by its lease, and burying twice does no harm.
        bury(app, claim).await?;
    }
    let mut bookkeeping = app.bookkeeping().await?;
    job::fail(&mut bookkeeping, claim, &error.to_string(), run_at).await?;
    bookkeeping.commit().await
}

/// Tells the subject of a dead job that nothing more will happen by itself.
async fn bury(app: &App, claim: &Claim) -> Result<()> {
    metrics::counter!("countersign_jobs_dead_total", "kind" => claim.kind.word()).increment(1);
    let actor = Actor::system(claim.organization);
    match claim.kind {
        JobKind::ReadDocument | JobKind::RouteDocument => {
            reading::give_up(app, &actor, DocumentId(claim.subject)).await
        }
        JobKind::BuildExport => exports::give_up(app, &actor, ExportId(claim.subject)).await,
        // The dead job itself says what was not sent, and why.
        JobKind::SendReceipt | JobKind::SendCheckpoint => Ok(()),
        JobKind::BuildAuditBundle => bundles::give_up(app, &actor, AuditBundleId(claim.subject)).await,
    }
}

/// Gives jobs whose worker went silent to another.
pub(crate) async fn recover_abandoned(app: &App) -> Result<()> {
    let mut bookkeeping = app.bookkeeping().await?;
    let abandoned = job::abandoned(&mut bookkeeping).await?;
    bookkeeping.commit().await?;
    for claim in abandoned {
        let error = InternalError::Other("the worker went silent: it was stopped, or ran out of memory".into());
        give_back(app, &claim, &error.into()).await?;
    }
    Ok(())
}
