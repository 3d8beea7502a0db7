//! One loader a request: what the fields of an answer ask for one by one is read from the store in batches, so the
//! number of reads grows with the depth of a query and never with the length of its lists. It keeps nothing between
//! batches: a mutation's answer, and each message of a subscription, sees what is stored then.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use app::{
    App, accounts,
    accounts::ActorName,
    bundles, documents, exports, log,
    log::{EventRecord, ProofRecord},
    review, signing,
    signing::SignedStatement,
    types,
    types::TypeRecord,
};
use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};
use domain::{
    actor::Actor,
    bundle::AuditBundle,
    document::{Document, Page, ReadingRecord},
    export::Export,
    field::{Field, FieldValue},
    id::{
        ActorId, AuditBundleId, DocumentId, DocumentTypeId, EventId, ExportId, FieldId, PageId, QueueId, ReadingId,
        TaskId,
    },
    reading::Reading,
    task::{Queue, Task},
};

use crate::error::Error;

pub(crate) struct Records {
    pub app: App,
    pub actor: Option<Actor>,
}

impl Records {
    pub(crate) fn actor(&self) -> Result<&Actor, Error> {
        self.actor.as_ref().ok_or_else(Error::unauthenticated)
    }
}

/// Loads one record by its key: `None` for what there is not, or not for this caller.
pub(crate) async fn load<K>(ctx: &Context<'_>, key: K) -> Result<Option<<Records as Loader<K>>::Value>, Error>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    Records: Loader<K, Error = Error>,
{
    loader(ctx)?.load_one(key).await
}

/// Loads what a mutation just wrote, or what another record refers to.
pub(crate) async fn expect<K>(ctx: &Context<'_>, key: K) -> Result<<Records as Loader<K>>::Value, Error>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    Records: Loader<K, Error = Error>,
{
    load(ctx, key).await?.ok_or_else(Error::not_found)
}

fn loader<'a>(ctx: &Context<'a>) -> Result<&'a DataLoader<Records>, Error> {
    ctx.data::<DataLoader<Records>>().map_err(|_| Error::internal("a request came in without its loader"))
}

macro_rules! by_id {
    ($($key:ident => $value:ty : $find:path),+ $(,)?) => { $(
        impl Loader<$key> for Records {
            type Value = $value;
            type Error = Error;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, $value>, Error> {
                let found = $find(&self.app, self.actor()?, keys).await?;
                Ok(found.into_iter().map(|record| (record.id, record)).collect())
            }
        }
    )+ };
}

by_id! {
    DocumentId => Document: documents::find_documents,
    PageId => Page: documents::find_pages,
    ReadingId => ReadingRecord: documents::find_readings,
    FieldId => Field: documents::find_fields,
    TaskId => Task: review::find_tasks,
    QueueId => Queue: review::find_queues,
    DocumentTypeId => TypeRecord: types::find_types,
    EventId => EventRecord: log::find_events,
    ExportId => Export: exports::find_exports,
    AuditBundleId => AuditBundle: bundles::find_audit_bundles,
}

/// That an event is in the log.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ProofOf(pub EventId);

impl Loader<ProofOf> for Records {
    type Value = Arc<ProofRecord>;
    type Error = Error;

    async fn load(&self, keys: &[ProofOf]) -> Result<HashMap<ProofOf, Arc<ProofRecord>>, Error> {
        let events: Vec<EventId> = keys.iter().map(|key| key.0).collect();
        let found = log::find_proofs(&self.app, self.actor()?, &events).await?;
        Ok(found.into_iter().map(|proof| (ProofOf(proof.event), Arc::new(proof))).collect())
    }
}

impl Loader<ActorId> for Records {
    type Value = Arc<ActorName>;
    type Error = Error;

    async fn load(&self, keys: &[ActorId]) -> Result<HashMap<ActorId, Arc<ActorName>>, Error> {
        let found = accounts::find_actors(&self.app, self.actor()?, keys).await?;
        Ok(found.into_iter().map(|actor| (actor.id, Arc::new(actor))).collect())
    }
}

/// Everything of one kind that belongs to one owner, in the store's order.
macro_rules! of_owner {
    ($($(#[$doc:meta])* $key:ident($owner:ident) => $value:ty : $find:path, $field:ident);+ $(;)?) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) struct $key(pub $owner);

        impl Loader<$key> for Records {
            type Value = Vec<$value>;
            type Error = Error;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Vec<$value>>, Error> {
                let owners: Vec<$owner> = keys.iter().map(|key| key.0).collect();
                let mut found: HashMap<$key, Vec<$value>> = keys.iter().map(|key| (*key, Vec::new())).collect();
                for record in $find(&self.app, self.actor()?, &owners).await? {
                    found.entry($key(record.$field)).or_default().push(record);
                }
                Ok(found)
            }
        }
    )+ };
}

of_owner! {
    PagesOf(DocumentId) => Page: documents::pages_of, document;
    ReadingsOf(DocumentId) => ReadingRecord: documents::readings_of, document;
    FieldsOf(DocumentId) => Field: documents::fields_of, document;
    TasksOf(DocumentId) => Task: review::tasks_of, document;
    ValuesOf(FieldId) => FieldValue: documents::values_of, field;
}

/// The event of an erasure.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Erasure(pub EventId);

/// The signature under a decision, by its task or by its event.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct StatementOfTask(pub TaskId);
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct StatementOfEvent(pub EventId);

/// The one record that another refers to by something else than its own id.
macro_rules! of_other {
    ($($key:ident($other:ident) => $value:ty : $find:path, $field:ident);+ $(;)?) => { $(
        impl Loader<$key> for Records {
            type Value = $value;
            type Error = Error;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, $value>, Error> {
                let others: Vec<$other> = keys.iter().map(|key| key.0).collect();
                let found = $find(&self.app, self.actor()?, &others).await?;
                Ok(found.into_iter().map(|record| ($key(record.$field), record)).collect())
            }
        }
    )+ };
}

of_other! {
    Erasure(EventId) => EventRecord: log::find_erasures, id;
    StatementOfTask(TaskId) => SignedStatement: signing::statements_of_tasks, task;
    StatementOfEvent(EventId) => SignedStatement: signing::statements_of_events, event;
}

/// The lines of a document's reading.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LinesOf(pub DocumentId);

impl Loader<LinesOf> for Records {
    type Value = Arc<Reading>;
    type Error = Error;

    // One document at a time: each reading is a blob of its own, which the application caches.
    async fn load(&self, keys: &[LinesOf]) -> Result<HashMap<LinesOf, Arc<Reading>>, Error> {
        let mut found = HashMap::new();
        for key in keys {
            if let Some(reading) = documents::read_lines(&self.app, self.actor()?, key.0).await? {
                found.insert(*key, reading);
            }
        }
        Ok(found)
    }
}
