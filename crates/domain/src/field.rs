//! Fields: named values of a document, whose versions are only ever added.

use serde::{Deserialize, Serialize};

use crate::{
    id::{ActorId, DocumentId, EventId, FieldId},
    ppm::Ppm,
    region::Region,
    routing::Reason,
    time::Timestamp,
    words::words,
};

words! {
    FieldStatus {
        Read = "READ",
        NeedsReview = "NEEDS_REVIEW",
        AcceptedByMachine = "ACCEPTED_BY_MACHINE",
        Confirmed = "CONFIRMED",
        Corrected = "CORRECTED",
        Missing = "MISSING",
        Illegible = "ILLEGIBLE",
    }

    /// Why a person changed a value.
    CorrectionReason {
        Misread = "MISREAD",
        WrongPlace = "WRONG_PLACE",
        NotFound = "NOT_FOUND",
        Format = "FORMAT",
        TypedByHand = "TYPED_BY_HAND",
        Other = "OTHER",
    }

    /// What a person says of a field that has no value to type.
    FieldMark { Missing = "MISSING", Illegible = "ILLEGIBLE" }
}

impl FieldStatus {
    /// A person has settled it.
    pub fn is_settled(self) -> bool {
        use FieldStatus::*;
        matches!(self, Confirmed | Corrected | Missing | Illegible)
    }
}

/// A value of a field: what stands on the page, and what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    pub text: String,
    /// Normalised; `None` where the text has no meaning for the field's kind.
    pub value: Option<String>,
    pub regions: Vec<Region>,
}

/// Another reading of the machine, offered to the reviewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    #[serde(flatten)]
    pub value: Value,
    pub confidence: Ppm,
}

#[derive(Clone, Debug)]
pub struct Field {
    pub id: FieldId,
    pub document: DocumentId,
    /// As the document type defines it.
    pub name: String,
    /// The version of its present value; the expected version of the next change.
    pub version: u32,
    pub status: FieldStatus,
    pub value: Value,
    /// The machine's, for ever.
    pub confidence: Ppm,
    /// Of each character of the machine's text.
    pub character_confidences: Vec<Ppm>,
    pub reasons: Vec<Reason>,
    pub alternatives: Vec<Alternative>,
}

/// One version of a field's value, with the event that made it.
#[derive(Clone, Debug)]
pub struct FieldValue {
    pub field: FieldId,
    pub version: u32,
    pub status: FieldStatus,
    pub value: Value,
    /// The machine's, on the version it made.
    pub confidence: Option<Ppm>,
    pub reason: Option<CorrectionReason>,
    pub actor: ActorId,
    pub event: EventId,
    pub at: Timestamp,
}

/// What a person's change makes of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub status: FieldStatus,
    pub value: Value,
    pub reason: Option<CorrectionReason>,
}

/// Why a change of a field is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    #[error("somebody changed this field meanwhile")]
    Stale,
    #[error("there is no value to confirm: type one in, or mark the field as missing or illegible")]
    NothingToConfirm,
}

impl Field {
    fn expect(&self, version: u32) -> Result<(), ChangeError> {
        if self.version == version { Ok(()) } else { Err(ChangeError::Stale) }
    }

    /// A person says that the present value is right.
    pub fn confirm(&self, expected: u32) -> Result<Change, ChangeError> {
        self.expect(expected)?;
        if self.value.text.is_empty() {
            return Err(ChangeError::NothingToConfirm);
        }
        let status = if self.status == FieldStatus::Corrected { self.status } else { FieldStatus::Confirmed };
        Ok(Change { status, value: self.value.clone(), reason: None })
    }

    /// A person puts another value in place of the present one.
    pub fn correct(&self, expected: u32, value: Value, reason: CorrectionReason) -> Result<Change, ChangeError> {
        self.expect(expected)?;
        Ok(Change { status: FieldStatus::Corrected, value, reason: Some(reason) })
    }

    /// A person says that the paper does not give the value.
    pub fn mark(&self, expected: u32, mark: FieldMark) -> Result<Change, ChangeError> {
        self.expect(expected)?;
        let status = match mark {
            FieldMark::Missing => FieldStatus::Missing,
            FieldMark::Illegible => FieldStatus::Illegible,
        };
        Ok(Change { status, value: Value::default(), reason: None })
    }
}
