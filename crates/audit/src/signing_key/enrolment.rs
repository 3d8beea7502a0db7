//! What the log says of a reviewer's key: the `data` of `key.enrolled/v1`.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{AssertionData, KeyAlg, Kid, PublicKey, PublicKeyError, SignatureAlg, SignatureError, verify_signature};
use crate::digest::Digest;
use crate::value::{Value, object};
use crate::webauthn::UserVerified;
use crate::word::words;

words! {
    /// Who holds the private key.
    Custody {
        /// The server, which signs for a person who gives the password again; never to be called non-repudiable.
        ServerHeld = "server_held",
        /// A device of the person's own.
        Device = "device",
        /// A WebAuthn authenticator.
        Passkey = "passkey",
    }
}

/// The longest origin of a page, in bytes: a domain has at most 253.
const MAX_ORIGIN: usize = 270;

/// A key, who holds it, and for a passkey where it may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    key: PublicKey,
    custody: Custody,
    relying_party: Option<RelyingParty>,
}

/// Where a passkey signs: the page, and the domain that the credential is scoped to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelyingParty {
    origin: String,
    id: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnrolmentError {
    #[error("the member {0} is missing, or is no text")]
    Member(&'static str),
    #[error("an enrolment has the members alg, custody, kid and spki, for a passkey also origin and rp_id")]
    Members,
    #[error("the member {0} {1}")]
    Word(&'static str, crate::word::NotAWord),
    #[error("spki is not base64 with padding (RFC 4648, section 4)")]
    Base64,
    #[error(transparent)]
    Key(#[from] PublicKeyError),
    #[error("alg or kid is not that of the key")]
    OtherKey,
    #[error("a key of the custody {custody} has another algorithm than {alg}")]
    Custody { custody: Custody, alg: KeyAlg },
    #[error("a passkey has an origin and an RP id, and no other key has")]
    RelyingParty,
    #[error("an origin is scheme://host, with the port if it is not the usual one, in lower case and without a path")]
    Origin,
    #[error("the RP id must be the host of the origin, or a domain that it belongs to")]
    RelyingPartyId,
}

impl RelyingParty {
    /// `origin` as browsers serialise it (`https://review.example.org`, `https://localhost:8443`), `id` the host of it or
    /// a domain above (WebAuthn Level 3, section 4, RP ID). Which domains are public suffixes is not asked
    /// here: a browser refuses those.
    ///
    /// # Errors
    /// [`EnrolmentError::Origin`] and [`EnrolmentError::RelyingPartyId`].
    pub fn new(origin: impl Into<String>, id: impl Into<String>) -> Result<Self, EnrolmentError> {
        let (origin, id) = (origin.into(), id.into());
        let host = host_of(&origin).ok_or(EnrolmentError::Origin)?;
        let below = host.strip_suffix(id.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        if id.is_empty() || id.starts_with('.') || !below {
            return Err(EnrolmentError::RelyingPartyId);
        }
        Ok(Self { origin, id })
    }

    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// A domain, as the RP ID is one: never an address.
fn host_of(origin: &str) -> Option<&str> {
    let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"))?;
    let (host, port) = rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)));
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|number| number.to_string() == port));
    let is_host = host.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.'));
    (origin.len() <= MAX_ORIGIN && is_port && is_host && !host.is_empty()).then_some(host)
}

impl Enrolment {
    /// A key whose seed the server keeps.
    ///
    /// # Errors
    /// [`EnrolmentError::Custody`] if it is not an Ed25519 key.
    pub fn server_held(key: PublicKey) -> Result<Self, EnrolmentError> {
        Self::new(key, Custody::ServerHeld, None)
    }

    /// A key of a person's own device. That the person holds it is to be shown first: [`super::verify_possession`].
    ///
    /// # Errors
    /// [`EnrolmentError::Custody`] if it is not an Ed25519 key.
    pub fn device(key: PublicKey) -> Result<Self, EnrolmentError> {
        Self::new(key, Custody::Device, None)
    }

    #[must_use]
    pub fn passkey(key: PublicKey, relying_party: RelyingParty) -> Self {
        Self { key, custody: Custody::Passkey, relying_party: Some(relying_party) }
    }

    fn new(key: PublicKey, custody: Custody, relying_party: Option<RelyingParty>) -> Result<Self, EnrolmentError> {
        if (custody == Custody::Passkey) != relying_party.is_some() {
            return Err(EnrolmentError::RelyingParty);
        }
        if custody != Custody::Passkey && key.alg() != KeyAlg::Ed25519 {
            return Err(EnrolmentError::Custody { custody, alg: key.alg() });
        }
        Ok(Self { key, custody, relying_party })
    }

    #[must_use]
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    #[must_use]
    pub fn kid(&self) -> Kid {
        self.key.kid()
    }

    #[must_use]
    pub const fn custody(&self) -> Custody {
        self.custody
    }

    #[must_use]
    pub fn relying_party(&self) -> Option<&RelyingParty> {
        self.relying_party.as_ref()
    }

    /// What `stmt.alg` says of a signature of this key.
    #[must_use]
    pub const fn signature_alg(&self) -> SignatureAlg {
        match (self.custody, self.key.alg()) {
            (Custody::ServerHeld, _) => SignatureAlg::ServerHeld,
            (Custody::Device, _) => SignatureAlg::DeviceEd25519,
            (Custody::Passkey, KeyAlg::Es256) => SignatureAlg::WebauthnEs256,
            (Custody::Passkey, KeyAlg::Ed25519) => SignatureAlg::WebauthnEddsa,
        }
    }

    /// Verifies a signature of this key over a statement. `assertion` is what a passkey gives beside its signature:
    /// authenticatorData and clientDataJSON.
    ///
    /// # Errors
    /// As [`verify_signature`]; [`SignatureError::OtherAlg`] if `alg` is not [`Enrolment::signature_alg`].
    pub fn verify(
        &self,
        alg: SignatureAlg,
        signed_digest: &Digest,
        signature: &[u8],
        assertion: Option<(&[u8], &[u8])>,
    ) -> Result<Option<UserVerified>, SignatureError> {
        if alg != self.signature_alg() {
            return Err(SignatureError::OtherAlg { alg, fits: self.signature_alg() });
        }
        let assertion =
            assertion.zip(self.relying_party.as_ref()).map(|((authenticator_data, client_data_json), at)| {
                AssertionData { authenticator_data, client_data_json, origin: &at.origin, rp_id: &at.id }
            });
        verify_signature(&self.key, alg, signed_digest, signature, assertion)
    }

    /// The `data` of `key.enrolled/v1`.
    #[must_use]
    pub fn to_data(&self) -> Value {
        let mut members = vec![
            ("alg", self.key.alg().as_str().into()),
            ("custody", self.custody.as_str().into()),
            ("kid", self.kid().to_string().into()),
            ("spki", STANDARD.encode(self.key.to_spki_der()).into()),
        ];
        if let Some(relying_party) = &self.relying_party {
            members.push(("origin", relying_party.origin.as_str().into()));
            members.push(("rp_id", relying_party.id.as_str().into()));
        }
        object(members)
    }

    /// Reads what [`Enrolment::to_data`] writes, and nothing else.
    ///
    /// # Errors
    /// A member that is missing, unknown or breaks its rule; a key that is none; a name that is not the key's.
    pub fn from_data(data: &Value) -> Result<Self, EnrolmentError> {
        let Value::Object(members) = data else { return Err(EnrolmentError::Members) };
        let word = |member| move |error| EnrolmentError::Word(member, error);
        let alg: KeyAlg = text(members, "alg")?.parse().map_err(word("alg"))?;
        let custody: Custody = text(members, "custody")?.parse().map_err(word("custody"))?;
        let relying_party = match custody {
            Custody::Passkey => Some(RelyingParty::new(text(members, "origin")?, text(members, "rp_id")?)?),
            Custody::ServerHeld | Custody::Device => None,
        };
        let spki = STANDARD.decode(text(members, "spki")?).map_err(|_| EnrolmentError::Base64)?;
        let key = PublicKey::from_spki_der(&spki)?;
        if key.alg() != alg || key.kid().to_string() != text(members, "kid")? {
            return Err(EnrolmentError::OtherKey);
        }
        if members.len() != if relying_party.is_some() { 6 } else { 4 } {
            return Err(EnrolmentError::Members);
        }
        Self::new(key, custody, relying_party)
    }
}

fn text<'a>(members: &'a BTreeMap<String, Value>, member: &'static str) -> Result<&'a str, EnrolmentError> {
    match members.get(member) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(EnrolmentError::Member(member)),
    }
}
