//! The lines of a statement, and what each of them may hold.

use std::fmt::Display;
use std::str::FromStr;

use unicode_normalization::is_nfc;

use super::{MAX_BYTES, MAX_ORIGIN, MAX_ROLE};
use crate::note;
use crate::value::Integer;

/// What stands where there is no value.
pub(super) const NONE: &str = "-";

/// Which line of a statement is wrong, counted from 1, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, {name}: {why}")]
pub struct StatementError {
    pub line: usize,
    pub name: &'static str,
    pub why: LineError,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    #[error("a statement has at most {MAX_BYTES} bytes")]
    TooLong,
    #[error("not UTF-8")]
    NotUtf8,
    #[error("the line is missing, or stands in another place")]
    Missing,
    #[error("a statement ends after its nonce")]
    Trailing,
    #[error("the line does not end in a newline")]
    Unended,
    #[error("the value is empty")]
    Empty,
    #[error("the character U+{:04X} is not allowed: the text could look like another one", u32::from(*.0))]
    Character(char),
    #[error("the text is not in Unicode normalization form C")]
    NotNfc,
    #[error("at most {0} characters are allowed")]
    Length(usize),
    #[error("must be {0}")]
    Must(&'static str),
    #[error("{0}")]
    Form(String),
}

/// Reads line after line.
pub(super) struct Lines<'a> {
    rest: &'a str,
    read: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a [u8], form: &'static str) -> Result<Self, StatementError> {
        let refused = |line, why| StatementError { line, name: form, why };
        if text.len() > MAX_BYTES {
            return Err(refused(1, LineError::TooLong));
        }
        let text = std::str::from_utf8(text).map_err(|error| {
            let before = text[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            refused(before + 1, LineError::NotUtf8)
        })?;
        match text.split_once('\n') {
            Some((first, rest)) if first == form => Ok(Self { rest, read: 1 }),
            None if text == form => Err(refused(1, LineError::Unended)),
            _ => Err(refused(1, LineError::Missing)),
        }
    }

    /// A value of a type that has one form, which its parser demands.
    pub(super) fn exact<T: FromStr<Err: Display>>(&mut self, name: &'static str) -> Result<T, StatementError> {
        self.value(name, |value| value.parse().map_err(|error: T::Err| LineError::Form(error.to_string())))
    }

    pub(super) fn origin(&mut self, name: &'static str) -> Result<String, StatementError> {
        self.text(name, "the origin of a log, of at most 255 printable ASCII characters", |value| {
            value.len() <= MAX_ORIGIN && value.is_ascii() && note::is_key_name(value)
        })
    }

    pub(super) fn uuid(&mut self, name: &'static str) -> Result<String, StatementError> {
        self.text(name, "a UUID in lower case", is_uuid)
    }

    pub(super) fn role(&mut self, name: &'static str) -> Result<String, StatementError> {
        self.text(name, "at most 64 upper-case letters and underscores", |value| {
            value.len() <= MAX_ROLE && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
        })
    }

    pub(super) fn count(&mut self, name: &'static str) -> Result<u64, StatementError> {
        self.value(name, |value| {
            let count = value.parse().ok().filter(|count: &u64| count.to_string() == value);
            count
                .filter(|count| Integer::try_from(*count).is_ok())
                .ok_or(LineError::Must("a decimal number of at most 9007199254740991, without leading zeros"))
        })
    }

    /// What a person may have written, of at most `limit` characters.
    pub(super) fn prose(&mut self, name: &'static str, limit: usize) -> Result<String, StatementError> {
        self.value(name, |value| match value {
            NONE => Err(LineError::Empty),
            _ => check_prose(value, limit).map(|()| value.to_owned()),
        })
    }

    pub(super) fn optional_prose(
        &mut self,
        name: &'static str,
        limit: usize,
    ) -> Result<Option<String>, StatementError> {
        self.value(name, |value| match value {
            NONE => Ok(None),
            _ => check_prose(value, limit).map(|()| Some(value.to_owned())),
        })
    }

    pub(super) fn end(self) -> Result<(), StatementError> {
        if self.rest.is_empty() {
            return Ok(());
        }
        Err(StatementError { line: self.read + 1, name: "end", why: LineError::Trailing })
    }

    fn text(
        &mut self,
        name: &'static str,
        must: &'static str,
        holds: impl Fn(&str) -> bool,
    ) -> Result<String, StatementError> {
        self.value(name, |value| if holds(value) { Ok(value.to_owned()) } else { Err(LineError::Must(must)) })
    }

    /// The value of the next line, which must be the one of this name.
    fn value<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&'a str) -> Result<T, LineError>,
    ) -> Result<T, StatementError> {
        self.read += 1;
        let refused = |why| StatementError { line: self.read, name, why };
        let value = self.rest.strip_prefix(name).and_then(|rest| rest.strip_prefix(": "));
        let value = value.ok_or_else(|| refused(LineError::Missing))?;
        let (value, rest) = value.split_once('\n').ok_or_else(|| refused(LineError::Unended))?;
        if value.is_empty() {
            return Err(refused(LineError::Empty));
        }
        let value = read(value).map_err(refused)?;
        self.rest = rest;
        Ok(value)
    }
}

fn check_prose(text: &str, limit: usize) -> Result<(), LineError> {
    if text.chars().count() > limit {
        return Err(LineError::Length(limit));
    }
    if let Some(refused) = text.chars().find(|character| !is_shown_as_it_is(*character)) {
        return Err(LineError::Character(refused));
    }
    if is_nfc(text) { Ok(()) } else { Err(LineError::NotNfc) }
}

/// Neither a control character, nor one that breaks a line, nor one that turns the direction of what stands around it
/// (`Bidi_Control`, Unicode Standard Annex 9).
fn is_shown_as_it_is(character: char) -> bool {
    let turns_or_breaks = matches!(character,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !turns_or_breaks && !character.is_control()
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(n, byte)| match n {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}
