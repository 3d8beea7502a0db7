//! Outside holders of the log's head: who gets checkpoints by mail.

use app::{IdempotencyKey, holders, log};
use async_graphql::{Context, InputObject, Object, SimpleObject};

use crate::{caller::actor, error::Error, event::Log};

/// The newest checkpoint is mailed to these addresses, and to nobody when there are none.
#[derive(InputObject)]
struct SetCheckpointRecipientsInput {
    idempotency_key: String,
    addresses: Vec<String>,
    client_mutation_id: Option<String>,
}

#[derive(SimpleObject)]
struct SetCheckpointRecipientsPayload {
    log: Log,
    client_mutation_id: Option<String>,
}

#[derive(Default)]
pub struct HolderMutation;

#[Object]
impl HolderMutation {
    /// Says who gets the newest checkpoint by mail from now on. Whoever holds one can tell when history is rewritten.
    async fn set_checkpoint_recipients(
        &self,
        ctx: &Context<'_>,
        input: SetCheckpointRecipientsInput,
    ) -> Result<SetCheckpointRecipientsPayload, Error> {
        let (app, actor) = actor(ctx)?;
        let key = IdempotencyKey::parse(&input.idempotency_key)?;
        holders::set_checkpoint_recipients(app, actor, key, input.addresses).await?;
        let log = Log(log::log_status(app, actor).await?);
        Ok(SetCheckpointRecipientsPayload { log, client_mutation_id: input.client_mutation_id })
    }
}
