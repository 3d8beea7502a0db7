use domain::value::parse_currency;

use crate::{
    Document,
    candidate::{Candidate, Span},
    features::Features,
};

/// Signs, abbreviations and codes as words of their own or touching a number.
pub(crate) fn find(document: &Document) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for (index, cell) in document.layout.cells.iter().enumerate() {
        let mut start = None;
        let ends = cell.text.char_indices().map(Some).chain([None]);
        for at in ends {
            let part = at.filter(|(_, c)| !c.is_whitespace() && !c.is_ascii_digit() && !"()[]:;.,-/@=*".contains(*c));
            match (start, part) {
                (None, Some((byte, _))) => start = Some(byte),
                (Some(from), None) => {
                    let to = at.map_or(cell.text.len(), |(byte, _)| byte);
                    start = None;
                    candidates.extend(candidate(document, index, from..to));
                }
                _ => {}
            }
        }
    }
    candidates
}

fn candidate(document: &Document, cell: usize, bytes: std::ops::Range<usize>) -> Option<Candidate> {
    let text = &document.layout.cells[cell].text;
    let sign = &text[bytes.clone()];
    parse_currency(sign, &document.locales).ok()?;
    let known = document.locales.currency_of(sign).is_some();
    // Any three letters can be a code ("ALL", "TOP"): only signs that a locale knows count by themselves.
    let at_number = text[bytes.end..].trim_start().starts_with(|c: char| c.is_ascii_digit())
        || text[..bytes.start].trim_end().ends_with(|c: char| c.is_ascii_digit());
    let in_parentheses = text[..bytes.start].ends_with('(') && text[bytes.end..].starts_with(')');
    let is_code = at_number && sign.chars().all(char::is_uppercase);
    if !(known || is_code) {
        return None;
    }
    let mut features = Features::default();
    features.flag("known_sign", known);
    features.flag("at_number", at_number);
    features.flag("in_parentheses", in_parentheses);
    Some(Candidate::new(sign, vec![Span { cell, bytes }], features))
}
