//! What changes, as it is recorded: fed from the sequenced log, so `seq` is the log's own number and `after` picks
//! up where a lost connection broke off.

use app::{App, changes, changes::Change, documents, log, review};
use async_graphql::{Context, ID, SimpleObject};
use domain::{
    actor::Actor,
    id::{DocumentId, TaskId},
};
use futures_util::{Stream, StreamExt, TryStreamExt, future};

use crate::{caller::actor, document::Document, error::Error, event::Event, id, queue::Queue, task::Task};

#[derive(SimpleObject)]
pub struct DocumentChange {
    seq: u64,
    document: Document,
}

#[derive(SimpleObject)]
pub struct TaskChange {
    seq: u64,
    task: Task,
}

#[derive(SimpleObject)]
pub struct QueueChange {
    seq: u64,
    queue: Queue,
}

#[derive(SimpleObject)]
pub struct AuditAppended {
    seq: u64,
    event: Event,
}

pub struct Subscription;

#[async_graphql::Subscription]
impl Subscription {
    /// after: the last seq seen; changes since are sent first. A change that is too old answers with the error code
    /// RESYNC.
    async fn document_changed(
        &self,
        ctx: &Context<'_>,
        id: Option<ID>,
        after: Option<u64>,
    ) -> Result<impl Stream<Item = Result<DocumentChange, Error>>, Error> {
        let (app, actor) = owned(ctx)?;
        let only = id.map(|id| id::decode::<DocumentId>(&id)).transpose()?;
        let changes = follow(&app, &actor, after).await?;
        Ok(changes.try_filter_map(move |change| {
            let (app, actor) = (app.clone(), actor.clone());
            async move {
                let Some(id) = change.document.filter(|id| only.is_none_or(|only| only == *id)) else {
                    return Ok(None);
                };
                let document = documents::find_documents(&app, &actor, &[id]).await?.pop();
                Ok(document.map(|document| DocumentChange { seq: change.seq, document: Document(document) }))
            }
        }))
    }

    async fn task_changed(
        &self,
        ctx: &Context<'_>,
        id: Option<ID>,
        after: Option<u64>,
    ) -> Result<impl Stream<Item = Result<TaskChange, Error>>, Error> {
        let (app, actor) = owned(ctx)?;
        let only = id.map(|id| id::decode::<TaskId>(&id)).transpose()?;
        // Refused now, to whom no single task would be shown later.
        review::find_tasks(&app, &actor, &[]).await?;
        let changes = follow(&app, &actor, after).await?;
        Ok(changes.try_filter_map(move |change| {
            let (app, actor) = (app.clone(), actor.clone());
            async move {
                let Some(id) = change.task.filter(|id| only.is_none_or(|only| only == *id)) else {
                    return Ok(None);
                };
                let task = review::find_tasks(&app, &actor, &[id]).await?.pop();
                Ok(task.map(|task| TaskChange { seq: change.seq, task: Task(task) }))
            }
        }))
    }

    async fn queue_changed(
        &self,
        ctx: &Context<'_>,
        after: Option<u64>,
    ) -> Result<impl Stream<Item = Result<QueueChange, Error>>, Error> {
        let (app, actor) = owned(ctx)?;
        review::find_queues(&app, &actor, &[]).await?;
        let changes = follow(&app, &actor, after).await?;
        Ok(changes.try_filter_map(move |change| {
            let (app, actor) = (app.clone(), actor.clone());
            async move {
                let Some(id) = change.queue else { return Ok(None) };
                let queue = review::find_queues(&app, &actor, &[id]).await?.pop();
                Ok(queue.map(|queue| QueueChange { seq: change.seq, queue: Queue(queue) }))
            }
        }))
    }

    /// Every event, as the log grows. after: the last seq seen; what came since is sent first. A seq that is too old, or
    /// of an earlier epoch, answers with the error code RESYNC.
    async fn audit_appended(
        &self,
        ctx: &Context<'_>,
        after: Option<u64>,
    ) -> Result<impl Stream<Item = Result<AuditAppended, Error>>, Error> {
        let (app, actor) = owned(ctx)?;
        log::find_events(&app, &actor, &[]).await?;
        let changes = follow(&app, &actor, after).await?;
        Ok(changes.try_filter_map(move |change| {
            let (app, actor) = (app.clone(), actor.clone());
            async move {
                let event = log::find_events(&app, &actor, &[change.event]).await?.pop();
                Ok(event.map(|event| AuditAppended { seq: change.seq, event: Event(event) }))
            }
        }))
    }
}

/// A subscription outlives the call that began it.
fn owned(ctx: &Context<'_>) -> Result<(App, Actor), Error> {
    let (app, actor) = actor(ctx)?;
    Ok((app.clone(), actor.clone()))
}

/// The changes from `after` on; the stream ends with RESYNC when its reader is too slow.
async fn follow(
    app: &App,
    actor: &Actor,
    after: Option<u64>,
) -> Result<impl Stream<Item = Result<Change, Error>> + use<>, Error> {
    let changes = changes::follow(app, actor, after).await?.map(|change| change.map_err(|_| Error::resync()));
    Ok(changes.scan(false, |ended, change| {
        let item = (!*ended).then_some(change);
        *ended |= matches!(item, Some(Err(_)));
        future::ready(item)
    }))
}
