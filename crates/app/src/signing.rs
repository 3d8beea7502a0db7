//! Keys with which reviewers sign.

use domain::{event::Event, id::ActorId};

use crate::{error::Result, store::signing_key, unit::Unit};

/// Revokes all keys of a person; what is to be recorded of that.
pub(crate) async fn revoke_all(unit: &mut Unit, person: ActorId) -> Result<Vec<Event>> {
    let revoked = signing_key::revoke_all(unit, person).await?;
    Ok(revoked.into_iter().map(|kid| Event::KeyRevoked { actor: person, kid }).collect())
}
