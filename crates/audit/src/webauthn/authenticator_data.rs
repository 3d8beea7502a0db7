//! authenticatorData: what the authenticator says about the signature (WebAuthn Level 3, section 6.1).

/// The longest authenticatorData that is read, in bytes. Without extensions it has 37.
pub const MAX_AUTHENTICATOR_DATA: usize = 4_096;

/// How many maps and arrays of extension data may lie within each other. CTAP 2.1, section 8, allows 4.
const MAX_DEPTH: usize = 8;

const USER_PRESENT: u8 = 1 << 0;
const USER_VERIFIED: u8 = 1 << 2;
const BACKUP_ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const ATTESTED_CREDENTIAL: u8 = 1 << 6;
const EXTENSIONS: u8 = 1 << 7;

/// The authenticatorData of an assertion. The reserved bits of the flags are read past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthenticatorData {
    pub rp_id_hash: [u8; 32],
    pub flags: u8,
    pub sign_count: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthenticatorDataError {
    #[error("authenticatorData has less than 37 bytes, so it does not say whether the user was verified")]
    TooShort,
    #[error("authenticatorData has more than {MAX_AUTHENTICATOR_DATA} bytes")]
    TooLong,
    #[error("authenticatorData of an assertion holds no attested credential (flag AT)")]
    AttestedCredential,
    #[error("after the 37 bytes of authenticatorData stands one CBOR map if the flag ED is set, and else nothing")]
    Extensions,
    #[error("a credential that is not eligible for backup is backed up (flags BE, BS)")]
    BackedUpThoughNotEligible,
}

impl AuthenticatorData {
    /// # Errors
    /// Another length than the flags say, or an attested credential, which no assertion holds.
    pub fn parse(bytes: &[u8]) -> Result<Self, AuthenticatorDataError> {
        if bytes.len() > MAX_AUTHENTICATOR_DATA {
            return Err(AuthenticatorDataError::TooLong);
        }
        let (&[ref rp_id_hash @ .., flags, a, b, c, d], extensions) =
            bytes.split_first_chunk::<37>().ok_or(AuthenticatorDataError::TooShort)?;
        if flags & ATTESTED_CREDENTIAL != 0 {
            return Err(AuthenticatorDataError::AttestedCredential);
        }
        let whole = if flags & EXTENSIONS == 0 { extensions.is_empty() } else { is_one_map(extensions) };
        if !whole {
            return Err(AuthenticatorDataError::Extensions);
        }
        Ok(Self { rp_id_hash: *rp_id_hash, flags, sign_count: u32::from_be_bytes([a, b, c, d]) })
    }

    #[must_use]
    pub const fn user_present(&self) -> bool {
        self.flags & USER_PRESENT != 0
    }

    #[must_use]
    pub const fn user_verified(&self) -> bool {
        self.flags & USER_VERIFIED != 0
    }

    #[must_use]
    pub const fn backup_eligible(&self) -> bool {
        self.flags & BACKUP_ELIGIBLE != 0
    }

    #[must_use]
    pub const fn backed_up(&self) -> bool {
        self.flags & BACKED_UP != 0
    }
}

/// Whether `cbor` is exactly one map, well-formed (RFC 8949, appendix C) and of definite lengths, as CTAP 2 encodes it.
fn is_one_map(cbor: &[u8]) -> bool {
    cbor.first().is_some_and(|first| first >> 5 == 5) && skip_item(cbor, 0).is_some_and(<[u8]>::is_empty)
}

/// What follows the first data item.
fn skip_item(cbor: &[u8], depth: usize) -> Option<&[u8]> {
    let (&first, rest) = cbor.split_first()?;
    let (argument, rest) = match first & 0x1f {
        small @ 0..=23 => (u64::from(small), rest),
        size @ 24..=27 => {
            let (bytes, rest) = rest.split_at_checked(1 << (size - 24))?;
            (bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)), rest)
        }
        _ => return None,
    };
    let items = match first >> 5 {
        0 | 1 => 0,
        2 | 3 => return rest.get(usize::try_from(argument).ok()?..),
        4 => argument,
        5 => argument.checked_mul(2)?,
        6 => 1,
        // A simple value below 32 in two bytes is not well-formed.
        _ if first == 0xf8 && argument < 32 => return None,
        _ => 0,
    };
    if items > 0 && depth == MAX_DEPTH {
        return None;
    }
    // Every item takes a byte or more, so a count that lies ends with the bytes.
    (0..items).try_fold(rest, |rest, _| skip_item(rest, depth + 1))
}
