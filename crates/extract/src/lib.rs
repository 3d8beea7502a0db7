//! A reading and a document type in, fields with calibrated confidence out. Pure and deterministic: layout,
//! candidates, features, one log-linear choice among the candidates of a document (and "none").
//!
//! Without learned weights the scorer is the rule system; learned ones move it from there, never replace it.

mod address_candidates;
mod amount_candidates;
mod candidate;
mod characters;
mod country;
mod currency_candidates;
mod date_candidates;
mod features;
mod identifier_candidates;
mod layout;
mod lexicon;
mod name_candidates;
mod page_words;
mod priors;
mod scorer;
mod text_candidates;

use domain::{
    document_type::{DocumentType, FieldDefinition, Kind, Locales, Tendency},
    ppm::Ppm,
    reading::Reading,
    region::Region,
    value::normalize,
};

use crate::{
    candidate::Candidate,
    layout::Layout,
    page_words::{PageWords, TextWords},
};
pub use crate::{characters::character_confidences, country::settle, scorer::Weights};

/// What was found for one field of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtractedField {
    pub name: String,
    /// As read; empty when nothing was found.
    pub text: String,
    /// Normalised; `None` when nothing was found, or when the text has no value of the field's kind.
    pub value: Option<String>,
    /// How sure the choice and the reading are together; of "there is none" when nothing was found.
    pub confidence: Ppm,
    /// One for each line of the text.
    pub regions: Vec<Region>,
    /// What else it could be, the likeliest first, with other values than the chosen one.
    pub alternatives: Vec<Alternative>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    pub text: String,
    pub value: Option<String>,
    pub confidence: Ppm,
    pub regions: Vec<Region>,
}

/// Most alternatives of a field.
pub const MAX_ALTERNATIVES: usize = 5;

/// The fields of a document by rules alone, one entry for each field of the type, in its order.
pub fn fields(reading: &Reading, document_type: &DocumentType, locales: &Locales) -> Vec<ExtractedField> {
    fields_with(reading, document_type, locales, &Weights::default())
}

/// The same with learned weights.
pub fn fields_with(
    reading: &Reading,
    document_type: &DocumentType,
    locales: &Locales,
    weights: &Weights,
) -> Vec<ExtractedField> {
    let document = Document::new(reading, locales);
    document_type.fields.iter().map(|field| document.field(field, weights)).collect()
}

/// All that could be the value of each field, before any choice: the share of documents where the truth is
/// among them is the ceiling of whatever chooses.
pub fn candidates(reading: &Reading, document_type: &DocumentType, locales: &Locales) -> Vec<(String, Vec<String>)> {
    let document = Document::new(reading, locales);
    let texts = |field: &FieldDefinition| document.candidates(field).into_iter().map(|c| c.text).collect();
    document_type.fields.iter().map(|field| (field.name.clone(), texts(field))).collect()
}

struct Document {
    layout: Layout,
    words: PageWords,
    /// All, in the order of evidence: what they state decides.
    locales: Locales,
    /// Those whose words count.
    spoken: Locales,
}

impl Document {
    fn new(reading: &Reading, locales: &Locales) -> Document {
        let layout = Layout::of(reading);
        let locales = country::settle_layout(&layout, locales);
        let spoken = country::spoken(&layout, &locales);
        let words = PageWords::of(&layout, &spoken);
        Document { layout, words, locales, spoken }
    }

    fn words_of(&self, text: &str) -> TextWords {
        self.words.of_text(text, &self.spoken)
    }

    fn candidates(&self, field: &FieldDefinition) -> Vec<Candidate> {
        let mut candidates = match field.kind {
            Kind::Date => date_candidates::find(self, field),
            Kind::Amount => amount_candidates::find(self, field),
            Kind::Currency => currency_candidates::find(self),
            Kind::Identifier => identifier_candidates::find(self, field),
            Kind::Name => name_candidates::find(self, field),
            Kind::Address => address_candidates::find(self, field),
            Kind::Text => text_candidates::find(self, field),
        };
        for candidate in &mut candidates {
            self.place(field, candidate);
        }
        candidates
    }

    /// How well the place of a candidate is where the field tends to stand.
    fn place(&self, field: &FieldDefinition, candidate: &mut Candidate) {
        let Some(first) = candidate.spans.first() else { return };
        let (depth, right) = (self.layout.depth(first.cell), self.layout.right_edge(first.cell));
        for tendency in &field.tends {
            let (name, fit) = match tendency {
                Tendency::Top => ("tends_top", 1.0 - depth),
                Tendency::Middle => ("tends_middle", 1.0 - 2.0 * (depth - 0.5).abs()),
                Tendency::Bottom => ("tends_bottom", depth),
                Tendency::Left => ("tends_left", 1.0 - right),
                Tendency::Right => ("tends_right", right),
                Tendency::Largest | Tendency::Repeated => continue,
            };
            candidate.features.set(name, fit);
        }
    }

    fn field(&self, field: &FieldDefinition, weights: &Weights) -> ExtractedField {
        let mut candidates = self.candidates(field);
        for candidate in &mut candidates {
            candidate.value = normalize(field, &candidate.text, &self.locales).ok();
        }
        let choice = scorer::choose(field, candidates, weights);
        let mut options = choice.options.into_iter().map(|option| self.alternative(option));
        let mut found = ExtractedField {
            name: field.name.clone(),
            text: String::new(),
            value: None,
            confidence: Ppm::from_share(choice.none),
            regions: Vec::new(),
            alternatives: Vec::new(),
        };
        if choice.found
            && let Some(best) = options.next()
        {
            found.text = best.text;
            found.value = best.value;
            found.confidence = best.confidence;
            found.regions = best.regions;
        }
        found.alternatives = options.take(MAX_ALTERNATIVES).collect();
        found
    }

    fn alternative(&self, option: scorer::ScoredOption) -> Alternative {
        let read = self.layout.confidence(&option.candidate.spans);
        Alternative {
            confidence: Ppm::from_share(option.posterior * read),
            regions: self.layout.regions(&option.candidate.spans),
            text: option.candidate.text,
            value: option.candidate.value,
        }
    }
}
