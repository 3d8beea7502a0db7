//! The log: events, checkpoints, and how it stands.

use std::sync::Arc;

use app::{holders, log};
use async_graphql::{Context, Enum, ID, Object, connection::Connection};
use domain::id::ActorId;

use crate::{
    caller::actor,
    connection::{connection, page},
    error::Error,
    id::{self, CheckpointId},
    loader::{self, ProofOf, StatementOfEvent},
    receipt::{self, Receipt},
    scalar::DateTime,
    signing::Statement,
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

    /// That it is in the log, under the newest checkpoint; null until one covers it.
    async fn proof(&self, ctx: &Context<'_>) -> Result<Option<InclusionProof>, Error> {
        // What has no place has no proof, and needs no look.
        if self.0.seq.is_none() {
            return Ok(None);
        }
        Ok(loader::load(ctx, ProofOf(self.0.id)).await?.map(InclusionProof))
    }

    /// The signature of a decision that was signed.
    async fn statement(&self, ctx: &Context<'_>) -> Result<Option<Statement>, Error> {
        Ok(loader::load(ctx, StatementOfEvent(self.0.id)).await?.map(Statement))
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
        id::of(CheckpointId { epoch: self.0.epoch, size: self.0.size })
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

    /// As the note carries them; nothing is verified here.
    async fn signatures(&self) -> Vec<CheckpointSignature> {
        self.0.signatures().into_iter().map(CheckpointSignature).collect()
    }

    async fn signed_at(&self) -> DateTime {
        DateTime(self.0.signed_at)
    }
}

/// A line of signature below a checkpoint (C2SP signed-note).
pub struct CheckpointSignature(log::SignatureRecord);

#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum SignatureKind {
    /// By a key of the log itself.
    Log,
    /// By a witness, which saw this tree grow out of every one that it saw before (C2SP tlog-cosignature).
    Witness,
}

#[Object]
impl CheckpointSignature {
    /// Whose key it is.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Eight hexadecimal digits.
    async fn key_id(&self) -> &str {
        &self.0.key_id
    }

    async fn kind(&self) -> SignatureKind {
        if self.0.is_log_key { SignatureKind::Log } else { SignatureKind::Witness }
    }

    /// When a witness says that it signed; null for a key of the log.
    async fn time(&self) -> Option<DateTime> {
        self.0.time.map(DateTime)
    }
}

/// RFC 6962, section 2.1.1.
pub struct InclusionProof(Arc<log::ProofRecord>);

#[Object]
impl InclusionProof {
    async fn index(&self) -> u64 {
        self.0.index
    }

    /// Of the tree that the checkpoint signs.
    async fn size(&self) -> u64 {
        self.0.checkpoint.size
    }

    /// In hex.
    async fn root(&self) -> &str {
        &self.0.checkpoint.root
    }

    /// In hex, from the leaf's sibling up.
    async fn hashes(&self) -> &[String] {
        &self.0.hashes
    }

    async fn checkpoint(&self) -> Checkpoint {
        Checkpoint(self.0.checkpoint.clone())
    }

    /// The same as a file that can be kept and checked offline (C2SP tlog-proof).
    async fn text(&self) -> &str {
        &self.0.text
    }
}

/// A key that signs the log, or has signed it.
pub struct LogKey(log::LogKeyRecord);

#[Object]
impl LogKey {
    /// What an auditor pins, out of band (C2SP signed-note).
    async fn verifier_key(&self) -> &str {
        &self.0.verifier_key
    }

    /// Eight hexadecimal digits.
    async fn key_id(&self) -> &str {
        &self.0.key_id
    }

    /// It counts for checkpoints of more leaves than this.
    async fn valid_from(&self) -> u64 {
        self.0.valid_from
    }

    /// The leaf that retires it: it counts for checkpoints of at most this many leaves. Null while it signs.
    async fn retired_at(&self) -> Option<u64> {
        self.0.retired_at
    }

    /// It was in other hands, and counts for checkpoints of at most this many leaves.
    async fn revoked_at(&self) -> Option<u64> {
        self.0.revoked_at
    }
}

pub struct Log(pub(crate) log::LogStatus);

#[Object]
impl Log {
    async fn origin(&self) -> &str {
        &self.0.origin
    }

    /// Counts from 1; a log that can't be continued goes on in the next.
    async fn epoch(&self) -> i32 {
        self.0.epoch
    }

    async fn size(&self) -> u64 {
        self.0.size
    }

    /// The newest key that signs: what an auditor pins, out of band (C2SP signed-note).
    async fn verifier_key(&self) -> Result<&str, Error> {
        self.0.verifier_key().ok_or_else(|| Error::internal("a log has no key"))
    }

    /// Oldest first.
    async fn keys(&self) -> Vec<LogKey> {
        self.0.keys.iter().cloned().map(LogKey).collect()
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
    /// The events of the organization, newest first; each argument leaves out those that differ.
    ///
    /// subject: what they are about, by its id, or a document type by its name. from, to: when they occurred, to not
    /// included.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the field's, in the schema")]
    async fn audit_events(
        &self,
        ctx: &Context<'_>,
        subject: Option<ID>,
        actor: Option<ID>,
        types: Option<Vec<String>>,
        from: Option<DateTime>,
        to: Option<DateTime>,
        #[graphql(default = 50)] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Connection<String, Event>, Error> {
        let (app, caller) = self::actor(ctx)?;
        let later = after.is_some();
        let filter = log::EventFilter {
            subject: subject.map(|subject| id::subject(&subject)),
            actor: actor.map(|actor| id::decode::<ActorId>(&actor)).transpose()?,
            types,
            from: from.map(|from| from.0),
            to: to.map(|to| to.0),
        };
        let slice = log::filter_events(app, caller, &filter, page(first, 50, after)?).await?;
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
