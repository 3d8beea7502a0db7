//! Reads whole logs again and recomputes them: on demand, and all the time at a limited rate. The first break stops
//! signing.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use audit::{
    Checkpoint,
    note::Signer,
    verify::{Break, BreakCode, Custody, LogVerifier},
};

use super::{checkpoint::signer, head_store::SignedHead};
use crate::{
    App,
    error::Result,
    store::log::{self, CheckpointRow, LogHead, LogId},
};

/// Leaves, and checkpoints, read at a time.
const CHUNK: u64 = 500;

/// The first break of each log that has one; signing of that log has stopped.
#[derive(Default)]
pub(crate) struct Alarm(Mutex<HashMap<String, String>>);

impl Alarm {
    pub fn raise(&self, origin: &str, message: &str) {
        let mut alarms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !alarms.contains_key(origin) {
            tracing::error!(origin, message, "the log does not hold: signing has stopped");
            metrics::gauge!("countersign_log_broken", "log" => origin.to_owned()).set(1.0);
            alarms.insert(origin.to_owned(), message.to_owned());
        }
    }

    pub fn of(&self, origin: &str) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(origin).cloned()
    }
}

/// What a log that holds amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub origin: String,
    pub size: u64,
    /// Leaves from here on are not signed yet.
    pub signed: u64,
}

/// Where a log first breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{origin}: {found}")]
pub struct Broken {
    pub origin: String,
    pub found: Break,
}

/// Recomputes a log from its first leaf: bytes, hashes, both chains, times, the root at every checkpoint, each
/// checkpoint's signature, and the last-signed head outside the database.
///
/// `pause` is waited between chunks, so that scrubbing leaves the database to others. `None` for a log without a leaf.
pub(crate) async fn verify(app: &App, log: LogId, pause: Option<Duration>) -> Result<Option<Result<Verified, Broken>>> {
    let reader = app.store().reader();
    let Some(LogHead { origin, .. }) = log::head_of(reader, log).await? else { return Ok(None) };
    // Read what was signed before the head: then the head is not behind it, however busy the log.
    let signed = app.heads().get(&origin);
    let published = log::last_checkpoint(reader, log).await?.map_or(0, |row| row.size);
    let Some(head) = log::head_of(reader, log).await? else { return Ok(None) };
    let outcome = read_all(app, &head, &signed, published, pause).await?;
    Ok(Some(match outcome {
        Ok(signed) => Ok(Verified { origin, size: head.size, signed }),
        Err(found) => Err(Broken { origin, found }),
    }))
}

/// The size of the last checkpoint met, or the first break.
async fn read_all(
    app: &App,
    head: &LogHead,
    signed: &SignedHead,
    published: u64,
    pause: Option<Duration>,
) -> Result<Result<u64, Break>> {
    let (reader, log) = (app.store().reader(), head.log);
    let mut verifier = LogVerifier::new(head.origin.as_str());
    if signed.size > 0 {
        let checkpoint = Checkpoint::new(head.origin.as_str(), signed.size, signed.root);
        if let Err(found) = verifier.expect(&checkpoint, Custody::Pinned) {
            return Ok(Err(found));
        }
    }
    let mut met = 0;
    while verifier.size() < head.size {
        let (from, limit) = (verifier.size(), CHUNK.min(head.size - verifier.size()));
        for row in log::checkpoints_over(reader, log, met, CHUNK).await? {
            if row.size > from + limit || row.size > published {
                break;
            }
            met = row.size;
            if let Err(found) = expect(app, &head.origin, &mut verifier, &row) {
                return Ok(Err(found));
            }
        }
        let leaves = log::leaves(reader, log, from, limit).await?;
        if leaves.is_empty() {
            let message = format!("the leaf is missing; the log should have {} leaves", head.size);
            return Ok(Err(Break { code: BreakCode::SeqGap, index: from, message }));
        }
        for leaf in leaves {
            if let Err(found) = verifier.feed_stored(&leaf.bytes, &leaf.hash) {
                return Ok(Err(found));
            }
        }
        if let Some(pause) = pause {
            tokio::time::sleep(pause).await;
        }
    }
    // What was signed beyond the present head (a cut tail) is awaited in vain, and named when the verifier ends.
    for row in log::checkpoints_over(reader, log, met.max(head.size), CHUNK).await? {
        if row.size > published {
            break;
        }
        if let Err(found) = expect(app, &head.origin, &mut verifier, &row) {
            return Ok(Err(found));
        }
    }
    Ok(verifier.finish().and_then(|end| {
        let message = "the leaves do not give the root that is stored as the head".to_owned();
        let differs = Break { code: BreakCode::RootMismatch, index: end.signed, message };
        if end.root == head.root { Ok(end.signed) } else { Err(differs) }
    }))
}

fn expect(app: &App, origin: &str, verifier: &mut LogVerifier, row: &CheckpointRow) -> Result<(), Break> {
    let found = |code, message: String| Break { code, index: row.size.saturating_sub(1), message };
    let key = signer(app, origin).map_err(|error| found(BreakCode::KeyUnknown, error.to_string()))?;
    let opened = Checkpoint::open(&row.note, origin, &[key.verifier_key().clone()])
        .map_err(|error| found(BreakCode::SigBad, format!("the stored checkpoint: {error}")))?;
    if opened.checkpoint.size != row.size || opened.checkpoint.root != row.root {
        return Err(found(BreakCode::RootMismatch, "a stored checkpoint is not the one its row names".to_owned()));
    }
    verifier.expect(&opened.checkpoint, Custody::Stored)
}
