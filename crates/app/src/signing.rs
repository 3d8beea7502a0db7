//! Reviewers' signatures: their keys, the statements they sign, and how a signature is checked and shown. What a
//! verifier checks offline is checked here at entry, by the same functions of `audit`.

mod decision;
mod key;
mod prose;
mod signed;
mod statement;

use audit::signing_key::{Enrolment, PublicKey};
use domain::signing::Custody;

pub use self::{
    decision::{Proof, Signature},
    key::{KeyChallenge, SigningKey, enroll_signing_key, key_challenge, revoke_signing_key, signing_keys},
    signed::{SignedStatement, statements_of_events, statements_of_tasks},
    statement::{Prepared, Wish, prepare_decision},
};
pub(crate) use self::{
    decision::{check_proof, sign},
    key::revoke_all,
    prose::one_line,
    statement::forget_prepared,
};
use crate::error::{InternalError, Result};

/// A stored key, as verifiers know it from the log.
fn enrolment(spki: &[u8], custody: Custody) -> Result<Enrolment> {
    let stored = |error: &dyn std::fmt::Display| InternalError::Stored(format!("a signing key: {error}"));
    let key = PublicKey::from_spki_der(spki).map_err(|error| stored(&error))?;
    let enrolment = match custody {
        Custody::ServerHeld => Enrolment::server_held(key),
        Custody::Device => Enrolment::device(key),
        Custody::Passkey => return Err(stored(&"passkeys are not enrolled yet").into()),
    };
    enrolment.map_err(|error| stored(&error).into())
}
