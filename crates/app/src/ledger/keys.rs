//! The keys of a log: which sign it now, and which may have signed what.

use audit::{
    Draft, Value,
    keyring::SUBJECT_KIND,
    note::{NoteSigner, VerifierKey},
};

use crate::{
    App,
    error::Result,
    secrets::{KeyState, LogKey},
    store::log::{self, KeyEventRow, LogHead, LogId},
};

/// Those that sign now, oldest first, under the name of a log. The ring is read again when it was changed.
pub(crate) fn signers(app: &App, origin: &str) -> Result<Vec<NoteSigner>> {
    let ring = app.secrets().ring()?;
    ring.active().filter_map(|key| key.signer(origin).transpose()).collect()
}

/// Those that an auditor of this log starts from: each but the ones that the log itself introduces, and those that had
/// ended before its first leaf.
pub(crate) async fn pins(app: &App, head: &LogHead) -> Result<Vec<VerifierKey>> {
    let events = log::key_events(app.store().reader(), head.log).await?;
    let ring = app.secrets().ring()?;
    let mut pins = Vec::new();
    for key in &ring.log_keys {
        let verifier = key.verifier(&head.origin)?;
        let id = key_id(&verifier);
        let introduced = events.iter().any(|event| event.is(ROTATED, &id));
        let ended_here = events.iter().any(|event| event.is(RETIRED, &id) || event.is(REVOKED, &id));
        if !introduced && (key.state == KeyState::Active || ended_here) {
            pins.push(verifier);
        }
    }
    Ok(pins)
}

pub(crate) const ROTATED: &str = "key.rotated/v1";
pub(crate) const RETIRED: &str = "key.retired/v1";
pub(crate) const REVOKED: &str = "key.revoked/v1";

/// The subject of events about a key: its note key id in eight hexadecimal digits.
pub(crate) fn key_id(key: &VerifierKey) -> String {
    format!("{:08x}", key.id())
}

impl KeyEventRow {
    pub(crate) fn is(&self, kind: &str, key: &str) -> bool {
        self.kind == kind && self.key == key
    }

    /// A member of its data that is a size.
    fn size(&self, member: &str) -> Result<Option<u64>> {
        let draft = Draft::decode(&self.draft)?;
        debug_assert_eq!(draft.subject.kind, SUBJECT_KIND);
        Ok(match draft.data {
            Value::Object(data) => match data.get(member) {
                Some(Value::Integer(size)) => u64::try_from(size.get()).ok(),
                _ => None,
            },
            _ => None,
        })
    }
}

/// A key of one log, with the checkpoints that it counts for.
#[derive(Clone, Debug)]
pub struct LogKeyRecord {
    /// What an auditor pins, out of band (C2SP signed-note).
    pub verifier_key: String,
    /// Eight hexadecimal digits.
    pub key_id: String,
    pub state: KeyState,
    /// It counts for checkpoints of more leaves than this.
    pub valid_from: u64,
    /// The leaf that says it is retired: it counts for checkpoints of at most this many leaves.
    pub retired_at: Option<u64>,
    /// How many leaves a checkpoint may have that still counts, after the key was in other hands.
    pub revoked_at: Option<u64>,
}

/// The keys of a log, oldest first; not those that had ended before it began.
pub(crate) async fn keys_of(app: &App, log: LogId, origin: &str) -> Result<Vec<LogKeyRecord>> {
    let events = log::key_events(app.store().reader(), log).await?;
    let ring = app.secrets().ring()?;
    let mut keys = Vec::new();
    for key in &ring.log_keys {
        let verifier = key.verifier(origin)?;
        let id = key_id(&verifier);
        let named = |kind: &'static str| events.iter().find(|event| event.is(kind, &id));
        let (rotated, retired, revoked) = (named(ROTATED), named(RETIRED), named(REVOKED));
        if key.state != KeyState::Active && retired.is_none() && revoked.is_none() {
            continue;
        }
        let valid_from = rotated.map(|event| event.size("from")).transpose()?.flatten().unwrap_or(0);
        keys.push(LogKeyRecord {
            verifier_key: verifier.to_string(),
            key_id: id,
            state: key.state,
            valid_from,
            retired_at: retired.and_then(|event| event.seq),
            revoked_at: revoked.map(|event| event.size("good_to")).transpose()?.flatten(),
        });
    }
    Ok(keys)
}

/// Whether a log knew the key before it was rotated in, or names it as the successor under a signed checkpoint.
pub(crate) async fn is_vouched_for(app: &App, head: &LogHead, key: &LogKey) -> Result<bool> {
    let reader = app.store().reader();
    let id = key_id(&key.verifier(&head.origin)?);
    let events = log::key_events(reader, head.log).await?;
    let published = log::last_checkpoint(reader, head.log).await?.map_or(0, |row| row.size);
    if let Some(rotated) = events.iter().find(|event| event.is(ROTATED, &id)) {
        return Ok(rotated.seq.is_some_and(|seq| seq < published));
    }
    // A log that was first signed after the key was made has known it from the start.
    let first = log::checkpoints_over(reader, head.log, 0, 1).await?.pop();
    Ok(first.is_none_or(|row| row.signed_at >= key.made_at))
}
