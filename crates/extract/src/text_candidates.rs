use domain::document_type::{FieldDefinition, LabelStrength};

use crate::{
    Document,
    candidate::{Candidate, Span},
    features::Features,
};

/// Free text: what stands behind or below a label, or matches a pattern of the definition.
pub(crate) fn find(document: &Document, field: &FieldDefinition) -> Vec<Candidate> {
    let labels = document.words.labels_of(field, &document.spoken);
    let layout = &document.layout;
    let mut candidates = Vec::new();
    for (index, cell) in layout.cells.iter().enumerate() {
        for found in field.patterns.iter().flat_map(|pattern| pattern.find_iter(&cell.text)).filter(|m| !m.is_empty()) {
            let span = Span { cell: index, bytes: found.range() };
            let mut features = Features::default();
            features.flag("pattern", true);
            features.label("left", &labels.verdict(&layout.left_of(&span)));
            candidates.push(Candidate::new(found.as_str(), vec![span], features));
        }
        if let Some(at) = cell.text.find(':') {
            let verdict = labels.verdict(&cell.text[..at]);
            let rest = &cell.text[at + 1..];
            let value = rest.trim();
            if is_label(verdict.own) && !value.is_empty() {
                let start = at + 1 + (rest.len() - rest.trim_start().len());
                let span = Span { cell: index, bytes: start..start + value.len() };
                let mut features = Features::default();
                features.label("left", &verdict);
                candidates.push(Candidate::new(value, vec![span], features));
            }
        }
        let beside = labels.verdict(&layout.left_of(&Span { cell: index, bytes: 0..0 }));
        let above = layout.neighbours(index, -1).first().map(|above| labels.verdict(&layout.cells[*above].text));
        let above = above.filter(|verdict| is_label(verdict.own) && verdict.distance == 0);
        if is_label(labels.verdict(&cell.text).own) || !(is_label(beside.own) || above.is_some()) {
            continue;
        }
        let mut features = Features::default();
        features.label("left", &beside);
        if let Some(above) = above {
            features.label("above", &above);
        }
        let value = cell.text.trim_start_matches([':', '-', ' ']);
        let span = Span { cell: index, bytes: cell.text.len() - value.len()..cell.text.len() };
        if !value.is_empty() {
            candidates.push(Candidate::new(value, vec![span], features));
        }
    }
    candidates
}

fn is_label(own: Option<LabelStrength>) -> bool {
    own.is_some_and(|strength| strength > LabelStrength::Against)
}
