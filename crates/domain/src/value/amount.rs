use std::fmt;

use super::{ValueError, parse_currency};
use crate::document_type::Locales;

/// An amount of money in ten-thousandths of its unit; no floating point anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i64);

const SCALE: i64 = 10_000;
const DECIMALS: usize = 4;
const WHOLE_DIGITS: usize = 14;

impl Amount {
    /// In ten-thousandths of the unit.
    pub const fn from_ten_thousandths(units: i64) -> Amount {
        Amount(units)
    }

    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    pub fn checked_add(self, other: Amount) -> Option<Amount> {
        self.0.checked_add(other.0).map(Amount)
    }

    pub fn checked_sub(self, other: Amount) -> Option<Amount> {
        self.0.checked_sub(other.0).map(Amount)
    }

    pub fn abs(self) -> Amount {
        Amount(self.0.saturating_abs())
    }

    /// Reads `1,234.50`, `1.234,50`, `1 234,50`, `1'234.50`, `RM 8.60`, `$8.20`, `12,- EUR`, `(5.00)`, `5.00-`.
    /// A single sign followed by one or two digits is the decimal sign; followed by three it groups
    /// thousands, unless the locales write their decimals with it.
    pub fn parse(text: &str, locales: &Locales) -> Result<Amount, ValueError> {
        // The sign can stand outside or inside the currency: "-RM 0.02", "RM -0.02".
        let (text, negative) = without_sign(text.trim());
        let (core, negative_inside) = without_sign(without_currency(text, locales)?);
        let units = ten_thousandths(core, locales.decimal())?;
        Ok(Amount(if negative != negative_inside { -units } else { units }))
    }
}

/// At least two decimals, at most four, none of them a needless zero.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = self.0.unsigned_abs();
        let (whole, part) = (units / SCALE as u64, units % SCALE as u64);
        let mut decimals = format!("{part:04}");
        while decimals.len() > 2 && decimals.ends_with('0') {
            decimals.pop();
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{whole}.{decimals}")
    }
}

/// Cuts a currency at either end; any other letter makes the text no amount.
fn without_currency<'t>(text: &'t str, locales: &Locales) -> Result<&'t str, ValueError> {
    let is_number = |c: char| c.is_ascii_digit() || "-−–+().,'’ \u{a0}\u{202f}".contains(c);
    let cut = |end: &str| end.is_empty() || parse_currency(end, locales).is_ok();
    let start = text.find(is_number).ok_or(ValueError::NotAnAmount)?;
    let (head, rest) = text.split_at(start);
    let end = rest.rfind(is_number).map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
    let (core, tail) = rest.split_at(end);
    let tail = tail.trim();
    if core.chars().all(is_number) && cut(head.trim_end_matches([':', '.']).trim()) && cut(tail) {
        Ok(core.trim())
    } else {
        Err(ValueError::NotAnAmount)
    }
}

/// The digits of an amount and whether a sign, on either side, or parentheses make it negative.
fn without_sign(text: &str) -> (&str, bool) {
    let minus = ['-', '−', '–'];
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        return (inner.trim(), true);
    }
    if let Some(rest) = text.strip_prefix(minus) {
        return (rest.trim(), true);
    }
    if let Some(rest) = text.strip_suffix(minus) {
        // "12,-" is a price without cents.
        return if rest.ends_with([',', '.']) {
            (rest.trim_end_matches([',', '.']), false)
        } else {
            (rest.trim(), true)
        };
    }
    (text.strip_prefix('+').unwrap_or(text).trim(), false)
}

fn ten_thousandths(core: &str, decimal: char) -> Result<i64, ValueError> {
    let is_sign = |c: char| matches!(c, '.' | ',');
    let is_gap = |c: char| matches!(c, '\'' | '’') || c.is_whitespace();
    if !core.chars().any(|c| c.is_ascii_digit()) || !core.chars().all(|c| c.is_ascii_digit() || is_sign(c) || is_gap(c))
    {
        return Err(ValueError::NotAnAmount);
    }
    let (whole, part) = match decimal_sign(core, decimal) {
        Some(at) => (&core[..at], core[at + 1..].trim_start()),
        None => (core.trim_end_matches(is_sign), ""),
    };
    let groups: Vec<&str> = whole.trim_end().split(|c| is_sign(c) || is_gap(c)).collect();
    let grouped = groups.len() > 1;
    let first_fits = if grouped { (1..=3).contains(&groups[0].len()) } else { true };
    let same_sign = {
        let mut signs = whole.trim_end().chars().filter(|c| !c.is_ascii_digit());
        let first = signs.next();
        signs.all(|sign| Some(sign) == first) && first.is_none_or(|sign| !core[whole.len()..].starts_with(sign))
    };
    if !first_fits || !same_sign || groups.iter().skip(1).any(|group| group.len() != 3) {
        return Err(ValueError::NotAnAmount);
    }
    if part.len() > DECIMALS || !part.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ValueError::NotAnAmount);
    }
    let digits = groups.concat();
    let digits = digits.trim_start_matches('0');
    if digits.len() > WHOLE_DIGITS {
        return Err(ValueError::AmountTooLarge);
    }
    let number =
        |text: &str| if text.is_empty() { Ok(0) } else { text.parse::<i64>().map_err(|_| ValueError::NotAnAmount) };
    Ok(number(digits)? * SCALE + number(&format!("{part:0<4}"))?)
}

/// Where the decimal sign stands, if there is one.
fn decimal_sign(core: &str, decimal: char) -> Option<usize> {
    let signs: Vec<(usize, char)> = core.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
    let &(at, sign) = signs.last()?;
    let behind = core[at + 1..].trim_start().len();
    let others = signs.iter().filter(|(_, other)| *other != sign).count();
    let repeated = signs.len() - others > 1;
    if behind == 0 || repeated {
        return None;
    }
    let leading_zero = core[..at].trim() == "0";
    (others > 0 || behind != 3 || sign == decimal || leading_zero).then_some(at)
}
