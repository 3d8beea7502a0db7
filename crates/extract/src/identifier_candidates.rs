use std::sync::LazyLock;

use domain::{
    document_type::{FieldDefinition, LabelStrength},
    value::find_dates,
};
use regex::Regex;

use crate::{
    Document,
    candidate::{Candidate, Span},
    features::Features,
};

/// What an identifier looks like where the definition has no pattern.
static ANY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\p{L}\p{Nd}]+(?:[-/.#][\p{L}\p{Nd}]+)*").expect("a constant pattern"));

/// Words that hold a digit and match a pattern as a whole, beside or below a label.
pub(crate) fn find(document: &Document, field: &FieldDefinition) -> Vec<Candidate> {
    let labels = document.words.labels_of(field, &document.spoken);
    let layout = &document.layout;
    let mut candidates = Vec::new();
    for (index, cell) in layout.cells.iter().enumerate() {
        let dates = find_dates(&cell.text, &document.locales);
        for bytes in words(&cell.text) {
            let word = &cell.text[bytes.clone()];
            let is_date = dates.iter().any(|date| date.span.start < bytes.end && bytes.start < date.span.end);
            if is_date || !word.contains(|c: char| c.is_ascii_digit()) || !fits(field, word) {
                continue;
            }
            let span = Span { cell: index, bytes };
            let left = layout.left_of(&span);
            let beside = labels.verdict(&left);
            let mut features = Features::default();
            features.label("left", &beside);
            features.set("label_distance", (beside.distance as f64 / 4.0).min(3.0));
            if beside.own.is_none() {
                for above in layout.neighbours(index, -1).into_iter().filter(|above| layout.aligned(*above, index)) {
                    features.label("above", &labels.verdict(&layout.cells[above].text));
                }
            }
            features.flag("clock", word.contains(':'));
            features.flag(
                "money",
                word.contains(['.', ',']) && word.chars().all(|c| c.is_ascii_digit() || ".,".contains(c)),
            );
            features.flag("short", word.chars().count() < 3);
            features.set("digits", (word.chars().filter(char::is_ascii_digit).count() as f64 / 6.0).min(2.0));
            features.set("depth", layout.depth(index));
            let spoken_for = features.iter().any(|(name, _)| name.starts_with("label_"))
                && beside.own != Some(LabelStrength::Against);
            if spoken_for || !field.patterns.is_empty() && field.words.is_none() && field.labels.is_empty() {
                candidates.push(Candidate::new(word, vec![span], features));
            }
        }
    }
    candidates
}

/// Runs without white space, without the signs around them.
fn words(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let outer = |c: char| !c.is_alphanumeric();
    text.split_whitespace().filter_map(move |word| {
        // A label can touch its value: "NO:123", "#123".
        let value = word.rsplit([':', '#', '=']).find(|part| !part.is_empty())?;
        let inner = value.trim_matches(outer);
        if inner.is_empty() {
            return None;
        }
        let start = inner.as_ptr() as usize - text.as_ptr() as usize;
        Some(start..start + inner.len())
    })
}

fn fits(field: &FieldDefinition, word: &str) -> bool {
    let whole = |pattern: &Regex| pattern.find_iter(word).any(|found| found.range() == (0..word.len()));
    if field.patterns.is_empty() { whole(&ANY) } else { field.patterns.iter().any(whole) }
}
