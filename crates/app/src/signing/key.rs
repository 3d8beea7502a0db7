//! Keys with which reviewers sign: made here at first use, or enrolled from a device of the person's own.

use audit::signing_key::{HeldKey, PublicKey, verify_possession};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use domain::{
    actor::{Actor, ActorKind},
    event::Event,
    id::{ActorId, OrganizationId},
    policy::Action,
    signing::{Custody, SignatureAlgorithm},
    time::Timestamp,
};

use crate::{
    App,
    error::{Error, InternalError, Result},
    idempotency::{IdempotencyKey, Once},
    permission::require,
    secrets::random,
    store::{
        erasure,
        signing_key::{self, NewKey},
    },
    unit::{Begun, Unit},
};

/// Keys that one person may have at once.
const MAX_KEYS: usize = 20;
/// How long a challenge may be answered.
const CHALLENGE_SECONDS: i64 = 600;

#[derive(Clone, Debug)]
pub struct SigningKey {
    /// The first 32 hexadecimal digits of the SHA-256 of the key's SubjectPublicKeyInfo.
    pub kid: String,
    pub algorithm: SignatureAlgorithm,
    pub custody: Custody,
    pub enrolled_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// What the holder of a key signs to enrol it (`countersign sign prove`).
#[derive(Clone, Debug)]
pub struct KeyChallenge {
    pub text: String,
    pub expires_at: Timestamp,
}

/// Who signs is a person.
///
/// # Errors
/// `SIGNING_NEEDS_PERSON`.
pub(super) async fn require_signer(app: &App, actor: &Actor) -> Result<()> {
    require(app, actor, Action::Review).await?;
    if actor.kind == ActorKind::User {
        return Ok(());
    }
    Err(Error::invalid("SIGNING_NEEDS_PERSON", "Only a person who is signed in can sign"))
}

/// The actor's own keys, newest first.
pub async fn signing_keys(app: &App, actor: &Actor) -> Result<Vec<SigningKey>> {
    signing_key::of_actor(&app.scope(actor), actor.id).await
}

/// A challenge for this actor alone. Nothing is stored: it carries a keyed hash of what it says.
pub async fn key_challenge(app: &App, actor: &Actor) -> Result<KeyChallenge> {
    require_signer(app, actor).await?;
    let expires_at = app.now().plus_seconds(CHALLENGE_SECONDS);
    let stem = format!("{}.{}", expires_at.millis(), URL_SAFE_NO_PAD.encode(random::<16>()));
    Ok(KeyChallenge { text: format!("{stem}.{}", seal_of(app, actor, &stem)), expires_at })
}

fn seal_of(app: &App, actor: &Actor, stem: &str) -> String {
    let said = format!("{}/{stem}", actor.id);
    URL_SAFE_NO_PAD.encode(app.secrets().pseudonymize(actor.organization, "signing key challenge", &said))
}

fn check_challenge(app: &App, actor: &Actor, challenge: &str) -> Result<()> {
    let own = challenge.rsplit_once('.').filter(|(stem, seal)| *seal == seal_of(app, actor, stem));
    let expiry = own.and_then(|(stem, _)| stem.split_once('.')).and_then(|(expiry, _)| expiry.parse().ok());
    match expiry.map(Timestamp) {
        Some(expiry) if expiry > app.now() => Ok(()),
        Some(_) => Err(Error::invalid("CHALLENGE_EXPIRED", "Ask for a new challenge, and sign that")),
        None => Err(Error::invalid("CHALLENGE_UNKNOWN", "Sign the challenge that this server gave you")),
    }
}

/// Enrols a key that the actor holds on a device of their own.
///
/// `public_key`: SubjectPublicKeyInfo, as PEM or as base64 of its DER form. `proof`: the signature over the challenge.
///
/// # Errors
/// `KEY_INVALID`, `KEY_UNSUITABLE`, `CHALLENGE_UNKNOWN`, `CHALLENGE_EXPIRED`, `PROOF_WRONG`, `TOO_MANY_KEYS`; conflict
/// `KEY_ENROLLED`.
pub async fn enroll_signing_key(
    app: &App,
    actor: &Actor,
    key: IdempotencyKey,
    public_key: &str,
    challenge: &str,
    proof: &[u8],
) -> Result<String> {
    require_signer(app, actor).await?;
    let public = parse(public_key)?;
    let (kid, spki) = (public.kid().to_string(), public.to_spki_der());
    let once = Once::new("enroll_signing_key", &key, &[&spki]);
    let Begun::Fresh(mut unit) = app.begin_once(actor, &once).await? else { return Ok(kid) };
    check_challenge(app, actor, challenge)?;
    if !verify_possession(&public, challenge.as_bytes(), proof) {
        let message = "The proof does not show that you hold this key: sign the challenge with it";
        return Err(Error::invalid("PROOF_WRONG", message));
    }
    let new = NewKey { kid: &kid, algorithm: SignatureAlgorithm::Ed25519, custody: Custody::Device, spki: &spki };
    let event = insert(&mut unit, new, None).await?;
    unit.commit(event, vec![]).await?;
    Ok(kid)
}

fn parse(text: &str) -> Result<PublicKey> {
    let invalid =
        |error: &dyn std::fmt::Display| Error::invalid("KEY_INVALID", format!("That is no public key: {error}"));
    let key = if text.trim_start().starts_with("-----") {
        PublicKey::from_pem(text).map_err(|error| invalid(&error))?
    } else {
        let der = STANDARD.decode(text.trim()).map_err(|error| invalid(&error))?;
        PublicKey::from_spki_der(&der).map_err(|error| invalid(&error))?
    };
    match key {
        PublicKey::Ed25519(_) => Ok(key),
        PublicKey::P256(_) => Err(Error::invalid("KEY_UNSUITABLE", "Enrol an Ed25519 key here")),
    }
}

async fn insert(unit: &mut Unit, key: NewKey<'_>, sealed_seed: Option<Vec<u8>>) -> Result<Event> {
    let present = signing_key::of_actor(&unit.scope(), unit.actor().id).await?;
    if present.iter().filter(|key| key.revoked_at.is_none()).count() >= MAX_KEYS {
        let message = format!("You have {MAX_KEYS} keys: revoke one that you no longer use");
        return Err(Error::invalid("TOO_MANY_KEYS", message));
    }
    if !signing_key::insert(unit, &key, sealed_seed).await? {
        return Err(Error::conflict("KEY_ENROLLED", "This key is enrolled, or was revoked: make a new one"));
    }
    Ok(enrolled(unit.actor().id, &key))
}

fn enrolled(actor: ActorId, key: &NewKey<'_>) -> Event {
    Event::KeyEnrolled {
        actor,
        kid: key.kid.to_owned(),
        algorithm: key.algorithm,
        custody: key.custody,
        spki: STANDARD.encode(key.spki),
    }
}

/// The key that the server holds for a person; made at its first use.
pub(super) async fn server_held(app: &App, actor: &Actor) -> Result<String> {
    if let Some(kid) = present_server_held(&signing_keys(app, actor).await?) {
        return Ok(kid);
    }
    let mut unit = app.begin(actor).await?;
    // Two at once make one key.
    erasure::lock_person(&mut unit, actor.id).await?;
    if let Some(kid) = present_server_held(&signing_key::of_actor(&unit.scope(), actor.id).await?) {
        return Ok(kid);
    }
    let seed = random::<32>();
    let held = HeldKey::from_seed(&seed).map_err(|error| InternalError::Other(error.to_string()))?;
    let (kid, spki) = (held.public_key().kid().to_string(), held.public_key().to_spki_der());
    let sealed = app.secrets().seal_key(&seed, &seed_context(actor.organization, &kid));
    let new = NewKey { kid: &kid, algorithm: SignatureAlgorithm::Ed25519, custody: Custody::ServerHeld, spki: &spki };
    let event = insert(&mut unit, new, Some(sealed)).await?;
    unit.commit(event, vec![]).await?;
    Ok(kid)
}

fn present_server_held(keys: &[SigningKey]) -> Option<String> {
    let own = keys.iter().find(|key| key.custody == Custody::ServerHeld && key.revoked_at.is_none());
    own.map(|key| key.kid.clone())
}

fn seed_context(organization: OrganizationId, kid: &str) -> String {
    format!("{organization}/signing key/{kid}")
}

/// A log that was recovered names no keys: one that signs in it is enrolled in it, too. That its holder has it was
/// shown before.
pub(super) async fn enrol_in_present_log(app: &App, actor: &Actor, kid: &str) -> Result<()> {
    if signing_key::is_in_present_log(&app.scope(actor), kid).await? {
        return Ok(());
    }
    let mut unit = app.begin(actor).await?;
    let key = signing_key::lock(&mut unit, kid).await?.filter(|key| !key.revoked && key.actor == actor.id);
    let Some(key) = key else { return Err(unknown_key()) };
    // Another statement may have been quicker.
    if signing_key::is_in_present_log(&unit.scope(), kid).await? {
        return Ok(());
    }
    signing_key::set_event(&mut unit, kid).await?;
    let again = NewKey { kid, algorithm: key.algorithm, custody: key.custody, spki: &key.spki };
    unit.commit(enrolled(actor.id, &again), vec![]).await
}

pub(super) fn unknown_key() -> Error {
    Error::invalid("SIGNING_KEY_UNKNOWN", "That is no key of yours that is still good: choose another")
}

/// The private half of a server-held key.
pub(super) fn open_seed(app: &App, organization: OrganizationId, kid: &str, sealed: &[u8]) -> Result<HeldKey> {
    let seed = app.secrets().open_key(sealed, &seed_context(organization, kid));
    let seed = seed.ok_or_else(|| InternalError::Other("a signing key was sealed under another master key".into()))?;
    HeldKey::from_seed(&seed).map_err(|error| InternalError::Stored(error.to_string()).into())
}

/// Makes one of the actor's own keys worthless from now on; what it signed stays signed.
///
/// # Errors
/// [`Error::NotFound`]; conflict `KEY_REVOKED`.
pub async fn revoke_signing_key(app: &App, actor: &Actor, key: IdempotencyKey, kid: &str) -> Result<()> {
    require_signer(app, actor).await?;
    let once = Once::new("revoke_signing_key", &key, &[kid.as_bytes()]);
    let Begun::Fresh(mut unit) = app.begin_once(actor, &once).await? else { return Ok(()) };
    let known = signing_key::lock(&mut unit, kid).await?;
    match known.filter(|known| known.actor == actor.id) {
        None => return Err(Error::NotFound),
        Some(known) if known.revoked => return Err(Error::conflict("KEY_REVOKED", "This key is revoked already")),
        Some(_) => signing_key::revoke(&mut unit, kid).await?,
    }
    unit.commit(Event::KeyRevoked { actor: actor.id, kid: kid.to_owned() }, vec![]).await
}

/// Revokes all keys of a person; what is to be recorded of that.
pub(crate) async fn revoke_all(unit: &mut Unit, person: ActorId) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    for key in signing_key::of_actor(&unit.scope(), person).await? {
        let known = signing_key::lock(unit, &key.kid).await?;
        if known.is_some_and(|known| !known.revoked) {
            signing_key::revoke(unit, &key.kid).await?;
            events.push(Event::KeyRevoked { actor: person, kid: key.kid });
        }
    }
    Ok(events)
}
