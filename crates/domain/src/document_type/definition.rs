//! The definition file as it is written, and its validation.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use toml::Spanned;

use super::{
    DefinitionError, DocumentType, FieldDefinition, Kind, Signing, Tendency,
    error::Source,
    rule::{self, RuleEntry},
};
use crate::{ppm::Ppm, signing::Meaning};

const MAX_FIELDS: usize = 200;
const MAX_PATTERN_BYTES: usize = 1024 * 1024;
/// A hundred years and their leap days.
const MAX_DAYS: u32 = 36_525;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DefinitionFile {
    name: Spanned<String>,
    version: Spanned<u32>,
    label: String,
    locales: Spanned<Vec<String>>,
    fields: Spanned<Vec<FieldEntry>>,
    #[serde(default)]
    rules: Vec<RuleEntry>,
    #[serde(default)]
    sensitive: bool,
    retain_days: Option<Spanned<u32>>,
    erase_after_days: Option<Spanned<u32>>,
    signing: Option<SigningEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SigningEntry {
    required: bool,
    meaning: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldEntry {
    name: Spanned<String>,
    label: String,
    kind: Spanned<String>,
    #[serde(default)]
    required: bool,
    threshold: Option<Spanned<f64>>,
    words: Option<String>,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    not_labels: Vec<String>,
    #[serde(default)]
    patterns: Vec<Spanned<String>>,
    #[serde(default)]
    tends: Vec<Spanned<String>>,
}

/// What a field needs to be accepted without a person, unless the definition says otherwise.
const DEFAULT_THRESHOLD: f64 = 0.95;

pub(super) fn parse(file: &str, toml: &str) -> Result<DocumentType, DefinitionError> {
    let source = Source { file, toml };
    let written: DefinitionFile = source.read()?;
    check_name(&source, &written.name)?;
    if *written.version.get_ref() == 0 {
        return Err(source.error("TYPE_BAD_VALUE", written.version.span(), "versions count from 1".to_owned()));
    }
    if written.locales.get_ref().is_empty() {
        let message = "name at least one locale, such as [\"en\", \"US\"]".to_owned();
        return Err(source.error("TYPE_BAD_VALUE", written.locales.span(), message));
    }
    let span = written.fields.span();
    let entries = written.fields.into_inner();
    if entries.is_empty() || entries.len() > MAX_FIELDS {
        let message = format!("a type has 1 to {MAX_FIELDS} fields, here are {}", entries.len());
        return Err(source.error("TYPE_BAD_VALUE", span, message));
    }
    let mut fields: Vec<FieldDefinition> = Vec::with_capacity(entries.len());
    for entry in entries {
        let name = entry.name.get_ref();
        if fields.iter().any(|field| field.name == *name) {
            let message = format!("the field `{name}` is there already; give each field a name of its own");
            return Err(source.error("TYPE_DUPLICATE_FIELD", entry.name.span(), message));
        }
        fields.push(field(&source, entry)?);
    }
    let rules = rule::validate(&source, written.rules, &fields)?;
    let retain_days = days(&source, "retain_days", written.retain_days.as_ref())?;
    let erase_after_days = days(&source, "erase_after_days", written.erase_after_days.as_ref())?;
    if let (Some(retain), Some(erase), Some(entry)) = (retain_days, erase_after_days, &written.erase_after_days)
        && erase < retain
    {
        let message = format!("`erase_after_days` is less than `retain_days`: give it {retain} or more");
        return Err(source.error("TYPE_BAD_VALUE", entry.span(), message));
    }
    let signing = written.signing.map(|entry| signing(&source, &entry)).transpose()?.unwrap_or_default();
    Ok(DocumentType {
        name: written.name.into_inner(),
        version: written.version.into_inner(),
        label: written.label,
        locales: written.locales.into_inner(),
        fields,
        rules,
        sensitive: written.sensitive,
        retain_days,
        erase_after_days,
        signing,
    })
}

fn days(source: &Source<'_>, key: &str, days: Option<&Spanned<u32>>) -> Result<Option<u32>, DefinitionError> {
    match days {
        Some(days) if !(1..=MAX_DAYS).contains(days.get_ref()) => {
            let message = format!("`{key}` is a number of days from 1 to {MAX_DAYS}, not {}", days.get_ref());
            Err(source.error("TYPE_BAD_VALUE", days.span(), message))
        }
        days => Ok(days.map(|days| *days.get_ref())),
    }
}

fn signing(source: &Source<'_>, entry: &SigningEntry) -> Result<Signing, DefinitionError> {
    // A rejection says by itself what it means.
    const MEANINGS: [(&str, Meaning); 4] = [
        ("approval", Meaning::Approval),
        ("review", Meaning::Review),
        ("authorship", Meaning::Authorship),
        ("responsibility", Meaning::Responsibility),
    ];
    let meaning = entry.meaning.as_ref().map(|word| one_of(source, word, &MEANINGS)).transpose()?;
    Ok(Signing { required: entry.required, meaning: meaning.unwrap_or(Signing::default().meaning) })
}

fn field(source: &Source<'_>, entry: FieldEntry) -> Result<FieldDefinition, DefinitionError> {
    check_name(source, &entry.name)?;
    let kind = one_of(source, &entry.kind, &Kind::ALL)?;
    let tends = entry.tends.iter().map(|word| one_of(source, word, &Tendency::ALL)).collect::<Result<_, _>>()?;
    let patterns = entry.patterns.iter().map(|text| pattern(source, text)).collect::<Result<_, _>>()?;
    let threshold = match &entry.threshold {
        None => DEFAULT_THRESHOLD,
        Some(share) if (0.0..=1.0).contains(share.get_ref()) => *share.get_ref(),
        Some(share) => {
            let message = format!("`threshold` is a share from 0.0 to 1.0, not {}", share.get_ref());
            return Err(source.error("TYPE_BAD_VALUE", share.span(), message));
        }
    };
    Ok(FieldDefinition {
        name: entry.name.into_inner(),
        label: entry.label,
        kind,
        required: entry.required,
        threshold: Ppm::from_share(threshold),
        words: entry.words,
        labels: entry.labels,
        not_labels: entry.not_labels,
        patterns,
        tends,
    })
}

/// Names go into paths, columns and keys of exports, so they are plain.
pub(super) fn check_name(source: &Source<'_>, name: &Spanned<String>) -> Result<(), DefinitionError> {
    let text = name.get_ref();
    let plain = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() <= 64
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain {
        return Ok(());
    }
    let message = format!("`{text}` is no name; use up to 64 of a-z, 0-9 and _, beginning with a letter");
    Err(source.error("TYPE_BAD_VALUE", name.span(), message))
}

pub(super) fn pattern(source: &Source<'_>, text: &Spanned<String>) -> Result<Regex, DefinitionError> {
    RegexBuilder::new(text.get_ref()).size_limit(MAX_PATTERN_BYTES).build().map_err(|error| {
        let reason = error.to_string().lines().last().unwrap_or_default().trim().to_owned();
        source.error("TYPE_BAD_PATTERN", text.span(), format!("`{}` is no pattern: {reason}", text.get_ref()))
    })
}

pub(super) fn one_of<T: Copy>(
    source: &Source<'_>,
    word: &Spanned<String>,
    known: &[(&'static str, T)],
) -> Result<T, DefinitionError> {
    known.iter().find(|(name, _)| name == word.get_ref()).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<String> = known.iter().map(|(name, _)| format!("`{name}`")).collect();
        let message = format!("`{}` is not known; use one of {}", word.get_ref(), names.join(", "));
        source.error("TYPE_BAD_VALUE", word.span(), message)
    })
}
