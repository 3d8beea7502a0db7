//! Names of companies: one to three rows near the top, cut at a registration number or behind the legal form.

use domain::document_type::FieldDefinition;

use crate::{
    Document,
    candidate::{Candidate, Span},
    features::Features,
    page_words::{REGISTRATION_TO_END, TextWords},
};

/// Rows of a document in which a name is looked for, unless a label introduces one further down.
const ROWS: usize = 13;
const MAX_MERGED: usize = 3;
/// Letters of a legal form or trade word on a row of its own.
const ONE_WORD: usize = 16;

pub(crate) fn find(document: &Document, field: &FieldDefinition) -> Vec<Candidate> {
    let layout = &document.layout;
    let labels = document.words.labels_of(field, &document.spoken);
    let mut candidates = Vec::new();
    for (index, cell) in layout.cells.iter().enumerate() {
        let labelled = labels.verdict(&layout.left_of(&cell.whole(index)));
        if cell.row >= ROWS && labelled.own.is_none() {
            continue;
        }
        let mut run = vec![index];
        loop {
            let whole: Vec<Span> = run.iter().map(|cell| layout.cells[*cell].whole(*cell)).collect();
            for spans in cuts(document, whole) {
                let mut features = features(document, &spans);
                features.label("left", &labelled);
                candidates.push(Candidate::new(text(document, &spans), spans, features));
            }
            let below = layout.neighbours(run[run.len() - 1], 1);
            if run.len() == MAX_MERGED || below.len() != 1 {
                break;
            }
            run.push(below[0]);
        }
    }
    candidates
}

fn text(document: &Document, spans: &[Span]) -> String {
    let part = |span: &Span| document.layout.cells[span.cell].text[span.bytes.clone()].trim();
    spans.iter().map(part).collect::<Vec<_>>().join(" ")
}

/// The run without a registration number at its end; also only as far as a legal form goes.
fn cuts(document: &Document, whole: Vec<Span>) -> Vec<Vec<Span>> {
    let Some(last) = whole.last() else { return Vec::new() };
    let text = &document.layout.cells[last.cell].text;
    let end = REGISTRATION_TO_END.find(text).map_or(text.len(), |found| found.start());
    let end = if end == 0 { text.len() } else { end };
    let mut ends = vec![end];
    ends.extend(document.words.end_of_legal_form(&text[..end]).filter(|at| *at < end));
    let with_end = |end: usize| {
        let mut spans = whole.clone();
        if let Some(last) = spans.last_mut() {
            last.bytes.end = end;
        }
        spans
    };
    ends.into_iter().map(with_end).collect()
}

fn features(document: &Document, spans: &[Span]) -> Features {
    let layout = &document.layout;
    let (first, last) = (spans[0].cell, spans[spans.len() - 1].cell);
    let words = document.words_of(&text(document, spans));
    let alone: Vec<TextWords> =
        spans.iter().map(|span| document.words_of(&text(document, std::slice::from_ref(span)))).collect();
    let below = |distance: isize| {
        let cells = layout.neighbours(last, distance);
        cells.first().map(|cell| document.words.cells[*cell].clone()).unwrap_or_default()
    };
    let (next, after_next) = (below(1), below(2));
    let heights: Vec<f64> = spans.iter().map(|span| layout.relative_height(span.cell)).collect();
    let tallest = heights.iter().copied().fold(0.0, f64::max);
    let lowest = heights.iter().copied().fold(f64::INFINITY, f64::min);
    let characters = words.letters + words.digits;
    let mut features = Features::default();
    features.set("row", layout.cells[last].row as f64);
    features.flag("first_row", layout.cells[last].row == 0);
    features.set("merged_rows", (spans.len() - 1) as f64);
    let ends_legally = alone.last().is_some_and(|row| row.legal_forms > 0);
    features.flag("legal_form", words.legal_forms > 0);
    features.flag("legal_form_inside", alone[..alone.len() - 1].iter().any(|row| row.legal_forms > 0));
    let only_form = |row: &TextWords| row.form_share > 0.88 && row.letters <= ONE_WORD;
    features.flag("form_completed", spans.len() > 1 && alone.last().is_some_and(only_form));
    features.flag("only_form", alone.first().is_some_and(only_form) && layout.cells[first].row > 0);
    features.flag("form_follows", only_form(&next) && !alone.last().is_some_and(only_form));
    features.flag("legal_form_follows", !ends_legally && next.legal_forms > 0);
    features.flag("trade_word", words.trades > 0);
    features.flag("address_word", alone.iter().any(|row| speaks_of_place(row) && row.form_share == 0.0));
    features.flag("postcode", alone.iter().any(|row| row.postcode));
    features.flag("contact", words.contact > 0);
    features.flag("registration", alone.iter().any(|row| row.registration > 0 && row.legal_forms == 0));
    features.flag("title", alone.iter().any(|row| row.title_share > 0.6));
    features.flag("table", alone.iter().any(|row| row.table > 0 && row.form_share == 0.0));
    let parentheses = |span: &Span| text(document, std::slice::from_ref(span)).starts_with('(');
    features.flag("begins_in_parentheses", parentheses(&spans[0]));
    let named = |row: &TextWords| !row.registration_number && row.registration == 0;
    features.flag(
        "goes_on_in_parentheses",
        spans.len() > 1 && spans.last().is_some_and(parentheses) && alone.last().is_some_and(named),
    );
    let below_text = layout.neighbours(last, 1).first().map_or("", |cell| layout.cells[*cell].text.as_str());
    features.flag("parentheses_follow", below_text.starts_with('(') && named(&next));
    features.flag("numbered_row", spans.len() > 1 && alone.iter().any(|row| row.registration_number));
    features.flag("bare_row", spans.len() > 1 && alone.iter().any(|row| row.letters < 3));
    features.set("digit_share", words.digits as f64 / characters.max(1) as f64);
    features.flag("short", words.letters < 4);
    features.flag("long", characters > 60);
    features.flag(
        "before_registration",
        next.registration > 0 || (next.digits > 4 && next.letters <= 2) || cut(document, spans),
    );
    features.flag("before_address", is_address(&next));
    features.flag("near_address", !is_address(&next) && is_address(&after_next));
    features.set("relative_height", (lowest - 1.0).clamp(-0.5, 1.0));
    features.flag("uneven_heights", spans.len() > 1 && lowest < 0.75 * tallest);
    features.flag(
        "web",
        text(document, spans).contains(['@', '|']) || text(document, spans).to_lowercase().contains("www."),
    );
    features
}

fn cut(document: &Document, spans: &[Span]) -> bool {
    spans.last().is_some_and(|span| span.bytes.end < document.layout.cells[span.cell].text.len())
}

fn is_address(row: &TextWords) -> bool {
    row.digits > 0 && row.address > 0 || row.address > 1 || row.postcode
}

fn speaks_of_place(row: &TextWords) -> bool {
    row.address > 0 || row.places > 0 || row.postcode
}
