//! Which language and country a document is from, so that `03/04/2018` and `$` are read as they are meant there.

use domain::{
    document_type::{Locale, Locales},
    reading::Reading,
};

use crate::{
    layout::Layout,
    lexicon::{Squeezed, WordIndex},
};

/// Shorter words say little about a language.
const SHORT: usize = 2;
/// A locale is spoken where it has at least a twelfth of the evidence of the best.
const SPOKEN_SHARE: i64 = 12;

/// Locales in the order of what speaks for them on the document; where nothing does, the order stays.
pub fn settle(reading: &Reading, locales: &Locales) -> Locales {
    settle_layout(&Layout::of(reading), locales)
}

pub(crate) fn settle_layout(layout: &Layout, locales: &Locales) -> Locales {
    let page = PageText::of(layout);
    locales.ranked(|locale| evidence(locale, &page))
}

/// The locales whose words occur, and the languages of the country: those of other languages would only mislead ("KG" is a legal form in one
/// and a weight in all others).
pub(crate) fn spoken(layout: &Layout, locales: &Locales) -> Locales {
    let page = PageText::of(layout);
    let counts: Vec<i64> = locales.iter().map(|locale| evidence(locale, &page)).collect();
    // Languages have many more words than countries, so each is measured among its own kind.
    let most = |country: bool| {
        let of_kind = locales.iter().zip(&counts).filter(|(locale, _)| locale.currency.is_some() == country);
        of_kind.map(|(_, count)| *count).max().unwrap_or(0)
    };
    let (languages, countries) = (most(false), most(true));
    // A receipt in English from Kuala Lumpur still names its street in Malay.
    let home = locales
        .iter()
        .zip(&counts)
        .find(|(locale, count)| locale.currency.is_some() && **count == countries && countries > 0);
    let at_home = |locale: &Locale| home.is_some_and(|(home, _)| home.languages.contains(&locale.code));
    let spoken = locales.iter().zip(&counts).filter(|(locale, count)| {
        let most = if locale.currency.is_some() { countries } else { languages };
        **count * SPOKEN_SHARE >= most || at_home(locale)
    });
    Locales::new(spoken.map(|(locale, _)| locale.clone()).collect())
}

struct PageText<'l> {
    texts: Vec<&'l str>,
    squeezed: Vec<Squeezed>,
}

impl<'l> PageText<'l> {
    fn of(layout: &'l Layout) -> PageText<'l> {
        let texts: Vec<&str> = layout.cells.iter().map(|cell| cell.text.as_str()).collect();
        let squeezed = texts.iter().map(|text| Squeezed::of(text)).collect();
        PageText { texts, squeezed }
    }
}

fn evidence(locale: &Locale, page: &PageText<'_>) -> i64 {
    // Once for each sign: a "$" at every price says no more than one.
    let printed = |sign: &str| page.texts.iter().any(|text| has_sign(text, sign));
    let money = locale.currency_signs().filter(|(sign, _)| printed(sign)).count();
    let words = WordIndex::new(locale.all_words().filter(|word| word.len() > SHORT).map(|word| (word, word)));
    let mut named: Vec<&str> = page.squeezed.iter().flat_map(|text| words.hits(text)).map(|hit| hit.what).collect();
    named.sort_unstable();
    named.dedup();
    let posts = |text: &&&str| locale.postcodes.iter().any(|pattern| pattern.is_match(text));
    let posted = page.texts.iter().filter(posts).count().min(1);
    i64::try_from(2 * money + named.len() + posted).unwrap_or(0)
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
