//! The keys that sign the logs, for the operator at the command line; the server may be running. Each step can be
//! repeated after a crash, and then finishes what it had begun.

use audit::note::VerifierKey;
use domain::{actor::Actor, event::Event, id::OrganizationId, time::Timestamp};

pub use crate::secrets::{KeyState, Passphrase};
use crate::{
    App,
    error::{Error, Result},
    ledger::{self, keys},
    secrets::{LogKey, Ring, SecretKey},
    store::{
        account,
        log::{self, LogHead, LogId},
    },
};

/// A key of the ring. It signs every log, under the name of each.
#[derive(Clone, Debug)]
pub struct KeySummary {
    /// The public key in hexadecimal.
    pub public_key: String,
    pub state: KeyState,
    pub made_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// What auditors pin, one for each log that grows.
    pub verifier_keys: Vec<String>,
}

/// Oldest first.
pub async fn list_keys(app: &App) -> Result<Vec<KeySummary>> {
    let origins: Vec<String> = growing_logs(app).await?.into_iter().map(|(_, origin)| origin).collect();
    let ring = app.secrets().ring()?;
    ring.log_keys.iter().map(|key| summary(key, &origins)).collect()
}

fn summary(key: &LogKey, origins: &[String]) -> Result<KeySummary> {
    let under = |origin: &String| key.verifier(origin).map(|verifier| verifier.to_string());
    Ok(KeySummary {
        public_key: key.public().to_owned(),
        state: key.state,
        made_at: Timestamp(key.made_at),
        ended_at: key.ended_at.map(Timestamp),
        verifier_keys: origins.iter().map(under).collect::<Result<_>>()?,
    })
}

async fn growing_logs(app: &App) -> Result<Vec<(LogId, String)>> {
    let mut logs = Vec::new();
    for (organization, _) in account::organizations(app.store().reader()).await? {
        logs.push(ledger::present(app, organization).await?);
    }
    Ok(logs)
}

/// Makes a new key. From the next checkpoint on both sign, until the old one is [retired](end_key).
///
/// First the ring, then the events: a key that signs before the log names it only adds a line that nobody counts, but
/// a key that the log names and nobody holds could never be replaced.
///
/// # Errors
/// `ROTATION_RUNNING` when two keys sign already, and every log says so.
pub async fn rotate_key(app: &App) -> Result<KeySummary> {
    let now = app.now().millis();
    let (old, new) = app.secrets().change_ring(|ring| successor(ring, now))?;
    let (mut announced, mut origins) = (0, Vec::new());
    for (log, origin) in growing_logs(app).await? {
        let (old, new) = (old.verifier(&origin)?, new.verifier(&origin)?);
        announced += u32::from(announce(app, log, &old, &new).await?);
        origins.push(origin);
    }
    if announced == 0 {
        let message = "Two keys sign already, and every log says so: retire or revoke the old one first";
        return Err(Error::conflict("ROTATION_RUNNING", message));
    }
    summary(&new, &origins)
}

/// The oldest key that signs and the newest, which is made where there is only one.
fn successor(ring: &mut Ring, now: i64) -> Result<(LogKey, LogKey)> {
    let active: Vec<LogKey> = ring.active().cloned().collect();
    match active.as_slice() {
        [] => Err(Error::conflict("KEY_MISSING", "No key of the ring signs any more")),
        [only] => {
            let new = LogKey::new(SecretKey::generate(), now)?;
            ring.log_keys.push(new.clone());
            Ok((only.clone(), new))
        }
        [old, .., new] => Ok((old.clone(), new.clone())),
    }
}

/// Whether the log did not know of the rotation yet.
async fn announce(app: &App, log: LogId, old: &VerifierKey, new: &VerifierKey) -> Result<bool> {
    let id = keys::key_id(new);
    if log::key_events(app.store().reader(), log).await?.iter().any(|event| event.is(keys::ROTATED, &id)) {
        return Ok(false);
    }
    let unit = app.begin(&Actor::system(log.organization)).await?;
    let from = log::head_of(unit.connection(), log).await?.map_or(0, |head| head.size);
    unit.commit(Event::LogKeyRotated { id, old: old.to_string(), new: new.to_string(), from }, vec![]).await?;
    Ok(true)
}

/// Ends a key, named by the first digits of its public key: [`KeyState::Retired`], or [`KeyState::Revoked`] when it was
/// in other hands; then its checkpoints count up to the size that somebody outside holds.
///
/// First the events, then the ring: until the ring changes, the key signs beside its successor, which harms nobody.
///
/// # Errors
/// `KEY_NOT_FOUND`; `KEY_LAST` when no other key signs; `KEY_NOT_VOUCHED_FOR` while a log has no checkpoint that names
/// the successor: auditors would not know it.
pub async fn end_key(app: &App, digits: &str, state: KeyState) -> Result<KeySummary> {
    let ring = app.secrets().ring()?;
    let (key, successor) = ending(&ring, digits)?;
    let mut ends = Vec::new();
    for (log, _) in growing_logs(app).await? {
        let Some(head) = log::head_of(app.store().reader(), log).await? else { continue };
        if !keys::is_vouched_for(app, &head, successor).await? {
            let message = format!(
                "No checkpoint of {} names the new key yet: run `audit key rotate` again if it broke off, and wait \
                 for the next checkpoint",
                head.origin
            );
            return Err(Error::conflict("KEY_NOT_VOUCHED_FOR", message));
        }
        ends.push(head);
    }
    for head in &ends {
        tell_end(app, head, &key.verifier(&head.origin)?, state).await?;
    }
    let ended_at = app.now().millis();
    let ended = app.secrets().change_ring(|ring| {
        let held = ring.log_keys.iter_mut().find(|held| held.public() == key.public());
        let held = held.ok_or(Error::NotFound)?;
        held.end(state, ended_at);
        Ok(held.clone())
    })?;
    summary(&ended, &[])
}

/// The key to end, and the newest other one that signs.
fn ending<'a>(ring: &'a Ring, digits: &str) -> Result<(&'a LogKey, &'a LogKey)> {
    let mut named = ring.active().filter(|key| digits.len() >= 8 && key.public().starts_with(digits));
    let (Some(key), None) = (named.next(), named.next()) else {
        let message = "No key that signs has a public key that begins so: give eight digits or more of one of \
                       `audit key list`";
        return Err(Error::invalid("KEY_NOT_FOUND", message));
    };
    let other = ring.active().rev().find(|other| other.public() != key.public());
    let other = other.ok_or_else(|| Error::conflict("KEY_LAST", "No other key signs: run `audit key rotate` first"))?;
    Ok((key, other))
}

async fn tell_end(app: &App, head: &LogHead, key: &VerifierKey, state: KeyState) -> Result<()> {
    let (id, reader) = (keys::key_id(key), app.store().reader());
    let kind = if state == KeyState::Revoked { keys::REVOKED } else { keys::RETIRED };
    if log::key_events(reader, head.log).await?.iter().any(|event| event.is(kind, &id)) {
        return Ok(());
    }
    let event = match state {
        KeyState::Revoked => {
            let good_to = log::witnessed_size(reader, head.log).await?;
            Event::LogKeyRevoked { id, key: key.to_string(), good_to }
        }
        KeyState::Active | KeyState::Retired => Event::LogKeyRetired { id, key: key.to_string() },
    };
    let organization: OrganizationId = head.log.organization;
    app.begin(&Actor::system(organization)).await?.commit(event, vec![]).await
}

/// Seals the key ring under a passphrase, or with `None` under the key file again. A running server goes on; its next
/// start needs the new setting.
///
/// # Errors
/// `PASSPHRASE_SHORT` under twelve characters.
pub fn set_passphrase(app: &App, passphrase: Option<&str>) -> Result<()> {
    if passphrase.is_some_and(|passphrase| passphrase.chars().count() < 12) {
        return Err(Error::invalid("PASSPHRASE_SHORT", "Choose a passphrase of twelve characters or more"));
    }
    let passphrase = passphrase.map(|passphrase| Passphrase::from(passphrase.to_owned()));
    Ok(app.secrets().set_unlock(passphrase.as_ref())?)
}
