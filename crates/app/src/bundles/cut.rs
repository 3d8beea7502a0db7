//! What every bundle holds, whatever it is of: what it claims to be, the signed checkpoint, the keys, how to verify.

use audit::{
    bundle::{About, Kind},
    note,
    note::{Note, VerifierKey},
    signing_key::PublicKey,
};
use domain::{
    bundle::{BundleRequest, Extent},
    id::AuditBundleId,
    time::Timestamp,
};

use super::{package::Package, readme};
use crate::{
    error::{InternalError, Result},
    ledger,
    store::log::{CheckpointRow, LogId},
};

/// The second verifier, which auditors read before they run it.
const VERIFY_PY: &[u8] = include_bytes!("../../../audit/verify.py");

/// A log under one signed checkpoint, and what is to be cut out of it.
pub(super) struct Cut {
    pub bundle: AuditBundleId,
    pub log: LogId,
    pub request: BundleRequest,
    pub made_at: Timestamp,
    pub origin: String,
    pub checkpoint: CheckpointRow,
    /// Of the log, oldest first; never empty.
    pub keys: Vec<VerifierKey>,
}

impl Cut {
    pub fn size(&self) -> u64 {
        self.checkpoint.size
    }

    /// Adds everything but leaves, proofs, and what belongs to leaves. `range` are the first and last leaf of a period.
    pub async fn add_frame(&self, package: &mut Package, range: Option<(u64, u64)>) -> Result<()> {
        let about = self.describe(range)?.encode().map_err(|error| InternalError::Other(error.to_string()))?;
        package.add("bundle.json", &about).await?;
        package.add("README.txt", readme::text(self).as_bytes()).await?;
        package.add("verify.py", VERIFY_PY).await?;
        let keys: String = self.keys.iter().map(|key| format!("{key}\n")).collect();
        package.add("log.vkey", keys.as_bytes()).await?;
        let note = &self.checkpoint.note;
        package.add("checkpoint", note.as_bytes()).await?;
        // The parts of the note for tools that know Ed25519 and no notes.
        let (newest, opened) = self.open_by_newest()?;
        let signature = opened.verified.first().map(|line| line.signature.as_slice()).unwrap_or_default();
        package.add("checkpoint.body", opened.text.as_bytes()).await?;
        package.add("checkpoint.sig", signature).await?;
        package.add("log.pub.pem", PublicKey::from(newest).to_pem().as_bytes()).await
    }

    /// The newest key that signed the checkpoint, and the checkpoint opened with it alone.
    fn open_by_newest(&self) -> Result<(&VerifierKey, Note)> {
        let open = |key| Some((key, note::open_note(&self.checkpoint.note, [key]).ok()?));
        let none = || InternalError::Stored("a checkpoint that no key of the log signed".into());
        Ok(self.keys.iter().rev().find_map(open).ok_or_else(none)?)
    }

    fn describe(&self, range: Option<(u64, u64)>) -> Result<About> {
        let kind = match (self.request.extent, range) {
            (Extent::Log, _) => Kind::Log,
            (Extent::Document(id), _) => Kind::Document { subject: id.to_string() },
            (Extent::Actor(id), _) => Kind::Actor { actor: id.to_string() },
            (Extent::Period { from, to }, range) => {
                let (first, last) = range.ok_or_else(|| InternalError::Other("a period without its leaves".into()))?;
                Kind::Period { from: ledger::millis(from)?, to: ledger::millis(to)?, first, last }
            }
        };
        Ok(About {
            id: self.bundle.to_string(),
            log: self.origin.clone(),
            size: self.size(),
            made_at: ledger::millis(self.made_at)?,
            kind,
            disclosures: self.request.disclosures,
            documents: self.request.documents,
            // Their texts name the signers.
            statements: self.request.disclosures,
        })
    }
}
