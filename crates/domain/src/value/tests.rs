use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::document_type::{DocumentType, Locales};

fn locales(codes: &str) -> Locales {
    static ALL: LazyLock<Locales> = LazyLock::new(|| Locales::shipped().expect("shipped locales"));
    let of = |code| ALL.iter().find(|locale| locale.code == code).expect("a locale").clone();
    Locales::new(codes.split(' ').map(of).collect())
}

fn value(kind: &str, text: &str, codes: &str) -> Result<String, ValueError> {
    static KINDS: LazyLock<DocumentType> = LazyLock::new(|| {
        let fields = ["name", "address", "date", "amount", "currency", "identifier", "text"]
            .map(|kind| format!("[[fields]]\nname = \"{kind}\"\nlabel = \"A {kind}\"\nkind = \"{kind}\"\n"));
        let head = "name = \"kinds\"\nversion = 1\nlabel = \"Kinds\"\nlocales = [\"en\"]\n";
        DocumentType::parse("kinds.toml", &format!("{head}{}", fields.concat())).expect("a definition")
    });
    normalize(KINDS.field(kind).expect("a kind"), text, &locales(codes))
}

#[test]
fn dates() {
    let table = [
        ("2018-12-25", "en MY", "2018-12-25"),
        ("25/12/2018", "en MY", "2018-12-25"),
        ("25.12.2018", "de DE", "2018-12-25"),
        ("25-12-18", "en MY", "2018-12-25"),
        ("25 . 12 . 2018", "de DE", "2018-12-25"),
        ("20181225", "en MY", "2018-12-25"),
        ("25122018", "en MY", "2018-12-25"),
        ("2703/2018", "en MY", "2018-03-27"),
        ("25 DEC 2018", "en MY", "2018-12-25"),
        ("25DEC18", "en MY", "2018-12-25"),
        ("25-Dec-2018", "en US", "2018-12-25"),
        ("Dec 25, 2018", "en US", "2018-12-25"),
        ("DECEMBER 25TH, 2018", "en US", "2018-12-25"),
        ("25th of December 2018", "en GB", "2018-12-25"),
        ("Tue 25/12/2018 8:13:39 PM", "en MY", "2018-12-25"),
        ("25/12/20188:13", "en MY", "2018-12-25"),
        ("2018-12-2522:55:25", "en MY", "2018-12-25"),
        ("27/06/185:02:32 PM", "en MY", "2018-06-27"),
        ("27/06/1815:02", "en MY", "2018-06-27"),
        ("2018-12-25T10:30:00", "en MY", "2018-12-25"),
        ("25. Dezember 2018", "de DE", "2018-12-25"),
        ("1. März 2024", "de DE", "2024-03-01"),
        ("12 décembre 2023", "fr FR", "2023-12-12"),
        ("1 août 2023", "fr FR", "2023-08-01"),
        ("25 de diciembre de 2018", "es ES", "2018-12-25"),
        ("3 MAC 2018", "ms MY", "2018-03-03"),
        ("17 OGOS 2018", "ms MY", "2018-08-17"),
        ("29/02/2024", "en MY", "2024-02-29"),
        // Only the order of the country tells.
        ("03/04/2018", "en MY", "2018-04-03"),
        ("03/04/2018", "en US", "2018-03-04"),
        ("03/04/18", "en US MY", "2018-03-04"),
        ("03/04/18", "en MY US", "2018-04-03"),
        // Here the numbers tell.
        ("03/25/2018", "en MY", "2018-03-25"),
        ("25/03/2018", "en US", "2018-03-25"),
        ("01/01/69", "en MY", "1969-01-01"),
        ("01/01/68", "en MY", "2068-01-01"),
    ];
    for (text, codes, expected) in table {
        assert_eq!(value("date", text, codes).as_deref(), Ok(expected), "{text} in {codes}");
    }
}

#[test]
fn what_is_no_date() {
    let table = [
        ("", ValueError::Empty),
        ("   ", ValueError::Empty),
        ("yesterday", ValueError::NotADate),
        ("12.50", ValueError::NotADate),
        ("07-555 0119", ValueError::NotADate),
        ("31/02/2018", ValueError::NoSuchDay),
        ("29/02/2023", ValueError::NoSuchDay),
        ("13/13/2018", ValueError::NoSuchDay),
        ("01/02/2018 - 03/02/2018", ValueError::SeveralDates),
        ("25/12/2018 No 17", ValueError::NotADate),
        ("192.168.10.12", ValueError::NotADate),
    ];
    for (text, expected) in table {
        assert_eq!(value("date", text, "en MY"), Err(expected), "{text}");
    }
}

#[test]
fn amounts() {
    let table = [
        ("9.00", "en MY", "9.00"),
        ("1,007.50", "en MY", "1007.50"),
        ("1,234,567.89", "en US", "1234567.89"),
        ("RM 8.60", "en MY", "8.60"),
        ("RM8.60", "en MY", "8.60"),
        ("$8.20", "en US", "8.20"),
        ("US$ 8.20", "en US", "8.20"),
        ("8.20 USD", "en US", "8.20"),
        ("EUR 13,85", "de DE", "13.85"),
        ("13,85 €", "de DE", "13.85"),
        ("1.234,50", "de DE", "1234.50"),
        ("1.234,50", "en US", "1234.50"),
        ("1 234,50", "fr FR", "1234.50"),
        ("1\u{202f}234,50 €", "fr FR", "1234.50"),
        ("1'234.50", "en MY", "1234.50"),
        ("12,-", "de DE", "12.00"),
        ("12,- EUR", "de DE", "12.00"),
        ("(5.00)", "en US", "-5.00"),
        ("-5.00", "en US", "-5.00"),
        ("- RM 0.02", "en MY", "-0.02"),
        ("RM -0.02", "en MY", "-0.02"),
        ("-RM 0.02", "en MY", "-0.02"),
        ("5.00-", "en US", "-5.00"),
        ("+5.00", "en US", "5.00"),
        (".50", "en US", "0.50"),
        ("33. 90", "en MY", "33.90"),
        ("20", "en MY", "20.00"),
        ("007.50", "en MY", "7.50"),
        ("0,500", "en US", "0.50"),
        ("1.8790", "en US", "1.879"),
        // Three digits behind a single sign: the country tells.
        ("1,234", "en US", "1234.00"),
        ("1,234", "de DE", "1.234"),
        ("1.234", "de DE", "1234.00"),
        ("1.234", "en US", "1.234"),
        ("99,999,999,999,999.99", "en US", "99999999999999.99"),
    ];
    for (text, codes, expected) in table {
        assert_eq!(value("amount", text, codes).as_deref(), Ok(expected), "{text} in {codes}");
    }
}

#[test]
fn what_is_no_amount() {
    let table = [
        ("six", ValueError::NotAnAmount),
        ("6%", ValueError::NotAnAmount),
        ("1,23,45", ValueError::NotAnAmount),
        ("1.2.3", ValueError::NotAnAmount),
        ("12 34", ValueError::NotAnAmount),
        ("1,234.56.78", ValueError::NotAnAmount),
        ("1.23456", ValueError::NotAnAmount),
        ("9.00 items", ValueError::NotAnAmount),
        ("999999999999999", ValueError::AmountTooLarge),
        ("999999999999999999999999999999", ValueError::AmountTooLarge),
        ("-", ValueError::NotAnAmount),
    ];
    for (text, expected) in table {
        assert_eq!(value("amount", text, "en MY"), Err(expected), "{text}");
    }
}

#[test]
fn currencies_and_identifiers_and_texts() {
    assert_eq!(value("currency", "RM", "en MY").as_deref(), Ok("MYR"));
    assert_eq!(value("currency", "(rm)", "en MY").as_deref(), Ok("MYR"));
    assert_eq!(value("currency", "€", "en MY DE").as_deref(), Ok("EUR"));
    assert_eq!(value("currency", "chf", "en").as_deref(), Ok("CHF"));
    assert_eq!(value("currency", "XYZ", "en"), Err(ValueError::UnknownCurrency));
    assert_eq!(value("identifier", " inv - 00 12a", "en").as_deref(), Ok("INV-0012A"));
    assert_eq!(value("identifier", "---", "en"), Err(ValueError::NotAnIdentifier));
    assert_eq!(value("text", "  Cafe\u{301}\n au\tlait ", "en").as_deref(), Ok("Caf\u{e9} au lait"));
    assert_eq!(value("text", &"x".repeat(MAX_VALUE_CHARACTERS + 1), "en"), Err(ValueError::TooLong));
}

#[test]
fn errors_have_codes_and_say_what_to_do() {
    let error = value("date", "soon", "en").expect_err("no date");
    assert_eq!(error.code(), "VALUE_NOT_A_DATE");
    assert_eq!(error.to_string(), "This is not a date. Type day, month and year, such as 2018-12-25.");
}

proptest! {
    #[test]
    fn any_text_is_normalised_or_refused(text in "\\PC{0,40}") {
        for kind in ["name", "address", "date", "amount", "currency", "identifier", "text"] {
            if let Ok(once) = value(kind, &text, "en MY US DE") {
                prop_assert_eq!(value(kind, &once, "en MY US DE"), Ok(once.clone()), "normalising twice changes nothing");
            }
        }
    }

    #[test]
    fn numbers_like_dates_and_amounts_never_panic(text in "[0-9]{0,4}[-/., ']{0,2}[0-9]{0,4}[-/., ':]{0,2}[0-9]{0,8}[-)]{0,1}") {
        let _ = value("date", &text, "en MY");
        let _ = value("amount", &text, "de DE");
    }

    #[test]
    fn every_day_survives_every_way_to_write_it(days in 0i64..73_000) {
        let day = chrono::NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day") + chrono::Days::new(days as u64);
        let iso = day.format("%Y-%m-%d").to_string();
        for form in ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%B %d, %Y", "%d-%b-%Y %H:%M"] {
            let text = day.and_hms_opt(17, 5, 0).expect("a time").format(form).to_string();
            prop_assert_eq!(value("date", &text, "en MY"), Ok(iso.clone()), "{}", text);
        }
        let american = day.format("%m/%d/%Y").to_string();
        prop_assert_eq!(value("date", &american, "en US"), Ok(iso));
    }

    #[test]
    fn every_amount_survives_being_printed(cents in -9_999_999_999i64..9_999_999_999) {
        let amount = Amount::from_ten_thousandths(cents * 100);
        prop_assert_eq!(value("amount", &amount.to_string(), "en US"), Ok(amount.to_string()));
        let german = amount.to_string().replace('.', ",");
        prop_assert_eq!(value("amount", &german, "de DE"), Ok(amount.to_string()));
    }
}
