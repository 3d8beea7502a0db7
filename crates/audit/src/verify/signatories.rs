//! What reviewers signed: the keys that the log enrols for them, and their signatures in the leaves.
//!
//! A signature is over the digest of a statement, so it is verified whether or not the text is at hand; where it is,
//! the text must say what the leaf says.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::subjects::Prior;
use super::{Break, BreakCode, Hashed};
use crate::digest::Digest;
use crate::leaf::{Draft, Leaf};
use crate::signing_key::{Enrolment, SignatureAlg};
use crate::statement::{self, Statement};
use crate::threads;
use crate::value::Value;

/// The subject of the events about a reviewer's keys.
const SUBJECT_KIND: &str = "actor";

/// What is at hand beside a leaf.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The text of its statement.
    pub text: Option<Vec<u8>>,
    /// authenticatorData and clientDataJSON of the passkey that signed it.
    pub assertion: Option<(Vec<u8>, Vec<u8>)>,
    /// Of `document.received`: the hash of the file, as its disclosure says.
    pub document_sha256: Option<Digest>,
}

impl Evidence {
    /// Whether the leaf's signature, if it has one, can be verified with its text.
    #[must_use]
    pub fn is_complete(&self, leaf: &Leaf) -> bool {
        let Some(stmt) = &leaf.draft().stmt else { return true };
        self.text.is_some() && (self.assertion.is_some() || !needs_assertion(&stmt.alg))
    }
}

/// Whether a signature of this kind needs what the passkey gave beside it.
#[must_use]
pub fn needs_assertion(alg: &str) -> bool {
    matches!(alg.parse(), Ok(SignatureAlg::WebauthnEs256 | SignatureAlg::WebauthnEddsa))
}

/// The enrolled keys as far as the leaves were read, and the signatures still to be verified.
#[derive(Debug, Default)]
pub(crate) struct Signatories {
    keys: HashMap<String, Signatory>,
    seen: HashSet<Digest>,
    documents: HashMap<String, Digest>,
    pending: Vec<Signed>,
    verified: u64,
}

#[derive(Debug)]
struct Signatory {
    actor: String,
    enrolment: Arc<Enrolment>,
}

/// A signature that can be verified apart from all others.
#[derive(Debug)]
struct Signed {
    seq: u64,
    enrolment: Arc<Enrolment>,
    alg: SignatureAlg,
    digest: Digest,
    signature: Vec<u8>,
    assertion: Option<(Vec<u8>, Vec<u8>)>,
    /// What is found besides, if the signature holds: about the text, and whether it was used before.
    besides: Result<(), Break>,
}

impl Signatories {
    /// Takes the next leaf. `prior` is the last leaf about its subject's content.
    ///
    /// # Errors
    /// STMT_MISMATCH; what the signature itself may break, and what comes after it, is told by [`Signatories::settle`].
    pub(crate) fn take(&mut self, leaf: &Hashed, prior: Prior, evidence: Evidence) -> Result<(), Break> {
        let (draft, seq) = (leaf.leaf.draft(), leaf.leaf.place().seq);
        self.follow_keys(draft);
        if let (Some(hash), "document.received/v1") = (evidence.document_sha256, draft.kind.as_str()) {
            self.documents.insert(draft.subject.id.clone(), hash);
        }
        let mismatch = |message: &str| Break { code: BreakCode::StmtMismatch, index: seq, message: message.to_owned() };
        let Some(stmt) = &draft.stmt else {
            let stripped = draft.kind == "task.decided/v1" && is_signed(&draft.data);
            let message = "the decision was signed, but its signature is missing";
            return if stripped { Err(mismatch(message)) } else { Ok(()) };
        };
        let signatory = self.keys.get(&stmt.kid).filter(|signatory| signatory.actor == draft.actor.id);
        let enrolment = signatory.map(|signatory| Arc::clone(&signatory.enrolment));
        let alg = stmt.alg.parse().ok();
        let fitting = enrolment.zip(alg).filter(|(enrolment, alg)| enrolment.signature_alg() == *alg);
        let (enrolment, alg) = fitting.ok_or_else(|| {
            mismatch(
                "no key that was enrolled for this actor earlier, is not revoked and signs like this has this name",
            )
        })?;
        let Evidence { text, assertion, .. } = evidence;
        let text = text.map_or(Ok(()), |text| self.check_text(&leaf.leaf, &text, prior).map_err(|why| mismatch(&why)));
        let besides = if self.seen.insert(stmt.sha256) {
            text
        } else {
            let message = "this signature was used before in this log".to_owned();
            text.and(Err(Break { code: BreakCode::WaReused, index: seq, message }))
        };
        let digest = statement::signed_digest(&stmt.sha256);
        if needs_assertion(&stmt.alg) && assertion.is_none() {
            return besides;
        }
        self.pending.push(Signed { seq, enrolment, alg, digest, signature: stmt.sig.clone(), assertion, besides });
        Ok(())
    }

    /// Verifies the signatures of the leaves taken since the last call.
    ///
    /// # Errors
    /// Of the first leaf whose signature, or then whose text, does not hold.
    pub(crate) fn settle(&mut self, threads: usize) -> Result<(), Break> {
        let pending = std::mem::take(&mut self.pending);
        for outcome in threads::map(threads, &pending, Signed::verify) {
            outcome?;
            self.verified += 1;
        }
        Ok(())
    }

    /// How many signatures hold.
    pub(crate) fn verified(&self) -> u64 {
        self.verified
    }

    fn follow_keys(&mut self, draft: &Draft) {
        if draft.subject.kind != SUBJECT_KIND {
            return;
        }
        match draft.kind.as_str() {
            // What is no enrolment enrols nothing, and the key that a name stands for never changes.
            "key.enrolled/v1" => {
                if let Ok(enrolment) = Enrolment::from_data(&draft.data) {
                    let signatory = Signatory { actor: draft.subject.id.clone(), enrolment: Arc::new(enrolment) };
                    self.keys.entry(signatory.enrolment.kid().to_string()).or_insert(signatory);
                }
            }
            "key.revoked/v1" => {
                if let Some(kid) = member(&draft.data, "kid") {
                    self.keys.remove(kid);
                }
            }
            _ => {}
        }
    }

    /// Whether the text is the one that was signed, and says what the leaf says.
    fn check_text(&self, leaf: &Leaf, text: &[u8], prior: Prior) -> Result<(), String> {
        let (draft, place) = (leaf.draft(), leaf.place());
        let stmt = draft.stmt.as_ref();
        if stmt.map(|stmt| stmt.sha256) != Some(Digest::of(text)) {
            return Err("the text is not the one that was signed".to_owned());
        }
        let said = Statement::parse(text).map_err(|error| format!("the text is no statement: {error}"))?;
        let document_sha256 = self.documents.get(&draft.subject.id);
        let prior_fits = match prior {
            Prior::Unknown => true,
            Prior::Nothing => false,
            Prior::Leaf(hash) => said.prior_subject_leaf == hash,
        };
        let decision = match &draft.data {
            Value::Object(data) => data.get("decision"),
            _ => None,
        };
        let decided = Value::from(said.decision.as_str());
        let says = [
            ("log", said.log == place.log),
            ("document", draft.subject.kind == "document" && said.document == draft.subject.id),
            ("version", said.version.checked_add(1) == Some(draft.subject.version)),
            ("decision", decision.is_none_or(|decision| *decision == decided)),
            ("signer-id", said.signer_id == draft.actor.id),
            ("key-id", stmt.is_some_and(|stmt| said.key_id.to_string() == stmt.kid)),
            ("prior-subject-leaf", prior_fits),
            ("document-sha256", document_sha256.is_none_or(|hash| *hash == said.document_sha256)),
        ];
        match says.iter().find(|(_, same)| !same) {
            None => Ok(()),
            Some((line, _)) => Err(format!("the statement says another {line} than the log")),
        }
    }
}

impl Signed {
    fn verify(&self) -> Result<(), Break> {
        let assertion = self.assertion.as_ref().map(|(authenticator, client)| (&authenticator[..], &client[..]));
        let assertion = assertion.filter(|_| needs_assertion(self.alg.as_str()));
        self.enrolment.verify(self.alg, &self.digest, &self.signature, assertion).map_err(|error| Break {
            code: (&error).into(),
            index: self.seq,
            message: error.to_string(),
        })?;
        self.besides.clone()
    }
}

fn is_signed(data: &Value) -> bool {
    matches!(data, Value::Object(data) if data.get("signed") == Some(&Value::Bool(true)))
}

fn member<'a>(data: &'a Value, name: &str) -> Option<&'a str> {
    match data {
        Value::Object(data) => match data.get(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        },
        _ => None,
    }
}
