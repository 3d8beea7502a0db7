//! Addresses: runs of one to seven rows in a column, whose rows each speak for or against an address.

use domain::document_type::FieldDefinition;

use crate::{
    Document,
    candidate::{Candidate, Span},
    features::Features,
    page_words::TextWords,
};

const MAX_ROWS: usize = 7;
/// A gap of more than this many text heights ends a block.
const BLOCK_GAP: f64 = 2.2;

pub(crate) fn find(document: &Document, field: &FieldDefinition) -> Vec<Candidate> {
    let layout = &document.layout;
    let labels = document.words.labels_of(field, &document.spoken);
    let words = &document.words.cells;
    let mut candidates = Vec::new();
    for start in 0..layout.cells.len() {
        let labelled = labels.verdict(&layout.left_of(&layout.cells[start].whole(start)));
        let above = layout.neighbours(start, -1).first().map(|above| labels.verdict(&layout.cells[*above].text));
        let mut run = vec![start];
        loop {
            let last = run[run.len() - 1];
            if run.iter().any(|cell| speaks_for(&words[*cell])) {
                let spans: Vec<Span> = run.iter().map(|cell| layout.cells[*cell].whole(*cell)).collect();
                let mut features = features(document, words, &run);
                features.label("left", &labelled);
                if let Some(above) = &above {
                    features.label("above", above);
                }
                let text: Vec<&str> = run.iter().map(|cell| layout.cells[*cell].text.trim()).collect();
                candidates.push(Candidate::new(text.join(" "), spans, features));
            }
            let Some(below) = next_in_block(document, last).filter(|_| run.len() < MAX_ROWS) else { break };
            run.push(below);
        }
    }
    candidates
}

fn speaks_for(row: &TextWords) -> bool {
    row.address > 0 || row.places > 0 || row.postcode
}

fn next_in_block(document: &Document, cell: usize) -> Option<usize> {
    let layout = &document.layout;
    let below = *layout.neighbours(cell, 1).first()?;
    let (this, next) = (&layout.cells[cell], &layout.cells[below]);
    let gap = next.bounds.top - this.bounds.bottom;
    (gap < BLOCK_GAP * this.height.min(next.height)).then_some(below)
}

fn features(document: &Document, words: &[TextWords], run: &[usize]) -> Features {
    let layout = &document.layout;
    let (first, last) = (run[0], run[run.len() - 1]);
    let rows = || run.iter().map(|cell| &words[*cell]);
    let count = |holds: fn(&TextWords) -> bool| rows().filter(|row| holds(row)).count() as f64;
    let text = |cell: usize| layout.cells[cell].text.trim();
    let mut features = Features::default();
    features.set("address_rows", count(|row| row.address > 0));
    features.set("address_words", rows().map(|row| row.address.min(3)).sum::<usize>().min(8) as f64);
    features.set("place_rows", count(|row| row.places > 0));
    features.set("postcode_rows", count(|row| row.postcode && row.letters > 0).min(2.0));
    features.set("silent_rows", count(|row| !speaks_for(row) && !row.house_number));
    features.set("name_rows", count(|row| row.legal_forms > 0));
    features.set("trade_rows", count(|row| row.trades > 0 && row.address == 0));
    features.set("contact_rows", count(|row| row.contact > 0));
    features.set(
        "registration_rows",
        count(|row| row.registration > 0 || row.registration_number && !row.postcode && row.places == 0),
    );
    features.set("date_rows", count(|row| row.date));
    features.set("title_rows", count(|row| row.title_share > 0.6));
    features.set("table_rows", count(|row| row.table > 0));
    features.set("money_rows", run.iter().filter(|cell| has_money(text(**cell))).count() as f64);
    features.flag("begins_with_number", words[first].house_number);
    features.flag("begins_silent", !speaks_for(&words[first]) && !words[first].house_number);
    features.flag(
        "number_inside",
        !words[first].house_number && run.iter().skip(1).any(|cell| words[*cell].house_number_word),
    );
    features.flag("begins_in_parentheses", text(first).starts_with('('));
    features.flag("ends_silent", run.len() > 1 && !speaks_for(&words[last]) && !words[last].house_number);
    features.flag("ends_with_comma", text(last).ends_with(','));
    features.set("depth", layout.depth(first));
    let before = layout.neighbours(first, -1).first().map(|cell| &words[*cell]);
    features.flag(
        "below_name",
        before.is_some_and(|row| {
            row.legal_forms > 0 || row.trades > 0 || row.registration > 0 || row.registration_number
        }),
    );
    features
        .flag("address_above", before.is_some_and(|row| speaks_for(row) && row.legal_forms == 0 && row.contact == 0));
    let after = next_in_block(document, last).map(|cell| &words[cell]);
    features.flag("ends_at_contact", after.is_some_and(|row| row.contact > 0 || row.registration > 0));
    features.flag("ends_block", after.is_none());
    let goes_on =
        |row: &TextWords| speaks_for(row) || row.house_number && row.letters > 3 && !row.date && row.table == 0;
    let clean = |row: &TextWords| row.contact == 0 && row.registration == 0;
    features.flag("address_below", after.is_some_and(|row| goes_on(row) && clean(row)));
    features
}

/// Two digits behind a point or comma that end a word: money, not a house number.
fn has_money(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_end_matches(|c: char| c.is_alphabetic());
        let end = word.len().saturating_sub(3);
        let money = word
            .get(end..)
            .is_some_and(|end| end.starts_with(['.', ',']) && end[1..].bytes().all(|b| b.is_ascii_digit()));
        money && word.len() > 3 && word[..end].ends_with(|c: char| c.is_ascii_digit())
    })
}
