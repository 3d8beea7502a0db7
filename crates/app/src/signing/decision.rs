//! A decision is signed: the statement was prepared for exactly it, nothing has changed since, and the signature holds.

use audit::{
    Digest,
    statement::{Statement, signed_digest},
};
use domain::{actor::Actor, document::Document, event::StatementSignature, id::PreparedDecisionId, signing::Custody};

use super::{enrolment, key::open_seed, key::require_signer, statement::not_asked, statement::type_of};
use crate::{
    App, accounts,
    error::{Error, InternalError, Result},
    ledger::{self, Owner},
    review::Verdict,
    store::{
        signing_key::{self, StoredKey},
        statement::{self, LastContent, PreparedRow, SignedRow},
    },
    unit::Unit,
};

/// The reviewer's signature under a prepared statement.
#[derive(Clone)]
pub struct Signature {
    pub prepared: PreparedDecisionId,
    pub proof: Proof,
}

#[derive(Clone)]
pub enum Proof {
    /// Given again (21 CFR 11.200): the server signs with the key it holds for the person.
    Password(String),
    /// 64 bytes, made by the person's own device.
    Signature(Vec<u8>),
}

/// Never shows a password.
impl std::fmt::Debug for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signature").field("prepared", &self.prepared).finish_non_exhaustive()
    }
}

/// Checks a password, before the unit: that is slow.
///
/// # Errors
/// `PASSWORD_WRONG`, which counts as a failed login; `SIGNING_NEEDS_PERSON`.
pub(crate) async fn check_proof(app: &App, actor: &Actor, signature: Option<&Signature>) -> Result<()> {
    let Some(signature) = signature else { return Ok(()) };
    require_signer(app, actor).await?;
    match &signature.proof {
        Proof::Password(password) if !accounts::confirm_password(app, actor, password).await? => {
            Err(Error::invalid("PASSWORD_WRONG", "That is not your password: nothing was signed"))
        }
        _ => Ok(()),
    }
}

/// Takes the signature of a decision on a document that is locked; `None` where its type asks for none.
///
/// # Errors
/// `SIGNATURE_REQUIRED`, `SIGNATURE_NOT_ASKED`, `STATEMENT_UNKNOWN`, `STATEMENT_OF_OTHER_PERSON`,
/// `STATEMENT_MISMATCH`, `SIGNING_KEY_REVOKED`, `SIGNATURE_KIND`, `SIGNATURE_WRONG`; conflicts `STATEMENT_USED`,
/// `STATEMENT_EXPIRED`, `STATEMENT_STALE`.
pub(crate) async fn sign(
    app: &App,
    unit: &mut Unit,
    document: &Document,
    verdict: &Verdict,
    signature: Option<Signature>,
) -> Result<Option<StatementSignature>> {
    let required = type_of(app, &unit.scope(), document).await?.is_some_and(|it| it.definition.signing.required);
    let signature = match (required, signature) {
        (false, None) => return Ok(None),
        (false, Some(_)) => return Err(not_asked()),
        (true, None) => {
            let message =
                "Decisions on documents of this type are signed: prepare the decision, then send its signature";
            return Err(Error::invalid("SIGNATURE_REQUIRED", message));
        }
        (true, Some(signature)) => signature,
    };
    let prepared = use_prepared(unit, document, verdict, signature.prepared).await?;
    let text = ledger::open_sealed(app, &unit.scope(), &Owner::actor(prepared.signer), &prepared.sealed).await?;
    let text = text.ok_or_else(|| InternalError::Stored("a prepared statement without its key".into()))?;
    check_text(unit, document, verdict, &text).await?;
    let key = signing_key::lock(unit, &prepared.kid).await?.filter(|key| !key.revoked).ok_or_else(|| {
        Error::invalid("SIGNING_KEY_REVOKED", "The key of this statement was revoked: prepare the decision again")
    })?;
    let sha256 = Digest::of(&text);
    let bytes = signed(app, unit, &key, &sha256, signature.proof)?;
    let algorithm = enrolment(&key.spki, key.custody)?.signature_alg().to_string();
    let sealed_text = seal(app, unit, &text).await?;
    let row = SignedRow {
        task: verdict.task,
        kid: &key.kid,
        algorithm: &algorithm,
        meaning: prepared.meaning,
        sealed_text,
        signature: &bytes,
    };
    statement::insert(unit, row).await?;
    Ok(Some(StatementSignature { sha256: sha256.to_string(), kid: key.kid, algorithm, signature: bytes }))
}

/// Takes the prepared statement, once.
async fn use_prepared(
    unit: &mut Unit,
    document: &Document,
    verdict: &Verdict,
    id: PreparedDecisionId,
) -> Result<PreparedRow> {
    let prepared = statement::lock_prepared(unit, id).await?.ok_or_else(|| {
        Error::invalid("STATEMENT_UNKNOWN", "There is no such prepared statement: prepare the decision again")
    })?;
    if prepared.signer != unit.actor().id {
        let message = "This statement was prepared for somebody else: prepare your own";
        return Err(Error::invalid("STATEMENT_OF_OTHER_PERSON", message));
    }
    if prepared.used {
        return Err(Error::conflict("STATEMENT_USED", "This statement was signed already: prepare the decision again"));
    }
    if prepared.expires_at <= unit.now() {
        return Err(Error::conflict("STATEMENT_EXPIRED", "This statement is too old: prepare the decision again"));
    }
    if prepared.task != verdict.task || prepared.decision != verdict.decision {
        return Err(mismatch());
    }
    if prepared.document_version != document.version {
        return Err(stale());
    }
    statement::set_used(unit, id).await?;
    Ok(prepared)
}

fn mismatch() -> Error {
    let message = "The statement says something else than this decision: prepare the decision again";
    Error::invalid("STATEMENT_MISMATCH", message)
}

fn stale() -> Error {
    Error::conflict("STATEMENT_STALE", "The document changed since: look again, then prepare the decision again")
}

/// The reason is the one that was read, and no content event lies between.
async fn check_text(unit: &Unit, document: &Document, verdict: &Verdict, text: &[u8]) -> Result<()> {
    let said = Statement::parse(text).map_err(|error| InternalError::Stored(error.to_string()))?;
    if said.reason != verdict.reason {
        return Err(mismatch());
    }
    match statement::last_content(&unit.scope(), document.id).await? {
        LastContent::Present(hash) if hash == said.prior_subject_leaf => Ok(()),
        _ => Err(stale()),
    }
}

/// The signature, made here or brought along, verified as everybody will.
fn signed(app: &App, unit: &Unit, key: &StoredKey, sha256: &Digest, proof: Proof) -> Result<Vec<u8>> {
    let digest = signed_digest(sha256);
    let bytes = match (key.custody, proof, &key.sealed_seed) {
        (Custody::ServerHeld, Proof::Password(_), Some(sealed)) => {
            open_seed(app, unit.actor().organization, &key.kid, sealed)?.sign(&digest).to_vec()
        }
        (Custody::Device, Proof::Signature(bytes), _) => bytes,
        (custody, ..) => {
            let message = match custody {
                Custody::ServerHeld => "This key is held by the server: send your password",
                Custody::Device | Custody::Passkey => "This key is your own: send the signature that it made",
            };
            return Err(Error::invalid("SIGNATURE_KIND", message));
        }
    };
    let enrolment = enrolment(&key.spki, key.custody)?;
    match enrolment.verify(enrolment.signature_alg(), &digest, &bytes, None) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Error::invalid("SIGNATURE_WRONG", format!("The signature does not hold: {error}"))),
    }
}

async fn seal(app: &App, unit: &Unit, text: &[u8]) -> Result<Vec<u8>> {
    let (organization, owner) = (unit.actor().organization, Owner::actor(unit.actor().id));
    Ok(ledger::seal_values(app, unit.connection(), organization, &owner, &[text]).await?.concat())
}
