//! The keys with which reviewers sign: how they are named and written down, how the log enrols them, and the one
//! function that verifies what was signed with them.
//!
//! Only two kinds are understood: Ed25519 (RFC 8032) and ECDSA on P-256 with SHA-256 (ES256, FIPS 186-5). A public key
//! is written as SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7) in its one DER form: RFC 8410, section 4, for
//! Ed25519; RFC 5480, section 2.1, with the named curve and the uncompressed point for P-256.

mod enrolment;
mod held;
mod signature;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::VerifyingKey;
use p256::pkcs8::Document;
use sha2::{Digest as _, Sha256};

use crate::hex128::hex128_type;
use crate::note::read_point;
use crate::word::words;

pub use enrolment::{Custody, Enrolment, EnrolmentError, RelyingParty};
pub use held::{HeldKey, HeldKeyError};
pub use signature::{
    AssertionData, SignatureAlg, SignatureError, possession_digest, verify_possession, verify_signature,
};

hex128_type! {
    /// Names a key: the first 16 bytes of the SHA-256 of its SubjectPublicKeyInfo.
    Kid
}

words! {
    KeyAlg { Ed25519 = "ed25519", Es256 = "es256" }
}

/// A public key of a reviewer: on the curve, in its canonical encoding, and not of small order.
#[derive(Clone, PartialEq, Eq)]
pub enum PublicKey {
    Ed25519(VerifyingKey),
    P256(p256::ecdsa::VerifyingKey),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PublicKeyError {
    #[error("not the SubjectPublicKeyInfo of an Ed25519 or P-256 key in its one DER form")]
    Form,
    #[error("not a PEM text with the label PUBLIC KEY (RFC 7468, section 13)")]
    Pem,
    #[error("the point is not on the curve, not in its canonical encoding, or of small order")]
    Point,
}

/// What stands before the 32 bytes of an Ed25519 key (RFC 8410, section 10.1).
const ED25519_SPKI: &[u8] = &[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// What stands before the 65 bytes of an uncompressed point on P-256: id-ecPublicKey and secp256r1 (RFC 5480,
/// section 2.1.1).
const P256_SPKI: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

const PEM_LABEL: &str = "PUBLIC KEY";

impl PublicKey {
    /// # Errors
    /// Bytes that [`PublicKey::to_spki_der`] does not write.
    pub fn from_spki_der(der: &[u8]) -> Result<Self, PublicKeyError> {
        if let Some(point) = der.strip_prefix(ED25519_SPKI) {
            Self::from_ed25519(point.try_into().map_err(|_| PublicKeyError::Form)?)
        } else if let Some(point) = der.strip_prefix(P256_SPKI) {
            let point: &[u8; 65] = point.try_into().map_err(|_| PublicKeyError::Form)?;
            p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map(Self::P256).map_err(|_| PublicKeyError::Point)
        } else {
            Err(PublicKeyError::Form)
        }
    }

    /// Reads one PEM text with the label `PUBLIC KEY`, strictly (RFC 7468, sections 3 and 13).
    ///
    /// # Errors
    /// Another text, or another key than those understood here.
    pub fn from_pem(pem: &str) -> Result<Self, PublicKeyError> {
        match Document::from_pem(pem) {
            Ok((PEM_LABEL, der)) => Self::from_spki_der(der.as_bytes()),
            _ => Err(PublicKeyError::Pem),
        }
    }

    /// # Errors
    /// [`PublicKeyError::Point`] for a point of small order, for which anybody can sign, or in a second encoding,
    /// with which one key would have two names.
    pub fn from_ed25519(bytes: &[u8; 32]) -> Result<Self, PublicKeyError> {
        read_point(bytes).map(Self::Ed25519).map_err(|_| PublicKeyError::Point)
    }

    #[must_use]
    pub fn to_spki_der(&self) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => [ED25519_SPKI, key.as_bytes()].concat(),
            Self::P256(key) => [P256_SPKI, key.to_sec1_point(false).as_bytes()].concat(),
        }
    }

    /// The text of a PEM file, with its last newline.
    #[must_use]
    pub fn to_pem(&self) -> String {
        let base64 = STANDARD.encode(self.to_spki_der());
        let mut pem = format!("-----BEGIN {PEM_LABEL}-----\n");
        for (n, character) in base64.chars().enumerate() {
            if n > 0 && n % 64 == 0 {
                pem.push('\n');
            }
            pem.push(character);
        }
        pem.push_str(&format!("\n-----END {PEM_LABEL}-----\n"));
        pem
    }

    #[must_use]
    pub fn kid(&self) -> Kid {
        let hash: [u8; 32] = Sha256::digest(self.to_spki_der()).into();
        let mut kid = [0; 16];
        kid.copy_from_slice(&hash[..16]);
        Kid(kid)
    }

    #[must_use]
    pub const fn alg(&self) -> KeyAlg {
        match self {
            Self::Ed25519(_) => KeyAlg::Ed25519,
            Self::P256(_) => KeyAlg::Es256,
        }
    }

    /// Whether `signature` is this key's over `message`.
    ///
    /// Ed25519: 64 bytes, RFC 8032, section 5.1.7, refusing besides points of small order and encodings that are not
    /// canonical (so also S ≥ L). ES256: ECDSA over the SHA-256 of the message, the signature an Ecdsa-Sig-Value in DER
    /// (RFC 3279, section 2.2.3) and nothing after it. Either of the two values of S is taken, as FIPS 186-5 does:
    /// authenticators do not normalise it.
    #[must_use]
    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        use p256::ecdsa::{DerSignature, signature::Verifier as _};
        match self {
            Self::Ed25519(key) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
            Self::P256(key) => DerSignature::from_bytes(signature).is_ok_and(|der| key.verify(message, &der).is_ok()),
        }
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({}, {})", self.alg(), self.kid())
    }
}
