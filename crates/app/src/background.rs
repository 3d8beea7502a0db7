//! What goes on by itself: workers, sequencer, checkpointer, scrubber, sweeps. Each loop keeps nothing in memory that
//! it could not read again: after an error it starts over from the database.

use std::{future::Future, time::Duration};

use domain::job::JobKind;
use tokio::{sync::watch, task::JoinSet, time::sleep};

use crate::{
    App, accounts, blobs, changes,
    error::Result,
    files::RunningLock,
    holders, jobs, ledger, permission, privacy, review, signing,
    store::{account, log},
};

/// How long a loop waits after an error.
const AFTER_ERROR: Duration = Duration::from_secs(2);
/// How often each loop looks by itself, when nothing wakes it.
const SLOW_POLL: Duration = Duration::from_secs(1);

pub(crate) async fn run(app: &App, stop: watch::Receiver<bool>) {
    let folder = app.settings().data.clone();
    // Held until this server is done: whoever finds the lock free may do its work.
    let _running = match tokio::task::spawn_blocking(move || RunningLock::share(&folder)).await {
        Ok(Ok(lock)) => Some(lock),
        Ok(Err(error)) => {
            tracing::error!(%error, "the data folder can't be locked: run no command that exports meanwhile");
            None
        }
        Err(_) => None,
    };
    let mut tasks = JoinSet::new();
    for _ in 0..app.settings().readers {
        tasks.spawn(work(app.clone(), stop.clone(), jobs::ALL_BUT_MAIL));
    }
    tasks.spawn(work(app.clone(), stop.clone(), jobs::MAIL));
    tasks.spawn(sequence(app.clone(), stop.clone()));
    if app.settings().checkpointer {
        let checkpoints = Duration::from_millis(app.settings().checkpoint_millis);
        tasks.spawn(every(app.clone(), stop.clone(), checkpoints, checkpoint_all));
        tasks.spawn(every(app.clone(), stop.clone(), Duration::from_secs(60), scrub_all));
    }
    tasks.spawn(every(app.clone(), stop.clone(), SLOW_POLL, tend));
    tasks.spawn(every(app.clone(), stop.clone(), Duration::from_secs(3_600), blobs::sweep));
    tasks.spawn(changes::tail(app.clone(), stop));
    while tasks.join_next().await.is_some() {}
    // What the last jobs did is in the log and signed before the process ends.
    if let Err(error) = settle(app).await {
        tracing::warn!(%error, "the log was not settled at the stop; the next start does it");
    }
}

async fn settle(app: &App) -> Result<()> {
    while sequence_all(app).await? {}
    if app.settings().checkpointer { checkpoint_all(app.clone()).await } else { Ok(()) }
}

async fn work(app: App, mut stop: watch::Receiver<bool>, kinds: &'static [JobKind]) {
    while !*stop.borrow() {
        let woken = app.wake().workers.notified();
        match jobs::work_on(&app, kinds).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => {
                tracing::error!(%error, "a worker could not work");
                sleep(AFTER_ERROR).await;
            }
        }
        tokio::select! {
            () = woken => {}
            () = sleep(SLOW_POLL) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn sequence(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match sequence_all(&app).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => {
                tracing::error!(%error, "the log does not grow");
                metrics::counter!("countersign_sequencer_errors_total").increment(1);
                sleep(AFTER_ERROR).await;
            }
        }
        tokio::select! {
            () = app.wake().sequencer.notified() => {}
            () = sleep(SLOW_POLL) => {}
            _ = stop.changed() => {}
        }
    }
}

/// One batch of every log that has something waiting; whether anything was placed. A log that can't grow does not hold
/// up the others; its error is the one returned.
async fn sequence_all(app: &App) -> Result<bool> {
    let (mut placed, mut outcome) = (0, Ok(()));
    for organization in log::organizations_waiting(app.store().reader()).await? {
        match ledger::sequence::sequence(app, organization).await {
            Ok(leaves) => placed += leaves,
            Err(error) => outcome = Err(error),
        }
    }
    if placed > 0 {
        metrics::counter!("countersign_leaves_total").increment(placed);
        app.wake().changed.notify_waiters();
    }
    outcome.map(|()| placed > 0)
}

async fn checkpoint_all(app: App) -> Result<()> {
    let mut outcome = Ok(());
    for (organization, _) in account::organizations(app.store().reader()).await? {
        if let Err(error) = ledger::checkpoint::checkpoint(&app, organization).await {
            outcome = Err(error);
        }
    }
    outcome
}

async fn scrub_all(app: App) -> Result<()> {
    let pause = Duration::from_millis(app.settings().scrub_pause_millis);
    let mut outcome = Ok(());
    for (organization, _) in account::organizations(app.store().reader()).await? {
        for head in log::heads(app.store().reader(), organization).await? {
            match ledger::scrub::verify(&app, head.log, Some(pause)).await {
                Ok(Some(Err(broken))) => app.alarm().raise(&broken.origin, &broken.found.to_string()),
                Ok(_) => {}
                Err(error) => outcome = Err(error),
            }
        }
    }
    outcome
}

/// What time does: leases end, silent workers lose their jobs, minutes of refusals are over, sessions end.
async fn tend(app: App) -> Result<()> {
    review::end_leases(&app).await?;
    jobs::recover_abandoned(&app).await?;
    permission::record_refusals(&app).await?;
    holders::enqueue_due(&app).await?;
    accounts::end_sessions(&app).await?;
    privacy::erase_by_policy(&app).await?;
    privacy::forget_views(&app).await?;
    signing::forget_prepared(&app).await?;
    let waiting = crate::store::job::waiting(app.store().reader()).await?;
    metrics::gauge!("countersign_jobs_waiting").set(waiting as f64);
    Ok(())
}

/// Does `what` again and again, with a pause between, until it is to stop.
async fn every<F, Fut>(app: App, mut stop: watch::Receiver<bool>, pause: Duration, what: F)
where
    F: Fn(App) -> Fut,
    Fut: Future<Output = Result<()>>,
{
    while !*stop.borrow() {
        if let Err(error) = what(app.clone()).await {
            tracing::error!(%error, "background work failed; it is tried again");
        }
        tokio::select! {
            () = sleep(pause) => {}
            _ = stop.changed() => {}
        }
    }
}
