use domain::{document_type::FieldDefinition, value::find_dates};

use crate::{
    Document,
    candidate::{Candidate, Span},
    features::Features,
};

pub(crate) fn find(document: &Document, field: &FieldDefinition) -> Vec<Candidate> {
    let labels = document.words.labels_of(field, &document.spoken);
    let layout = &document.layout;
    let mut candidates = Vec::new();
    for (index, cell) in layout.cells.iter().enumerate() {
        for found in find_dates(&cell.text, &document.locales) {
            let span = Span { cell: index, bytes: found.span.clone() };
            let left = layout.left_of(&span);
            let right = layout.right_of(&span);
            let mut features = Features::default();
            let verdict = labels.verdict(&left);
            features.label("left", &verdict);
            if verdict.own.is_none() {
                for above in layout.neighbours(index, -1) {
                    features.label("above", &labels.verdict(&layout.cells[above].text));
                }
            }
            features.flag("time_beside", has_time(&right) || has_time(&left));
            features.flag("ambiguous", found.ambiguous);
            features.flag("damaged", found.damaged);
            features
                .flag("compact", !found.damaged && cell.text[found.span.clone()].bytes().all(|b| b.is_ascii_digit()));
            features.flag("first_date", candidates.is_empty());
            features.set("depth", layout.depth(index));
            candidates.push(Candidate::new(&cell.text[found.span], vec![span], features));
        }
    }
    candidates
}

fn has_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit() && w[3].is_ascii_digit())
}
