//! Why a document goes to a person, or does not.

use serde::{Deserialize, Serialize};

use crate::{field::FieldStatus, ppm::Ppm};

/// A stable code, and a sentence for the reviewer. The sentence may quote values, so only codes are recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub code: String,
    pub message: String,
}

impl Reason {
    pub fn new(code: &str, message: impl Into<String>) -> Reason {
        Reason { code: code.to_owned(), message: message.into() }
    }
}

/// What routing needs to know of a field that was read.
#[derive(Clone, Debug)]
pub struct FieldReading<'a> {
    pub name: &'a str,
    pub required: bool,
    pub threshold: Ppm,
    pub text: &'a str,
    pub value: Option<&'a str>,
    pub confidence: Ppm,
}

/// A rule of the document type that the values break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenRule {
    pub message: String,
    /// The fields it speaks of.
    pub fields: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routing {
    /// Accepted without a person.
    pub straight_through: bool,
    pub reasons: Vec<Reason>,
    /// In the order of the fields given.
    pub fields: Vec<(FieldStatus, Vec<Reason>)>,
}

/// Sends every field that is missing, unsure or in conflict to a person. A document passes straight through only
/// when no field is, and when a person has turned that on for its type: uncalibrated confidence proves nothing.
pub fn route(fields: &[FieldReading<'_>], broken: &[BrokenRule], straight_through_on: bool) -> Routing {
    let fields: Vec<(FieldStatus, Vec<Reason>)> = fields
        .iter()
        .map(|field| {
            let mut reasons: Vec<Reason> = broken
                .iter()
                .filter(|rule| rule.fields.iter().any(|name| name == field.name))
                .map(|rule| Reason::new("RULE_BROKEN", rule.message.clone()))
                .collect();
            reasons.extend(doubt(field));
            let status = if reasons.is_empty() { FieldStatus::AcceptedByMachine } else { FieldStatus::NeedsReview };
            (status, reasons)
        })
        .collect();
    let mut reasons = Vec::new();
    let unsure = fields.iter().filter(|(status, _)| *status == FieldStatus::NeedsReview).count();
    if fields.is_empty() {
        reasons.push(Reason::new("UNCLASSIFIED", "The document's type is not known, so no field was looked for"));
    }
    if unsure > 0 {
        let noun = if unsure == 1 { "field needs" } else { "fields need" };
        reasons.push(Reason::new("FIELDS_UNSURE", format!("{unsure} {noun} a person")));
    }
    // A rule that names no field of this document still stands against it as a whole.
    reasons.extend(
        broken.iter().filter(|rule| rule.fields.is_empty()).map(|rule| Reason::new("RULE_BROKEN", &*rule.message)),
    );
    if reasons.is_empty() && !straight_through_on {
        reasons.push(Reason::new(
            "STRAIGHT_THROUGH_OFF",
            "Every document of this type is looked at: straight-through is off",
        ));
    }
    Routing { straight_through: reasons.is_empty(), reasons, fields }
}

fn doubt(field: &FieldReading<'_>) -> Option<Reason> {
    if field.text.is_empty() {
        return field.required.then(|| Reason::new("MISSING", "Nothing was found, and the field is required"));
    }
    if field.value.is_none() {
        return Some(Reason::new("NOT_UNDERSTOOD", "The text found has no meaning for this field"));
    }
    (field.confidence < field.threshold).then(|| {
        let (has, needs) = (field.confidence, field.threshold);
        Reason::new("LOW_CONFIDENCE", format!("Confidence {has}, needs {needs}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &'static str, text: &'static str, confidence: u32) -> FieldReading<'static> {
        FieldReading {
            name,
            required: true,
            threshold: Ppm::new(900_000),
            text,
            value: (!text.is_empty()).then_some(text),
            confidence: Ppm::new(confidence),
        }
    }

    #[test]
    fn passes_straight_through_only_when_turned_on_and_nothing_is_unsure() {
        let sure = [field("total", "9.00", 990_000)];
        assert!(route(&sure, &[], true).straight_through);
        assert_eq!(route(&sure, &[], false).reasons[0].code, "STRAIGHT_THROUGH_OFF");
        let unsure = [field("total", "9.00", 710_000)];
        let routing = route(&unsure, &[], true);
        assert!(!routing.straight_through);
        assert_eq!(routing.fields[0].1, [Reason::new("LOW_CONFIDENCE", "Confidence 0.710, needs 0.900")]);
    }

    #[test]
    fn a_broken_rule_stands_before_every_other_reason() {
        let fields = [field("total", "41.00", 710_000), field("tax", "", 0)];
        let broken = [BrokenRule { message: "Tax is over the total".into(), fields: vec!["total".into()] }];
        let routing = route(&fields, &broken, true);
        assert_eq!(routing.fields[0].1.iter().map(|r| &*r.code).collect::<Vec<_>>(), ["RULE_BROKEN", "LOW_CONFIDENCE"]);
        assert_eq!(routing.fields[1].1[0].code, "MISSING");
    }

    #[test]
    fn an_unclassified_document_always_goes_to_a_person() {
        assert_eq!(route(&[], &[], true).reasons[0].code, "UNCLASSIFIED");
    }
}
