//! Verifying what a passkey signed: the authentication assertion of W3C Web Authentication Level 3, section 7.2.
//!
//! The same at entry and years later, offline: nothing here asks a clock, a network or a database. Of the steps of
//! section 7.2 these are taken, in their order:
//!
//! | step | |
//! |---|---|
//! | 8, 9 | clientDataJSON is read as JSON: [`ClientData`] |
//! | 10 | `type` is `webauthn.get` |
//! | 11 | `challenge` is the base64url of the expected challenge |
//! | 12 | `origin` is the one that the key was enrolled for (section 13.4.9) |
//! | 13, 14 | no signing in frames of other origins: `crossOrigin` is not true, `topOrigin` is absent |
//! | 15 | `rpIdHash` is the SHA-256 of the RP ID |
//! | 16, 17 | the user was present, and was verified: verification is always required for signing |
//! | 18 | no backup state without backup eligibility |
//! | 20, 21 | the signature over `authenticatorData ‖ SHA-256(clientDataJSON)` |
//!
//! Steps 1 to 6 are the caller's, who says which key must have signed. 19 and 22 need a memory: the backup flags and
//! the signature counter are handed back in [`UserVerified`]. 23: extension outputs are read past, and ignored. Of all
//! algorithms ES256 and EdDSA with Ed25519 are understood (COSE −7 and −8), and no other.

mod authenticator_data;
mod client_data;
mod json;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::signing_key::{KeyAlg, PublicKey};

pub use authenticator_data::{AuthenticatorData, AuthenticatorDataError, MAX_AUTHENTICATOR_DATA};
pub use client_data::{ClientData, ClientDataError, MAX_CLIENT_DATA};

/// The algorithm that an assertion claims, as a COSE algorithm (RFC 9053): −7 and −8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alg {
    Es256,
    Eddsa,
}

/// What an authenticator and its client return for one signature.
#[derive(Debug, Clone, Copy)]
pub struct Assertion<'a> {
    pub authenticator_data: &'a [u8],
    /// The exact bytes: they are hashed.
    pub client_data_json: &'a [u8],
    /// ES256: DER. EdDSA: 64 bytes (section 6.5.5).
    pub signature: &'a [u8],
}

/// What must have been signed, and where.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    pub challenge: &'a [u8],
    pub origin: &'a str,
    pub rp_id: &'a str,
}

/// What an assertion that holds says of the credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserVerified {
    /// The credential may be on several devices of the user (flag BE).
    pub backup_eligible: bool,
    /// And it is, now (flag BS).
    pub backed_up: bool,
    /// 0 where the authenticator does not count.
    pub sign_count: u32,
}

/// Which check failed first. [`WebauthnError::code`] is stable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WebauthnError {
    #[error("the key is {key}, and the assertion claims another algorithm")]
    Alg { key: KeyAlg },
    #[error(transparent)]
    ClientData(#[from] ClientDataError),
    #[error("the passkey was not used to sign, but for {0:?}")]
    Type(String),
    #[error("the passkey signed something else")]
    Challenge,
    #[error("the passkey was used on {0:?}")]
    Origin(String),
    #[error("the passkey was used in a frame of a page of another origin")]
    CrossOrigin,
    #[error("the passkey belongs to another RP ID")]
    RelyingPartyId,
    #[error("the user was not present")]
    UserAbsent,
    #[error("the authenticator did not verify the user")]
    UserNotVerified,
    #[error(transparent)]
    AuthenticatorData(#[from] AuthenticatorDataError),
    #[error("the signature of the passkey does not hold")]
    Signature,
}

impl WebauthnError {
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Alg { .. } => "WA_ALG",
            Self::Type(_) => "WA_TYPE",
            Self::Challenge => "WA_CHALLENGE",
            Self::Origin(_) | Self::CrossOrigin => "WA_ORIGIN",
            Self::RelyingPartyId => "WA_RPID",
            Self::UserAbsent | Self::UserNotVerified | Self::AuthenticatorData(AuthenticatorDataError::TooShort) => {
                "WA_UV"
            }
            Self::ClientData(_) | Self::AuthenticatorData(_) | Self::Signature => "STMT_SIG_BAD",
        }
    }
}

/// Verifies a signing assertion of `key`.
///
/// # Errors
/// The first check that fails, in the order of the standard; the algorithm before all of them.
pub fn verify(
    key: &PublicKey,
    alg: Alg,
    assertion: &Assertion<'_>,
    expected: &Expected<'_>,
) -> Result<UserVerified, WebauthnError> {
    if !matches!((key.alg(), alg), (KeyAlg::Es256, Alg::Es256) | (KeyAlg::Ed25519, Alg::Eddsa)) {
        return Err(WebauthnError::Alg { key: key.alg() });
    }
    check_client_data(ClientData::parse(assertion.client_data_json)?, expected)?;
    let data = check_authenticator_data(assertion.authenticator_data, expected)?;
    let client_data_hash = Sha256::digest(assertion.client_data_json);
    let message = [assertion.authenticator_data, &client_data_hash].concat();
    if !key.verify(&message, assertion.signature) {
        return Err(WebauthnError::Signature);
    }
    Ok(UserVerified {
        backup_eligible: data.backup_eligible(),
        backed_up: data.backed_up(),
        sign_count: data.sign_count,
    })
}

fn check_client_data(client: ClientData, expected: &Expected<'_>) -> Result<(), WebauthnError> {
    if client.kind != "webauthn.get" {
        return Err(WebauthnError::Type(client.kind));
    }
    if client.challenge != URL_SAFE_NO_PAD.encode(expected.challenge) {
        return Err(WebauthnError::Challenge);
    }
    if client.origin != expected.origin {
        return Err(WebauthnError::Origin(client.origin));
    }
    if client.cross_origin || client.has_top_origin {
        return Err(WebauthnError::CrossOrigin);
    }
    Ok(())
}

fn check_authenticator_data(bytes: &[u8], expected: &Expected<'_>) -> Result<AuthenticatorData, WebauthnError> {
    if !bytes.starts_with(&Sha256::digest(expected.rp_id)) {
        return Err(WebauthnError::RelyingPartyId);
    }
    let data = AuthenticatorData::parse(bytes)?;
    if !data.user_present() {
        return Err(WebauthnError::UserAbsent);
    }
    if !data.user_verified() {
        return Err(WebauthnError::UserNotVerified);
    }
    if data.backed_up() && !data.backup_eligible() {
        return Err(AuthenticatorDataError::BackedUpThoughNotEligible.into());
    }
    Ok(data)
}
