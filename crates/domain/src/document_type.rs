//! Document types: versioned definitions of what is to be found on a kind of document. A definition is a
//! TOML file that a user can copy and change; `docs/document-types.md` explains it line by line.

mod definition;
mod error;
mod locale;
mod rule;
mod shipped;
#[cfg(test)]
mod tests;

use regex::Regex;

use crate::{ppm::Ppm, signing::Meaning};

pub use self::{
    error::DefinitionError,
    locale::{DateOrder, LabelStrength, Locale, Locales},
    rule::{Rule, RuleBreak, RuleKind},
};

/// A parsed and validated definition.
#[derive(Clone, Debug)]
pub struct DocumentType {
    /// `receipt`; unique within an organization, together with the version.
    pub name: String,
    pub version: u32,
    /// What people see.
    pub label: String,
    /// Codes of the locales whose words are used, those that decide first.
    pub locales: Vec<String>,
    /// In the order in which people review them. Names are unique.
    pub fields: Vec<FieldDefinition>,
    pub rules: Vec<Rule>,
    /// Who looks at its documents is recorded.
    pub sensitive: bool,
    /// Days from receipt during which the law forbids to erase a document.
    pub retain_days: Option<u32>,
    /// Days from receipt after which a settled document is erased by itself; never less than `retain_days`.
    pub erase_after_days: Option<u32>,
    pub signing: Signing,
}

/// Whether decisions on the documents of a type are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signing {
    pub required: bool,
    /// What a signature under an approval says.
    pub meaning: Meaning,
}

impl Default for Signing {
    fn default() -> Signing {
        Signing { required: false, meaning: Meaning::Approval }
    }
}

#[derive(Clone, Debug)]
pub struct FieldDefinition {
    pub name: String,
    pub label: String,
    pub kind: Kind,
    /// A document without it is routed to a person.
    pub required: bool,
    /// Least confidence at which a value may be accepted without a person.
    pub threshold: Ppm,
    /// The word list of the locales that introduces this field, such as `total`.
    pub words: Option<String>,
    /// Words of this type's own that introduce the field.
    pub labels: Vec<String>,
    /// Words of this type's own that introduce something else.
    pub not_labels: Vec<String>,
    /// What a value looks like; identifiers and texts are found by them.
    pub patterns: Vec<Regex>,
    pub tends: Vec<Tendency>,
}

/// What a field's value is, which decides how it is found and normalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Of a company or a person.
    Name,
    Address,
    Date,
    Amount,
    Currency,
    Identifier,
    Text,
}

/// Where a value tends to stand, or how it tends to compare with others of its kind on the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tendency {
    Top,
    Middle,
    Bottom,
    Left,
    Right,
    /// The largest amount that is not a payment.
    Largest,
    /// Printed more than once.
    Repeated,
}

impl Kind {
    const ALL: [(&'static str, Kind); 7] = [
        ("name", Kind::Name),
        ("address", Kind::Address),
        ("date", Kind::Date),
        ("amount", Kind::Amount),
        ("currency", Kind::Currency),
        ("identifier", Kind::Identifier),
        ("text", Kind::Text),
    ];

    /// The word of the definition file.
    pub fn as_str(self) -> &'static str {
        Kind::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

impl Tendency {
    const ALL: [(&'static str, Tendency); 7] = [
        ("top", Tendency::Top),
        ("middle", Tendency::Middle),
        ("bottom", Tendency::Bottom),
        ("left", Tendency::Left),
        ("right", Tendency::Right),
        ("largest", Tendency::Largest),
        ("repeated", Tendency::Repeated),
    ];
}

impl DocumentType {
    /// Parses a definition; `file` is only for messages.
    pub fn parse(file: &str, toml: &str) -> Result<DocumentType, DefinitionError> {
        definition::parse(file, toml)
    }

    pub fn field(&self, name: &str) -> Option<&FieldDefinition> {
        self.fields.iter().find(|field| field.name == name)
    }
}
