//! A type that a user defined, and weights that were learned.

mod page;

use domain::document_type::{DocumentType, Locales};
use extract::{ExtractedField, Weights, fields, fields_with};

/// The definition that docs/document-types.md explains.
fn delivery_note() -> (DocumentType, Locales) {
    let docs = include_str!("../../../docs/document-types.md");
    let toml = docs.split("```toml\n").find(|block| block.contains("delivery_note")).expect("the example of the docs");
    let toml = toml.split("```").next().expect("the end of the example");
    let note = DocumentType::parse("delivery_note.toml", toml).expect("a definition");
    let locales = Locales::shipped().expect("shipped locales").of(&note).expect("known locales");
    (note, locales)
}

const NOTE: &str = "
      Copper Kettle Wholesale Ltd
        3 Mill Lane, Leeds LS1 4AP

DELIVERY NOTE          Note ref: DN-004417
Booking date: 04/03/2024
Delivered on: 07/03/2024
Driver: M. Okafor
Pallets delivered: 14
Freight charge      £ 48.00
Value of goods      £ 1,310.40
";

fn value<'f>(found: &'f [ExtractedField], name: &str) -> Option<&'f str> {
    found.iter().find(|field| field.name == name).and_then(|field| field.value.as_deref())
}

#[test]
fn a_type_of_ones_own_finds_its_fields_by_its_own_words() {
    let (note, locales) = delivery_note();
    let found = fields(&page::reading(NOTE), &note, &locales);
    assert_eq!(value(&found, "note_number"), Some("DN-004417"));
    assert_eq!(value(&found, "delivered_on"), Some("2024-03-07"));
    assert_eq!(value(&found, "driver"), Some("M. Okafor"));
    assert_eq!(value(&found, "freight"), Some("48.00"));
    assert_eq!(value(&found, "sender"), Some("Copper Kettle Wholesale Ltd"));
}

#[test]
fn learned_weights_move_the_choice_and_no_weights_are_the_rules() {
    let (note, locales) = delivery_note();
    let reading = page::reading(NOTE);
    let rules = fields(&reading, &note, &locales);
    assert_eq!(fields_with(&reading, &note, &locales, &Weights::default()), rules);
    let disbelief = [(("freight".to_owned(), "label_left_strong".to_owned()), -20.0)].into();
    let learned = fields_with(&reading, &note, &locales, &Weights { rule: 1.0, features: disbelief });
    assert_ne!(value(&learned, "freight"), Some("48.00"));
    assert_eq!(value(&learned, "driver"), value(&rules, "driver"), "other fields have weights of their own");
}
