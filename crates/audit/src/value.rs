//! The strict data value: what a leaf's `data` and a disclosure's value are made of.

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::time::Millis;

/// JSON without null and without floats. Nothing is absent by being null: an absent member is left out.
///
/// Object keys are ASCII; [`crate::canonical::encode`] refuses others. Integers beyond [`Integer::MAX`] travel as
/// strings, fractions as integers of a smaller unit (parts per million, cents).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Object(BTreeMap<String, Value>),
    Array(Vec<Value>),
    String(String),
    Integer(Integer),
    Bool(bool),
}

/// A whole number within ±(2^53 − 1): the range in which every JSON reader agrees (RFC 7493, section 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Integer(i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the number lies outside ±9007199254740991; write it as a string")]
pub struct OutOfRange;

impl Integer {
    pub const MAX: Self = Self((1 << 53) - 1);
    pub const MIN: Self = Self(-Self::MAX.0);

    /// # Errors
    /// [`OutOfRange`] beyond ±(2^53 − 1).
    pub const fn new(number: i64) -> Result<Self, OutOfRange> {
        if number < Self::MIN.0 || number > Self::MAX.0 { Err(OutOfRange) } else { Ok(Self(number)) }
    }

    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// An object of the given members; of members with the same key the last one stays.
pub fn object<K: Into<String>>(members: impl IntoIterator<Item = (K, Value)>) -> Value {
    Value::Object(members.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

impl TryFrom<i64> for Integer {
    type Error = OutOfRange;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        Self::new(number)
    }
}

impl TryFrom<u64> for Integer {
    type Error = OutOfRange;

    fn try_from(number: u64) -> Result<Self, Self::Error> {
        i64::try_from(number).map_err(|_| OutOfRange).and_then(Self::new)
    }
}

impl TryFrom<i64> for Value {
    type Error = OutOfRange;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        Integer::try_from(number).map(Self::Integer)
    }
}

impl TryFrom<u64> for Value {
    type Error = OutOfRange;

    fn try_from(number: u64) -> Result<Self, Self::Error> {
        Integer::try_from(number).map(Self::Integer)
    }
}

impl From<Integer> for Value {
    fn from(number: Integer) -> Self {
        Self::Integer(number)
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Self::Integer(Integer(number.into()))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Integer(Integer(number.into()))
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Integer(Integer(number.into()))
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<Digest> for Value {
    fn from(digest: Digest) -> Self {
        Self::String(digest.to_string())
    }
}

impl From<Millis> for Value {
    fn from(time: Millis) -> Self {
        Self::String(time.to_string())
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::Array(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::Array(items.into_iter().map(Into::into).collect())
    }
}
