//! The codes of the verdict `INVALID:<CODE>`.

use crate::checkpoint::CheckpointError;
use crate::note::NoteError;
use crate::signing_key::SignatureError;

/// Declares the codes with the text that stands for each in verdicts, metrics and documents.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What kind of break was found. The text is stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum BreakCode {
            $($(#[$doc])* $name,)*
        }

        impl BreakCode {
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// The code that this text stands for.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

codes! {
    /// The bytes are no leaf: not canonical, not the closed envelope, or too long.
    Noncanonical = "NONCANONICAL",
    /// The leaf names another log.
    LogMismatch = "LOG_MISMATCH",
    /// A leaf is missing, or stands in another's place.
    SeqGap = "SEQ_GAP",
    /// `prev` is not the hash of the leaf before.
    PrevBroken = "PREV_BROKEN",
    /// An event of the subject is missing, or `subject.prev` is not its hash.
    SubjectGap = "SUBJECT_GAP",
    /// The last event of a document is not the one that was written for this bundle.
    SubjectHeadMismatch = "SUBJECT_HEAD_MISMATCH",
    /// Recorded before the leaf before it.
    TimeRegression = "TIME_REGRESSION",
    /// The leaves do not lead to the stored hash or to the log's own checkpoint.
    RootMismatch = "ROOT_MISMATCH",
    /// The log's own checkpoint has more leaves.
    SizeShort = "SIZE_SHORT",
    /// A checkpoint kept elsewhere has more leaves.
    Rollback = "ROLLBACK",
    /// The leaves do not lead to a checkpoint kept elsewhere.
    Fork = "FORK",
    /// Two checkpoints of one size have different roots.
    Equivocation = "EQUIVOCATION",
    /// The checkpoint is another log's.
    OriginMismatch = "ORIGIN_MISMATCH",
    /// No key that the auditor trusts has signed.
    KeyUnknown = "KEY_UNKNOWN",
    /// Trusted keys have signed, but none that is valid at this size.
    KeyOutOfRange = "KEY_OUT_OF_RANGE",
    /// A trusted key's signature does not hold.
    SigBad = "SIG_BAD",
    /// The bytes are no signed note, or its text no checkpoint.
    NoteMalformed = "NOTE_MALFORMED",
    /// The proof of a leaf is missing, or does not lead from the leaf to the checkpoint.
    ProofBad = "PROOF_BAD",
    /// A disclosure that its leaf does not commit to.
    SdMismatch = "SD_MISMATCH",
    /// A reviewer's signature does not hold.
    StmtSigBad = "STMT_SIG_BAD",
    /// A statement, its key and its leaf do not belong together.
    StmtMismatch = "STMT_MISMATCH",
    /// A passkey did something else than sign in.
    WaType = "WA_TYPE",
    /// A passkey signed something else.
    WaChallenge = "WA_CHALLENGE",
    /// A passkey was used on another page than the one it was enrolled for.
    WaOrigin = "WA_ORIGIN",
    /// A passkey belongs to another RP ID.
    WaRpid = "WA_RPID",
    /// A passkey did not verify its user.
    WaUv = "WA_UV",
    /// A passkey signed with another algorithm than its key's.
    WaAlg = "WA_ALG",
    /// A signature was used before in this log.
    WaReused = "WA_REUSED",
    /// A file is missing, added, or not the one that the manifest or its own name says.
    ManifestMismatch = "MANIFEST_MISMATCH",
    /// The files are no bundle.
    BundleMalformed = "BUNDLE_MALFORMED",
    /// Something was given too late, or not at all, to be checked.
    Incomplete = "INCOMPLETE",
}

impl std::fmt::Display for BreakCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<&CheckpointError> for BreakCode {
    fn from(error: &CheckpointError) -> Self {
        match error {
            CheckpointError::Origin { .. } => Self::OriginMismatch,
            CheckpointError::KeyOutOfRange { .. } => Self::KeyOutOfRange,
            CheckpointError::KeyOfOtherLog { .. } => Self::KeyUnknown,
            CheckpointError::Note(NoteError::UnknownKey | NoteError::AmbiguousKey { .. }) => Self::KeyUnknown,
            CheckpointError::Note(NoteError::BadSignature { .. }) => Self::SigBad,
            CheckpointError::Note(NoteError::Malformed(_) | NoteError::Sign(_)) | CheckpointError::Malformed(_) => {
                Self::NoteMalformed
            }
        }
    }
}

impl From<&SignatureError> for BreakCode {
    fn from(error: &SignatureError) -> Self {
        Self::from_text(error.code()).unwrap_or(Self::StmtSigBad)
    }
}
