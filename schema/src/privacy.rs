//! Erasing, and what forbids it.

use app::{IdempotencyKey, privacy};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use crate::{caller::actor, document::Document, error::Error, id, loader, viewer::Actor};

#[derive(InputObject)]
struct EraseDocumentInput {
    idempotency_key: String,
    document: ID,
    reason: String,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct EraseDocumentPayload {
    document: Document,
    client_mutation_id: Option<String>,
}

#[derive(InputObject)]
struct ErasePersonInput {
    idempotency_key: String,
    actor: ID,
    reason: String,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct ErasePersonPayload {
    actor: Actor,
    client_mutation_id: Option<String>,
}

#[derive(InputObject)]
struct SetHoldInput {
    idempotency_key: String,
    document: ID,
    on: bool,
    reason: String,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct SetHoldPayload {
    document: Document,
    client_mutation_id: Option<String>,
}

#[derive(Default)]
pub struct PrivacyMutation;

#[Object]
impl PrivacyMutation {
    /// Administrators: erases what a document says, for ever. Its steps stay in the log, without anything personal.
    async fn erase_document(
        &self,
        ctx: &Context<'_>,
        input: EraseDocumentInput,
    ) -> Result<EraseDocumentPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let document = privacy::erase_document(app, actor, key, id::decode(&input.document)?, &input.reason).await?;
        let document = Document(loader::expect(ctx, document).await?);
        Ok(EraseDocumentPayload { document, client_mutation_id: input.client_mutation_id })
    }

    /// Administrators: erases a person's name, address, password and keys, for ever. The pseudonym stays in the log.
    async fn erase_person(&self, ctx: &Context<'_>, input: ErasePersonInput) -> Result<ErasePersonPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let person = privacy::erase_person(app, actor, key, id::decode(&input.actor)?, &input.reason).await?;
        Ok(ErasePersonPayload { actor: Actor::new(person), client_mutation_id: input.client_mutation_id })
    }

    /// Administrators: forbids to erase a document, or allows it again.
    async fn set_hold(&self, ctx: &Context<'_>, input: SetHoldInput) -> Result<SetHoldPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        let document = id::decode(&input.document)?;
        let document = privacy::set_hold(app, actor, key, document, input.on, &input.reason).await?;
        let document = Document(loader::expect(ctx, document).await?);
        Ok(SetHoldPayload { document, client_mutation_id: input.client_mutation_id })
    }
}
