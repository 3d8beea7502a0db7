//! The words of the locales, indexed, and what each text has of them.

use std::sync::LazyLock;

use domain::{
    document_type::{FieldDefinition, LabelStrength, Locales},
    value::{find_dates, fold},
};
use regex::Regex;

use crate::{
    layout::Layout,
    lexicon::{Hit, Label, Squeezed, WordIndex},
};

/// Lists of `[labels]` that are looked for beside those of the fields: they say what an amount is not.
const OTHER_LABELS: [&str; 5] = ["subtotal", "payment", "change", "adjustment", "count"];
const KNOWN_LABELS: [&str; 6] = ["company", "address", "date", "total", "tax", "receipt_number"];

/// Letters of a legal form that surely is one.
const LONG_FORM: usize = 4;

/// A registration number, to the end of the line: in parentheses, or bare with a letter behind a hyphen.
pub static REGISTRATION_TO_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\s*(?:[(<\[{][^()<>\[\]]{0,14}[0-9][0-9 .-]{4,}[^()<>\[\]]{0,6}[)>\]}]?",
        r"|\b[A-Z]{0,3}[0-9]{5,}\s?[-.]\s?[A-Z0-9]\b(?:\s?\([A-Z0-9]{1,6}\))?)\s*\.?$"
    ))
    .expect("a constant pattern")
});

pub struct PageWords {
    pub legal_forms: WordIndex<()>,
    pub trades: WordIndex<()>,
    pub address: WordIndex<()>,
    pub places: WordIndex<()>,
    /// What stands before a house number.
    number: WordIndex<()>,
    pub contact: WordIndex<()>,
    pub registration: WordIndex<()>,
    pub titles: WordIndex<()>,
    pub table: WordIndex<()>,
    pub postcodes: Vec<Regex>,
    labels: Vec<(String, Label)>,
    /// By cell.
    pub cells: Vec<TextWords>,
}

/// What stands in a text, by count of words.
#[derive(Clone, Debug, Default)]
pub struct TextWords {
    pub legal_forms: usize,
    pub trades: usize,
    /// Share of the letters that are words of legal forms or trades.
    pub form_share: f64,
    pub address: usize,
    pub places: usize,
    pub contact: usize,
    pub registration: usize,
    /// Share of the row's letters that are words of titles.
    pub title_share: f64,
    pub table: usize,
    pub postcode: bool,
    /// Begins with a house number.
    pub house_number: bool,
    /// Begins with a word such as LOT and a number.
    pub house_number_word: bool,
    /// Is or ends with a registration number.
    pub registration_number: bool,
    pub date: bool,
    pub digits: usize,
    pub letters: usize,
}

impl PageWords {
    pub fn of(layout: &Layout, locales: &Locales) -> PageWords {
        let index = |list: &str| WordIndex::new(locales.words(list).map(|word| (word, ())));
        let mut labels = Vec::new();
        for list in KNOWN_LABELS.iter().chain(&OTHER_LABELS) {
            let of = locales.labels(list);
            labels.extend(of.map(|(word, strength)| (word.to_owned(), Label { list: (*list).to_owned(), strength })));
        }
        let mut words = PageWords {
            legal_forms: index("legal_forms"),
            trades: index("trades"),
            address: index("address"),
            places: index("places"),
            number: index("number"),
            contact: index("contact"),
            registration: index("registration"),
            titles: index("titles"),
            table: index("table"),
            postcodes: locales.iter().flat_map(|locale| locale.postcodes.iter().cloned()).collect(),
            labels,
            cells: Vec::new(),
        };
        words.cells = layout.cells.iter().map(|cell| words.of_text(&cell.text, locales)).collect();
        words
    }

    pub fn of_text(&self, text: &str, locales: &Locales) -> TextWords {
        let squeezed = Squeezed::of(text);
        let count = |index: &WordIndex<()>| index.hits(&squeezed).len();
        let letters = squeezed.letters.iter().filter(|c| c.is_alphabetic()).count();
        let share = |index: &WordIndex<()>| {
            let covered: usize = index.hits(&squeezed).iter().map(|hit| hit.end - hit.start).sum();
            covered as f64 / squeezed.letters.len().max(1) as f64
        };
        let numbered =
            self.number.hits(&squeezed).first().is_some_and(|hit| {
                hit.start == 0 && squeezed.letters[hit.end..].iter().take(3).any(char::is_ascii_digit)
            });
        let first = text.trim_start().split([' ', ',']).next().unwrap_or_default();
        let digits = first.chars().filter(char::is_ascii_digit).count();
        let short = (1..=4).contains(&digits) && first.chars().filter(|c| c.is_alphabetic()).count() <= 2;
        TextWords {
            house_number_word: numbered,
            house_number: numbered || short,
            registration_number: is_registration_number(text),
            date: !find_dates(text, locales).is_empty(),
            legal_forms: count(&self.legal_forms),
            trades: count(&self.trades),
            address: count(&self.address),
            places: count(&self.places),
            contact: count(&self.contact),
            registration: count(&self.registration),
            title_share: if self.is_nearly_title(&squeezed) { 1.0 } else { share(&self.titles) },
            form_share: (share(&self.legal_forms) + share(&self.trades)).min(1.0),
            table: count(&self.table),
            postcode: self.postcodes.iter().any(|pattern| pattern.is_match(text)),
            digits: squeezed.letters.len() - letters,
            letters,
        }
    }

    /// Whether a text is a title with one letter misread.
    fn is_nearly_title(&self, text: &Squeezed) -> bool {
        text.letters.len() >= MISREAD_LENGTH && self.titles.words().any(|title| is_one_misreading(title, &text.letters))
    }

    /// The byte behind the last legal form in a text; short ones (SA, CO) are also parts of other things.
    pub fn end_of_legal_form(&self, text: &str) -> Option<usize> {
        let long = |hit: &Hit<()>| hit.end - hit.start >= LONG_FORM;
        let end = self.legal_forms.hits(&Squeezed::of(text)).into_iter().rfind(long)?.end;
        // Folding keeps the letters and digits of Latin text one for one.
        let mut letters = text.char_indices().filter(|(_, c)| c.is_alphanumeric());
        letters.nth(end.checked_sub(1)?).map(|(at, c)| at + c.len_utf8())
    }

    /// The labels of a field together with those that introduce other things.
    pub fn labels_of(&self, field: &FieldDefinition, locales: &Locales) -> FieldLabels {
        let own = |words: &[String], strength| {
            let label = Label { list: String::new(), strength };
            words.iter().map(|word| (fold(word), label.clone())).collect::<Vec<_>>()
        };
        let mut labels = own(&field.labels, LabelStrength::Strong);
        labels.extend(own(&field.not_labels, LabelStrength::Against));
        let list = field.words.as_deref().unwrap_or_default();
        if !KNOWN_LABELS.contains(&list) {
            let of = locales
                .labels(list)
                .map(|(word, strength)| (word.to_owned(), Label { list: list.to_owned(), strength }));
            labels.extend(of);
        }
        let all = labels.iter().chain(&self.labels).map(|(word, label)| (word.as_str(), label.clone()));
        FieldLabels { list: list.to_owned(), index: WordIndex::new(all) }
    }
}

/// Shorter words would be taken for others.
const MISREAD_LENGTH: usize = 7;

fn is_one_misreading(known: &[char], read: &[char]) -> bool {
    known.len() == read.len() && known.iter().zip(read).filter(|(a, b)| a != b).count() <= 1
}

/// `(789417-W)`, `JM0325955-V`, `201801234567`: five digits or more and hardly a letter.
fn is_registration_number(text: &str) -> bool {
    if REGISTRATION_TO_END.is_match(text) {
        return true;
    }
    let count = |of: fn(char) -> bool| text.chars().filter(|c| of(*c)).count();
    let (digits, letters) = (count(|c| c.is_ascii_digit()), count(char::is_alphabetic));
    digits >= 5 && letters <= 4 && !text.trim().contains(',')
}

pub struct FieldLabels {
    list: String,
    index: WordIndex<Label>,
}

/// What the labels of a text say about a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabelVerdict {
    /// The best label of the field; `Against` when only misleading ones are there.
    pub own: Option<LabelStrength>,
    /// Other lists that are named, without those inside a label of the field.
    pub others: Vec<String>,
    /// Letters and digits between the end of the field's label and the end of the text.
    pub distance: usize,
}

impl FieldLabels {
    pub fn verdict(&self, text: &str) -> LabelVerdict {
        let squeezed = Squeezed::of(text);
        let hits = self.index.hits(&squeezed);
        let is_own = |hit: &&Hit<Label>| hit.what.list.is_empty() || hit.what.list == self.list;
        let against = hits.iter().filter(is_own).any(|hit| hit.what.strength == LabelStrength::Against);
        let best = hits.iter().filter(is_own).max_by_key(|hit| (hit.what.strength, hit.end));
        let own = best.map(|hit| hit.what.strength);
        // A label of the field itself ("Booking total") outranks whatever else the words mean.
        let own = if against && own != Some(LabelStrength::Strong) { Some(LabelStrength::Against) } else { own };
        let claimed: Vec<(usize, usize)> = hits
            .iter()
            .filter(is_own)
            .filter(|hit| hit.what.strength > LabelStrength::Against)
            .map(|hit| (hit.start, hit.end))
            .collect();
        let mut others: Vec<String> = hits
            .iter()
            .filter(|hit| !is_own(hit) && hit.what.strength > LabelStrength::Against)
            .filter(|hit| !claimed.contains(&(hit.start, hit.end)))
            .map(|hit| hit.what.list.clone())
            .collect();
        others.sort();
        others.dedup();
        LabelVerdict { own, others, distance: best.map_or(0, |hit| squeezed.letters.len() - hit.end) }
    }
}
