//! Reviewers' keys.

use domain::{
    id::ActorId,
    signing::{Custody, SignatureAlgorithm},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, TryInsertResult, sea_query::Expr,
};

use super::{
    entity::{signing_keys, staged_events},
    log, word,
};
use crate::{
    error::Result,
    signing::SigningKey,
    unit::{Scope, Unit},
};

pub(crate) struct NewKey<'a> {
    pub kid: &'a str,
    pub algorithm: SignatureAlgorithm,
    pub custody: Custody,
    /// SubjectPublicKeyInfo, DER.
    pub spki: &'a [u8],
}

/// Adds a key of the unit's actor; false when there is one of this id already.
pub(crate) async fn insert(unit: &mut Unit, key: &NewKey<'_>, sealed_seed: Option<Vec<u8>>) -> Result<bool> {
    let row = signing_keys::Model {
        organization_id: unit.actor().organization.0,
        kid: key.kid.to_owned(),
        actor_id: unit.actor().id.0,
        algorithm: key.algorithm.to_string(),
        custody: key.custody.to_string(),
        spki: key.spki.to_vec(),
        sealed_seed,
        event_id: unit.event().0,
        enrolled_at: unit.now().millis(),
        revoked_at: None,
    };
    let inserted = signing_keys::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(unit.connection())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)))
}

/// A key with what it takes to sign and to verify.
pub(crate) struct StoredKey {
    pub kid: String,
    pub actor: ActorId,
    pub algorithm: SignatureAlgorithm,
    pub custody: Custody,
    pub spki: Vec<u8>,
    pub sealed_seed: Option<Vec<u8>>,
    pub revoked: bool,
}

fn stored(row: signing_keys::Model) -> Result<StoredKey> {
    Ok(StoredKey {
        kid: row.kid,
        actor: ActorId(row.actor_id),
        algorithm: word(&row.algorithm)?,
        custody: word(&row.custody)?,
        spki: row.spki,
        sealed_seed: row.sealed_seed,
        revoked: row.revoked_at.is_some(),
    })
}

/// Keeps a key from being revoked until the unit ends, so that what it signs stands before that in the log.
pub(crate) async fn lock(unit: &mut Unit, kid: &str) -> Result<Option<StoredKey>> {
    let row = signing_keys::Entity::find_by_id((unit.actor().organization.0, kid.to_owned()))
        .lock_exclusive()
        .one(unit.connection())
        .await?;
    row.map(stored).transpose()
}

/// Whether the event that enrolled a key stands in the log that grows, or will.
pub(crate) async fn is_in_present_log(scope: &Scope<'_>, kid: &str) -> Result<bool> {
    let key = signing_keys::Entity::find_by_id((scope.organization.0, kid.to_owned())).one(scope.connection()).await?;
    let Some(key) = key else { return Ok(false) };
    let event = staged_events::Entity::find()
        .filter(staged_events::Column::OrganizationId.eq(scope.organization.0))
        .filter(staged_events::Column::EventId.eq(key.event_id))
        .one(scope.connection())
        .await?;
    let Some(epoch) = event.map(|event| event.epoch) else { return Ok(false) };
    let present = log::head(scope.connection(), scope.organization).await?.map(|head| head.log.epoch);
    Ok(epoch.is_none() || epoch == present)
}

/// The unit's first event enrols a key that was [locked](lock) once more.
pub(crate) async fn set_event(unit: &mut Unit, kid: &str) -> Result<()> {
    signing_keys::Entity::update_many()
        .col_expr(signing_keys::Column::EventId, Expr::value(unit.event().0))
        .filter(signing_keys::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(signing_keys::Column::Kid.eq(kid))
        .exec(unit.connection())
        .await?;
    Ok(())
}

pub(crate) async fn find(scope: &Scope<'_>, kids: &[String]) -> Result<Vec<StoredKey>> {
    let rows = signing_keys::Entity::find()
        .filter(signing_keys::Column::OrganizationId.eq(scope.organization.0))
        .filter(signing_keys::Column::Kid.is_in(kids.iter().cloned()))
        .all(scope.connection())
        .await?;
    rows.into_iter().map(stored).collect()
}

/// Newest first.
pub(crate) async fn of_actor(scope: &Scope<'_>, actor: ActorId) -> Result<Vec<SigningKey>> {
    let rows = signing_keys::Entity::find()
        .filter(signing_keys::Column::OrganizationId.eq(scope.organization.0))
        .filter(signing_keys::Column::ActorId.eq(actor.0))
        .order_by_desc(signing_keys::Column::EnrolledAt)
        .order_by_asc(signing_keys::Column::Kid)
        .all(scope.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(SigningKey {
                kid: row.kid,
                algorithm: word(&row.algorithm)?,
                custody: word(&row.custody)?,
                enrolled_at: Timestamp(row.enrolled_at),
                revoked_at: row.revoked_at.map(Timestamp),
            })
        })
        .collect()
}

/// Ends a key that was [locked](lock), and with it the private half that the server held.
pub(crate) async fn revoke(unit: &mut Unit, kid: &str) -> Result<()> {
    signing_keys::Entity::update_many()
        .col_expr(signing_keys::Column::RevokedAt, Expr::value(unit.now().millis()))
        .col_expr(signing_keys::Column::SealedSeed, Expr::value(None::<Vec<u8>>))
        .filter(signing_keys::Column::OrganizationId.eq(unit.actor().organization.0))
        .filter(signing_keys::Column::Kid.eq(kid))
        .exec(unit.connection())
        .await?;
    Ok(())
}
