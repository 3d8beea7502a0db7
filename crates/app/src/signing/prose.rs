//! What people write, as a statement can say it.

use unicode_normalization::UnicodeNormalization;

/// The text in one line: NFC, single spaces, without control characters and without those that turn the direction of
/// what stands around them (`Bidi_Control`, Unicode Standard Annex 9).
pub(crate) fn one_line(text: &str) -> String {
    let shown: String = text
        .chars()
        .filter_map(|character| match character {
            '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
            '\u{2028}' | '\u{2029}' => Some(' '),
            control if control.is_control() => Some(' '),
            other => Some(other),
        })
        .nfc()
        .collect();
    domain::value::single_spaced(&shown)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::one_line;

    #[test]
    fn lines_and_directions_are_taken_out() {
        assert_eq!(one_line(" two\r\nlines\u{2028}and \u{202e}more "), "two lines and more");
        assert_eq!(one_line("Zoe\u{0308}"), "Zoë");
    }

    proptest! {
        #[test]
        fn what_comes_out_stays_as_it_is(text in "\\PC*|.*") {
            let once = one_line(&text);
            prop_assert!(!once.chars().any(char::is_control));
            prop_assert_eq!(one_line(&once), once);
        }
    }
}
