//! The words of the locales, indexed, and what each row has of them.

use domain::document_type::{FieldDefinition, LabelStrength, Locales};
use regex::Regex;

use crate::{
    layout::Layout,
    lexicon::{Hit, Label, Squeezed, WordIndex},
};

/// Lists of `[labels]` that are looked for beside those of the fields: they say what an amount is not.
const OTHER_LABELS: [&str; 5] = ["subtotal", "payment", "change", "adjustment", "count"];
const KNOWN_LABELS: [&str; 6] = ["company", "address", "date", "total", "tax", "receipt_number"];

pub struct PageWords {
    pub legal_forms: WordIndex<()>,
    pub trades: WordIndex<()>,
    pub address: WordIndex<()>,
    pub places: WordIndex<()>,
    pub contact: WordIndex<()>,
    pub registration: WordIndex<()>,
    pub titles: WordIndex<()>,
    pub table: WordIndex<()>,
    pub postcodes: Vec<Regex>,
    labels: Vec<(String, Label)>,
    pub rows: Vec<RowWords>,
}

/// What stands on a row, by count of words.
#[derive(Clone, Debug, Default)]
pub struct RowWords {
    pub legal_forms: usize,
    pub trades: usize,
    pub address: usize,
    pub places: usize,
    pub contact: usize,
    pub registration: usize,
    /// Share of the row's letters that are words of titles.
    pub title_share: f64,
    pub table: usize,
    pub postcode: bool,
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
            contact: index("contact"),
            registration: index("registration"),
            titles: index("titles"),
            table: index("table"),
            postcodes: locales.iter().flat_map(|locale| locale.postcodes.iter().cloned()).collect(),
            labels,
            rows: Vec::new(),
        };
        words.rows = (0..layout.rows.len()).map(|row| words.row(&layout.row_text(row))).collect();
        words
    }

    pub fn row(&self, text: &str) -> RowWords {
        let squeezed = Squeezed::of(text);
        let count = |index: &WordIndex<()>| index.hits(&squeezed).len();
        let letters = squeezed.letters.iter().filter(|c| c.is_alphabetic()).count();
        let titles: usize = self.titles.hits(&squeezed).iter().map(|hit| hit.end - hit.start).sum();
        RowWords {
            legal_forms: count(&self.legal_forms),
            trades: count(&self.trades),
            address: count(&self.address),
            places: count(&self.places),
            contact: count(&self.contact),
            registration: count(&self.registration),
            title_share: titles as f64 / squeezed.letters.len().max(1) as f64,
            table: count(&self.table),
            postcode: self.postcodes.iter().any(|pattern| pattern.is_match(text)),
            digits: squeezed.letters.len() - letters,
            letters,
        }
    }

    /// The labels of a field together with those that introduce other things.
    pub fn labels_of(&self, field: &FieldDefinition, locales: &Locales) -> FieldLabels {
        let own = |words: &[String], strength| {
            let label = Label { list: String::new(), strength };
            words.iter().map(|word| (word.clone(), label.clone())).collect::<Vec<_>>()
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
