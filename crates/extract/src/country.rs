//! Which language and country a document is from, so that `03/04/2018` and `$` are read as they are meant there.

use domain::{
    document_type::{Locale, Locales},
    reading::Reading,
};

use crate::{
    layout::Layout,
    lexicon::{Squeezed, WordIndex},
};

/// Locales in the order of what speaks for them on the document; where nothing does, the order stays.
pub fn settle(reading: &Reading, locales: &Locales) -> Locales {
    settle_layout(&Layout::of(reading), locales)
}

pub(crate) fn settle_layout(layout: &Layout, locales: &Locales) -> Locales {
    let texts: Vec<&str> = layout.cells.iter().map(|cell| cell.text.as_str()).collect();
    let squeezed: Vec<Squeezed> = texts.iter().map(|text| Squeezed::of(text)).collect();
    locales.ranked(|locale| evidence(locale, &texts, &squeezed))
}

fn evidence(locale: &Locale, texts: &[&str], squeezed: &[Squeezed]) -> i64 {
    let signs: Vec<String> = locale.currency_signs().map(|(sign, _)| sign.to_owned()).collect();
    let money = texts.iter().filter(|text| signs.iter().any(|sign| has_sign(text, sign))).count().min(4);
    let lists = ["legal_forms", "places", "address", "registration"];
    let words = WordIndex::new(lists.iter().flat_map(|list| locale.words(list)).map(|word| (word.as_str(), ())));
    let named = squeezed.iter().filter(|text| words.is_in(text)).count().min(6);
    let posted =
        texts.iter().filter(|text| locale.postcodes.iter().any(|pattern| pattern.is_match(text))).count().min(1);
    i64::try_from(2 * money + named + posted).unwrap_or(0)
}

/// A sign of letters must not be part of a word: "RM" in "FARM".
fn has_sign(text: &str, sign: &str) -> bool {
    let text = text.to_uppercase();
    text.match_indices(sign).any(|(at, _)| {
        let letters = sign.chars().any(char::is_alphabetic);
        let before = text[..at].chars().next_back().is_some_and(char::is_alphabetic);
        let after = text[at + sign.len()..].chars().next().is_some_and(char::is_alphabetic);
        !(letters && (before || after))
    })
}
