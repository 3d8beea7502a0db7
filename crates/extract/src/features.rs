//! What is known about a candidate, as named numbers.

use domain::document_type::LabelStrength;

use crate::page_words::LabelVerdict;

/// Named numbers. Names are stable: learned weights and the priors of the rules refer to them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features(Vec<(String, f64)>);

impl Features {
    pub fn set(&mut self, name: impl Into<String>, value: f64) {
        if value != 0.0 {
            self.0.push((name.into(), value));
        }
    }

    pub fn flag(&mut self, name: impl Into<String>, holds: bool) {
        self.set(name, f64::from(u8::from(holds)));
    }

    /// The labels found at a place, such as `left` or `above`.
    pub fn label(&mut self, place: &str, verdict: &LabelVerdict) {
        if let Some(own) = verdict.own {
            let strength = match own {
                LabelStrength::Against => "against",
                LabelStrength::Weak => "weak",
                LabelStrength::Usual => "usual",
                LabelStrength::Strong => "strong",
            };
            self.flag(format!("label_{place}_{strength}"), true);
        }
        for other in &verdict.others {
            self.flag(format!("label_{place}_is_{other}"), true);
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.0.iter().map(|(name, value)| (name.as_str(), *value))
    }
}
