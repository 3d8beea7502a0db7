//! One recorded step: the draft that a transaction stages, and the leaf that the sequencer makes of it.
//!
//! The bytes of a leaf are what is hashed, stored, exported and verified; nothing encodes them again to verify.
//! The envelope is closed: an unknown member is refused. `data` is open, and its shape is named by the versioned
//! `kind`, so a verifier accepts kinds of events that are newer than itself.
//!
//! Hashes are lower-case hexadecimal, signatures base64url without padding (RFC 4648, section 5), and what is absent
//! is left out: `prev` of the first leaf, an empty `sd`, `held_back` where the time was not held back.

mod envelope;
mod rules;

use crate::canonical::Refused;
use crate::digest::Digest;
use crate::time::Millis;
use crate::tree::{self, Hash};
use crate::value::{Integer, Value};

/// The format of the envelope, its member `v`.
pub const VERSION: u32 = 1;

/// What tlog-tiles can carry in one entry: its length is written in 16 bits.
pub const MAX_BYTES: usize = 65_535;

/// What a draft may take, so that every draft that was staged can also be placed: the longest place adds less than
/// 1,024 bytes.
pub const MAX_DRAFT_BYTES: usize = MAX_BYTES - 1_024;

/// A step that has happened and has no place in a log yet. It is encoded in the transaction of the step itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// A UUID in its lower-case text form (RFC 9562), never used twice.
    pub id: String,
    /// Written as `type`: dotted lower-case name and version of the event, `document.received/v1`.
    pub kind: String,
    pub occurred_at: Millis,
    pub actor: Actor,
    pub subject: Subject,
    /// An object, without personal data.
    pub data: Value,
    /// Digests of the [disclosures](crate::disclosure) that belong to this step.
    pub sd: Vec<Digest>,
    pub stmt: Option<Statement>,
    /// HMAC of the idempotency key, under a key of the organization.
    pub idem: Option<Digest>,
    /// HMAC of the request id, under a key of the organization.
    pub req: Option<Digest>,
    /// The node that took the step.
    pub node: String,
    /// Name and version of the software that took it.
    pub sw: String,
}

/// Who took the step. The id is a random pseudonym.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub kind: String,
    pub id: String,
    /// How the actor proved who it is.
    pub auth: Option<String>,
    pub session: Option<String>,
}

/// What the step happened to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub kind: String,
    pub id: String,
    pub version: u64,
    /// Commits to the content of the subject: see [`crate::disclosure::commit`].
    pub commit: Option<Digest>,
}

/// A reviewer's signature over the text of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub sha256: Digest,
    pub kid: String,
    pub alg: String,
    pub sig: Vec<u8>,
}

/// Where a step stands: in its log, and in the chain of its subject within that log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The origin of the log. With `seq` it keeps a leaf from being replayed elsewhere.
    pub log: String,
    pub seq: u64,
    /// The hash of leaf `seq − 1`; absent exactly at 0.
    pub prev: Option<Hash>,
    /// Never before the previous leaf's.
    pub recorded_at: Millis,
    /// The clock stood before the previous leaf's `recorded_at`, which was taken in its place.
    pub held_back: bool,
    /// Counts the steps of this subject in this log, from 0.
    pub subject_seq: u64,
    /// The hash of the subject's previous leaf; absent exactly at 0.
    pub subject_prev: Option<Hash>,
}

/// A step in its place: canonical bytes of at most [`MAX_BYTES`], and what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    bytes: Vec<u8>,
    draft: Draft,
    place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    #[error(transparent)]
    Encoding(#[from] Refused),
    #[error("{length} bytes, of which {limit} are allowed; move what has no bound into a blob")]
    TooLong { length: usize, limit: usize },
    #[error("the member {0} is missing")]
    Missing(&'static str),
    #[error("an unknown member in {0}")]
    Unknown(&'static str),
    #[error("the member {member} must be {must}")]
    Invalid { member: &'static str, must: &'static str },
}

impl Draft {
    /// The canonical bytes to stage: the envelope without its place.
    ///
    /// # Errors
    /// A member that breaks its rule, data outside the profile, or more than [`MAX_DRAFT_BYTES`].
    pub fn encode(&self) -> Result<Vec<u8>, LeafError> {
        rules::check_draft(self)?;
        let bytes = envelope::encode(self, None)?;
        within(MAX_DRAFT_BYTES, bytes)
    }

    /// # Errors
    /// Bytes that [`Draft::encode`] would not have made.
    pub fn decode(bytes: &[u8]) -> Result<Self, LeafError> {
        let draft = envelope::decode_draft(within(MAX_DRAFT_BYTES, bytes)?)?;
        rules::check_draft(&draft)?;
        Ok(draft)
    }

    /// Makes the leaf. A draft that could be encoded can be placed at every valid place.
    ///
    /// # Errors
    /// A member of draft or place that breaks its rule, or more than [`MAX_BYTES`].
    pub fn place(self, place: Place) -> Result<Leaf, LeafError> {
        rules::check_draft(&self)?;
        rules::check_place(&place)?;
        let bytes = within(MAX_BYTES, envelope::encode(&self, Some(&place))?)?;
        Ok(Leaf { bytes, draft: self, place })
    }
}

impl Leaf {
    /// Reads the bytes of a leaf, strictly: canonical, closed, complete, every member by its rule.
    ///
    /// # Errors
    /// Bytes that [`Draft::place`] would not have made.
    pub fn parse(bytes: &[u8]) -> Result<Self, LeafError> {
        let (draft, place) = envelope::decode_leaf(within(MAX_BYTES, bytes)?)?;
        rules::check_draft(&draft)?;
        rules::check_place(&place)?;
        Ok(Self { bytes: bytes.to_vec(), draft, place })
    }

    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The leaf hash of RFC 6962, section 2.1.
    #[must_use]
    pub fn hash(&self) -> Hash {
        tree::leaf_hash(&self.bytes)
    }
}

fn within<B: AsRef<[u8]>>(limit: usize, bytes: B) -> Result<B, LeafError> {
    let length = bytes.as_ref().len();
    if length > limit { Err(LeafError::TooLong { length, limit }) } else { Ok(bytes) }
}

/// Counters are checked before they are written, so the number always fits.
fn counter(number: u64, member: &'static str) -> Result<Integer, LeafError> {
    Integer::try_from(number).map_err(|_| LeafError::Invalid { member, must: "at most 9007199254740991" })
}
