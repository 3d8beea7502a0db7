//! People are erased on request: name, address, password and sessions go, their pseudonym stays in the log.

use domain::{actor::Actor, event::Event, id::ActorId, policy::Action};

use super::{check_reason, clear, erased};
use crate::{
    App,
    error::{Error, Result},
    idempotency::{IdempotencyKey, Once},
    ledger::Owner,
    permission::require,
    review, signing,
    store::{disclosure, erasure},
    unit::{Begun, Unit},
};

/// Erases a person of the actor's organization. The person is signed out, tasks go back to their queues, and signing
/// keys are revoked.
///
/// # Errors
/// `REASON_MISSING`, `REASON_TOO_LONG`, `ERASE_SELF`; conflicts `ERASED`, and `RETAINED_UNTIL` or `ON_HOLD` while a
/// document has to be kept that the person signed: a signature has to show its signer (21 CFR 11.50).
pub async fn erase_person(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    person: ActorId,
    reason: &str,
) -> Result<ActorId> {
    require(app, actor, Action::ErasePersonal).await?;
    let reason = check_reason(reason)?;
    if person == actor.id {
        return Err(Error::invalid("ERASE_SELF", "Ask another administrator to erase you"));
    }
    let once = Once::new("erase_person", &key, &[person.0.as_bytes(), reason.as_bytes()]);
    let Begun::Fresh(mut unit) = app.begin_once(actor, &once).await? else { return Ok(person) };
    match erasure::lock_person(&mut unit, person).await? {
        None => return Err(Error::NotFound),
        Some(true) => return Err(Error::conflict("ERASED", "This person is erased already")),
        Some(false) => {}
    }
    refuse_kept_signatures(&unit, person).await?;
    let mut rest = review::end_leases_of(&mut unit, person).await?;
    rest.extend(signing::revoke_all(&mut unit, person).await?);
    let digests = disclosure::erase(&mut unit, &Owner::actor(person)).await?;
    erasure::person(&mut unit, person).await?;
    // Copies that were made of it here.
    let freed = erasure::bundles(&mut unit).await?;
    let event = Event::PersonErased { actor: person, erased: erased("REQUESTED", Some(reason), digests) };
    unit.commit(event, rest).await?;
    clear(app, actor.organization, freed).await;
    Ok(person)
}

async fn refuse_kept_signatures(unit: &Unit, person: ActorId) -> Result<()> {
    let kept = erasure::kept_signatures(&unit.scope(), person, unit.now()).await?;
    if kept.on_hold {
        let message = "This person signed a document that is on hold: its signature has to show who signed";
        return Err(Error::conflict("ON_HOLD", message));
    }
    if let Some(until) = kept.retained_until {
        let message = format!("This person signed a document that has to be kept until {until}, with its signature");
        return Err(Error::conflict("RETAINED_UNTIL", message));
    }
    Ok(())
}
