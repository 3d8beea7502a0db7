//! Who may come in: organizations, people with passwords and sessions, programs with tokens.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    actor::{Actor, ActorKind, Role},
    document_type::DocumentType,
    event::Event,
    id::{ActorId, EventId, OrganizationId, QueueId, UserId},
    time::Timestamp,
};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::{
    App, Clock,
    error::{Error, InternalError, Result},
    secrets::random,
    store::{Store, account, task},
    types,
    unit::Bookkeeping,
};

/// How programs recognise our tokens, and secret scanners too.
const TOKEN_PREFIX: &str = "cst_";
/// What [`create_first_admin`] calls the organization.
const FIRST_ORGANIZATION: &str = "Countersign";

pub struct FirstLogin {
    pub email: String,
    pub password: String,
}

pub struct Organization {
    pub id: OrganizationId,
    pub name: String,
}

pub struct ActorName {
    pub id: ActorId,
    pub kind: ActorKind,
    pub name: Option<String>,
    /// The event that erased the person.
    pub erased_by: Option<EventId>,
}

/// Longest address (RFC 5321, section 4.5.3.1.3) and password taken; more is refused before any work is done.
const MAX_EMAIL: usize = 254;
const MAX_PASSWORD: usize = 1_024;

/// Wrong passwords lately, by the hash of the address: each makes the next answer slower, which hinders guessing and locks nobody out.
/// The semaphore keeps a flood of logins from taking all memory and cores (argon2id takes 19 MiB each).
pub(crate) struct Failures {
    counts: Mutex<HashMap<[u8; 32], (u32, Timestamp)>>,
    hashing: Semaphore,
}

impl Default for Failures {
    fn default() -> Failures {
        Failures { counts: Mutex::default(), hashing: Semaphore::new(2) }
    }
}

/// More addresses than this are not remembered, and none for longer than this.
const MAX_FAILURES_KEPT: usize = 10_000;
const FAILURES_KEPT_SECONDS: i64 = 900;

impl Failures {
    /// Counts an attempt before it is made, so that many at once see one another; how long it has to wait.
    pub fn attempt(&self, email: &str, now: Timestamp) -> Duration {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MAX_FAILURES_KEPT {
            counts.retain(|_, (_, last)| last.plus_seconds(FAILURES_KEPT_SECONDS) > now);
            let oldest = counts.iter().min_by_key(|(_, (_, last))| *last).map(|(key, _)| *key);
            if let Some(oldest) = oldest.filter(|_| counts.len() >= MAX_FAILURES_KEPT) {
                counts.remove(&oldest);
            }
        }
        let (count, last) = counts.entry(hash_token(email)).or_insert((0, now));
        *count += 1;
        *last = now;
        if *count <= 3 { Duration::ZERO } else { Duration::from_millis(250 << (*count - 4).min(4)) }
    }

    fn forget(&self, email: &str) {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).remove(&hash_token(email));
    }
}

/// The id that names this installation's logs.
pub(crate) async fn installation_host(store: &Store, clock: &Clock) -> Result<String> {
    let mut bookkeeping = Bookkeeping::new(store.begin().await?, clock.now());
    let host = account::installation_host(&mut bookkeeping, &Uuid::new_v4().to_string()).await?;
    bookkeeping.commit().await?;
    Ok(host)
}

/// On the very first start: the operator's organization and a first one to work in, with the shipped document types,
/// their queues, and an administrator with a random password. `None` when there is an organization to work in already.
///
/// `keep` gets the password before anything depends on it: a crash after it leaves a password that opens nothing yet,
/// and the next start makes a new one.
pub async fn create_first_admin(
    app: &App,
    keep: impl FnOnce(&FirstLogin) -> std::io::Result<()>,
) -> Result<Option<FirstLogin>> {
    let present = account::organizations(app.store().reader()).await?;
    if present.iter().any(|(id, _)| *id != OrganizationId::OPERATOR) {
        return Ok(None);
    }
    if present.is_empty() {
        let mut unit = app.begin(&Actor::system(OrganizationId::OPERATOR)).await?;
        account::insert_organization(&mut unit, OrganizationId::OPERATOR, "Operator").await?;
        let name = "Operator".to_owned();
        unit.commit(Event::OrganizationCreated { organization: OrganizationId::OPERATOR, name }, vec![]).await?;
    }
    let login = FirstLogin { email: "admin@localhost".to_owned(), password: random_password() };
    let password_hash = hash_password(app, login.password.clone()).await?;
    keep(&login)?;
    let organization = OrganizationId::generate();
    let mut unit = app.begin(&Actor::system(organization)).await?;
    account::insert_organization(&mut unit, organization, FIRST_ORGANIZATION).await?;
    let (actor, name) = (ActorId(Uuid::new_v4()), "Administrator".to_owned());
    let user = account::NewUser {
        id: UserId::generate(),
        actor,
        email: &login.email,
        name: &name,
        password_hash,
        role: Role::Admin,
    };
    account::insert_user(&mut unit, user).await?;
    let mut events = vec![Event::UserAdded { actor, name, email: login.email.clone(), role: Role::Admin }];
    task::insert_queue(&mut unit, QueueId::generate(), types::UNCLASSIFIED_LABEL, types::UNCLASSIFIED).await?;
    for (file, source) in DocumentType::shipped_sources() {
        let definition = DocumentType::parse(file, source).map_err(|error| InternalError::Other(error.to_string()))?;
        events.push(types::publish(&mut unit, &definition, source).await?);
    }
    let name = FIRST_ORGANIZATION.to_owned();
    unit.commit(Event::OrganizationCreated { organization, name }, events).await?;
    Ok(Some(login))
}

/// The organization that the command line works in: the first after the operator's own.
pub(crate) async fn first_organization(app: &App) -> Result<OrganizationId> {
    let all = account::organizations(app.store().reader()).await?;
    let first = all.into_iter().map(|(id, _)| id).find(|id| *id != OrganizationId::OPERATOR);
    first.ok_or_else(|| Error::invalid("NO_ORGANIZATION", "Start the server once: it makes the first organization"))
}

/// A person who may sign in with this password.
///
/// # Errors
/// `EMAIL_TAKEN`; `PASSWORD_SHORT` under twelve characters.
pub async fn create_user(app: &App, email: &str, name: &str, password: &str, role: Role) -> Result<()> {
    if password.chars().count() < 12 {
        return Err(Error::invalid("PASSWORD_SHORT", "Choose a password of twelve characters or more"));
    }
    if account::login(app.store().reader(), email).await?.is_some() {
        return Err(Error::invalid("EMAIL_TAKEN", "There is a user of this address already"));
    }
    let organization = first_organization(app).await?;
    let password_hash = hash_password(app, password.to_owned()).await?;
    let mut unit = app.begin(&Actor::system(organization)).await?;
    let actor = ActorId(Uuid::new_v4());
    let user = account::NewUser { id: UserId::generate(), actor, email, name, password_hash, role };
    account::insert_user(&mut unit, user).await?;
    let (name, email) = (name.to_owned(), email.to_owned());
    unit.commit(Event::UserAdded { actor, name, email, role }, vec![]).await
}

/// A service account with a bearer token, which is shown this once and stored only as its hash.
pub async fn create_token(app: &App, role: Role, name: &str) -> Result<String> {
    let organization = first_organization(app).await?;
    let token = format!("{TOKEN_PREFIX}{}", URL_SAFE_NO_PAD.encode(random::<32>()));
    let actor = ActorId(Uuid::new_v4());
    let mut unit = app.begin(&Actor::system(organization)).await?;
    account::insert_service_account(&mut unit, actor, name, role, &hash_token(&token)).await?;
    unit.commit(Event::ServiceAccountAdded { actor, name: name.to_owned(), role }, vec![]).await?;
    Ok(token)
}

/// Makes all tokens of a name worthless.
pub async fn revoke_token(app: &App, name: &str) -> Result<()> {
    let organization = first_organization(app).await?;
    let mut unit = app.begin(&Actor::system(organization)).await?;
    let revoked = account::revoke_service_account(&mut unit, name).await?;
    let mut events = revoked.into_iter().map(|actor| Event::ServiceAccountRevoked { actor });
    let first = events.next().ok_or(Error::NotFound)?;
    unit.commit(first, events.collect()).await
}

/// Opens a session; the secret for the cookie.
///
/// # Errors
/// [`Error::Forbidden`] for a wrong address or password, after the same time for both.
pub async fn sign_in(app: &App, email: &str, password: &str) -> Result<String> {
    if email.len() > MAX_EMAIL || password.len() > MAX_PASSWORD {
        return Err(Error::Forbidden);
    }
    let address = email.to_lowercase();
    tokio::time::sleep(app.0.logins.attempt(&address, app.now())).await;
    let login = account::login(app.store().reader(), &address).await?;
    let hash = login.as_ref().map(|login| login.password_hash.clone());
    let right = verify_password(app, hash, password.to_owned()).await?;
    if right {
        app.0.logins.forget(&address);
    }
    let Some(login) = login.filter(|_| right) else {
        metrics::counter!("countersign_logins_failed_total").increment(1);
        return Err(Error::Forbidden);
    };
    let token = URL_SAFE_NO_PAD.encode(random::<32>());
    let mut bookkeeping = app.bookkeeping().await?;
    let expires_at = bookkeeping.now().plus_seconds(app.settings().session_hours * 3_600);
    account::insert_session(&mut bookkeeping, &login, &hash_token(&token), expires_at).await?;
    bookkeeping.commit().await?;
    Ok(token)
}

/// Whether the password is the actor's own. A wrong one counts as a failed login.
pub(crate) async fn confirm_password(app: &App, actor: &Actor, password: &str) -> Result<bool> {
    let Some(address) = actor.email.as_deref().map(str::to_lowercase) else { return Ok(false) };
    if password.len() > MAX_PASSWORD {
        return Ok(false);
    }
    tokio::time::sleep(app.0.logins.attempt(&address, app.now())).await;
    let login = account::login(app.store().reader(), &address).await?;
    let hash = login.filter(|login| login.actor == actor.id).map(|login| login.password_hash);
    let right = verify_password(app, hash, password.to_owned()).await?;
    if right {
        app.0.logins.forget(&address);
    } else {
        metrics::counter!("countersign_logins_failed_total").increment(1);
    }
    Ok(right)
}

pub async fn sign_out(app: &App, token: &str) -> Result<()> {
    let mut bookkeeping = app.bookkeeping().await?;
    account::delete_session(&mut bookkeeping, &hash_token(token)).await?;
    bookkeeping.commit().await
}

/// Who holds a session.
pub async fn session_actor(app: &App, token: &str) -> Result<Option<Actor>> {
    account::session_actor(app.store().reader(), &hash_token(token), app.now()).await
}

/// Whose token it is.
pub async fn token_actor(app: &App, token: &str) -> Result<Option<Actor>> {
    account::token_actor(app.store().reader(), &hash_token(token)).await
}

pub async fn organization(app: &App, actor: &Actor) -> Result<Organization> {
    Ok(Organization { id: actor.organization, name: account::organization_name(&app.scope(actor)).await? })
}

/// Who stands behind pseudonyms of the actor's own organization. Everybody in it sees whom they work with.
pub async fn find_actors(app: &App, actor: &Actor, ids: &[ActorId]) -> Result<Vec<ActorName>> {
    let known = account::known_actors(&app.scope(actor), ids).await?;
    Ok(ids
        .iter()
        .map(|id| match known.iter().find(|known| known.id == *id) {
            Some(known) => {
                ActorName { id: *id, kind: known.kind, name: known.name.clone(), erased_by: known.erased_by }
            }
            None => ActorName { id: *id, kind: ActorKind::System, name: None, erased_by: None },
        })
        .collect())
}

pub(crate) async fn end_sessions(app: &App) -> Result<()> {
    let mut bookkeeping = app.bookkeeping().await?;
    account::delete_ended_sessions(&mut bookkeeping).await?;
    bookkeeping.commit().await
}

/// Tokens are 256 random bits, so a plain hash is as good as a slow one.
fn hash_token(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// Four groups of five characters that are hard to mistake for one another: 100 bits.
fn random_password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letters: Vec<char> = random::<20>().iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    letters.chunks(5).map(|group| group.iter().collect()).collect::<Vec<String>>().join("-")
}

async fn hash_password(app: &App, password: String) -> Result<String> {
    hashing(app, move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()))
        .await?
        .map_err(|error| InternalError::Other(format!("hashing a password: {error}")).into())
}

/// Takes the same time where there is no such user.
async fn verify_password(app: &App, hash: Option<String>, password: String) -> Result<bool> {
    hashing(app, move || match hash {
        Some(hash) => Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok(),
        None => {
            let _ = Argon2::default().hash_password(password.as_bytes());
            false
        }
    })
    .await
}

async fn hashing<T: Send + 'static>(app: &App, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let other = |error: &dyn std::fmt::Display| Error::Internal(InternalError::Other(error.to_string()));
    let _permit = app.0.logins.hashing.acquire().await.map_err(|error| other(&error))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| other(&error))
}
