//! Receipts made by us, of several countries, and what has to be found on them.

mod page;

use std::collections::BTreeMap;

use domain::document_type::{DocumentType, Locales};
use extract::{ExtractedField, fields};

fn receipt() -> (DocumentType, Locales) {
    let receipt = DocumentType::shipped().expect("shipped types").remove(0);
    let locales = Locales::shipped().expect("shipped locales").of(&receipt).expect("known locales");
    (receipt, locales)
}

fn read(text: &str) -> BTreeMap<String, ExtractedField> {
    let (receipt, locales) = receipt();
    let found = fields(&page::reading(text), &receipt, &locales);
    assert_eq!(found.len(), receipt.fields.len(), "one entry for each field");
    found.into_iter().map(|field| (field.name.clone(), field)).collect()
}

fn assert_values(text: &str, expected: [(&str, Option<&str>); 7]) {
    let found = read(text);
    let found: Vec<(&str, Option<&str>)> =
        expected.iter().map(|(name, _)| (*name, found[*name].value.as_deref())).collect();
    assert_eq!(found, expected);
}

#[test]
fn malaysia() {
    assert_values(
        include_str!("receipts/malaysia.txt"),
        [
            ("company", Some("KEDAI BUKU HARIMAU SDN BHD")),
            ("date", Some("2018-03-04")),
            ("address", Some("NO. 17 & 19, JALAN KENANGA 4, TAMAN MELATI INDAH, 81300 SKUDAI, JOHOR.")),
            ("total", Some("41.00")),
            ("tax", Some("2.32")),
            ("currency", Some("MYR")),
            ("receipt_number", Some("KBH-0042871")),
        ],
    );
}

#[test]
fn united_states_with_the_month_first() {
    assert_values(
        include_str!("receipts/united_states.txt"),
        [
            ("company", Some("Blue Heron Hardware LLC")),
            ("date", Some("2024-03-04")),
            ("address", Some("4410 Quarry Road Austin, TX 78745")),
            ("total", Some("36.23")),
            ("tax", Some("2.76")),
            ("currency", Some("USD")),
            ("receipt_number", Some("88-20417")),
        ],
    );
}

#[test]
fn united_kingdom() {
    assert_values(
        include_str!("receipts/united_kingdom.txt"),
        [
            ("company", Some("THE PLOUGH & SICKLE")),
            ("date", Some("2023-11-07")),
            ("address", Some("Upper Harrow Lane, Bristol BS8 4QT")),
            ("total", Some("45.75")),
            ("tax", Some("7.63")),
            ("currency", Some("GBP")),
            ("receipt_number", Some("30911")),
        ],
    );
}

#[test]
fn germany_with_decimal_commas() {
    assert_values(
        include_str!("receipts/germany.txt"),
        [
            ("company", Some("Bäckerei Sonnenkorn GmbH")),
            ("date", Some("2024-04-03")),
            ("address", Some("Lindenstraße 14 70173 Stuttgart")),
            ("total", Some("13.85")),
            ("tax", Some("0.91")),
            ("currency", Some("EUR")),
            ("receipt_number", Some("004512")),
        ],
    );
}

#[test]
fn france_with_spaces_between_thousands() {
    assert_values(
        include_str!("receipts/france.txt"),
        [
            ("company", Some("LIBRAIRIE DU VIEUX PORT SARL")),
            ("date", Some("2023-12-12")),
            ("address", Some("8, rue des Tanneurs 13002 Marseille")),
            ("total", Some("1080.00")),
            ("tax", Some("56.30")),
            ("currency", Some("EUR")),
            ("receipt_number", Some("F2023-0871")),
        ],
    );
}

#[test]
fn spain() {
    assert_values(
        include_str!("receipts/spain.txt"),
        [
            ("company", Some("FERRETERÍA LA BALANZA S.L.")),
            ("date", Some("2024-01-15")),
            ("address", Some("Calle Mayor, 23 28013 Madrid")),
            ("total", Some("24.45")),
            ("tax", Some("4.24")),
            ("currency", Some("EUR")),
            ("receipt_number", Some("T-118/2024")),
        ],
    );
}

#[test]
fn an_invoice_in_two_columns() {
    assert_values(
        include_str!("receipts/invoice.txt"),
        [
            ("company", Some("Northgate Office Supply Inc.")),
            ("date", Some("2024-01-09")),
            ("address", Some("250 Market Street, Suite 410 San Francisco, CA 94105")),
            ("total", Some("1575.42")),
            ("tax", Some("123.42")),
            ("currency", Some("USD")),
            ("receipt_number", Some("INV-20391")),
        ],
    );
}

#[test]
fn a_blank_page_has_no_fields_and_is_sure_of_it() {
    for field in read("").into_values() {
        assert_eq!((field.text.as_str(), field.value, field.regions.len()), ("", None, 0));
        assert_eq!(field.confidence, domain::ppm::Ppm::ONE);
        assert!(field.alternatives.is_empty());
    }
}

#[test]
fn a_value_of_three_lines_has_three_regions_and_alternatives_differ_from_it() {
    let found = read(include_str!("receipts/malaysia.txt"));
    assert_eq!(found["address"].regions.len(), 3);
    assert_eq!(found["total"].regions.len(), 1);
    for field in found.values() {
        assert!(field.alternatives.len() <= extract::MAX_ALTERNATIVES);
        assert!(field.alternatives.iter().all(|other| other.text != field.text), "{field:?}");
    }
    let others: Vec<&str> = found["total"].alternatives.iter().filter_map(|other| other.value.as_deref()).collect();
    assert!(others.contains(&"40.98"), "the total before rounding is offered: {others:?}");
}

#[test]
fn a_region_covers_the_value_and_not_its_label() {
    let found = read("ACME TRADING LTD\n12 Hill Street\nTOTAL 41.00\n");
    let [left, .., right, _] = found["total"].regions[0].quad.bounds();
    // "TOTAL 41.00": the amount stands from character 6 to 11 of a page that is 16 characters wide.
    let width = 16.0 * page::CHARACTER.0 + 40.0;
    assert!((left.share() * width - 80.0).abs() < 1.0, "{left}");
    assert!((right.share() * width - 130.0).abs() < 1.0, "{right}");
}

#[test]
fn a_dollar_sign_means_the_money_of_the_country_on_the_page() {
    let malaysia =
        "RESTORAN BUNGA RAYA SDN BHD\n12, JALAN MERAK 7\n81200 JOHOR BAHRU, JOHOR\n03/04/2018\nTOTAL   $8.20\n";
    let found = read(malaysia);
    assert_eq!(found["currency"].value.as_deref(), Some("MYR"));
    assert_eq!(found["date"].value.as_deref(), Some("2018-04-03"));
    let unknown = read("CORNER SHOP\nTOTAL   $8.20\n");
    assert_eq!(unknown["currency"].value.as_deref(), Some("USD"));
}

#[test]
fn doubt_of_the_reading_lowers_the_confidence() {
    let (receipt, locales) = receipt();
    let sure = page::reading(include_str!("receipts/malaysia.txt"));
    let mut unsure = sure.clone();
    let characters = unsure.pages.iter_mut().flat_map(|page| &mut page.lines).flat_map(|line| &mut line.words);
    for character in characters.flat_map(|word| &mut word.characters) {
        character.confidence = domain::ppm::Ppm::new(900_000);
    }
    for (sure, unsure) in fields(&sure, &receipt, &locales).iter().zip(fields(&unsure, &receipt, &locales)) {
        assert_eq!(sure.value, unsure.value, "the choice itself stays");
        assert!(
            unsure.confidence < sure.confidence,
            "{}: {} is not below {}",
            sure.name,
            unsure.confidence,
            sure.confidence
        );
    }
}

#[test]
fn the_languages_of_a_country_count_on_a_receipt_in_another() {
    let found = read(
        "PEARL HANDICRAFT\n21, JALAN CENDANA\nOFF JALAN MELUR\n55100 KUALA LUMPUR\nINVOICE NO: 1207\nINVOICE DATE: 04/03/2018\n\
         DESCRIPTION   AMOUNT\nPICTURE FRAME   RM 12.00\nGRAND TOTAL   RM 12.00\nTHANK YOU FOR SHOPPING WITH US\n",
    );
    assert_eq!(found["company"].value.as_deref(), Some("PEARL HANDICRAFT"));
    assert_eq!(found["address"].value.as_deref(), Some("21, JALAN CENDANA OFF JALAN MELUR 55100 KUALA LUMPUR"));
}
