//! Documents, from upload to verdict.

use app::{IdempotencyKey, documents, log, reading, review};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject, connection::Connection};
use domain::{document, id::DocumentId, routing};

use crate::{
    caller::actor,
    connection::{connection, page},
    error::Error,
    event::Event,
    field::Field,
    id,
    loader::{self, FieldsOf, PagesOf, ReadingsOf, TasksOf},
    page::{Page, Reading},
    scalar::DateTime,
    signing::erasure,
    task::Task,
};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::document::DocumentState")]
pub enum DocumentState {
    Received,
    Reading,
    InReview,
    Accepted,
    Rejected,
    Failed,
    Erased,
}

#[derive(SimpleObject)]
pub struct Capture {
    captured_at: Option<DateTime>,
    device_id: Option<String>,
    source: Option<String>,
}

/// Why a document could not be read: a stable code and a sentence for a person.
#[derive(SimpleObject)]
pub struct Failure {
    code: String,
    message: String,
}

impl From<&document::Failure> for Failure {
    fn from(failure: &document::Failure) -> Failure {
        Failure { code: failure.code.clone(), message: failure.message.clone() }
    }
}

/// Why a person is asked: a stable code and a sentence.
#[derive(SimpleObject)]
pub struct Reason {
    code: String,
    message: String,
}

impl From<&routing::Reason> for Reason {
    fn from(reason: &routing::Reason) -> Reason {
        Reason { code: reason.code.clone(), message: reason.message.clone() }
    }
}

pub struct Document(pub(crate) document::Document);

#[Object]
impl Document {
    pub(crate) async fn id(&self) -> ID {
        id::of(self.0.id)
    }

    async fn state(&self) -> DocumentState {
        self.0.state.into()
    }

    /// Grows with every change of content.
    async fn version(&self) -> u32 {
        self.0.version
    }

    async fn type_name(&self) -> &str {
        &self.0.type_name
    }

    async fn type_version(&self) -> u32 {
        self.0.type_version
    }

    async fn type_label(&self, ctx: &Context<'_>) -> Result<String, Error> {
        let (app, actor) = actor(ctx)?;
        let found = app::types::find_definition(app, actor, &self.0.type_name, self.0.type_version).await?;
        Ok(found.map_or_else(|| app::types::UNCLASSIFIED_LABEL.to_owned(), |found| found.label.clone()))
    }

    /// The uploaded file's name, when the sender gave one.
    async fn file_name(&self) -> Option<&str> {
        self.0.file_name.as_deref()
    }

    async fn media_type(&self) -> &str {
        &self.0.media_type
    }

    async fn byte_size(&self) -> u64 {
        self.0.byte_size
    }

    async fn priority(&self) -> u8 {
        self.0.priority
    }

    async fn received_at(&self) -> DateTime {
        DateTime(self.0.received_at)
    }

    async fn capture(&self) -> Option<Capture> {
        let capture = &self.0.capture;
        (*capture != document::Capture::default()).then(|| Capture {
            captured_at: capture.captured_at.map(DateTime),
            device_id: capture.device_id.clone(),
            source: capture.source.clone(),
        })
    }

    async fn failure(&self) -> Option<Failure> {
        self.0.failure.as_ref().map(Failure::from)
    }

    async fn pages(&self, ctx: &Context<'_>) -> Result<Vec<Page>, Error> {
        Ok(loader::expect(ctx, PagesOf(self.0.id)).await?.into_iter().map(Page).collect())
    }

    /// Null until read.
    async fn reading(&self, ctx: &Context<'_>) -> Result<Option<Reading>, Error> {
        Ok(loader::expect(ctx, ReadingsOf(self.0.id)).await?.pop().map(Reading))
    }

    async fn fields(&self, ctx: &Context<'_>) -> Result<Vec<Field>, Error> {
        let fields = loader::expect(ctx, FieldsOf(self.0.id)).await?;
        Field::of_document(ctx, &self.0, fields).await
    }

    /// Why the document as a whole goes to a person.
    async fn reasons(&self) -> Vec<Reason> {
        self.0.reasons.iter().map(Reason::from).collect()
    }

    /// True when no person has looked at it.
    async fn straight_through(&self) -> bool {
        self.0.straight_through
    }

    async fn tasks(&self, ctx: &Context<'_>) -> Result<Vec<Task>, Error> {
        Ok(loader::expect(ctx, TasksOf(self.0.id)).await?.into_iter().map(Task).collect())
    }

    /// Oldest first.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 50)] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Connection<String, Event>, Error> {
        let (app, actor) = actor(ctx)?;
        let later = after.is_some();
        let slice = log::list_events(app, actor, self.0.id, page(first, 50, after)?).await?;
        Ok(connection(slice, later, Event))
    }

    async fn retain_until(&self) -> Option<DateTime> {
        self.0.retain_until.map(DateTime)
    }

    async fn hold(&self) -> bool {
        self.0.hold
    }

    /// The event that erased it: from then on it has no pages, and its fields no values.
    async fn erased_by(&self, ctx: &Context<'_>) -> Result<Option<Event>, Error> {
        erasure(ctx, self.0.erased_by).await
    }
}

#[derive(Default)]
pub struct DocumentQuery;

#[Object]
impl DocumentQuery {
    async fn document(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Document>, Error> {
        Ok(loader::load(ctx, id::decode::<DocumentId>(&id)?).await?.map(Document))
    }

    /// Newest first.
    async fn documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 50)] first: Option<i32>,
        after: Option<String>,
        state: Option<DocumentState>,
        #[graphql(name = "type")] type_name: Option<String>,
    ) -> Result<Connection<String, Document>, Error> {
        let (app, actor) = actor(ctx)?;
        let later = after.is_some();
        let filter = documents::DocumentFilter { state: state.map(Into::into), type_name };
        let slice = documents::list_documents(app, actor, filter, page(first, 50, after)?).await?;
        Ok(connection(slice, later, Document))
    }
}

#[derive(InputObject)]
struct RetryReadingInput {
    idempotency_key: String,
    document_id: ID,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct RetryReadingPayload {
    document: Document,
    client_mutation_id: Option<String>,
}

#[derive(InputObject)]
struct TypeByHandInput {
    idempotency_key: String,
    document_id: ID,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct TypeByHandPayload {
    document: Document,
    task: Task,
    client_mutation_id: Option<String>,
}

#[derive(Default)]
pub struct DocumentMutation;

#[Object]
impl DocumentMutation {
    /// FAILED documents only: read again.
    async fn retry_reading(&self, ctx: &Context<'_>, input: RetryReadingInput) -> Result<RetryReadingPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let document = reading::retry_reading(app, actor, key, id::decode(&input.document_id)?).await?;
        let document = Document(loader::expect(ctx, document).await?);
        Ok(RetryReadingPayload { document, client_mutation_id: input.client_mutation_id })
    }

    /// FAILED documents only: type the fields in by hand.
    async fn type_by_hand(&self, ctx: &Context<'_>, input: TypeByHandInput) -> Result<TypeByHandPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let task = review::type_by_hand(app, actor, key, id::decode(&input.document_id)?).await?;
        let task = loader::expect(ctx, task).await?;
        let document = Document(loader::expect(ctx, task.document).await?);
        Ok(TypeByHandPayload { document, task: Task(task), client_mutation_id: input.client_mutation_id })
    }
}
