//! The live feed, fed from the sequenced log: whoever sequenced it, every server sees the same order, and nothing that
//! is not recorded.

use std::{collections::HashMap, time::Duration};

use audit::{Leaf, Value};
use domain::{
    actor::Actor,
    id::{DocumentId, OrganizationId, QueueId, TaskId},
    policy::Action,
};
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::{broadcast, watch};

use crate::{
    App,
    error::{Error, Result},
    permission::require,
    store::{account, log, log::LeafRow, task},
    unit::Scope,
};

/// Changes kept for a slow reader; one that falls behind is told so and starts over.
const BUFFER: usize = 1_024;
/// A reader that comes back may have missed this many changes.
const MAX_CATCH_UP: u64 = 1_000;
const POLL: Duration = Duration::from_secs(1);

/// That something happened to a document, and to the task and queue it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub seq: u64,
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

pub(crate) struct Feed(broadcast::Sender<(OrganizationId, Change)>);

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
    let size = log::head(scope.connection(), scope.organization).await?.map_or(0, |head| head.size);
    let from = after.map_or(size, |after| after.saturating_add(1));
    if from > size || size - from > MAX_CATCH_UP {
        return Err(Error::invalid("RESYNC", "Too much has changed since: load everything again, then follow"));
    }
    let missed = log::leaves(scope.connection(), scope.organization, from, size - from).await?;
    let missed = changes_of(&scope, &missed).await?;
    let organization = actor.organization;
    let live = stream::unfold((live, size), move |(mut live, seen)| async move {
        loop {
            match live.recv().await {
                Ok((of, change)) if of == organization && change.seq >= seen => {
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

/// Reads what the log has grown by and tells the followers, until it is to stop.
pub(crate) async fn tail(app: App, mut stop: watch::Receiver<bool>) {
    let mut seen: HashMap<OrganizationId, u64> = HashMap::new();
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

async fn tell(app: &App, seen: &mut HashMap<OrganizationId, u64>) -> Result<()> {
    let reader = app.store().reader();
    for (organization, _) in account::organizations(reader).await? {
        let size = log::head(reader, organization).await?.map_or(0, |head| head.size);
        let from = *seen.entry(organization).or_insert(size);
        if from == size {
            continue;
        }
        let scope = Scope::new(organization, reader);
        let leaves = log::leaves(reader, organization, from, size - from).await?;
        for change in changes_of(&scope, &leaves).await? {
            seen.insert(organization, change.seq + 1);
            // Nobody may be listening.
            let _ = app.0.changes.0.send((organization, change));
        }
    }
    Ok(())
}

async fn changes_of(scope: &Scope<'_>, leaves: &[LeafRow]) -> Result<Vec<Change>> {
    let mut changes = Vec::with_capacity(leaves.len());
    for leaf in leaves {
        changes.push(change(Leaf::parse(&leaf.bytes)?));
    }
    let tasks: Vec<TaskId> = changes.iter().filter_map(|change| change.task).collect();
    let queues: HashMap<TaskId, QueueId> =
        task::find(scope, &tasks).await?.into_iter().map(|task| (task.id, task.queue)).collect();
    for change in &mut changes {
        change.queue = change.task.and_then(|task| queues.get(&task).copied());
    }
    Ok(changes)
}

fn change(leaf: Leaf) -> Change {
    let (seq, draft) = (leaf.place().seq, leaf.draft());
    let task = match &draft.data {
        Value::Object(data) => match data.get("task") {
            Some(Value::String(id)) => id.parse().ok(),
            _ => None,
        },
        _ => None,
    };
    let document = (draft.subject.kind == "document").then(|| draft.subject.id.parse().ok()).flatten();
    Change { seq, document, task, queue: None, kind: draft.kind.clone() }
}
