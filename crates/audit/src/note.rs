//! Signed notes: C2SP signed-note, with Ed25519 keys (signature type 0x01). Cosignatures of witnesses (type 0x04) are
//! lines like any other here: see [`crate::cosignature`].
//!
//! A note is a text that ends in a newline, an empty line, and lines of signatures. Nothing in it counts before
//! [`open_note`] has found the signature of a key that the caller already trusts.

mod key;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub use key::{KeyError, NoteSigner, SignFailed, Signer, VerifierKey};
pub(crate) use key::{is_key_name, key_id, read_key, read_point, write_key};

/// The specification demands 16 or more; this is what Go's `x/mod/sumdb/note` takes, so that both agree on a note.
pub const MAX_SIGNATURES: usize = 100;

/// The largest note that is read, in bytes, as in Go's `x/mod/sumdb/note`.
pub const MAX_NOTE_BYTES: usize = 1_000_000;

/// A note with at least one signature of a known key, and none of a known key that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// With its last newline, without the empty line.
    pub text: String,
    /// By known keys, one for each key, in the order of the note.
    pub verified: Vec<NoteSignature>,
    /// By keys that nobody named: to be kept, not to be believed.
    pub unverified: Vec<NoteSignature>,
}

/// One line of signature. Name and id together name a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    pub name: String,
    pub id: u32,
    pub signature: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    #[error("not a signed note: {0}")]
    Malformed(&'static str),
    #[error("two of the given keys share the name {name} and the id {id:08x}: give only one of them")]
    AmbiguousKey { name: String, id: u32 },
    #[error("the signature of the known key {name}+{id:08x} does not hold")]
    BadSignature { name: String, id: u32 },
    #[error("no signature by a known key")]
    UnknownKey,
    #[error(transparent)]
    Sign(#[from] SignFailed),
}

/// Signs `text` with every signer, in the given order.
///
/// # Errors
/// A text that no note can hold, no signer at all, or a signer that fails.
pub fn sign_note(text: &str, signers: &[&dyn Signer]) -> Result<String, NoteError> {
    check_text(text)?;
    if signers.is_empty() || signers.len() > MAX_SIGNATURES {
        return Err(NoteError::Malformed("a note has 1 to 100 signatures"));
    }
    let mut note = format!("{text}\n");
    for signer in signers {
        let key = signer.verifier_key();
        let mut bytes = key.id().to_be_bytes().to_vec();
        bytes.extend(signer.sign(text.as_bytes())?);
        note.push_str(&format!("\u{2014} {} {}\n", key.name(), STANDARD.encode(bytes)));
    }
    Ok(note)
}

/// A note as it is written; nothing in it counts yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnopenedNote {
    /// With its last newline, without the empty line.
    pub text: String,
    pub signatures: Vec<NoteSignature>,
}

impl UnopenedNote {
    /// Reads the form of a note and verifies nothing.
    ///
    /// # Errors
    /// [`NoteError::Malformed`]
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        let (text, lines) = split(note)?;
        let signatures: Vec<NoteSignature> =
            lines.take(MAX_SIGNATURES + 1).map(parse_line).collect::<Result<_, _>>()?;
        if signatures.len() > MAX_SIGNATURES {
            return Err(NoteError::Malformed("more than 100 signatures"));
        }
        Ok(Self { text: text.to_owned(), signatures })
    }
}

/// Opens a note with the keys that the caller trusts. Signatures of other keys are ignored.
///
/// # Errors
/// A malformed note, a known key whose signature does not hold, or no known key at all.
pub fn open_note<'a>(note: &str, known: impl IntoIterator<Item = &'a VerifierKey>) -> Result<Note, NoteError> {
    let known: Vec<&VerifierKey> = known.into_iter().collect();
    let UnopenedNote { text, signatures } = UnopenedNote::parse(note)?;
    let mut opened = Note { text, verified: Vec::new(), unverified: Vec::new() };
    for signature in signatures {
        match find(&known, &signature)? {
            None => opened.unverified.push(signature),
            // A second line of one key adds nothing.
            Some(_) if opened.verified.iter().any(|seen| (&seen.name, seen.id) == (&signature.name, signature.id)) => {}
            Some(key) if key.verify_strict(opened.text.as_bytes(), &signature.signature) => {
                opened.verified.push(signature);
            }
            Some(_) => return Err(NoteError::BadSignature { name: signature.name, id: signature.id }),
        }
    }
    if opened.verified.is_empty() { Err(NoteError::UnknownKey) } else { Ok(opened) }
}

/// The text, and the lines of signatures below the last empty line.
fn split(note: &str) -> Result<(&str, std::str::Lines<'_>), NoteError> {
    if note.len() > MAX_NOTE_BYTES {
        return Err(NoteError::Malformed("more than 1000000 bytes"));
    }
    check_characters(note)?;
    let at = note.rfind("\n\n").ok_or(NoteError::Malformed("no empty line before the signatures"))?;
    let (text, signatures) = (&note[..=at], &note[at + 2..]);
    if !signatures.ends_with('\n') {
        return Err(NoteError::Malformed("the last line of signature does not end"));
    }
    Ok((text, signatures.lines()))
}

fn parse_line(line: &str) -> Result<NoteSignature, NoteError> {
    let malformed = NoteError::Malformed("a line of signature is an em dash, a key name and base64");
    let (name, base64) =
        line.strip_prefix("\u{2014} ").and_then(|rest| rest.split_once(' ')).ok_or(malformed.clone())?;
    let bytes = STANDARD.decode(base64).map_err(|_| malformed.clone())?;
    match bytes.split_first_chunk::<4>() {
        Some((id, signature)) if is_key_name(name) && !signature.is_empty() => {
            Ok(NoteSignature { name: name.to_owned(), id: u32::from_be_bytes(*id), signature: signature.to_vec() })
        }
        _ => Err(malformed),
    }
}

fn find<'a>(known: &[&'a VerifierKey], signature: &NoteSignature) -> Result<Option<&'a VerifierKey>, NoteError> {
    let mut matching = known.iter().copied().filter(|key| key.name() == signature.name && key.id() == signature.id);
    let found = matching.next();
    match matching.find(|other| Some(*other) != found) {
        Some(_) => Err(NoteError::AmbiguousKey { name: signature.name.clone(), id: signature.id }),
        None => Ok(found),
    }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    check_characters(text)?;
    if text.ends_with('\n') { Ok(()) } else { Err(NoteError::Malformed("the text does not end in a newline")) }
}

fn check_characters(text: &str) -> Result<(), NoteError> {
    if text.bytes().any(|byte| byte < b' ' && byte != b'\n') {
        return Err(NoteError::Malformed("a control character other than newline"));
    }
    Ok(())
}
