//! The live feed, fed from the sequenced log: whoever sequenced it, every server sees the same order, and nothing that
//! is not recorded.

use std::{collections::HashMap, time::Duration};

use audit::{Leaf, Value};
use domain::{
    actor::Actor,
    id::{DocumentId, EventId, OrganizationId, QueueId, TaskId},
    policy::Action,
};
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::{broadcast, watch};

use crate::{
    App,
    error::{Error, Result},
    permission::require,
    store::{
        account,
        log::{self, LeafRow, LogId},
        task,
    },
    unit::Scope,
};

/// Changes kept for a slow reader; one that falls behind is told so and starts over.
const BUFFER: usize = 1_024;
/// A reader that comes back may have missed this many changes.
const MAX_CATCH_UP: u64 = 1_000;
/// Leaves read at a time.
const CHUNK: u64 = 500;
const POLL: Duration = Duration::from_secs(1);

/// That something happened to a document, and to the task and queue it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub seq: u64,
    pub event: EventId,
    pub document: Option<DocumentId>,
    pub task: Option<TaskId>,
    pub queue: Option<QueueId>,
    /// The event's type.
    pub kind: String,
}

/// The reader was too slow, and must ask again from what it saw last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("changes were missed: ask again with the last seq seen")]
pub struct Lagged;

pub(crate) struct Feed(broadcast::Sender<(LogId, Change)>);

impl Default for Feed {
    fn default() -> Feed {
        Feed(broadcast::channel(BUFFER).0)
    }
}

/// The changes of the actor's organization after `after`, or from now on.
///
/// # Errors
/// `RESYNC` when `after` is too long ago, or lies in the future.
pub async fn follow(
    app: &App,
    actor: &Actor,
    after: Option<u64>,
) -> Result<impl Stream<Item = Result<Change, Lagged>> + Send + use<>> {
    require(app, actor, Action::ReadDocument).await?;
    // Listen first, then catch up: what comes between is seen twice rather than not at all, and left out below.
    let live = app.0.changes.0.subscribe();
    let scope = app.scope(actor);
    let (present, size) = end(&scope).await?;
    let from = after.map_or(size, |after| after.saturating_add(1));
    if from > size || size - from > MAX_CATCH_UP {
        return Err(Error::invalid("RESYNC", "Too much has changed since: load everything again, then follow"));
    }
    let missed = log::leaves(scope.connection(), present, from, size - from).await?;
    let missed = changes_of(&scope, &missed).await?;
    let live = stream::unfold((live, size), move |(mut live, seen)| async move {
        loop {
            match live.recv().await {
                // A new epoch counts from 0 again.
                Ok((log, _)) if log.organization == present.organization && log != present => {
                    return Some((Err(Lagged), (live, seen)));
                }
                Ok((log, change)) if log == present && change.seq >= seen => {
                    let seen = change.seq + 1;
                    return Some((Ok(change), (live, seen)));
                }
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(_)) => return Some((Err(Lagged), (live, seen))),
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    });
    Ok(stream::iter(missed.into_iter().map(Ok)).chain(live))
}

/// The log that grows, and its size.
async fn end(scope: &Scope<'_>) -> Result<(LogId, u64)> {
    let head = log::head(scope.connection(), scope.organization).await?;
    Ok(head.map_or((LogId { organization: scope.organization, epoch: 1 }, 0), |head| (head.log, head.size)))
}

/// Reads what the log has grown by and tells the followers, until it is to stop.
pub(crate) async fn tail(app: App, mut stop: watch::Receiver<bool>) {
    let mut seen = HashMap::new();
    while !*stop.borrow() {
        if let Err(error) = tell(&app, &mut seen).await {
            tracing::error!(%error, "followers were not told of changes; it is tried again");
        }
        tokio::select! {
            () = app.wake().changed.notified() => {}
            () = tokio::time::sleep(POLL) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn tell(app: &App, seen: &mut HashMap<OrganizationId, (LogId, u64)>) -> Result<()> {
    let reader = app.store().reader();
    for (organization, _) in account::organizations(reader).await? {
        let scope = Scope::new(organization, reader);
        let (present, size) = end(&scope).await?;
        let told = seen.entry(organization).or_insert((present, size));
        if told.0 != present {
            *told = (present, 0);
        }
        while told.1 < size {
            let leaves = log::leaves(reader, present, told.1, CHUNK.min(size - told.1)).await?;
            if leaves.is_empty() {
                break;
            }
            for change in changes_of(&scope, &leaves).await? {
                told.1 = change.seq + 1;
                // Nobody may be listening.
                let _ = app.0.changes.0.send((present, change));
            }
        }
    }
    Ok(())
}

async fn changes_of(scope: &Scope<'_>, leaves: &[LeafRow]) -> Result<Vec<Change>> {
    let mut changes = Vec::with_capacity(leaves.len());
    for leaf in leaves {
        changes.push(change(leaf.event, Leaf::parse(&leaf.bytes)?));
    }
    let tasks: Vec<TaskId> = changes.iter().filter_map(|change| change.task).collect();
    let queues: HashMap<TaskId, QueueId> =
        task::find(scope, &tasks).await?.into_iter().map(|task| (task.id, task.queue)).collect();
    for change in &mut changes {
        change.queue = change.task.and_then(|task| queues.get(&task).copied());
    }
    Ok(changes)
}

fn change(event: EventId, leaf: Leaf) -> Change {
    let (seq, draft) = (leaf.place().seq, leaf.draft());
    let task = match &draft.data {
        Value::Object(data) => match data.get("task") {
            Some(Value::String(id)) => id.parse().ok(),
            _ => None,
        },
        _ => None,
    };
    // A look at a document changes nothing.
    let concerned = draft.subject.kind == "document" && draft.kind != "document.viewed/v1";
    let document = concerned.then(|| draft.subject.id.parse().ok()).flatten();
    Change { seq, event, document, task, queue: None, kind: draft.kind.clone() }
}
