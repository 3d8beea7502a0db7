//! Fields, their history, and what a reviewer does to them.

use std::sync::Arc;

use app::{
    IdempotencyKey,
    review::{self, FieldEdit},
    types::find_definition,
};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use domain::{
    document_type::{DocumentType, FieldDefinition, Kind},
    field,
    id::FieldId,
    region,
};

use crate::{
    caller::actor,
    document::{Document, Reason},
    error::Error,
    id,
    loader::{self, ValuesOf},
    page::{Region, RegionInput},
    scalar::{DateTime, Ppm},
    viewer::Actor,
};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::field::FieldStatus")]
pub enum FieldStatus {
    Read,
    NeedsReview,
    AcceptedByMachine,
    Confirmed,
    Corrected,
    Missing,
    Illegible,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Kind")]
pub enum FieldKind {
    Name,
    Address,
    Date,
    Amount,
    Currency,
    Identifier,
    Text,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::field::CorrectionReason")]
pub enum CorrectionReason {
    Misread,
    WrongPlace,
    NotFound,
    Format,
    TypedByHand,
    Other,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::field::FieldMark")]
pub enum FieldMark {
    Missing,
    Illegible,
}

pub struct Field {
    record: field::Field,
    of: Arc<DocumentType>,
    /// Where its definition stands in its type.
    position: usize,
}

impl Field {
    /// The fields of one document, with the definitions of its type.
    pub(crate) async fn of_document(
        ctx: &Context<'_>,
        document: &domain::document::Document,
        fields: Vec<field::Field>,
    ) -> Result<Vec<Field>, Error> {
        if fields.is_empty() {
            return Ok(Vec::new());
        }
        let (app, actor) = actor(ctx)?;
        let of = find_definition(app, actor, &document.type_name, document.type_version)
            .await?
            .ok_or_else(|| Error::internal("a document has fields, and its type is gone"))?;
        fields.into_iter().map(|record| Field::defined(record, of.clone())).collect()
    }

    pub(crate) async fn load(ctx: &Context<'_>, record: field::Field) -> Result<Field, Error> {
        let document = loader::expect(ctx, record.document).await?;
        let mut fields = Field::of_document(ctx, &document, vec![record]).await?;
        fields.pop().ok_or_else(Error::not_found)
    }

    fn defined(record: field::Field, of: Arc<DocumentType>) -> Result<Field, Error> {
        let position = of.fields.iter().position(|definition| definition.name == record.name);
        let position = position.ok_or_else(|| Error::internal("a field is not in the definition of its type"))?;
        Ok(Field { record, of, position })
    }

    fn definition(&self) -> &FieldDefinition {
        &self.of.fields[self.position]
    }
}

fn regions(regions: &[region::Region]) -> Vec<Region> {
    regions.iter().map(Region::from).collect()
}

#[Object]
impl Field {
    pub(crate) async fn id(&self) -> ID {
        id::of(self.record.id)
    }

    async fn name(&self) -> &str {
        &self.record.name
    }

    async fn label(&self) -> &str {
        &self.definition().label
    }

    async fn kind(&self) -> FieldKind {
        self.definition().kind.into()
    }

    async fn required(&self) -> bool {
        self.definition().required
    }

    /// The expected version of the next change.
    async fn version(&self) -> u32 {
        self.record.version
    }

    async fn status(&self) -> FieldStatus {
        self.record.status.into()
    }

    async fn text(&self) -> &str {
        &self.record.value.text
    }

    /// Normalised: ISO 8601 date, plain decimal, ISO 4217 currency; null when text is empty or is none.
    async fn value(&self) -> Option<&str> {
        self.record.value.value.as_deref()
    }

    async fn confidence(&self) -> Ppm {
        Ppm(self.record.confidence)
    }

    async fn threshold(&self) -> Ppm {
        Ppm(self.definition().threshold)
    }

    async fn regions(&self) -> Vec<Region> {
        regions(&self.record.value.regions)
    }

    /// Of each character of text, as the machine read it; empty where a person typed.
    async fn character_confidences(&self) -> Vec<Ppm> {
        self.record.character_confidences.iter().copied().map(Ppm).collect()
    }

    async fn reasons(&self) -> Vec<Reason> {
        self.record.reasons.iter().map(Reason::from).collect()
    }

    /// Other readings of the machine, best first.
    async fn alternatives(&self) -> Vec<Alternative> {
        self.record.alternatives.iter().map(Alternative::from).collect()
    }

    /// Oldest first; the first is the machine's.
    async fn history(&self, ctx: &Context<'_>) -> Result<Vec<FieldValue>, Error> {
        let values = loader::expect(ctx, ValuesOf(self.record.id)).await?;
        Ok(values.into_iter().map(FieldValue::from).collect())
    }
}

#[derive(SimpleObject)]
pub struct Alternative {
    text: String,
    value: Option<String>,
    confidence: Ppm,
    regions: Vec<Region>,
}

impl From<&field::Alternative> for Alternative {
    fn from(other: &field::Alternative) -> Alternative {
        Alternative {
            text: other.value.text.clone(),
            value: other.value.value.clone(),
            confidence: Ppm(other.confidence),
            regions: regions(&other.value.regions),
        }
    }
}

#[derive(SimpleObject)]
pub struct FieldValue {
    version: u32,
    status: FieldStatus,
    text: String,
    value: Option<String>,
    confidence: Option<Ppm>,
    regions: Vec<Region>,
    reason_code: Option<&'static str>,
    actor: Actor,
    at: DateTime,
}

impl From<field::FieldValue> for FieldValue {
    fn from(made: field::FieldValue) -> FieldValue {
        FieldValue {
            version: made.version,
            status: made.status.into(),
            regions: regions(&made.value.regions),
            text: made.value.text,
            value: made.value.value,
            confidence: made.confidence.map(Ppm),
            reason_code: made.reason.map(|reason| reason.word()),
            actor: Actor::new(made.actor),
            at: DateTime(made.at),
        }
    }
}

#[derive(InputObject)]
struct CorrectFieldInput {
    idempotency_key: String,
    field_id: ID,
    expected_version: u32,
    task_id: ID,
    lease_token: i64,
    text: String,
    regions: Option<Vec<RegionInput>>,
    reason: CorrectionReason,
    client_mutation_id: Option<String>,
}

#[derive(InputObject)]
struct ConfirmFieldInput {
    idempotency_key: String,
    field_id: ID,
    expected_version: u32,
    task_id: ID,
    lease_token: i64,
    client_mutation_id: Option<String>,
}

#[derive(InputObject)]
struct MarkFieldInput {
    idempotency_key: String,
    field_id: ID,
    expected_version: u32,
    task_id: ID,
    lease_token: i64,
    mark: FieldMark,
    client_mutation_id: Option<String>,
}

macro_rules! field_payloads {
    ($($name:ident),+) => { $(
        #[derive(SimpleObject)]
        struct $name {
            field: Field,
            document: Document,
            client_mutation_id: Option<String>,
        }
    )+ };
}

field_payloads!(CorrectFieldPayload, ConfirmFieldPayload, MarkFieldPayload);

fn edit(field: &str, expected_version: u32, task: &str, lease_token: i64) -> Result<FieldEdit, Error> {
    Ok(FieldEdit { field: id::decode(field)?, expected_version, task: id::decode(task)?, lease_token })
}

/// A field after its change, and the document it belongs to.
async fn changed(ctx: &Context<'_>, field: FieldId) -> Result<(Field, Document), Error> {
    let record = loader::expect(ctx, field).await?;
    let document = loader::expect(ctx, record.document).await?;
    let mut fields = Field::of_document(ctx, &document, vec![record]).await?;
    Ok((fields.pop().ok_or_else(Error::not_found)?, Document(document)))
}

#[derive(Default)]
pub struct FieldMutation;

#[Object]
impl FieldMutation {
    async fn correct_field(&self, ctx: &Context<'_>, input: CorrectFieldInput) -> Result<CorrectFieldPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let edit = edit(&input.field_id, input.expected_version, &input.task_id, input.lease_token)?;
        let regions =
            input.regions.unwrap_or_default().into_iter().map(TryInto::try_into).collect::<Result<_, Error>>()?;
        let field = review::correct_field(app, actor, key, edit, input.text, regions, input.reason.into()).await?;
        let (field, document) = changed(ctx, field).await?;
        Ok(CorrectFieldPayload { field, document, client_mutation_id: input.client_mutation_id })
    }

    async fn confirm_field(&self, ctx: &Context<'_>, input: ConfirmFieldInput) -> Result<ConfirmFieldPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let edit = edit(&input.field_id, input.expected_version, &input.task_id, input.lease_token)?;
        let field = review::confirm_field(app, actor, key, edit).await?;
        let (field, document) = changed(ctx, field).await?;
        Ok(ConfirmFieldPayload { field, document, client_mutation_id: input.client_mutation_id })
    }

    async fn mark_field(&self, ctx: &Context<'_>, input: MarkFieldInput) -> Result<MarkFieldPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let edit = edit(&input.field_id, input.expected_version, &input.task_id, input.lease_token)?;
        let field = review::mark_field(app, actor, key, edit, input.mark.into()).await?;
        let (field, document) = changed(ctx, field).await?;
        Ok(MarkFieldPayload { field, document, client_mutation_id: input.client_mutation_id })
    }
}
