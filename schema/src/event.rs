//! The log: events, checkpoints, and how it stands.

use app::{holders, log};
use async_graphql::{Context, ID, Object, connection::Connection};

use crate::{
    caller::actor,
    connection::{connection, page},
    error::Error,
    id::{self, CheckpointId},
    receipt::{self, Receipt},
    scalar::DateTime,
    viewer::Actor,
};

pub struct Event(pub(crate) log::EventRecord);

#[Object]
impl Event {
    pub(crate) async fn id(&self) -> ID {
        id::of(self.0.id)
    }

    /// Null until sequenced.
    async fn seq(&self) -> Option<u64> {
        self.0.seq
    }

    #[graphql(name = "type")]
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    async fn occurred_at(&self) -> DateTime {
        DateTime(self.0.occurred_at)
    }

    async fn recorded_at(&self) -> Option<DateTime> {
        self.0.recorded_at.map(DateTime)
    }

    async fn actor(&self) -> Actor {
        Actor::of_kind(self.0.actor, self.0.actor_kind)
    }

    async fn subject_kind(&self) -> &str {
        &self.0.subject_kind
    }

    async fn subject_id(&self) -> ID {
        id::of_subject(&self.0.subject_kind, &self.0.subject_id)
    }

    /// The leaf's data as JSON text; never personal.
    async fn data(&self) -> &str {
        &self.0.data
    }

    /// SHA-256 leaf hash in hex, when sequenced.
    async fn leaf_hash(&self) -> Option<&str> {
        self.0.leaf_hash.as_deref()
    }

    /// Of a decision, about a second after it.
    async fn receipt(&self, ctx: &Context<'_>) -> Result<Option<Receipt>, Error> {
        let decided = self.0.kind == "task.decided/v1" && self.0.seq.is_some();
        if decided { receipt::of_event(ctx, self.0.id).await } else { Ok(None) }
    }

    /// The leaf's exact bytes as text, when sequenced.
    async fn leaf(&self) -> Option<&str> {
        self.0.leaf.as_deref()
    }
}

pub struct Checkpoint(pub(crate) log::CheckpointRecord);

#[Object]
impl Checkpoint {
    pub(crate) async fn id(&self) -> ID {
        id::of(CheckpointId(self.0.size))
    }

    async fn size(&self) -> u64 {
        self.0.size
    }

    async fn root(&self) -> &str {
        &self.0.root
    }

    async fn note(&self) -> &str {
        &self.0.note
    }

    async fn signed_at(&self) -> DateTime {
        DateTime(self.0.signed_at)
    }
}

pub struct Log(pub(crate) log::LogStatus);

#[Object]
impl Log {
    async fn origin(&self) -> &str {
        &self.0.origin
    }

    async fn size(&self) -> u64 {
        self.0.size
    }

    async fn verifier_key(&self) -> &str {
        &self.0.verifier_key
    }

    async fn checkpoint(&self) -> Option<Checkpoint> {
        self.0.checkpoint.clone().map(Checkpoint)
    }

    /// No outside party holds a head since then.
    async fn unwitnessed_since(&self) -> Option<DateTime> {
        self.0.unwitnessed_since.map(DateTime)
    }

    /// Who gets the newest checkpoint by mail.
    async fn checkpoint_recipients(&self, ctx: &Context<'_>) -> Result<Vec<String>, Error> {
        let (app, actor) = actor(ctx)?;
        Ok(holders::checkpoint_recipients(app, actor).await?)
    }

    /// Signing has stopped: the first break the scrubber found.
    async fn alarm(&self) -> Option<&str> {
        self.0.alarm.as_deref()
    }
}

#[derive(Default)]
pub struct LogQuery;

#[Object]
impl LogQuery {
    /// Of the whole organization, newest first.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 50)] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Connection<String, Event>, Error> {
        let (app, actor) = actor(ctx)?;
        let later = after.is_some();
        let slice = log::list_events(app, actor, None, page(first, 50, after)?).await?;
        Ok(connection(slice, later, Event))
    }

    /// Newest first.
    async fn checkpoints(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20)] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Connection<String, Checkpoint>, Error> {
        let (app, actor) = actor(ctx)?;
        let later = after.is_some();
        let slice = log::list_checkpoints(app, actor, page(first, 20, after)?).await?;
        Ok(connection(slice, later, Checkpoint))
    }

    async fn log(&self, ctx: &Context<'_>) -> Result<Log, Error> {
        let (app, actor) = actor(ctx)?;
        Ok(Log(log::log_status(app, actor).await?))
    }
}
