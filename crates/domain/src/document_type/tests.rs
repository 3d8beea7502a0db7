use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::*;

const HEAD: &str = "name = \"bill\"\nversion = 2\nlabel = \"Bill\"\nlocales = [\"en\", \"GB\"]\n";

fn parse(rest: &str) -> Result<DocumentType, DefinitionError> {
    DocumentType::parse("bill.toml", &format!("{HEAD}{rest}"))
}

fn refused(rest: &str) -> (&'static str, usize, String) {
    let error = parse(rest).expect_err("a refused definition");
    (error.code, error.line, error.message)
}

const FIELDS: &str = r#"
[[fields]]
name = "net"
label = "Net"
kind = "amount"

[[fields]]
name = "vat"
label = "VAT"
kind = "amount"
words = "tax"

[[fields]]
name = "total"
label = "Total"
kind = "amount"
required = true
threshold = 0.9

[[fields]]
name = "issued"
label = "Issued"
kind = "date"

[[fields]]
name = "due"
label = "Due"
kind = "date"

[[fields]]
name = "number"
label = "Number"
kind = "identifier"
patterns = ['B-[0-9]{4}']
tends = ["top", "right"]
"#;

#[test]
fn a_definition_is_read_as_written() {
    let bill = parse(FIELDS).expect("a definition");
    assert_eq!((bill.name.as_str(), bill.version, bill.fields.len()), ("bill", 2, 6));
    let total = bill.field("total").expect("a field");
    assert_eq!((total.kind, total.required, total.threshold), (Kind::Amount, true, Ppm::new(900_000)));
    let number = bill.field("number").expect("a field");
    assert_eq!(number.tends, [Tendency::Top, Tendency::Right]);
    assert_eq!(number.threshold, Ppm::new(950_000), "the default");
}

#[test]
fn the_shipped_types_and_locales_fit_together() {
    let locales = Locales::shipped().expect("locales");
    let types = DocumentType::shipped().expect("types");
    assert_eq!(types.len(), 1);
    for document_type in types {
        let chosen = locales.of(&document_type).expect("known locales");
        assert_eq!(chosen.codes(), document_type.locales);
        let names: Vec<&str> = document_type.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["company", "date", "address", "total", "tax", "currency", "receipt_number"]);
    }
}

#[test]
fn mistakes_are_named_with_their_line() {
    let kind_line = 4 + FIELDS.matches('\n').count() + 4;
    let field = "[[fields]]\nname = \"a\"\nlabel = \"A\"\n";
    let cases: [(String, &str, usize, &str); 16] = [
        (
            format!("{field}kind = \"date\"\nrequierd = true\n"),
            "TYPE_UNKNOWN_KEY",
            9,
            "unknown key `requierd`, expected one of",
        ),
        ("[[feilds]]\nname = \"a\"\n".to_owned(), "TYPE_UNKNOWN_KEY", 5, "unknown key `feilds`"),
        (field.to_owned(), "TYPE_MISSING_KEY", 5, "missing key `kind`"),
        (
            format!("{field}kind = \"money\"\n"),
            "TYPE_BAD_VALUE",
            8,
            "`money` is not known; use one of `name`, `address`",
        ),
        (format!("{field}kind = 7\n"), "TYPE_BAD_VALUE", 8, "invalid type: integer `7`, expected a string"),
        (format!("{field}kind = \"date\n"), "TYPE_SYNTAX", 8, ""),
        (
            format!("{field}kind = \"date\"\nthreshold = 95.0\n"),
            "TYPE_BAD_VALUE",
            9,
            "`threshold` is a share from 0.0 to 1.0, not 95",
        ),
        (format!("{field}kind = \"text\"\npatterns = ['[a-']\n"), "TYPE_BAD_PATTERN", 9, "`[a-` is no pattern"),
        (format!("{field}kind = \"text\"\ntends = [\"up\"]\n"), "TYPE_BAD_VALUE", 9, "`up` is not known"),
        (
            format!("{field}kind = \"text\"\n{field}kind = \"text\"\n"),
            "TYPE_DUPLICATE_FIELD",
            10,
            "the field `a` is there already",
        ),
        (
            "[[fields]]\nname = \"Big Total\"\nlabel = \"A\"\nkind = \"text\"\n".to_owned(),
            "TYPE_BAD_VALUE",
            6,
            "`Big Total` is no name",
        ),
        ("fields = []\n".to_owned(), "TYPE_BAD_VALUE", 5, "a type has 1 to 200 fields, here are 0"),
        (
            rule("kind = \"sum\"\nfields = [\"net\", \"tax\"]\nequals = \"total\""),
            "TYPE_UNKNOWN_FIELD",
            kind_line + 1,
            "no field `tax`",
        ),
        (rule("kind = \"sum\"\nfields = [\"net\", \"vat\"]"), "TYPE_MISSING_KEY", kind_line, "needs the key `equals`"),
        (
            rule("kind = \"sum\"\nfields = [\"net\", \"issued\"]\nequals = \"total\""),
            "TYPE_BAD_VALUE",
            kind_line + 1,
            "`issued` is of kind date",
        ),
        (
            rule("kind = \"order\"\nfields = [\"vat\", \"total\"]\nmax = \"3.00\""),
            "TYPE_UNKNOWN_KEY",
            kind_line,
            "a rule `order` has no key `max`",
        ),
    ];
    for (rest, code, line, message) in cases {
        let (found_code, found_line, found) = refused(&rest);
        assert_eq!((found_code, found_line), (code, line), "{found}\n{rest}");
        assert!(found.contains(message), "{found:?} should say {message:?}");
    }
    let error = parse("[[feilds]]\n").expect_err("refused");
    assert!(error.to_string().starts_with("bill.toml:5: unknown key `feilds`"), "{error}");
}

#[test]
fn unknown_locales_and_words_are_refused() {
    let locales = Locales::shipped().expect("locales");
    let bill = parse(&FIELDS.replace("words = \"tax\"", "words = \"taxes\"")).expect("a definition");
    assert_eq!(locales.of(&bill).expect_err("refused").code, "TYPE_UNKNOWN_WORDS");
    let mut bill = parse(FIELDS).expect("a definition");
    bill.locales.push("xx".to_owned());
    let error = locales.of(&bill).expect_err("refused");
    assert_eq!(error.code, "TYPE_UNKNOWN_LOCALE");
    assert!(error.message.contains("`xx`") && error.message.contains("GB"), "{error}");
}

#[test]
fn a_locale_file_is_checked_too() {
    let refused = |toml: &str| Locale::parse("xx.toml", toml).expect_err("refused");
    let error = refused("code = \"xx\"\nname = \"X\"\ndecimal = \";\"\n");
    assert_eq!((error.code, error.line), ("TYPE_BAD_VALUE", 3));
    assert_eq!(refused("code = \"xx\"\nname = \"X\"\ncurrency = \"EURO\"\n").line, 3);
    assert_eq!(refused("code = \"xx\"\nname = \"X\"\nmonths = [[\"jan\"]]\n").line, 3);
    let error = refused("code = \"xx\"\nname = \"X\"\n[labels.total]\nsure = [\"sum\"]\n");
    assert_eq!((error.code, error.line), ("TYPE_UNKNOWN_KEY", 4));
    let large = format!("code = \"xx\"\nname = \"{}\"\n", "x".repeat(error::MAX_FILE_BYTES));
    assert_eq!(refused(&large).code, "TYPE_TOO_LARGE");
}

fn rule(keys: &str) -> String {
    format!("{FIELDS}\n[[rules]]\nname = \"r\"\n{keys}\nmessage = \"Broken.\"\n")
}

fn breaks(keys: &str, values: &[(&str, &str)]) -> Vec<RuleBreak> {
    let bill = parse(&rule(keys)).expect("a definition");
    let values: BTreeMap<String, String> = values.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    bill.broken_rules(&values, NaiveDate::from_ymd_opt(2024, 3, 10).expect("a day"))
}

#[test]
fn rules_hold_and_break() {
    let sum = "kind = \"sum\"\nfields = [\"net\", \"vat\"]\nequals = \"total\"\ntolerance = \"0.01\"";
    let order = "kind = \"order\"\nfields = [\"vat\", \"total\"]";
    let days = "kind = \"order\"\nfields = [\"issued\", \"due\"]";
    let range = "kind = \"date_range\"\nfields = [\"issued\"]\nmin = \"2000-01-01\"\ndays_after_receipt = 1\ndays_before_receipt = 400";
    let amounts = "kind = \"amount_range\"\nfields = [\"total\"]\nmin = \"0.00\"\nmax = \"500.00\"";
    let format = "kind = \"format\"\nfields = [\"number\"]\npattern = 'B-[0-9]{4}'";
    let together = "kind = \"together\"\nfields = [\"vat\", \"net\"]";
    type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], bool);
    let cases: [Case<'_>; 20] = [
        (sum, &[("net", "10.00"), ("vat", "2.00"), ("total", "12.00")], true),
        (sum, &[("net", "10.00"), ("vat", "2.00"), ("total", "12.01")], true),
        (sum, &[("net", "10.00"), ("vat", "2.00"), ("total", "12.02")], false),
        (sum, &[("net", "10.00"), ("total", "12.02")], true),
        (order, &[("vat", "2.00"), ("total", "12.00")], true),
        (order, &[("vat", "12.00"), ("total", "2.00")], false),
        (days, &[("issued", "2024-01-02"), ("due", "2024-02-01")], true),
        (days, &[("issued", "2024-02-02"), ("due", "2024-02-01")], false),
        (range, &[("issued", "2024-03-11")], true),
        (range, &[("issued", "2024-03-12")], false),
        (range, &[("issued", "1999-12-31")], false),
        (range, &[("issued", "2023-01-01")], false),
        (amounts, &[("total", "500.00")], true),
        (amounts, &[("total", "500.01")], false),
        (amounts, &[("total", "-0.01")], false),
        (format, &[("number", "B-1234")], true),
        (format, &[("number", "B-12345")], false),
        (format, &[("number", "")], true),
        (together, &[("vat", "2.00")], false),
        (together, &[("net", "2.00")], true),
    ];
    for (keys, values, holds) in cases {
        assert_eq!(breaks(keys, values).is_empty(), holds, "{keys}\n{values:?}");
    }
    let broken = breaks(sum, &[("net", "10.00"), ("vat", "2.00"), ("total", "15.00")]);
    let fields = ["net", "vat", "total"].map(str::to_owned).to_vec();
    assert_eq!(broken, [RuleBreak { rule: "r".to_owned(), fields, message: "Broken.".to_owned() }]);
}
