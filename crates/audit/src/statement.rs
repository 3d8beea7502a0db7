//! The statement that a reviewer signs: plain text, a line for each thing that is said, to be read before signing.
//!
//! ```text
//! countersign-statement/v1
//! log: <origin>
//! document: <UUID>
//! version: <version of the document that was reviewed>
//! document-sha256: <hash of the uploaded file>
//! fields-sha256: <hash of the canonical array of the fields>
//! prior-subject-leaf: <leaf hash of the last event of the document's content>
//! decision: APPROVE | REJECT | ESCALATE
//! meaning: approval | review | authorship | responsibility | rejection
//! signer-name: <name>
//! signer-id: <UUID, as in leaf.actor.id>
//! role: <ROLE>
//! reason: <one line, or - for none>
//! time: <RFC 3339, UTC, milliseconds>
//! policy-sha256: <hash of the document type's source>
//! key-id: <kid>
//! nonce: <32 hexadecimal digits, random>
//! ```
//!
//! Exactly these lines in this order, each ended by LF. Text is UTF-8 in NFC (Unicode Standard Annex 15) without
//! control characters, line or paragraph separators and bidirectional formatting characters, so that what is shown is
//! what is signed. A statement has one form: `write(parse(text)) == text`.

mod line;

use std::fmt::Display;

use sha2::{Digest as _, Sha256};

use crate::digest::Digest;
use crate::hex128::hex128_type;
use crate::signing_key::Kid;
use crate::time::Millis;
use crate::tree::Hash;
use crate::word::words;

pub use line::{LineError, StatementError};
use line::{Lines, NONE};

/// The first line, which names the form.
pub const FORM: &str = "countersign-statement/v1";

/// The largest statement that is read, in bytes; one whose members keep their limits is always smaller.
pub const MAX_BYTES: usize = 16_384;
/// The name of a signer, in characters (Unicode scalar values).
pub const MAX_NAME: usize = 255;
/// A reason, in characters.
pub const MAX_REASON: usize = 2_000;
/// The origin of a log, in bytes: as in a leaf.
pub const MAX_ORIGIN: usize = 255;
/// A role, in bytes.
pub const MAX_ROLE: usize = 64;

/// Separates what is signed from everything else that a key might sign.
const DOMAIN: &[u8] = b"countersign-statement-signature/v1\n";

words! {
    /// What the signer decides about the document.
    Decision { Approve = "APPROVE", Reject = "REJECT", Escalate = "ESCALATE" }
}

words! {
    /// What the signature stands for (21 CFR 11.50).
    Meaning {
        Approval = "approval",
        Review = "review",
        Authorship = "authorship",
        Responsibility = "responsibility",
        Rejection = "rejection",
    }
}

hex128_type! {
    /// 16 random bytes, so that no two statements are the same and a hash tells nothing to who guesses the text.
    Nonce
}

/// What a statement says, line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The origin of the log that the decision will stand in.
    pub log: String,
    /// A UUID in its lower-case text form (RFC 9562), as in `leaf.subject.id`.
    pub document: String,
    /// The version that was reviewed, at most 2^53 − 1. The decision makes the next one.
    pub version: u64,
    pub document_sha256: Digest,
    /// Of the canonical array of `{"name","status","text","value"?,"version"}` in the order of the document type.
    pub fields_sha256: Digest,
    pub prior_subject_leaf: Hash,
    pub decision: Decision,
    pub meaning: Meaning,
    pub signer_name: String,
    /// A UUID in its lower-case text form, as in `leaf.actor.id`.
    pub signer_id: String,
    /// Upper-case letters and underscores.
    pub role: String,
    pub reason: Option<String>,
    pub time: Millis,
    /// Of the source of the document type that asks for the signature.
    pub policy_sha256: Digest,
    pub key_id: Kid,
    pub nonce: Nonce,
}

impl Statement {
    /// The text to show, to hash and to sign.
    ///
    /// # Errors
    /// A member that breaks its rule; the error names its line.
    pub fn write(&self) -> Result<String, StatementError> {
        let lines: [(&'static str, &dyn Display); 16] = [
            ("log", &self.log),
            ("document", &self.document),
            ("version", &self.version),
            ("document-sha256", &self.document_sha256),
            ("fields-sha256", &self.fields_sha256),
            ("prior-subject-leaf", &self.prior_subject_leaf),
            ("decision", &self.decision),
            ("meaning", &self.meaning),
            ("signer-name", &self.signer_name),
            ("signer-id", &self.signer_id),
            ("role", &self.role),
            ("reason", &self.reason.as_deref().unwrap_or(NONE)),
            ("time", &self.time),
            ("policy-sha256", &self.policy_sha256),
            ("key-id", &self.key_id),
            ("nonce", &self.nonce),
        ];
        let mut text = format!("{FORM}\n");
        for (before, (name, value)) in (1..).zip(lines) {
            let value = value.to_string();
            // A value of two lines would be read as another line; all else is for the reader to refuse.
            if value.contains('\n') {
                return Err(StatementError { line: before + 1, name, why: LineError::Character('\n') });
            }
            text.push_str(&format!("{name}: {value}\n"));
        }
        // The rules of the lines stand in one place, in the reader. What it reads is what was written, but for one
        // reason: the text "-", which stands for none.
        match Self::parse(text.as_bytes())? == *self {
            true => Ok(text),
            false => Err(StatementError { line: 13, name: "reason", why: LineError::Empty }),
        }
    }

    /// Reads what [`Statement::write`] writes, and nothing else.
    ///
    /// # Errors
    /// The first line that is missing, misplaced or breaks its rule.
    pub fn parse(text: &[u8]) -> Result<Self, StatementError> {
        let mut lines = Lines::new(text, FORM)?;
        let statement = Self {
            log: lines.origin("log")?,
            document: lines.uuid("document")?,
            version: lines.count("version")?,
            document_sha256: lines.exact("document-sha256")?,
            fields_sha256: lines.exact("fields-sha256")?,
            prior_subject_leaf: lines.exact("prior-subject-leaf")?,
            decision: lines.exact("decision")?,
            meaning: lines.exact("meaning")?,
            signer_name: lines.prose("signer-name", MAX_NAME)?,
            signer_id: lines.uuid("signer-id")?,
            role: lines.role("role")?,
            reason: lines.optional_prose("reason", MAX_REASON)?,
            time: lines.exact("time")?,
            policy_sha256: lines.exact("policy-sha256")?,
            key_id: lines.exact("key-id")?,
            nonce: lines.exact("nonce")?,
        };
        lines.end()?;
        Ok(statement)
    }

    /// SHA-256 of the text: `stmt.sha256` of the leaf.
    ///
    /// # Errors
    /// As [`Statement::write`].
    pub fn sha256(&self) -> Result<Digest, StatementError> {
        Ok(Digest::of(self.write()?.as_bytes()))
    }
}

/// What is signed, D: `SHA-256("countersign-statement-signature/v1" ‖ 0x0A ‖ sha256)`, of the SHA-256 of the text.
///
/// It is made of the hash and not of the text, so a signature can still be verified when the text was erased.
#[must_use]
pub fn signed_digest(sha256: &Digest) -> Digest {
    Digest(Sha256::new().chain_update(DOMAIN).chain_update(sha256.as_bytes()).finalize().into())
}
