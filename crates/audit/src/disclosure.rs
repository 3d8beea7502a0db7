//! Personal values live outside the leaf: a disclosure holds one, the leaf holds its salted digest.
//!
//! Styled after selective disclosure (RFC 9901, section 4.2), with one difference: the digest is taken over the
//! canonical bytes of the array themselves, not over their base64url form.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::canonical::{self, Refused};
use crate::digest::Digest;
use crate::value::Value;

/// 128 bits: fewer could be guessed together with the value.
pub const MIN_SALT_BYTES: usize = 16;

/// `[salt, name, value]`. The salt is random, of 128 bits or more, and fresh for each disclosure.
#[derive(Clone, PartialEq, Eq)]
pub struct Disclosure {
    salt: Vec<u8>,
    name: String,
    value: Value,
    bytes: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DisclosureError {
    #[error(transparent)]
    Encoding(#[from] Refused),
    #[error("a salt has 16 bytes or more")]
    ShortSalt,
    #[error("a disclosure is the array [salt, name, value], its salt in base64url without padding")]
    Shape,
}

impl Disclosure {
    /// # Errors
    /// A salt of fewer than 16 bytes, or a value outside the canonical profile.
    pub fn new(
        salt: impl Into<Vec<u8>>,
        name: impl Into<String>,
        value: impl Into<Value>,
    ) -> Result<Self, DisclosureError> {
        let (salt, name, value) = (salt.into(), name.into(), value.into());
        if salt.len() < MIN_SALT_BYTES {
            return Err(DisclosureError::ShortSalt);
        }
        let array = vec![URL_SAFE_NO_PAD.encode(&salt).into(), name.clone().into(), value.clone()];
        let bytes = canonical::encode(&Value::Array(array))?;
        Ok(Self { salt, name, value, bytes })
    }

    /// # Errors
    /// Bytes that [`Disclosure::new`] would not have made.
    pub fn parse(bytes: &[u8]) -> Result<Self, DisclosureError> {
        let Value::Array(items) = canonical::parse(bytes)? else { return Err(DisclosureError::Shape) };
        let [Value::String(salt), Value::String(name), value] =
            <[Value; 3]>::try_from(items).map_err(|_| DisclosureError::Shape)?
        else {
            return Err(DisclosureError::Shape);
        };
        let salt = URL_SAFE_NO_PAD.decode(salt).map_err(|_| DisclosureError::Shape)?;
        Self::new(salt, name, value)
    }

    /// The canonical bytes: what is encrypted, stored and exported.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the canonical bytes: what stands in a leaf.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(&self.bytes)
    }

    #[must_use]
    pub fn salt(&self) -> &[u8] {
        &self.salt
    }

    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }
}

/// Leaves out salt and value: a disclosure must not end up in a log file.
impl std::fmt::Debug for Disclosure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Disclosure").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The digest of a disclosure that is made again from its parts whenever it is shown, such as a subject's `commit`:
/// `commit(salt, "document-sha256", hex)`.
///
/// # Errors
/// As [`Disclosure::new`].
pub fn commit(salt: &[u8], name: &str, value: impl Into<Value>) -> Result<Digest, DisclosureError> {
    Disclosure::new(salt, name, value).map(|disclosure| disclosure.digest())
}
