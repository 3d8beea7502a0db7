//! Bundles: a log, or a part of it, to be verified by someone who trusts neither us nor our software.
//!
//! The checks are made in this order, and the first thing that does not hold is the verdict:
//!
//! 1. the layout, and `bundle.json` ([`files`], [`tar`], [`About`]);
//! 2. the keys and checkpoints that the auditor pins ([`Pins`]);
//! 3. the checkpoint, as far as it can be opened before the leaves may have brought a newer key;
//! 4. the leaves in their order: bytes, log, place, time, subject, keys, signatures; in a part of a log each leaf's
//!    proof first;
//! 5. the end of the log;
//! 6. tiles and entry bundles;
//! 7. disclosures and erasures;
//! 8. documents;
//! 9. the manifest, so that tampering is named by what it breaks.
//!
//! Memory stays constant but for the list of files, one entry a subject, a signature and a missing value.

mod about;
mod disclosures;
mod documents;
mod erasures;
pub mod files;
mod leaves;
mod manifest;
mod part;
mod report;
pub mod tar;
mod tiles;
mod whole;

pub use about::{About, Kind, NotABundle};
pub use disclosures::{Line as DisclosureLine, MAX_LINE as MAX_DISCLOSURE_LINE, NotALine};
pub use report::{Checked, Erased, Finding, Note, Report, Signed, Verdict};

use crate::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::cosignature::{Cosignature, WitnessKey};
use crate::keyring::Keyring;
use crate::note::VerifierKey;
use crate::time::Millis;
use crate::verify::{BreakCode, Evidence, Hashed, needs_assertion};
use disclosures::{Disclosures, Judged};
use files::Files;

/// What the auditor brings along.
#[derive(Debug, Clone, Default)]
pub struct Pins {
    /// Verifier keys, obtained on another way than the bundle.
    pub keys: Vec<VerifierKey>,
    /// Signed checkpoints that were kept from earlier.
    pub checkpoints: Vec<String>,
    /// Keys of witnesses, each of which vouches for a checkpoint that it cosigned.
    pub witnesses: Vec<WitnessKey>,
}

/// How far the leaves were read, in bytes of `events.ndjson`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub read: u64,
    pub of: u64,
}

/// What the leaves and their checkpoint amount to.
struct Held {
    signed: SignedCheckpoint,
    pins: u64,
    /// The first sentence of what is proven.
    proves: Vec<String>,
}

/// Verifies a bundle on up to `threads` threads.
pub fn verify(files: &dyn Files, pins: &Pins, threads: usize, progress: &mut dyn FnMut(Progress)) -> Report {
    let mut checked = Checked::default();
    let about = match read_about(files) {
        Ok(about) => about,
        Err(finding) => return Report::broken(finding),
    };
    let bundle = Bundle { files, about: &about, pins, threads };
    match bundle.verify(&mut checked, progress) {
        Ok((held, judged)) => bundle.report(checked, held, judged),
        Err(finding) => Report { log: Some(about.log.clone()), checked, ..Report::broken(finding) },
    }
}

fn read_about(files: &dyn Files) -> Result<About, Finding> {
    let malformed = |message: String| Finding::bundle(BreakCode::BundleMalformed, message);
    for needed in ["bundle.json", "checkpoint", "events.ndjson"] {
        if !files.listing().contains_key(needed) {
            return Err(malformed(format!("{needed} is missing")));
        }
    }
    let about = files::read(files, "bundle.json", files::MAX_SMALL_FILE)?.unwrap_or_default();
    About::parse(&about).map_err(|error| malformed(error.to_string()))
}

/// A witness gives its time in seconds; one beyond the year 9999 is shown as that number.
fn at_time(seconds: u64) -> String {
    let millis = i64::try_from(seconds).ok().and_then(|seconds| seconds.checked_mul(1000));
    match millis.map(Millis::new) {
        Some(Ok(time)) => format!("at {time}"),
        _ => format!("{seconds} seconds after 1970"),
    }
}

/// A bundle under verification.
#[derive(Clone, Copy)]
struct Bundle<'a> {
    files: &'a dyn Files,
    about: &'a About,
    pins: &'a Pins,
    threads: usize,
}

impl<'a> Bundle<'a> {
    fn verify(self, checked: &mut Checked, progress: &mut dyn FnMut(Progress)) -> Result<(Held, Judged), Finding> {
        let keyring = Keyring::new(self.about.log.as_str(), &self.pins.keys);
        for pin in &self.pins.checkpoints {
            Checkpoint::unopened(pin)
                .map_err(|error| Finding::bundle((&error).into(), format!("a checkpoint that you keep: {error}")))?;
        }
        let note = files::read_text(self.files, "checkpoint")?.unwrap_or_default();
        self.check_checkpoint(&keyring, &note)?;
        let mut disclosures = Disclosures::of(self.files, self.about)?;
        let whole = self.about.kind == Kind::Log;
        let held = if whole {
            whole::read(self, keyring, &note, &mut disclosures, checked, progress)?
        } else {
            part::read(self, keyring, &note, &mut disclosures, checked, progress)?
        };
        let mut judged = disclosures.finish(whole)?;
        checked.disclosures = judged.checked;
        let Judged { uploads, notes, .. } = &mut judged;
        checked.documents = documents::check(self.files, self.about, uploads, notes, self.threads)?;
        manifest::check_manifest(self.files, self.threads)?;
        Ok((held, judged))
    }

    /// What can be said of the checkpoint before the leaves were read: they may bring a newer key, or end the range of
    /// this one.
    fn check_checkpoint(&self, keyring: &Keyring, note: &str) -> Result<(), Finding> {
        let opened = Checkpoint::open(note, keyring.origin(), keyring.trusted()).map(|_| ());
        opened.or_else(|error| match BreakCode::from(&error) {
            BreakCode::KeyUnknown if self.has_rotation()? => self.check_claim(note),
            code => Err(Finding::bundle(code, error.to_string())),
        })
    }

    fn check_claim(&self, note: &str) -> Result<(), Finding> {
        let claim = Checkpoint::unopened(note).map_err(|error| Finding::bundle((&error).into(), error.to_string()))?;
        if claim.origin == self.about.log {
            return Ok(());
        }
        let message = format!("the checkpoint is of the log {}", claim.origin);
        Err(Finding::bundle(BreakCode::OriginMismatch, message))
    }

    /// Whether a leaf may bring a newer key: the bytes are looked at, not yet believed.
    fn has_rotation(&self) -> Result<bool, Finding> {
        let needle = br#""type":"key.rotated/v1""#;
        let mut lines = files::Lines::of(self.files, "events.ndjson", crate::leaf::MAX_BYTES)?;
        while let Ok(Some(line)) = lines.next() {
            if line.windows(needle.len()).any(|window| window == needle) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What lies beside a leaf: its disclosures, and the statement that was signed.
    fn beside(&self, leaf: &Hashed, disclosures: &mut Disclosures<'_>) -> Result<Evidence, Finding> {
        let mut evidence = Evidence { document_sha256: disclosures.take(leaf), ..Evidence::default() };
        let Some(stmt) = &leaf.leaf.draft().stmt else { return Ok(evidence) };
        let seq = leaf.leaf.place().seq;
        let read = |kind: &str| files::read(self.files, &format!("statements/{seq}.{kind}"), files::MAX_SMALL_FILE);
        evidence.text = read("txt")?;
        if needs_assertion(&stmt.alg) {
            evidence.assertion = read("authdata")?.zip(read("clientdata")?);
        }
        disclosures.miss_statement(&leaf.leaf, &evidence);
        Ok(evidence)
    }

    /// Opens the bundle's checkpoint when all keys of the log are known.
    fn open(&self, keyring: &Keyring, note: &str) -> Result<SignedCheckpoint, Finding> {
        let opened = keyring.open(note).and_then(|opened| opened.witnessed_by(&self.pins.witnesses));
        opened.map_err(|error| Finding::bundle((&error).into(), error.to_string()))
    }

    fn report(&self, checked: Checked, held: Held, judged: Judged) -> Report {
        let mut notes = Vec::new();
        if matches!(self.about.kind, Kind::Actor { .. }) {
            notes.push(Note::CompletenessNotProven);
        }
        let SignedCheckpoint { checkpoint, verified, cosignatures, unverified } = held.signed;
        let witnessed = held.pins > 0 || !cosignatures.is_empty();
        if !witnessed {
            notes.push(Note::Unwitnessed);
        }
        if !judged.erased.is_empty() {
            notes.push(Note::Erased);
        }
        notes.extend(judged.notes);
        let mut proves = held.proves;
        if checked.signatures > 0 {
            let count = checked.signatures;
            proves.push(format!("{count} signatures of reviewers hold, by keys that the log had enrolled before."));
        }
        if held.pins > 0 {
            proves.push("The history continues the checkpoints that you keep.".into());
        }
        proves.extend(cosignatures.iter().map(|Cosignature { witness, timestamp, .. }| {
            format!("The witness {witness} saw this history, and none that contradicts it, {}.", at_time(*timestamp))
        }));
        let signatures = verified
            .iter()
            .map(|line| Signed::by(line, true))
            .chain(unverified.iter().map(|line| Signed::by(line, false)))
            .collect();
        Report {
            verdict: if witnessed { Verdict::Valid } else { Verdict::ValidUnwitnessed },
            log: Some(checkpoint.origin),
            size: Some(checkpoint.size),
            root: Some(checkpoint.root),
            signatures,
            checked,
            proves,
            notes,
            erased: judged.erased,
        }
    }
}
