//! One written form for an instant.

use audit::Millis;
use audit::time::TimeError;
use proptest::prelude::*;

proptest! {
    #[test]
    fn every_instant_comes_back(millis in Millis::MIN.get()..=Millis::MAX.get()) {
        let time = Millis::new(millis).unwrap();
        prop_assert_eq!(time.to_string().parse(), Ok(time));
        prop_assert_eq!(time.to_string().len(), 24);
    }
}

#[test]
fn instants_are_written_in_utc_with_milliseconds() {
    for (millis, text) in [
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_007, "2000-02-29T00:00:00.007Z"),
        (Millis::MIN.get(), "0000-01-01T00:00:00.000Z"),
        (Millis::MAX.get(), "9999-12-31T23:59:59.999Z"),
    ] {
        assert_eq!(Millis::new(millis).unwrap().to_string(), text);
    }
    assert_eq!(Millis::new(Millis::MAX.get() + 1), Err(TimeError::OutOfRange));
    assert_eq!(Millis::new(Millis::MIN.get() - 1), Err(TimeError::OutOfRange));
}

#[test]
fn no_other_form_is_read() {
    for text in [
        "",
        "2026-01-31",
        "2026-01-31T23:59:59Z",
        "2026-01-31T23:59:59.9Z",
        "2026-01-31T23:59:59.9999Z",
        "2026-01-31T23:59:59,999Z",
        "2026-01-31T23:59:59.999",
        "2026-01-31T23:59:59.999z",
        "2026-01-31t23:59:59.999Z",
        "2026-01-31 23:59:59.999Z",
        "2026-01-31T23:59:59.999+00:00",
        "2026-01-31T23:59:60.000Z",
        "2026-01-31T24:00:00.000Z",
        "2026-02-29T00:00:00.000Z",
        "2026-1-31T23:59:59.999Z",
        " 2026-01-31T23:59:59.999Z",
        "2026-01-31T23:59:59.999Z ",
        "+2026-01-31T23:59:59.999Z",
        "12026-01-31T23:59:59.999Z",
        "-0001-01-31T23:59:59.999Z",
    ] {
        assert!(text.parse::<Millis>().is_err(), "{text:?}");
    }
}
