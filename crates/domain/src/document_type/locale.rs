//! Words and habits of a language or a country, from `document-types/locales/*.toml`: in data, never in code.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

use super::{
    DefinitionError, DocumentType,
    definition::{one_of, pattern},
    error::Source,
};
use crate::value::{fold, is_currency_code, squeeze};

/// The order in which a country writes a date in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    #[default]
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
}

const ORDERS: [(&str, DateOrder); 3] =
    [("dmy", DateOrder::DayMonthYear), ("mdy", DateOrder::MonthDayYear), ("ymd", DateOrder::YearMonthDay)];

/// How surely a word introduces a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabelStrength {
    /// It introduces something that is easily taken for the field.
    Against,
    Weak,
    Usual,
    Strong,
}

/// A language (`en`) or a country (`MY`). Words are folded (upper case, no accents) when loaded.
#[derive(Clone, Debug)]
pub struct Locale {
    pub code: String,
    pub name: String,
    /// Codes of the languages of a country.
    pub languages: Vec<String>,
    date_order: Option<DateOrder>,
    decimal: Option<char>,
    /// ISO 4217 code of the country's money.
    pub currency: Option<String>,
    /// Signs and abbreviations as printed, to ISO 4217 codes.
    currencies: BTreeMap<String, String>,
    /// Signs that other countries use too: they tell the money here, but not the country.
    shared_signs: BTreeMap<String, String>,
    /// Twelve lists of names, January first.
    months: Vec<Vec<String>>,
    /// Word lists by their name: `legal_forms`, `trades`, `address`, `places`, `contact`, `registration`, `titles`.
    lists: BTreeMap<String, Vec<String>>,
    pub postcodes: Vec<Regex>,
    labels: BTreeMap<String, Vec<(String, LabelStrength)>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LocaleFile {
    code: String,
    name: String,
    #[serde(default)]
    languages: Vec<String>,
    date_order: Option<Spanned<String>>,
    decimal: Option<Spanned<String>>,
    currency: Option<Spanned<String>>,
    #[serde(default)]
    currencies: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    shared_signs: BTreeMap<String, Spanned<String>>,
    months: Option<Spanned<Vec<Vec<String>>>>,
    #[serde(default)]
    postcodes: Vec<Spanned<String>>,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    labels: BTreeMap<String, LabelsEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelsEntry {
    #[serde(default)]
    strong: Vec<String>,
    #[serde(default)]
    usual: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
    #[serde(default)]
    against: Vec<String>,
}

impl Locale {
    /// Parses a locale file; `file` is only for messages.
    pub fn parse(file: &str, toml: &str) -> Result<Locale, DefinitionError> {
        let source = Source { file, toml };
        let written: LocaleFile = source.read()?;
        let bad = |span, message: &str| Err(source.error("TYPE_BAD_VALUE", span, message.to_owned()));
        let decimal = match &written.decimal {
            None => None,
            Some(sign) if sign.get_ref() == "." || sign.get_ref() == "," => sign.get_ref().chars().next(),
            Some(sign) => return bad(sign.span(), "`decimal` is \".\" or \",\""),
        };
        if let Some(code) = written
            .currency
            .iter()
            .chain(written.currencies.values())
            .chain(written.shared_signs.values())
            .find(|c| !is_currency_code(c.get_ref()))
        {
            return bad(code.span(), "write the three letters of an ISO 4217 code, such as \"EUR\"");
        }
        if let Some(months) = written.months.as_ref().filter(|months| months.get_ref().len() != 12) {
            return bad(months.span(), "`months` has twelve lists of names, January first");
        }
        let folded = |words: Vec<String>| words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect();
        let signs = |of: BTreeMap<String, Spanned<String>>| {
            of.into_iter().map(|(sign, code)| (sign.to_uppercase(), code.into_inner())).collect()
        };
        Ok(Locale {
            date_order: written.date_order.as_ref().map(|order| one_of(&source, order, &ORDERS)).transpose()?,
            decimal,
            languages: written.languages,
            currency: written.currency.map(Spanned::into_inner),
            currencies: signs(written.currencies),
            shared_signs: signs(written.shared_signs),
            months: written
                .months
                .map_or_else(Vec::new, |months| months.into_inner().into_iter().map(folded).collect()),
            lists: written.words.into_iter().map(|(list, words)| (list, folded(words))).collect(),
            postcodes: written.postcodes.iter().map(|text| pattern(&source, text)).collect::<Result<_, _>>()?,
            labels: written.labels.into_iter().map(|(list, entry)| (list, entry.folded())).collect(),
            code: written.code,
            name: written.name,
        })
    }

    /// The folded words of a list; empty when the locale has none.
    pub fn words(&self, list: &str) -> &[String] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }

    /// The folded words of all lists and labels.
    pub fn all_words(&self) -> impl Iterator<Item = &str> {
        let labels = self.labels.values().flatten().map(|(word, _)| word.as_str());
        self.lists.values().flatten().map(String::as_str).chain(labels)
    }

    /// The signs and codes that are of this country alone.
    pub fn currency_signs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.currencies.iter().map(|(sign, code)| (sign.as_str(), code.as_str()))
    }
}

impl LabelsEntry {
    fn folded(self) -> Vec<(String, LabelStrength)> {
        let of = |words: Vec<String>, strength| words.into_iter().map(move |word| (fold(&word), strength));
        of(self.strong, LabelStrength::Strong)
            .chain(of(self.usual, LabelStrength::Usual))
            .chain(of(self.weak, LabelStrength::Weak))
            .chain(of(self.against, LabelStrength::Against))
            .filter(|(word, _)| !word.is_empty())
            .collect()
    }
}

/// Locales in order: where they disagree, the first that says something decides. The words of all are used.
#[derive(Clone, Debug, Default)]
pub struct Locales(Vec<Locale>);

impl Locales {
    pub fn new(locales: Vec<Locale>) -> Locales {
        Locales(locales)
    }

    /// Those that a document type names, in its order.
    pub fn of(&self, document_type: &DocumentType) -> Result<Locales, DefinitionError> {
        let chosen = document_type.locales.iter().map(|code| {
            self.0.iter().find(|locale| locale.code == *code).cloned().ok_or_else(|| DefinitionError {
                code: "TYPE_UNKNOWN_LOCALE",
                file: document_type.name.clone(),
                line: 1,
                message: format!("there is no locale `{code}`; known are {}", self.codes().join(", ")),
            })
        });
        let chosen = Locales(chosen.collect::<Result<_, _>>()?);
        let lists = document_type.fields.iter().filter_map(|field| field.words.as_ref());
        match lists.into_iter().find(|list| !chosen.has_labels(list)) {
            None => Ok(chosen),
            Some(list) => Err(DefinitionError {
                code: "TYPE_UNKNOWN_WORDS",
                file: document_type.name.clone(),
                line: 1,
                message: format!(
                    "none of the locales has a list `[labels.{list}]`; add it or use `labels` instead of `words`"
                ),
            }),
        }
    }

    /// The same locales, those that `rank` puts highest first; equal ones keep their order.
    pub fn ranked(&self, rank: impl Fn(&Locale) -> i64) -> Locales {
        let mut locales = self.0.clone();
        locales.sort_by_key(|locale| std::cmp::Reverse(rank(locale)));
        Locales(locales)
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Locale> {
        self.0.iter()
    }

    pub fn codes(&self) -> Vec<&str> {
        self.0.iter().map(|locale| locale.code.as_str()).collect()
    }

    pub fn date_order(&self) -> DateOrder {
        self.0.iter().find_map(|locale| locale.date_order).unwrap_or_default()
    }

    pub fn decimal(&self) -> char {
        self.0.iter().find_map(|locale| locale.decimal).unwrap_or('.')
    }

    /// The ISO 4217 code of a printed sign or abbreviation.
    pub fn currency_of(&self, sign: &str) -> Option<String> {
        let sign = sign.to_uppercase();
        let of = |locale: &'_ Locale| locale.currencies.get(&sign).or_else(|| locale.shared_signs.get(&sign)).cloned();
        self.0.iter().find_map(of)
    }

    /// The month, 1 to 12, of a folded name or an abbreviation of at least three letters.
    pub fn month(&self, name: &str) -> Option<u32> {
        let short = name.chars().count() < 3;
        let position = |locale: &Locale| {
            let fits = |known: &String| known == name || (!short && known.starts_with(name));
            locale.months.iter().position(|names| names.iter().any(fits))
        };
        self.0.iter().find_map(position).and_then(|index| u32::try_from(index + 1).ok())
    }

    /// The folded words of a list, of all locales.
    pub fn words<'a>(&'a self, list: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().flat_map(move |locale| locale.words(list)).map(String::as_str)
    }

    /// Whether any locale has labels of this name.
    pub fn has_labels(&self, list: &str) -> bool {
        self.0.iter().any(|locale| locale.labels.contains_key(list))
    }

    /// The folded labels of a list, of all locales.
    pub fn labels<'a>(&'a self, list: &'a str) -> impl Iterator<Item = (&'a str, LabelStrength)> {
        let of = move |locale: &'a Locale| locale.labels.get(list).into_iter().flatten();
        self.0.iter().flat_map(of).map(|(word, strength)| (word.as_str(), *strength))
    }

    /// Whether a text is nothing but a currency sign or code.
    pub fn is_currency(&self, text: &str) -> bool {
        self.currency_of(text.trim()).is_some() || is_currency_code(&squeeze(text))
    }
}
