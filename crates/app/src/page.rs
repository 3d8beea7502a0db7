//! Keyset pages: a cursor names the last row seen, so that page one thousand costs what page one does.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::error::{Error, Result};

/// More than this many rows a page are never given.
pub const MAX_PAGE: u32 = 200;

#[derive(Clone, Debug)]
pub struct PageRequest {
    /// Capped at [`MAX_PAGE`].
    pub first: u32,
    pub after: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Slice<T> {
    /// Each with its cursor.
    pub items: Vec<(String, T)>,
    pub has_next: bool,
}

/// The key of a row in lists by time and id, or by position alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub at: i64,
    pub id: Uuid,
}

impl Key {
    pub fn by_position(position: i64) -> Key {
        Key { at: position, id: Uuid::nil() }
    }

    /// By time, and by position where several have the same.
    pub fn by_time(at: i64, position: i64) -> Key {
        Key { at, id: Uuid::from_u128(u128::from(position.unsigned_abs())) }
    }

    /// The position of a key that was made [by time](Key::by_time).
    pub fn position(self) -> i64 {
        i64::try_from(self.id.as_u128()).unwrap_or(i64::MAX)
    }

    fn cursor(self) -> String {
        let mut bytes = self.at.to_be_bytes().to_vec();
        bytes.extend(self.id.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn parse(cursor: &str) -> Option<Key> {
        let bytes: [u8; 24] = URL_SAFE_NO_PAD.decode(cursor).ok()?.try_into().ok()?;
        let (at, id) = bytes.split_at(8);
        Some(Key { at: i64::from_be_bytes(at.try_into().ok()?), id: Uuid::from_slice(id).ok()? })
    }
}

impl PageRequest {
    pub(crate) fn limit(&self) -> u64 {
        u64::from(self.first.min(MAX_PAGE))
    }

    pub(crate) fn key(&self) -> Result<Option<Key>> {
        let Some(cursor) = &self.after else { return Ok(None) };
        let key = Key::parse(cursor);
        key.map(Some).ok_or_else(|| Error::invalid("CURSOR_INVALID", "The cursor is not one that this server gave"))
    }

    /// Makes a slice of rows of which one more than asked for was fetched.
    pub(crate) fn slice<T>(&self, mut rows: Vec<T>, key: impl Fn(&T) -> Key) -> Slice<T> {
        let limit = self.limit() as usize;
        let has_next = rows.len() > limit;
        rows.truncate(limit);
        Slice { items: rows.into_iter().map(|row| (key(&row).cursor(), row)).collect(), has_next }
    }
}

impl<T> Slice<T> {
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Slice<U> {
        Slice { items: self.items.into_iter().map(|(c, item)| (c, f(item))).collect(), has_next: self.has_next }
    }

    pub(crate) fn try_map<U>(self, mut f: impl FnMut(T) -> Result<U>) -> Result<Slice<U>> {
        let items = self.items.into_iter().map(|(cursor, item)| Ok((cursor, f(item)?))).collect::<Result<_>>()?;
        Ok(Slice { items, has_next: self.has_next })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cursors_round_trip(at: i64, id: u128) {
            let key = Key { at, id: Uuid::from_u128(id) };
            prop_assert_eq!(Key::parse(&key.cursor()), Some(key));
        }

        #[test]
        fn foreign_cursors_are_refused_without_panic(text in ".{0,60}") {
            let request = PageRequest { first: 1, after: Some(text.clone()) };
            prop_assert!(request.key().is_err() || Key::parse(&text).is_some());
        }
    }
}
