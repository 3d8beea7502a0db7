use std::{ops::Range, sync::LazyLock};

use chrono::NaiveDate;
use regex::{Captures, Regex};

use super::{ValueError, fold};
use crate::document_type::{DateOrder, Locales};

/// A date as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMatch {
    /// Bytes of the text.
    pub span: Range<usize>,
    pub date: NaiveDate,
    /// Day and month could be swapped; the locales decided.
    pub ambiguous: bool,
    /// A sign between the numbers was lost; other digits can look like this too.
    pub damaged: bool,
}

/// The years a date can have; others are misreadings.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

#[derive(Clone, Copy)]
enum Shape {
    YearFirst,
    Numbers,
    DayMonthName,
    MonthNameDay,
    YearMonthName,
    /// `27032018`, `2703/2018`, `05 02-18`: a recogniser loses a sign.
    Damaged,
    Compact,
}

static SHAPES: LazyLock<Vec<(Shape, Regex)>> = LazyLock::new(|| {
    let name = r"([\p{L}]{3,12})";
    [
        (Shape::YearFirst, r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})".to_owned()),
        (Shape::Numbers, r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})".to_owned()),
        (
            Shape::DayMonthName,
            format!(r"(\d{{1,2}})(?i:ST|ND|RD|TH)?[\s./,-]{{0,2}}(?:(?i:de|of)\s)?{name}[\s./,'’-]{{0,3}}(?:(?i:de|del)\s)?(\d{{4}}|\d{{2}})"),
        ),
        (Shape::MonthNameDay, format!(r"{name}[\s./-]{{0,2}}(\d{{1,2}})(?i:st|nd|rd|th)?[\s,./-]{{1,3}}(\d{{4}})")),
        (Shape::YearMonthName, format!(r"(\d{{4}})[\s./-]{{1,2}}{name}[\s./-]{{1,2}}(\d{{1,2}})")),
        (Shape::Compact, r"(\d{4})(\d{2})(\d{2})".to_owned()),
        // The clock behind a year of two digits: "27/06/1815:02".
        (Shape::Numbers, r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})\d{1,2}:\d{2}".to_owned()),
        (Shape::Damaged, r"(\d{2})[-/]?(\d{2})[-/]?((?:19|20)\d{2})|(\d{2}) (\d{2})[-/](\d{2})".to_owned()),
    ]
    .into_iter()
    .map(|(shape, pattern)| (shape, Regex::new(&pattern).expect("a constant pattern")))
    .collect()
});

/// Every date in a text, in order, without overlaps.
pub fn find_dates(text: &str, locales: &Locales) -> Vec<DateMatch> {
    let mut found: Vec<DateMatch> = Vec::new();
    for (shape, pattern) in SHAPES.iter() {
        let mut from = 0;
        while let Some(captures) = pattern.captures_at(text, from) {
            let whole = captures.get_match();
            let free = found.iter().all(|other| other.span.end <= whole.start() || whole.end() <= other.span.start);
            match date_of(*shape, text, &captures, locales).filter(|_| free) {
                Some(date) => {
                    from = date.span.end;
                    found.push(date);
                }
                // A day can begin inside what did not fit: "1 25/12/2018".
                None => from = whole.start() + text[whole.start()..].chars().next().map_or(1, char::len_utf8),
            }
        }
    }
    found.sort_by_key(|date| date.span.start);
    found
}

/// The one date of a text; a weekday or a time of day beside it is ignored.
pub fn parse_date(text: &str, locales: &Locales) -> Result<NaiveDate, ValueError> {
    static TIME: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?").expect("a constant pattern"));
    let found = find_dates(text, locales);
    let Some(first) = found.first() else {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let no_such_day = (6..=8).contains(&digits) && looks_like_a_date(text);
        return Err(if no_such_day { ValueError::NoSuchDay } else { ValueError::NotADate });
    };
    if found.iter().any(|other| other.date != first.date) {
        return Err(ValueError::SeveralDates);
    }
    let mut rest = text.to_owned();
    for date in found.iter().rev() {
        rest.replace_range(date.span.clone(), " ");
    }
    if TIME.replace_all(&rest, "").chars().any(|c| c.is_ascii_digit()) {
        return Err(ValueError::NotADate);
    }
    Ok(first.date)
}

fn date_of(shape: Shape, text: &str, captures: &Captures<'_>, locales: &Locales) -> Option<DateMatch> {
    let parts: Vec<regex::Match<'_>> = captures.iter().skip(1).flatten().collect();
    let &[first, second, third] = parts.as_slice() else { return None };
    let [a, b, c] = [first, second, third].map(|part| part.as_str());
    let span = first.start().min(second.start())..third.end();
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let full_year_known = a.len() == 4 || c.len() == 4;
    // A clock often follows without a space: "25/12/20188:13", "2018-01-0522:55", "27/06/185:02".
    let clock_follows =
        (full_year_known || captures.get_match().end() > span.end || after.starts_with(|c: char| c.is_ascii_digit()))
            && is_clock(after);
    let hyphenated = text[span.clone()].contains('-');
    if touches_number_before(before, full_year_known && !hyphenated) || touches_number_after(after) && !clock_follows {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().ok();
    let bounded = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
    let (date, ambiguous) = match shape {
        Shape::YearFirst => (day(number(a)?, number(b)?, number(c)?)?, false),
        Shape::Compact => {
            let year = number(a).filter(|year| bounded && (1980..2100).contains(year))?;
            (day(year, number(b)?, number(c)?)?, false)
        }
        Shape::YearMonthName => (day(number(a)?, month(b, locales)?, number(c)?)?, false),
        Shape::DayMonthName => (day(full_year(c)?, month(b, locales)?, number(a)?)?, false),
        Shape::MonthNameDay => (day(number(c)?, month(a, locales)?, number(b)?)?, false),
        Shape::Numbers => by_order([a, b, c], locales.date_order())?,
        Shape::Damaged => by_order([a, b, c], locales.date_order()).filter(|_| bounded)?,
    };
    Some(DateMatch { span, date, ambiguous, damaged: matches!(shape, Shape::Damaged) })
}

/// Three numbers with the year last (or, where the locale writes it so, first).
fn by_order([a, b, c]: [&str; 3], order: DateOrder) -> Option<(NaiveDate, bool)> {
    let (x, y) = (a.parse::<u32>().ok()?, b.parse::<u32>().ok()?);
    if order == DateOrder::YearMonthDay
        && a.len() == 2
        && c.len() == 2
        && let Some(date) = full_year(a).and_then(|year| day(year, y, c.parse().ok()?))
    {
        return Some((date, false));
    }
    let year = full_year(c)?;
    let (day_first, month_first) = (day(year, y, x), day(year, x, y));
    match (day_first, month_first) {
        (Some(one), Some(other)) => Some((if order == DateOrder::MonthDayYear { other } else { one }, one != other)),
        (one, other) => one.or(other).map(|date| (date, false)),
    }
}

/// Two digits follow POSIX `strptime` `%y`: 69 to 99 are of the last century.
fn full_year(text: &str) -> Option<u32> {
    let year: u32 = text.parse().ok()?;
    Some(match text.len() {
        2 if year >= 69 => 1900 + year,
        2 => 2000 + year,
        _ => year,
    })
}

fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

fn month(name: &str, locales: &Locales) -> Option<u32> {
    let name = fold(name);
    locales.month(&name)
}

fn looks_like_a_date(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "-/.".contains(c))
        && text.chars().filter(|c| "-/.".contains(*c)).count() == 2
}

/// `after_hyphen`: a number may stand before a hyphen, as in "REG 19-18/03/2018".
fn touches_number_before(before: &str, after_hyphen: bool) -> bool {
    let mut last = before.chars().rev();
    match last.next() {
        Some(c) if c.is_ascii_digit() => true,
        Some('-') if after_hyphen => false,
        Some('-' | '/' | '.' | ',') => last.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

fn touches_number_after(after: &str) -> bool {
    let mut next = after.chars();
    match next.next() {
        Some(c) if c.is_ascii_digit() => true,
        Some('-' | '/' | '.') => next.next().is_some_and(|c| c.is_ascii_digit()) && !is_clock(&after[1..]),
        _ => false,
    }
}

fn is_clock(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    // Six digits are a clock without signs: "20180428/191204".
    (1..=2).contains(&digits) && text[digits..].starts_with([':', '.']) || digits == 6
}
