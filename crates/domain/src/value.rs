//! Normalised values: the one form in which a date, an amount or a name is stored, compared and exported.
//! What the machine read and what a reviewer typed pass the same way.

mod amount;
mod currency;
mod date;
mod fold;
#[cfg(test)]
mod tests;

use unicode_normalization::UnicodeNormalization;

use crate::document_type::{FieldDefinition, Kind, Locales};

pub use self::{
    amount::Amount,
    currency::{is_currency_code, parse_currency},
    date::{DateMatch, find_dates, parse_date},
    fold::{fold, squeeze},
};

/// Longest text of a field, in characters.
pub const MAX_VALUE_CHARACTERS: usize = 4_000;

/// Why a text is no value of a field's kind. The message tells the person who typed it what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    #[error("There is nothing here. Type the value, or mark the field as missing or illegible.")]
    Empty,
    #[error("This is longer than {MAX_VALUE_CHARACTERS} characters. Keep only the value itself.")]
    TooLong,
    #[error("This is not a date. Type day, month and year, such as 2018-12-25.")]
    NotADate,
    #[error("There is no such day in the calendar. Check day, month and year.")]
    NoSuchDay,
    #[error("There is more than one date here. Keep only one.")]
    SeveralDates,
    #[error("This is not an amount. Type digits with at most four decimals, such as 1234.50.")]
    NotAnAmount,
    #[error("This amount is too large. Amounts have at most 14 digits before the decimal sign.")]
    AmountTooLarge,
    #[error("This currency is not known. Type its three letters of ISO 4217, such as EUR.")]
    UnknownCurrency,
    #[error("An identifier needs at least one letter or digit.")]
    NotAnIdentifier,
}

impl ValueError {
    /// A stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            ValueError::Empty => "VALUE_EMPTY",
            ValueError::TooLong => "VALUE_TOO_LONG",
            ValueError::NotADate => "VALUE_NOT_A_DATE",
            ValueError::NoSuchDay => "VALUE_NO_SUCH_DAY",
            ValueError::SeveralDates => "VALUE_SEVERAL_DATES",
            ValueError::NotAnAmount => "VALUE_NOT_AN_AMOUNT",
            ValueError::AmountTooLarge => "VALUE_AMOUNT_TOO_LARGE",
            ValueError::UnknownCurrency => "VALUE_UNKNOWN_CURRENCY",
            ValueError::NotAnIdentifier => "VALUE_NOT_AN_IDENTIFIER",
        }
    }
}

/// The normalised value of a field's text.
///
/// | kind | value |
/// |---|---|
/// | date | ISO 8601 calendar date, `2018-12-25` |
/// | amount | plain decimal with two to four decimals, `1234.50` |
/// | currency | ISO 4217 code, `EUR` |
/// | identifier | upper case without white space |
/// | name, address, text | Unicode NFC, trimmed, white space as single spaces |
///
/// The first of `locales` that states an order of dates or a decimal sign decides what is ambiguous (`03/04/2018`, `1,234`).
pub fn normalize(field: &FieldDefinition, text: &str, locales: &Locales) -> Result<String, ValueError> {
    if text.chars().count() > MAX_VALUE_CHARACTERS {
        return Err(ValueError::TooLong);
    }
    let text = single_spaced(text);
    if text.is_empty() {
        return Err(ValueError::Empty);
    }
    match field.kind {
        Kind::Date => parse_date(&text, locales).map(|date| date.format("%Y-%m-%d").to_string()),
        Kind::Amount => Amount::parse(&text, locales).map(|amount| amount.to_string()),
        Kind::Currency => parse_currency(&text, locales),
        Kind::Identifier => identifier(&text),
        Kind::Name | Kind::Address | Kind::Text => Ok(text),
    }
}

/// Unicode NFC, with every run of white space or control characters as one space, trimmed. Marks that turn the direction
/// of text (Unicode Bidi_Control) are left out: they make a value look like another.
pub fn single_spaced(text: &str) -> String {
    let composed: String =
        text.nfc().filter(|c| !turns_direction(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn identifier(text: &str) -> Result<String, ValueError> {
    let value: String = text.to_uppercase().split_whitespace().collect::<String>().nfc().collect();
    if value.chars().any(char::is_alphanumeric) { Ok(value) } else { Err(ValueError::NotAnIdentifier) }
}
