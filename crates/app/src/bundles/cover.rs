//! Which checkpoint a bundle is cut at: the first that covers its request, so that all that was recorded before the
//! request is under it. Erasing meanwhile makes it a later one.

use std::time::Duration;

use domain::id::AuditBundleId;

use crate::{
    App,
    error::{Error, Result},
    files::RunningLock,
    ledger,
    store::{
        evidence,
        log::{self, CheckpointRow, LogId},
    },
    unit::Scope,
};

/// How long the command line waits for the server that runs on its folder.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(100);

/// The log and the checkpoint; `None` until the request of the bundle is a leaf and that leaf is signed.
pub(super) async fn covering(scope: &Scope<'_>, bundle: AuditBundleId) -> Result<Option<(LogId, CheckpointRow)>> {
    let request = evidence::place_of(scope, &bundle.to_string(), "audit_bundle.requested/v1").await?;
    let Some((log, place)) = request else { return Ok(None) };
    let mut checkpoint = log::checkpoints_over(scope.connection(), log, place, 1).await?.pop();
    if let Some(first) = &checkpoint
        && evidence::erased_since(scope, log, first.size).await?
    {
        // What was erased after the request is missing; only a checkpoint that covers the erasure explains it.
        checkpoint = log::last_checkpoint(scope.connection(), log).await?;
        let last = checkpoint.as_ref().map_or(0, |last| last.size);
        if evidence::erased_since(scope, log, last).await? {
            return Ok(None);
        }
    }
    Ok(checkpoint.map(|checkpoint| (log, checkpoint)))
}

/// For the command line, which only stages: a server that runs on the folder sequences and signs. Where none runs,
/// this process does, under the folder's lock, which keeps a server from starting meanwhile.
pub(super) async fn await_covering(
    app: &App,
    scope: &Scope<'_>,
    bundle: AuditBundleId,
) -> Result<(LogId, CheckpointRow)> {
    let started = tokio::time::Instant::now();
    loop {
        if let Some(covering) = covering(scope, bundle).await? {
            return Ok(covering);
        }
        if started.elapsed() > PATIENCE {
            let message = format!(
                "The log was not signed for {} seconds: look at the log of the server that runs on this folder, or of \
                 the one that is the checkpointer",
                PATIENCE.as_secs()
            );
            return Err(Error::invalid("LOG_NOT_SIGNED", message));
        }
        if let Some(_alone) = RunningLock::try_alone(&app.settings().data)? {
            while ledger::sequence::sequence(app, scope.organization).await? > 0 {}
            if app.settings().checkpointer {
                ledger::checkpoint::checkpoint(app, scope.organization).await?;
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}
