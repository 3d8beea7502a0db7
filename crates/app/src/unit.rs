//! The first keystone: no read without a scope, no commit without an event.

use std::sync::Arc;

use domain::{
    actor::Actor,
    event::Event,
    id::{EventId, OrganizationId},
    time::Timestamp,
};

use crate::{
    App,
    error::Result,
    idempotency::Once,
    ledger,
    store::{self, Connection, Executor, Transaction, idempotency::Seen},
};

/// An organization and a connection: what every read takes, so that forgetting the tenant does not compile.
pub struct Scope<'a> {
    pub(crate) organization: OrganizationId,
    connection: Executor<'a>,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(organization: OrganizationId, connection: impl Into<Executor<'a>>) -> Scope<'a> {
        Scope { organization, connection: connection.into() }
    }

    pub(crate) fn connection(&self) -> &impl Connection {
        &self.connection
    }
}

/// A transaction that writes audited tables. Only [`Unit::commit`] ends it well, and that records events; a unit
/// that is dropped rolls back.
///
/// A use case locks its subject rows first, in the order of their ids, and commits last, so that the events of one
/// subject stand in the order of its commits.
#[must_use = "a unit that is dropped rolls back"]
pub struct Unit {
    app: App,
    actor: Actor,
    transaction: Transaction,
    first_event: EventId,
    now: Timestamp,
    once: Option<OnceInUnit>,
    wakes_workers: bool,
}

struct OnceInUnit {
    operation: &'static str,
    key: String,
    outcome: String,
}

/// What becomes of a call that carries an idempotency key.
#[expect(clippy::large_enum_variant, reason = "it is taken apart at once, never kept")]
pub(crate) enum Begun {
    Fresh(Unit),
    /// The call was made before; this is what it came to.
    Replayed(String),
}

impl App {
    /// Opens a unit for what `actor` does.
    pub(crate) async fn begin(&self, actor: &Actor) -> Result<Unit> {
        Ok(Unit {
            app: self.clone(),
            actor: actor.clone(),
            transaction: self.store().begin().await?,
            first_event: EventId::generate(),
            now: self.now(),
            once: None,
            wakes_workers: false,
        })
    }

    /// Opens a unit for a call that must happen once.
    ///
    /// A second call with the same key waits here until the first has ended, then sees its outcome.
    ///
    /// # Errors
    /// `IDEMPOTENCY_KEY_REUSED` when the key came with another content before.
    pub(crate) async fn begin_once(&self, actor: &Actor, once: &Once<'_>) -> Result<Begun> {
        let mut unit = self.begin(actor).await?;
        // Keyed: what a reviewer typed could be guessed by a plain hash.
        let fingerprint = audit::Digest(once.fingerprint).to_string();
        let fingerprint = self.secrets().pseudonymize(actor.organization, "idempotency fingerprint", &fingerprint);
        match store::idempotency::remember(&mut unit, once, &fingerprint).await? {
            Seen::Before(outcome) => Ok(Begun::Replayed(outcome)),
            Seen::Never => {
                let (operation, key) = (once.operation, once.key.as_str().to_owned());
                unit.once = Some(OnceInUnit { operation, key, outcome: String::new() });
                Ok(Begun::Fresh(unit))
            }
        }
    }

    /// A transaction for what leaves no event.
    pub(crate) async fn bookkeeping(&self) -> Result<Bookkeeping> {
        Ok(Bookkeeping::new(self.store().begin().await?, self.now()))
    }
}

impl Unit {
    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// The id that the first event will have, for rows that name the event that made them.
    pub(crate) fn event(&self) -> EventId {
        self.first_event
    }

    /// To read inside the transaction.
    pub(crate) fn scope(&self) -> Scope<'_> {
        Scope::new(self.actor.organization, &self.transaction)
    }

    pub(crate) fn connection(&self) -> &Transaction {
        &self.transaction
    }

    /// What a repetition of this call is answered.
    pub(crate) fn set_outcome(&mut self, outcome: impl ToString) {
        if let Some(once) = &mut self.once {
            once.outcome = outcome.to_string();
        }
    }

    pub(crate) fn wake_workers(&mut self) {
        self.wakes_workers = true;
    }

    /// Stages the events and commits, all or nothing. This is the only commit of audited tables.
    pub(crate) async fn commit(mut self, first: Event, rest: Vec<Event>) -> Result<()> {
        let once = self.once.take();
        if let Some(once) = &once {
            store::idempotency::set_outcome(&mut self, once.operation, &once.key, &once.outcome).await?;
        }
        let key = once.as_ref().map(|once| once.key.as_str());
        ledger::stage(&self.app, &self.actor, &self.transaction, self.now, key, self.first_event, first).await?;
        for event in rest {
            let id = EventId::generate();
            ledger::stage(&self.app, &self.actor, &self.transaction, self.now, key, id, event).await?;
        }
        self.transaction.commit().await?;
        // The events are durable; sequencer and workers find them by themselves, this only makes them quick.
        self.app.wake().sequencer.notify_one();
        if self.wakes_workers {
            self.app.wake().workers.notify_waiters();
        }
        Ok(())
    }
}

/// A transaction that leaves no event: job claims, lease heartbeats, sessions, counters. The functions that write
/// audited tables do not take it.
#[must_use = "bookkeeping that is dropped rolls back"]
pub struct Bookkeeping {
    transaction: Transaction,
    now: Timestamp,
}

impl Bookkeeping {
    pub(crate) fn new(transaction: Transaction, now: Timestamp) -> Bookkeeping {
        Bookkeeping { transaction, now }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    pub(crate) fn connection(&self) -> &Transaction {
        &self.transaction
    }

    pub(crate) async fn commit(self) -> Result<()> {
        Ok(self.transaction.commit().await?)
    }
}

/// What is woken when there is work; each also looks by itself from time to time.
#[derive(Default)]
pub(crate) struct Wake {
    pub sequencer: Arc<tokio::sync::Notify>,
    pub workers: Arc<tokio::sync::Notify>,
    /// The log has grown.
    pub changed: Arc<tokio::sync::Notify>,
}
