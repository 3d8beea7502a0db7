//! Asks the policy, and counts what it refuses.

use domain::{
    actor::{Actor, ActorKind},
    event::Event,
    policy::{Action, allows},
};

use crate::{
    App,
    error::{Error, Result},
    store::refusal,
};

/// # Errors
/// [`Error::Forbidden`], which is counted: one event an actor, action and minute records it.
pub(crate) async fn require(app: &App, actor: &Actor, action: Action) -> Result<()> {
    if allows(actor, action) {
        return Ok(());
    }
    metrics::counter!("countersign_refusals_total", "action" => action.word()).increment(1);
    let mut bookkeeping = app.bookkeeping().await?;
    refusal::count(&mut bookkeeping, actor, action).await?;
    bookkeeping.commit().await?;
    Err(Error::Forbidden)
}

/// Makes events of the counts whose minute is over.
pub(crate) async fn record_refusals(app: &App) -> Result<()> {
    let minute = app.now().millis() / 60_000;
    for refused in refusal::complete(app.store().reader(), minute).await? {
        let mut unit = app.begin(&Actor::system(refused.organization)).await?;
        // Another process may have recorded it meanwhile; then the unit is dropped.
        if refusal::take(&mut unit, &refused).await? {
            let (actor, actor_kind, action): (_, ActorKind, Action) = (refused.actor, refused.kind, refused.action);
            unit.commit(Event::AccessRefused { actor, actor_kind, action, count: refused.count }, vec![]).await?;
        }
    }
    Ok(())
}
