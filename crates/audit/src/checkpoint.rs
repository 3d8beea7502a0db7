//! Signed tree heads: C2SP tlog-checkpoint.

use crate::cosignature::{Cosignature, WitnessKey};
use crate::note::{self, Note, NoteError, NoteSignature, Signer, UnopenedNote, VerifierKey};
use crate::tree::Hash;

/// What a log commits to: under this origin, `size` leaves have this root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
    /// Further lines of the body, opaque. We write none and keep those of others.
    pub extensions: Vec<String>,
}

/// A checkpoint whose note holds the signature of a known key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    pub checkpoint: Checkpoint,
    pub verified: Vec<NoteSignature>,
    /// By witnesses that [`SignedCheckpoint::witnessed_by`] was told of.
    pub cosignatures: Vec<Cosignature>,
    pub unverified: Vec<NoteSignature>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    #[error(transparent)]
    Note(#[from] NoteError),
    #[error("not a checkpoint: {0}")]
    Malformed(&'static str),
    #[error("the checkpoint is of the log {found}, not of {expected}")]
    Origin { expected: String, found: String },
    #[error("the key that you trust is of the log {key}, and this is the log {log}")]
    KeyOfOtherLog { log: String, key: String },
    #[error("the key that signed is not valid for a checkpoint of {size} leaves")]
    KeyOutOfRange { size: u64 },
}

impl Checkpoint {
    #[must_use]
    pub fn new(origin: impl Into<String>, size: u64, root: Hash) -> Self {
        Self { origin: origin.into(), size, root, extensions: Vec::new() }
    }

    /// The text of the note: origin, size, root in base64, extensions; each a line.
    ///
    /// # Errors
    /// An origin or an extension that is not one line of text.
    pub fn body(&self) -> Result<String, CheckpointError> {
        let mut body = String::new();
        let (size, root) = (self.size.to_string(), self.root.to_base64());
        for line in [&self.origin, &size, &root].into_iter().chain(&self.extensions) {
            if line.is_empty() || line.bytes().any(|byte| byte < b' ') {
                return Err(CheckpointError::Malformed("each line holds text and no control characters"));
            }
            body.push_str(line);
            body.push('\n');
        }
        Ok(body)
    }

    /// Reads what [`Checkpoint::body`] writes, and nothing else.
    ///
    /// # Errors
    /// Fewer than three lines, an empty line, a size with leading zeros, a root that is not 32 bytes of base64.
    pub fn parse(body: &str) -> Result<Self, CheckpointError> {
        let mut lines = body
            .strip_suffix('\n')
            .ok_or(CheckpointError::Malformed("the last line does not end"))?
            .split('\n')
            .map(str::to_owned);
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(CheckpointError::Malformed("origin, size and root stand on a line each"));
        };
        let number = size.parse().map_err(|_| CheckpointError::Malformed("the size is a decimal number of 64 bits"))?;
        let root = Hash::from_base64(&root).ok_or(CheckpointError::Malformed("the root is 32 bytes in base64"))?;
        let checkpoint = Self { origin, size: number, root, extensions: lines.collect() };
        // A plus sign and leading zeros are read as numbers, but are not written.
        if checkpoint.body()? == body {
            Ok(checkpoint)
        } else {
            Err(CheckpointError::Malformed("the size has no sign and no leading zeros"))
        }
    }

    /// Signs with keys of this log: their name is the origin.
    ///
    /// # Errors
    /// [`CheckpointError::Origin`] for a key of another log; else as [`Checkpoint::body`] and [`note::sign_note`].
    pub fn sign(&self, signers: &[&dyn Signer]) -> Result<String, CheckpointError> {
        let names = signers.iter().map(|signer| signer.verifier_key().name());
        for name in names {
            self.demand_origin(name)?;
        }
        Ok(note::sign_note(&self.body()?, signers)?)
    }

    /// Opens a signed checkpoint of the log `origin` with the keys that the caller trusts. Only those named like the log
    /// count: a signature is over the text alone, so whoever renames its line could move it to another log's key.
    ///
    /// # Errors
    /// As [`note::open_note`] and [`Checkpoint::parse`]; [`CheckpointError::Origin`] for another log's checkpoint,
    /// [`CheckpointError::KeyOfOtherLog`] where none of the keys is of this log.
    pub fn open<'a>(
        note: &str,
        origin: &str,
        known: impl IntoIterator<Item = &'a VerifierKey>,
    ) -> Result<SignedCheckpoint, CheckpointError> {
        let (own, others): (Vec<_>, Vec<_>) = known.into_iter().partition(|key| key.name() == origin);
        let opened = note::open_note(note, own.iter().copied());
        if let (Err(NoteError::UnknownKey), true, Some(key)) = (&opened, own.is_empty(), others.first()) {
            return Err(CheckpointError::KeyOfOtherLog { log: origin.to_owned(), key: key.name().to_owned() });
        }
        let Note { text, verified, unverified } = opened?;
        let checkpoint = Self::parse(&text)?;
        checkpoint.demand_origin(origin)?;
        Ok(SignedCheckpoint { checkpoint, verified, cosignatures: Vec::new(), unverified })
    }

    /// Reads a signed checkpoint without verifying anything: what it claims, before its keys are known.
    ///
    /// # Errors
    /// A malformed note, or as [`Checkpoint::parse`].
    pub fn unopened(note: &str) -> Result<Self, CheckpointError> {
        Self::parse(&UnopenedNote::parse(note)?.text)
    }

    fn demand_origin(&self, expected: &str) -> Result<(), CheckpointError> {
        if self.origin == expected {
            return Ok(());
        }
        Err(CheckpointError::Origin { expected: expected.to_owned(), found: self.origin.clone() })
    }
}

impl SignedCheckpoint {
    /// Verifies the cosignatures of these witnesses. Those of others stay among the unverified.
    ///
    /// # Errors
    /// [`NoteError::BadSignature`] for a known witness whose cosignature does not hold.
    pub fn witnessed_by(mut self, known: &[WitnessKey]) -> Result<Self, CheckpointError> {
        let body = self.checkpoint.body()?;
        for signature in std::mem::take(&mut self.unverified) {
            match known.iter().find(|key| key.name() == signature.name && key.id() == signature.id) {
                Some(key) => {
                    let NoteSignature { name, id, .. } = &signature;
                    let bad = NoteError::BadSignature { name: name.clone(), id: *id };
                    self.cosignatures.push(key.verify(&body, &signature).ok_or(bad)?);
                }
                None => self.unverified.push(signature),
            }
        }
        Ok(self)
    }
}
