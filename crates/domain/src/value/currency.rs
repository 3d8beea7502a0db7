use super::{ValueError, squeeze};
use crate::document_type::Locales;

/// The active codes of ISO 4217, without funds, metals and testing.
const CODES: &str = include_str!("../../../../document-types/currencies.txt");

pub fn is_currency_code(code: &str) -> bool {
    code.len() == 3 && CODES.lines().any(|line| line == code)
}

/// The ISO 4217 code of a sign, a local abbreviation or a code: `€`, `RM`, `usd`. A sign that several
/// countries use is the currency of the first locale that has it.
pub fn parse_currency(text: &str, locales: &Locales) -> Result<String, ValueError> {
    let text = text.trim().trim_matches(['(', ')', ':', '.']).trim();
    if let Some(code) = locales.currency_of(text) {
        return Ok(code);
    }
    let code = squeeze(text);
    if is_currency_code(&code) { Ok(code) } else { Err(ValueError::UnknownCurrency) }
}
