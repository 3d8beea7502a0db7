//! Listwise log-linear choice: score = a · rule + w · x, a softmax over the candidates of a document and
//! "none". See docs/document-types.md for what the confidences mean.

use std::collections::BTreeMap;

use domain::document_type::FieldDefinition;

use crate::{candidate::Candidate, priors};

/// What was learned on top of the rules. The default is the rule system itself: a = 1, w = 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Trust in the rules.
    pub rule: f64,
    /// By field name and feature name.
    pub features: BTreeMap<(String, String), f64>,
}

impl Default for Weights {
    fn default() -> Weights {
        Weights { rule: 1.0, features: BTreeMap::new() }
    }
}

pub struct Choice {
    /// Something is likelier than nothing.
    pub found: bool,
    /// Probability that the field has no value on this document.
    pub none: f64,
    /// Different values, the likeliest first.
    pub options: Vec<ScoredOption>,
}

pub struct ScoredOption {
    /// The best mention.
    pub candidate: Candidate,
    /// Summed over all mentions of the value.
    pub posterior: f64,
}

pub fn choose(field: &FieldDefinition, candidates: Vec<Candidate>, weights: &Weights) -> Choice {
    let scores: Vec<f64> = candidates.iter().map(|candidate| score(field, candidate, weights)).collect();
    // "None" scores 0; subtracting the maximum keeps the exponentials finite.
    let top = scores.iter().copied().fold(0.0, f64::max);
    let total: f64 = (-top).exp() + scores.iter().map(|score| (score - top).exp()).sum::<f64>();
    let none = (-top).exp() / total;
    let mut options: Vec<(String, f64, ScoredOption)> = Vec::new();
    for (candidate, score) in candidates.into_iter().zip(scores) {
        let key = candidate.value.clone().unwrap_or_else(|| candidate.text.clone());
        let posterior = (score - top).exp() / total;
        match options.iter_mut().find(|(known, ..)| *known == key) {
            Some((_, best, option)) => {
                option.posterior += posterior;
                if score > *best {
                    *best = score;
                    option.candidate = candidate;
                }
            }
            None => options.push((key, score, ScoredOption { candidate, posterior })),
        }
    }
    // Stable, so equal ones stay in reading order.
    options.sort_by(|a, b| b.2.posterior.total_cmp(&a.2.posterior));
    let options: Vec<ScoredOption> = options.into_iter().map(|(.., option)| option).collect();
    let found = options.first().is_some_and(|best| best.posterior > none);
    Choice { found, none, options }
}

fn score(field: &FieldDefinition, candidate: &Candidate, weights: &Weights) -> f64 {
    let rule = priors::rule(field, &candidate.features);
    let learned = |name: &str| weights.features.get(&(field.name.clone(), name.to_owned())).copied().unwrap_or(0.0);
    let change: f64 = match weights.features.is_empty() {
        true => 0.0,
        false => candidate.features.iter().map(|(name, value)| learned(name) * value).sum(),
    };
    let score = weights.rule * rule + change;
    if score.is_finite() { score } else { 0.0 }
}
