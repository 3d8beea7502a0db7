//! A signature over a statement, and the proof that a key is held.

use sha2::{Digest as _, Sha256};

use super::PublicKey;
use crate::digest::Digest;
use crate::webauthn::{self, Assertion, Expected, UserVerified, WebauthnError};
use crate::word::words;

/// Separates a proof of possession from a signed statement: neither can be taken for the other.
const POSSESSION_DOMAIN: &[u8] = b"countersign-key-enrolment/v1\n";

words! {
    /// How a statement was signed: `stmt.alg`.
    SignatureAlg {
        /// Ed25519 over the signed digest, by the server for a person.
        ServerHeld = "server_held",
        /// Ed25519 over the signed digest, by a device of the person's own.
        DeviceEd25519 = "device_ed25519",
        /// A WebAuthn assertion whose challenge is the signed digest.
        WebauthnEs256 = "webauthn_es256",
        WebauthnEddsa = "webauthn_eddsa",
    }
}

/// What comes with the signature of a passkey, and where the passkey must have been used.
#[derive(Debug, Clone, Copy)]
pub struct AssertionData<'a> {
    pub authenticator_data: &'a [u8],
    pub client_data_json: &'a [u8],
    pub origin: &'a str,
    pub rp_id: &'a str,
}

/// Why a signature does not count. [`SignatureError::code`] is stable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("signed as {alg}, but a signature of this key is {fits}")]
    OtherAlg { alg: SignatureAlg, fits: SignatureAlg },
    #[error("the signature over the statement does not hold")]
    Bad,
    #[error("authenticatorData and clientDataJSON come with the signature of a passkey, and with no other")]
    Assertion,
    #[error(transparent)]
    Webauthn(#[from] WebauthnError),
}

impl SignatureError {
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OtherAlg { .. } => "STMT_MISMATCH",
            Self::Bad | Self::Assertion => "STMT_SIG_BAD",
            Self::Webauthn(error) => error.code(),
        }
    }
}

/// Verifies the signature over a statement, given its [signed digest](crate::statement::signed_digest). Answers with
/// what a passkey says of itself; nothing for the other kinds.
///
/// `server_held`, `device_ed25519`: the Ed25519 signature over the 32 bytes of the digest, strictly.
/// `webauthn_es256`, `webauthn_eddsa`: the assertion whose challenge is the digest, see [`webauthn::verify`].
///
/// # Errors
/// The first check that fails. Whether the key was enrolled for who signed, and with this custody, is asked by
/// [`Enrolment::verify`](super::Enrolment::verify).
pub fn verify_signature(
    key: &PublicKey,
    alg: SignatureAlg,
    signed_digest: &Digest,
    signature: &[u8],
    assertion: Option<AssertionData<'_>>,
) -> Result<Option<UserVerified>, SignatureError> {
    let webauthn_alg = match alg {
        SignatureAlg::ServerHeld | SignatureAlg::DeviceEd25519 => None,
        SignatureAlg::WebauthnEs256 => Some(webauthn::Alg::Es256),
        SignatureAlg::WebauthnEddsa => Some(webauthn::Alg::Eddsa),
    };
    match (webauthn_alg, assertion) {
        (None, None) => {
            let holds = matches!(key, PublicKey::Ed25519(_)) && key.verify(signed_digest.as_bytes(), signature);
            if holds { Ok(None) } else { Err(SignatureError::Bad) }
        }
        (Some(alg), Some(data)) => {
            let AssertionData { authenticator_data, client_data_json, origin, rp_id } = data;
            let assertion = Assertion { authenticator_data, client_data_json, signature };
            let expected = Expected { challenge: signed_digest.as_bytes(), origin, rp_id };
            Ok(Some(webauthn::verify(key, alg, &assertion, &expected)?))
        }
        _ => Err(SignatureError::Assertion),
    }
}

/// What the holder of a device's key signs to enrol it: `SHA-256("countersign-key-enrolment/v1" ‖ 0x0A ‖ challenge)`.
#[must_use]
pub fn possession_digest(challenge: &[u8]) -> Digest {
    Digest(Sha256::new().chain_update(POSSESSION_DOMAIN).chain_update(challenge).finalize().into())
}

/// Whether the holder of `key` signed this challenge. Only Ed25519 keys are enrolled so.
#[must_use]
pub fn verify_possession(key: &PublicKey, challenge: &[u8], signature: &[u8]) -> bool {
    matches!(key, PublicKey::Ed25519(_)) && key.verify(possession_digest(challenge).as_bytes(), signature)
}
