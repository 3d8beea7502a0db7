//! `bundle.json`: what the bundle is meant to be. It is unsigned, and only says what is to be expected.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::canonical;
use crate::time::Millis;
use crate::value::Value;

/// The form of `bundle.json`, its member `v`.
pub const VERSION: i64 = 1;

/// The members of `bundle.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub id: String,
    /// The origin of the log.
    pub log: String,
    /// The leaves of the log when the bundle was made.
    pub size: u64,
    pub made_at: Millis,
    pub kind: Kind,
    /// Whether disclosures, documents and texts of statements come along, so that a missing one is told.
    pub disclosures: bool,
    pub documents: bool,
    pub statements: bool,
}

/// Which leaves the bundle holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// All of them.
    Log,
    /// Those about one document, up to a `subject.head`.
    Document { subject: String },
    /// The contiguous run `first..=last`, from the leaf before `from` to the leaf after `to`.
    Period { from: Millis, to: Millis, first: u64, last: u64 },
    /// Those by one actor.
    Actor { actor: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("bundle.json says what no bundle is")]
pub struct NotABundle;

impl About {
    /// Canonical JSON and a newline.
    ///
    /// # Errors
    /// A number beyond 2^53 − 1.
    pub fn encode(&self) -> Result<Vec<u8>, NotABundle> {
        let mut members: BTreeMap<String, Value> = BTreeMap::from([
            ("v".into(), number(VERSION as u64)?),
            ("id".into(), self.id.as_str().into()),
            ("log".into(), self.log.as_str().into()),
            ("size".into(), number(self.size)?),
            ("made_at".into(), self.made_at.into()),
            ("kind".into(), self.kind.name().into()),
            ("disclosures".into(), self.disclosures.into()),
            ("documents".into(), self.documents.into()),
            ("statements".into(), self.statements.into()),
        ]);
        members.extend(self.kind.members()?.into_iter().map(|(name, value)| (name.to_owned(), value)));
        let mut bytes = canonical::encode(&Value::Object(members)).map_err(|_| NotABundle)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads what [`About::encode`] writes, and nothing else.
    ///
    /// # Errors
    /// [`NotABundle`]
    pub fn parse(bytes: &[u8]) -> Result<Self, NotABundle> {
        let line = bytes.strip_suffix(b"\n").ok_or(NotABundle)?;
        let Ok(Value::Object(members)) = canonical::parse(line) else { return Err(NotABundle) };
        let mut members = Members(members);
        if members.number("v")? != VERSION as u64 {
            return Err(NotABundle);
        }
        let about = Self {
            id: members.text("id")?,
            log: members.text("log")?,
            size: members.number("size")?,
            made_at: members.text("made_at")?,
            kind: Kind::read(&mut members)?,
            disclosures: members.truth("disclosures")?,
            documents: members.truth("documents")?,
            statements: members.truth("statements")?,
        };
        if members.0.is_empty() { Ok(about) } else { Err(NotABundle) }
    }
}

impl Kind {
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Document { .. } => "document",
            Self::Period { .. } => "period",
            Self::Actor { .. } => "actor",
        }
    }

    fn members(&self) -> Result<Vec<(&'static str, Value)>, NotABundle> {
        Ok(match self {
            Self::Log => Vec::new(),
            Self::Document { subject } => vec![("subject", subject.as_str().into())],
            Self::Actor { actor } => vec![("actor", actor.as_str().into())],
            Self::Period { from, to, first, last } => vec![
                ("from", (*from).into()),
                ("to", (*to).into()),
                ("first", number(*first)?),
                ("last", number(*last)?),
            ],
        })
    }

    fn read(members: &mut Members) -> Result<Self, NotABundle> {
        match members.text::<String>("kind")?.as_str() {
            "log" => Ok(Self::Log),
            "document" => Ok(Self::Document { subject: members.text("subject")? }),
            "actor" => Ok(Self::Actor { actor: members.text("actor")? }),
            "period" => Ok(Self::Period {
                from: members.text("from")?,
                to: members.text("to")?,
                first: members.number("first")?,
                last: members.number("last")?,
            }),
            _ => Err(NotABundle),
        }
    }
}

fn number(number: u64) -> Result<Value, NotABundle> {
    Value::try_from(number).map_err(|_| NotABundle)
}

/// Takes members out one by one, so that what is left over is unknown.
struct Members(BTreeMap<String, Value>);

impl Members {
    fn text<T: FromStr>(&mut self, name: &str) -> Result<T, NotABundle> {
        match self.0.remove(name) {
            Some(Value::String(text)) => text.parse().map_err(|_| NotABundle),
            _ => Err(NotABundle),
        }
    }

    fn number(&mut self, name: &str) -> Result<u64, NotABundle> {
        match self.0.remove(name) {
            Some(Value::Integer(number)) => u64::try_from(number.get()).map_err(|_| NotABundle),
            _ => Err(NotABundle),
        }
    }

    fn truth(&mut self, name: &str) -> Result<bool, NotABundle> {
        match self.0.remove(name) {
            Some(Value::Bool(truth)) => Ok(truth),
            _ => Err(NotABundle),
        }
    }
}
