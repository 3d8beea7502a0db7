//! The one encoding of a [`Value`]: RFC 8785 (JCS) under a strict profile.
//!
//! What JCS leaves to the reader is refused here: floats and exponents, `-0`, null, integers beyond ±(2^53 − 1),
//! keys that are not ASCII, duplicate keys, lone surrogates, a byte order mark, and more than [`MAX_DEPTH`] levels.
//! ASCII keys make the UTF-16 order of RFC 8785, section 3.2.3, the order of the bytes.

mod parser;

use std::collections::BTreeMap;

use crate::value::Value;

/// How many arrays and objects may lie within each other.
pub const MAX_DEPTH: usize = 32;

/// Why bytes, or a value, are outside the profile, and where: the offset of the byte in the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("byte {at}: {reason}")]
pub struct Refused {
    pub at: usize,
    pub reason: Reason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    #[error("a byte order mark; leave it out")]
    ByteOrderMark,
    #[error("not UTF-8")]
    NotUtf8,
    #[error("null; leave the member out")]
    Null,
    #[error("a fraction or an exponent; write a whole number of a smaller unit")]
    Float,
    #[error("minus zero; write 0")]
    NegativeZero,
    #[error("a number outside ±9007199254740991; write it as a string")]
    OutOfRange,
    #[error("the key stands in this object twice")]
    DuplicateKey,
    #[error("a key that is not ASCII")]
    KeyNotAscii,
    #[error("half of a surrogate pair")]
    LoneSurrogate,
    #[error("nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    #[error("the end came too early")]
    UnexpectedEnd,
    #[error("not JSON (RFC 8259)")]
    Syntax,
    #[error("more text after the value")]
    Trailing,
    #[error("JSON, but not in its canonical form (RFC 8785)")]
    NotCanonical,
}

/// The canonical bytes of a value.
///
/// # Errors
/// [`Reason::KeyNotAscii`] and [`Reason::TooDeep`]; all else that the profile refuses cannot be said in a [`Value`].
pub fn encode(value: &Value) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    write_value(&mut out, value, 0)?;
    Ok(out)
}

/// Reads canonical bytes: `encode(parse(bytes)) == bytes` holds for all bytes that it accepts.
///
/// # Errors
/// The first thing that is outside the profile; [`Reason::NotCanonical`] when only the form is wrong.
pub fn parse(bytes: &[u8]) -> Result<Value, Refused> {
    let value = parser::parse(bytes)?;
    let canonical = encode(&value)?;
    if canonical == bytes {
        return Ok(value);
    }
    let at = canonical.iter().zip(bytes).take_while(|(ours, theirs)| ours == theirs).count();
    Err(Refused { at, reason: Reason::NotCanonical })
}

fn write_value(out: &mut Vec<u8>, value: &Value, depth: usize) -> Result<(), Refused> {
    match value {
        Value::Object(members) => write_object(out, members, enter(depth, out.len())?)?,
        Value::Array(items) => write_array(out, items, enter(depth, out.len())?)?,
        Value::String(text) => write_string(out, text),
        Value::Integer(number) => out.extend_from_slice(number.get().to_string().as_bytes()),
        Value::Bool(truth) => out.extend_from_slice(if *truth { b"true" } else { b"false" }),
    }
    Ok(())
}

fn write_object(out: &mut Vec<u8>, members: &BTreeMap<String, Value>, depth: usize) -> Result<(), Refused> {
    out.push(b'{');
    for (n, (key, value)) in members.iter().enumerate() {
        if n > 0 {
            out.push(b',');
        }
        if !key.is_ascii() {
            return Err(Refused { at: out.len(), reason: Reason::KeyNotAscii });
        }
        write_string(out, key);
        out.push(b':');
        write_value(out, value, depth)?;
    }
    out.push(b'}');
    Ok(())
}

fn write_array(out: &mut Vec<u8>, items: &[Value], depth: usize) -> Result<(), Refused> {
    out.push(b'[');
    for (n, item) in items.iter().enumerate() {
        if n > 0 {
            out.push(b',');
        }
        write_value(out, item, depth)?;
    }
    out.push(b']');
    Ok(())
}

/// RFC 8785, section 3.2.2.2: only what must be escaped is, in its shortest form.
pub(crate) fn write_string(out: &mut Vec<u8>, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push(b'"');
    for &byte in text.as_bytes() {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x09 => out.extend_from_slice(b"\\t"),
            0x0a => out.extend_from_slice(b"\\n"),
            0x0c => out.extend_from_slice(b"\\f"),
            0x0d => out.extend_from_slice(b"\\r"),
            0x00..=0x1f => {
                out.extend_from_slice(&[b'\\', b'u', b'0', b'0', HEX[usize::from(byte >> 4)]]);
                out.push(HEX[usize::from(byte & 0x0f)]);
            }
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

fn enter(depth: usize, at: usize) -> Result<usize, Refused> {
    if depth == MAX_DEPTH { Err(Refused { at, reason: Reason::TooDeep }) } else { Ok(depth + 1) }
}
