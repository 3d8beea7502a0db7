use unicode_normalization::UnicodeNormalization;

/// Upper case without accents, with every run of other than letters and digits as one space: the form in
/// which words of a page are compared with words of a locale.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd() {
        if c.is_alphanumeric() {
            folded.extend(c.to_uppercase());
        } else if !is_mark(c) && !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// [`fold`] without the spaces: recognisers often lose or add them.
pub fn squeeze(text: &str) -> String {
    fold(text).replace(' ', "")
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}
