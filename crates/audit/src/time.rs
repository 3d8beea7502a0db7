//! Instants, as the log writes them: RFC 3339 in UTC with milliseconds.

use chrono::{DateTime, NaiveDateTime};

const FORM: &str = "%Y-%m-%dT%H:%M:%S%.3fZ";

/// Milliseconds since 1970-01-01T00:00:00Z, within the years 0000 to 9999 that RFC 3339 can write.
///
/// Shown and parsed as `2026-01-31T23:59:59.999Z` and in no other form. Leap seconds cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    #[error("the time lies outside the years 0000 to 9999")]
    OutOfRange,
    #[error("a time is written as 2026-01-31T23:59:59.999Z: UTC, with milliseconds")]
    Form,
}

impl Millis {
    /// 0000-01-01T00:00:00.000Z
    pub const MIN: Self = Self(-62_167_219_200_000);
    /// 9999-12-31T23:59:59.999Z
    pub const MAX: Self = Self(253_402_300_799_999);

    /// # Errors
    /// [`TimeError::OutOfRange`] outside the years 0000 to 9999.
    pub const fn new(millis: i64) -> Result<Self, TimeError> {
        if millis < Self::MIN.0 || millis > Self::MAX.0 { Err(TimeError::OutOfRange) } else { Ok(Self(millis)) }
    }

    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Millis {
    type Error = TimeError;

    fn try_from(millis: i64) -> Result<Self, Self::Error> {
        Self::new(millis)
    }
}

impl std::fmt::Display for Millis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match DateTime::from_timestamp_millis(self.0) {
            Some(time) => write!(f, "{}", time.format(FORM)),
            None => Err(std::fmt::Error),
        }
    }
}

impl std::str::FromStr for Millis {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let time = NaiveDateTime::parse_from_str(text, FORM).map_err(|_| TimeError::Form)?;
        let millis = Self::new(time.and_utc().timestamp_millis())?;
        // chrono reads looser forms than it writes; only what it writes is a form of ours.
        if millis.to_string() == text { Ok(millis) } else { Err(TimeError::Form) }
    }
}
