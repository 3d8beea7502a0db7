//! What a verification ends with: a verdict, what was proven, what was not.

use crate::note::NoteSignature;
use crate::tree::Hash;
use crate::verify::{Break, BreakCode};

/// The first thing about a bundle that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct Finding {
    pub code: BreakCode,
    /// The leaf, where it is about one.
    pub index: Option<u64>,
    /// Plain words for the auditor, without any content of a leaf.
    pub message: String,
}

impl Finding {
    pub(super) fn at(code: BreakCode, index: u64, message: impl Into<String>) -> Self {
        Self { code, index: Some(index), message: message.into() }
    }

    pub(super) fn bundle(code: BreakCode, message: impl Into<String>) -> Self {
        Self { code, index: None, message: message.into() }
    }
}

impl From<Break> for Finding {
    fn from(Break { code, index, message }: Break) -> Self {
        Self { code, index: Some(index), message }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Everything holds, and so does a checkpoint that was kept outside the operator's reach.
    Valid,
    /// Everything holds, but nobody outside holds a head: the operator could have written it all anew.
    ValidUnwitnessed,
    Invalid(Finding),
    /// What is there holds, but something is missing that would have to be there.
    Incomplete(Finding),
}

/// What the verdict does not cover, or what the auditor should know besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// Whether there are more events of this actor cannot be proven.
    CompletenessNotProven,
    /// No checkpoint kept elsewhere was met.
    Unwitnessed,
    /// Some values were erased, by events of the log.
    Erased,
    /// Disclosures are left out, and the bundle promised none.
    DisclosuresLeftOut,
    /// Texts of statements, or what passkeys signed, are left out, and the bundle promised none.
    StatementsLeftOut,
    /// Signatures of passkeys could not be verified, as what they signed is not there.
    SignaturesNotChecked,
    /// Uploaded files are left out, and the bundle promised none.
    DocumentsLeftOut,
    /// Without disclosures nothing says which files were uploaded.
    DocumentsUnbound,
}

/// How much was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Checked {
    pub leaves: u64,
    pub checkpoints: u64,
    pub signatures: u64,
    pub disclosures: u64,
    pub documents: u64,
}

/// A value of leaf `seq` was erased by the event `by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    pub seq: u64,
    pub by: u64,
}

/// A line of signature under the checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub name: String,
    pub id: u32,
    /// By a key of the log that counts; others, of witnesses nobody named say, are listed and prove nothing.
    pub verified: bool,
}

impl Signed {
    pub(crate) fn by(line: &NoteSignature, verified: bool) -> Self {
        Self { name: line.name.clone(), id: line.id, verified }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub verdict: Verdict,
    pub log: Option<String>,
    /// Of the checkpoint that everything hangs from; `None` unless all holds.
    pub size: Option<u64>,
    pub root: Option<Hash>,
    /// Under that checkpoint, without the cosignatures of known witnesses: those are among what is proven.
    pub signatures: Vec<Signed>,
    pub checked: Checked,
    /// What the bundle proves, in whole sentences.
    pub proves: Vec<String>,
    pub notes: Vec<Note>,
    pub erased: Vec<Erased>,
}

impl Verdict {
    /// `VALID`, `VALID_UNWITNESSED`, `INCOMPLETE` or `INVALID:<CODE>`.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Invalid(finding) => format!("INVALID:{}", finding.code),
            other => other.code().to_owned(),
        }
    }

    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Valid => "VALID",
            Self::ValidUnwitnessed => "VALID_UNWITNESSED",
            Self::Invalid(finding) | Self::Incomplete(finding) => finding.code.as_str(),
        }
    }

    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        match self {
            Self::Invalid(finding) | Self::Incomplete(finding) => Some(finding),
            Self::Valid | Self::ValidUnwitnessed => None,
        }
    }
}

impl From<Finding> for Verdict {
    fn from(finding: Finding) -> Self {
        if finding.code == BreakCode::Incomplete { Self::Incomplete(finding) } else { Self::Invalid(finding) }
    }
}

impl Note {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::CompletenessNotProven => "COMPLETENESS_NOT_PROVEN",
            Self::Unwitnessed => "UNWITNESSED",
            Self::Erased => "ERASED",
            Self::DisclosuresLeftOut => "DISCLOSURES_LEFT_OUT",
            Self::StatementsLeftOut => "STATEMENTS_LEFT_OUT",
            Self::SignaturesNotChecked => "SIGNATURES_NOT_CHECKED",
            Self::DocumentsLeftOut => "DOCUMENTS_LEFT_OUT",
            Self::DocumentsUnbound => "DOCUMENTS_UNBOUND",
        }
    }
}

impl Report {
    /// Of something that could not even be read as far as its log.
    #[must_use]
    pub fn broken(finding: Finding) -> Self {
        Self {
            verdict: finding.into(),
            log: None,
            size: None,
            root: None,
            signatures: vec![],
            checked: Checked::default(),
            proves: vec![],
            notes: vec![],
            erased: vec![],
        }
    }

    /// One line of JSON, with the members of the command line's `--json`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let finding = self.verdict.finding();
        let message = finding.map_or("everything holds", |finding| &finding.message);
        let checked = &self.checked;
        let erased = self.erased.iter().map(|Erased { seq, by }| format!(r#"{{"seq":{seq},"by":{by}}}"#));
        format!(
            concat!(
                r#"{{"verdict":{},"code":{},"index":{},"message":{},"log":{},"size":{},"root":{},"#,
                r#""checked":{{"leaves":{},"checkpoints":{},"signatures":{},"disclosures":{},"documents":{}}},"#,
                r#""proves":{},"notes":{},"erased":{}}}"#
            ),
            string(&self.verdict.text()),
            string(self.verdict.code()),
            number(finding.and_then(|finding| finding.index)),
            string(message),
            self.log.as_deref().map_or("null".to_owned(), string),
            number(self.size),
            self.root.map_or("null".to_owned(), |root| string(&root.to_string())),
            checked.leaves,
            checked.checkpoints,
            checked.signatures,
            checked.disclosures,
            checked.documents,
            array(self.proves.iter().map(|sentence| string(sentence))),
            array(self.notes.iter().map(|note| string(note.code()))),
            array(erased),
        )
    }
}

fn array(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

fn number(number: Option<u64>) -> String {
    number.map_or("null".to_owned(), |number| number.to_string())
}

fn string(text: &str) -> String {
    let mut bytes = Vec::new();
    crate::canonical::write_string(&mut bytes, text);
    String::from_utf8_lossy(&bytes).into_owned()
}
