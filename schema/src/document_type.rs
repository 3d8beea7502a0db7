//! Document types.

use app::{IdempotencyKey, types};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use crate::{caller::actor, error::Error, id, loader, signing::SigningRule};

pub struct DocumentType(pub(crate) types::TypeRecord);

#[Object]
impl DocumentType {
    pub(crate) async fn id(&self) -> ID {
        id::of(self.0.id)
    }

    async fn name(&self) -> &str {
        &self.0.definition.name
    }

    async fn version(&self) -> u32 {
        self.0.definition.version
    }

    async fn label(&self) -> &str {
        &self.0.definition.label
    }

    /// Documents whose fields are all above their thresholds pass without a person. Uncalibrated confidence proves
    /// nothing: off until an administrator turns it on.
    async fn straight_through(&self) -> bool {
        self.0.straight_through
    }

    async fn definition(&self) -> &str {
        &self.0.source
    }

    /// Whether decisions on its documents are signed.
    async fn signing(&self) -> SigningRule {
        self.0.definition.signing.into()
    }
}

#[derive(Default)]
pub struct DocumentTypeQuery;

#[Object]
impl DocumentTypeQuery {
    async fn document_types(&self, ctx: &Context<'_>) -> Result<Vec<DocumentType>, Error> {
        let (app, actor) = actor(ctx)?;
        Ok(types::list_types(app, actor).await?.into_iter().map(DocumentType).collect())
    }
}

#[derive(InputObject)]
struct SetStraightThroughInput {
    idempotency_key: String,
    document_type_id: ID,
    on: bool,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct SetStraightThroughPayload {
    document_type: DocumentType,
    client_mutation_id: Option<String>,
}

#[derive(Default)]
pub struct DocumentTypeMutation;

#[Object]
impl DocumentTypeMutation {
    /// Administrators: lets documents of a type pass without a person when every field is above its threshold.
    async fn set_straight_through(
        &self,
        ctx: &Context<'_>,
        input: SetStraightThroughInput,
    ) -> Result<SetStraightThroughPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let id = types::set_straight_through(app, actor, key, id::decode(&input.document_type_id)?, input.on).await?;
        let document_type = DocumentType(loader::expect(ctx, id).await?);
        Ok(SetStraightThroughPayload { document_type, client_mutation_id: input.client_mutation_id })
    }
}
