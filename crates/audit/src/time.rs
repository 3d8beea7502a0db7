//! Instants, as the log writes them: RFC 3339 in UTC with milliseconds.

use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _};

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
            Some(time) => write!(
                f,
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
                time.year(),
                time.month(),
                time.day(),
                time.hour(),
                time.minute(),
                time.second(),
                time.timestamp_subsec_millis()
            ),
            None => Err(std::fmt::Error),
        }
    }
}

impl std::str::FromStr for Millis {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form: &[u8; 24] = text.as_bytes().try_into().map_err(|_| TimeError::Form)?;
        let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':'), (19, b'.'), (23, b'Z')];
        if separators.iter().any(|(at, separator)| form[*at] != *separator) {
            return Err(TimeError::Form);
        }
        let number = |from: usize, to: usize| {
            form[from..to].iter().try_fold(0_u32, |number, digit| match digit {
                b'0'..=b'9' => Ok(number * 10 + u32::from(digit - b'0')),
                _ => Err(TimeError::Form),
            })
        };
        let date = NaiveDate::from_ymd_opt(number(0, 4)?.cast_signed(), number(5, 7)?, number(8, 10)?);
        let (hour, minute, second, milli) = (number(11, 13)?, number(14, 16)?, number(17, 19)?, number(20, 23)?);
        let time = date.and_then(|date| date.and_hms_milli_opt(hour, minute, second, milli)).ok_or(TimeError::Form)?;
        Self::new(time.and_utc().timestamp_millis())
    }
}
