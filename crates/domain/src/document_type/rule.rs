//! What must hold between the values of a document. Rules never change a value; a broken rule is a reason
//! to show the document to a person.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

use super::{
    DefinitionError, DocumentType, FieldDefinition, Kind, Locales,
    definition::{check_name, one_of, pattern},
    error::Source,
};
use crate::value::Amount;

#[derive(Clone, Debug)]
pub struct Rule {
    /// Unique within the type; stands in reasons and exports.
    pub name: String,
    pub kind: RuleKind,
    /// What people see when it is broken.
    pub message: String,
}

#[derive(Clone, Debug)]
pub enum RuleKind {
    /// The amounts of `parts` add up to that of `whole`, within the tolerance.
    Sum { parts: Vec<String>, whole: String, tolerance: Amount },
    /// Amounts or dates do not decrease from field to field.
    Order { fields: Vec<String> },
    /// A date lies between two days, or not more than some days after or before the document was received.
    DateRange {
        field: String,
        earliest: Option<NaiveDate>,
        latest: Option<NaiveDate>,
        days_after: Option<i64>,
        days_before: Option<i64>,
    },
    /// An amount lies between two amounts.
    AmountRange { field: String, least: Option<Amount>, most: Option<Amount> },
    /// The whole value matches.
    Format { field: String, pattern: Regex },
    /// Where the first field has a value, the others have one too.
    Together { fields: Vec<String> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleBreak {
    pub rule: String,
    /// The fields a person has to look at.
    pub fields: Vec<String>,
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleEntry {
    name: Spanned<String>,
    kind: Spanned<String>,
    message: String,
    fields: Spanned<Vec<String>>,
    equals: Option<Spanned<String>>,
    tolerance: Option<Spanned<String>>,
    min: Option<Spanned<String>>,
    max: Option<Spanned<String>>,
    days_after_receipt: Option<i64>,
    days_before_receipt: Option<i64>,
    pattern: Option<Spanned<String>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Word {
    Sum,
    Order,
    DateRange,
    AmountRange,
    Format,
    Together,
}

const WORDS: [(&str, Word); 6] = [
    ("sum", Word::Sum),
    ("order", Word::Order),
    ("date_range", Word::DateRange),
    ("amount_range", Word::AmountRange),
    ("format", Word::Format),
    ("together", Word::Together),
];

pub(super) fn validate(
    source: &Source<'_>,
    entries: Vec<RuleEntry>,
    fields: &[FieldDefinition],
) -> Result<Vec<Rule>, DefinitionError> {
    let mut rules: Vec<Rule> = Vec::with_capacity(entries.len());
    for entry in entries {
        check_name(source, &entry.name)?;
        if rules.iter().any(|rule| rule.name == *entry.name.get_ref()) {
            let message = format!("the rule `{}` is there already", entry.name.get_ref());
            return Err(source.error("TYPE_BAD_VALUE", entry.name.span(), message));
        }
        let kind = entry.kind(source, fields)?;
        rules.push(Rule { name: entry.name.into_inner(), kind, message: entry.message });
    }
    Ok(rules)
}

impl RuleEntry {
    fn kind(&self, source: &Source<'_>, fields: &[FieldDefinition]) -> Result<RuleKind, DefinitionError> {
        let word = one_of(source, &self.kind, &WORDS)?;
        self.refuse_other_keys(source, word)?;
        let names = self.fields.get_ref().clone();
        let (kinds, least): (&[Kind], usize) = match word {
            Word::Sum => (&[Kind::Amount], 1),
            Word::AmountRange => (&[Kind::Amount], 1),
            Word::DateRange => (&[Kind::Date], 1),
            Word::Order => (&[Kind::Amount, Kind::Date], 2),
            Word::Format => (&[], 1),
            Word::Together => (&[], 2),
        };
        for name in &names {
            known(source, fields, name, self.fields.span(), kinds)?;
        }
        let single = matches!(word, Word::DateRange | Word::AmountRange | Word::Format);
        if names.len() < least || single && names.len() != 1 {
            let wanted = if single { "exactly one field".to_owned() } else { format!("at least {least} fields") };
            let message = format!("a rule `{}` needs {wanted}", self.kind.get_ref());
            return Err(source.error("TYPE_BAD_VALUE", self.fields.span(), message));
        }
        let first = || names[0].clone();
        Ok(match word {
            Word::Sum => {
                let whole = self.required(source, &self.equals, "equals")?;
                known(source, fields, whole.get_ref(), whole.span(), kinds)?;
                let tolerance = amount(source, &self.tolerance)?.unwrap_or_default();
                RuleKind::Sum { parts: names, whole: whole.get_ref().clone(), tolerance }
            }
            Word::Order => RuleKind::Order { fields: names },
            Word::Together => RuleKind::Together { fields: names },
            Word::DateRange => RuleKind::DateRange {
                field: first(),
                earliest: date(source, &self.min)?,
                latest: date(source, &self.max)?,
                days_after: self.days_after_receipt,
                days_before: self.days_before_receipt,
            },
            Word::AmountRange => RuleKind::AmountRange {
                field: first(),
                least: amount(source, &self.min)?,
                most: amount(source, &self.max)?,
            },
            Word::Format => {
                let written = self.required(source, &self.pattern, "pattern")?;
                pattern(source, written)?;
                let whole = Spanned::new(written.span(), format!("^(?:{})$", written.get_ref()));
                RuleKind::Format { field: first(), pattern: pattern(source, &whole)? }
            }
        })
    }

    /// A key that this kind of rule would silently ignore is a mistake.
    fn refuse_other_keys(&self, source: &Source<'_>, word: Word) -> Result<(), DefinitionError> {
        let range = matches!(word, Word::DateRange | Word::AmountRange);
        let days = word == Word::DateRange;
        let given = [
            ("equals", self.equals.is_some(), word == Word::Sum),
            ("tolerance", self.tolerance.is_some(), word == Word::Sum),
            ("min", self.min.is_some(), range),
            ("max", self.max.is_some(), range),
            ("days_after_receipt", self.days_after_receipt.is_some(), days),
            ("days_before_receipt", self.days_before_receipt.is_some(), days),
            ("pattern", self.pattern.is_some(), word == Word::Format),
        ];
        match given.iter().find(|(_, is_given, belongs)| *is_given && !belongs) {
            None => Ok(()),
            Some((key, ..)) => {
                let message = format!("a rule `{}` has no key `{key}`", self.kind.get_ref());
                Err(source.error("TYPE_UNKNOWN_KEY", self.kind.span(), message))
            }
        }
    }

    fn required<'e>(
        &self,
        source: &Source<'_>,
        value: &'e Option<Spanned<String>>,
        key: &str,
    ) -> Result<&'e Spanned<String>, DefinitionError> {
        value.as_ref().ok_or_else(|| {
            let message = format!("a rule `{}` needs the key `{key}`", self.kind.get_ref());
            source.error("TYPE_MISSING_KEY", self.kind.span(), message)
        })
    }
}

fn known(
    source: &Source<'_>,
    fields: &[FieldDefinition],
    name: &str,
    span: std::ops::Range<usize>,
    kinds: &[Kind],
) -> Result<(), DefinitionError> {
    let Some(field) = fields.iter().find(|field| field.name == name) else {
        return Err(source.error("TYPE_UNKNOWN_FIELD", span, format!("this type has no field `{name}`")));
    };
    if kinds.is_empty() || kinds.contains(&field.kind) {
        return Ok(());
    }
    let wanted: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let message = format!("`{name}` is of kind {}, this rule needs {}", field.kind.as_str(), wanted.join(" or "));
    Err(source.error("TYPE_BAD_VALUE", span, message))
}

fn amount(source: &Source<'_>, text: &Option<Spanned<String>>) -> Result<Option<Amount>, DefinitionError> {
    let Some(text) = text else { return Ok(None) };
    Amount::parse(text.get_ref(), &Locales::default()).map(Some).map_err(|_| {
        let message = format!("`{}` is no amount; write it as \"0.05\"", text.get_ref());
        source.error("TYPE_BAD_VALUE", text.span(), message)
    })
}

fn date(source: &Source<'_>, text: &Option<Spanned<String>>) -> Result<Option<NaiveDate>, DefinitionError> {
    let Some(text) = text else { return Ok(None) };
    text.get_ref().parse().map(Some).map_err(|_| {
        let message = format!("`{}` is no date; write it as \"2000-01-31\"", text.get_ref());
        source.error("TYPE_BAD_VALUE", text.span(), message)
    })
}

impl DocumentType {
    /// The rules that the normalised values break. `received_on` is the day (UTC) the document came in. Rules
    /// over a field without a value hold: that a value is missing is said by `required`.
    pub fn broken_rules(&self, values: &BTreeMap<String, String>, received_on: NaiveDate) -> Vec<RuleBreak> {
        let broken = self.rules.iter().filter(|rule| !rule.holds(values, received_on));
        broken
            .map(|rule| RuleBreak {
                rule: rule.name.clone(),
                fields: rule.fields().into_iter().map(str::to_owned).collect(),
                message: rule.message.clone(),
            })
            .collect()
    }
}

impl Rule {
    /// The fields it speaks of.
    pub fn fields(&self) -> Vec<&str> {
        match &self.kind {
            RuleKind::Sum { parts, whole, .. } => parts.iter().chain([whole]).map(String::as_str).collect(),
            RuleKind::Order { fields } | RuleKind::Together { fields } => fields.iter().map(String::as_str).collect(),
            RuleKind::DateRange { field, .. }
            | RuleKind::AmountRange { field, .. }
            | RuleKind::Format { field, .. } => {
                vec![field]
            }
        }
    }

    fn holds(&self, values: &BTreeMap<String, String>, received_on: NaiveDate) -> bool {
        let value = |name: &String| values.get(name).map(String::as_str).filter(|value| !value.is_empty());
        let number = |name: &String| value(name).and_then(|text| Amount::parse(text, &Locales::default()).ok());
        let day = |name: &String| value(name).and_then(|text| text.parse::<NaiveDate>().ok());
        match &self.kind {
            RuleKind::Sum { parts, whole, tolerance } => {
                let sum = parts.iter().map(number).try_fold(Amount::default(), |sum, part| sum.checked_add(part?));
                let gap = sum.zip(number(whole)).and_then(|(sum, whole)| sum.checked_sub(whole));
                gap.is_none_or(|gap| gap.abs() <= *tolerance)
            }
            RuleKind::Order { fields } => {
                let amounts: Vec<Amount> = fields.iter().filter_map(number).collect();
                let days: Vec<NaiveDate> = fields.iter().filter_map(day).collect();
                amounts.is_sorted() && days.is_sorted()
            }
            RuleKind::DateRange { field, earliest, latest, days_after, days_before } => day(field).is_none_or(|day| {
                let age = (received_on - day).num_days();
                earliest.is_none_or(|earliest| earliest <= day)
                    && latest.is_none_or(|latest| day <= latest)
                    && days_after.is_none_or(|most| -age <= most)
                    && days_before.is_none_or(|most| age <= most)
            }),
            RuleKind::AmountRange { field, least, most } => number(field).is_none_or(|amount| {
                least.is_none_or(|least| least <= amount) && most.is_none_or(|most| amount <= most)
            }),
            RuleKind::Format { field, pattern } => value(field).is_none_or(|text| pattern.is_match(text)),
            RuleKind::Together { fields } => {
                let mut present = fields.iter().map(|name| value(name).is_some());
                !present.next().unwrap_or_default() || present.all(|is_there| is_there)
            }
        }
    }
}
