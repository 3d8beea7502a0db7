//! What must hold for any reading, however broken.

use std::sync::LazyLock;

use domain::{
    document_type::{DocumentType, Locales},
    ppm::Ppm,
    reading::{Character, EngineVersion, Line, PageReading, Reading, Word},
    region::Quad,
    value::normalize,
};
use extract::{Weights, fields, fields_with};
use proptest::prelude::*;

static RECEIPT: LazyLock<(DocumentType, Locales)> = LazyLock::new(|| {
    let receipt = DocumentType::shipped().expect("shipped types").remove(0);
    let locales = Locales::shipped().expect("shipped locales").of(&receipt).expect("known locales");
    (receipt, locales)
});

/// Words of receipts between any other characters, so that every kind of candidate comes up.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,4}[.,/-]?[0-9]{0,3}[.,/-]?[0-9]{0,4}",
        "\\PC{0,8}",
        Just("TOTAL".to_owned()),
        Just("RM".to_owned()),
        Just("SDN BHD".to_owned()),
        Just("JALAN".to_owned()),
        Just("(12345-X)".to_owned()),
        Just("25/12/2018".to_owned()),
        Just("No:".to_owned()),
        Just("€".to_owned()),
        Just("ẞ".to_owned()),
    ]
}

fn quad() -> impl Strategy<Value = Quad> {
    prop::array::uniform4(prop::array::uniform2((0u32..=1_000_000).prop_map(Ppm::new))).prop_map(Quad)
}

fn confidence() -> impl Strategy<Value = Ppm> {
    (0u32..=1_000_000).prop_map(Ppm::new)
}

fn line() -> impl Strategy<Value = Line> {
    let word = (word(), confidence(), quad(), any::<bool>()).prop_map(|(text, confidence, quad, whole)| {
        // Characters need not fit the text.
        let kept = text.chars().take(if whole { usize::MAX } else { 1 });
        let characters = kept.map(|text| Character { text, confidence, quad }).collect();
        Word { text, confidence, quad, characters }
    });
    (prop::collection::vec(word, 0..6), confidence(), quad()).prop_map(|(words, confidence, quad)| {
        let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Line { text, confidence, quad, words }
    })
}

fn reading() -> impl Strategy<Value = Reading> {
    let page = (0u32..3000, 0u32..3000, prop::collection::vec(line(), 0..14))
        .prop_map(|(width, height, lines)| PageReading { width, height, confidence: Ppm::ONE, lines });
    prop::collection::vec(page, 0..3).prop_map(|pages| {
        let name = || "any".to_owned();
        Reading {
            engine: EngineVersion { engine: name(), engine_version: name(), pack: name(), pack_version: name() },
            pages,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_reading_gives_every_field_once(reading in reading()) {
        let (receipt, locales) = &*RECEIPT;
        let found = fields(&reading, receipt, locales);
        prop_assert_eq!(&found, &fields(&reading, receipt, locales), "the same reading gives the same fields");
        prop_assert_eq!(found.len(), receipt.fields.len());
        let settled = extract::settle(&reading, locales);
        for (field, definition) in found.iter().zip(&receipt.fields) {
            prop_assert_eq!(&field.name, &definition.name);
            prop_assert_eq!(field.text.is_empty(), field.regions.is_empty(), "text and regions belong together");
            prop_assert!(field.alternatives.len() <= extract::MAX_ALTERNATIVES);
            prop_assert!(field.regions.iter().all(|region| (region.page as usize) < reading.pages.len()));
            if let Some(value) = &field.value {
                let again = normalize(definition, &field.text, &settled);
                prop_assert_eq!(again.as_ref(), Ok(value), "the value is that of the text");
            }
            for other in &field.alternatives {
                prop_assert!(field.value.is_none() || other.value != field.value, "alternatives are other values");
            }
        }
    }

    #[test]
    fn any_weights_give_confidences(reading in reading(), rule in -1e9f64..1e9, weight in any::<f64>()) {
        let (receipt, locales) = &*RECEIPT;
        let features = ["largest", "depth", "label_left_strong"];
        let features = features.map(|feature| (("total".to_owned(), feature.to_owned()), weight)).into();
        let found = fields_with(&reading, receipt, locales, &Weights { rule, features });
        prop_assert_eq!(found.len(), receipt.fields.len());
    }
}
