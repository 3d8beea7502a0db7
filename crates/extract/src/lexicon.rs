//! Finds the words of locales in what was read, also where the recogniser lost or added spaces.

use std::collections::HashMap;

use domain::{document_type::LabelStrength, value::fold};

/// Shorter words must stand alone; longer ones may touch others.
const TOUCHING_LENGTH: usize = 4;
const ENDING_LENGTH: usize = 5;

/// A word list made for searching.
#[derive(Clone, Debug)]
pub struct WordIndex<T> {
    by_first: HashMap<char, Vec<(Vec<char>, T)>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<T> {
    /// Characters of the squeezed text.
    pub start: usize,
    pub end: usize,
    pub what: T,
}

/// Letters and digits of a text, with the places where words begin.
pub struct Squeezed {
    pub letters: Vec<char>,
    begins: Vec<bool>,
}

impl Squeezed {
    pub fn of(text: &str) -> Squeezed {
        let mut letters: Vec<char> = Vec::new();
        let mut begins: Vec<bool> = Vec::new();
        let mut before = ' ';
        for c in fold(text).chars() {
            if c != ' ' {
                letters.push(c);
                begins.push(before == ' ' || before.is_ascii_digit() != c.is_ascii_digit());
            }
            before = c;
        }
        Squeezed { letters, begins }
    }

    fn begins(&self, at: usize) -> bool {
        self.begins.get(at).copied().unwrap_or(true)
    }
}

impl<T: Clone> WordIndex<T> {
    /// From folded words; all meanings of a word are kept.
    pub fn new<'w>(words: impl Iterator<Item = (&'w str, T)>) -> WordIndex<T> {
        let mut by_first: HashMap<char, Vec<(Vec<char>, T)>> = HashMap::new();
        for (word, what) in words {
            let letters: Vec<char> = word.chars().filter(|c| *c != ' ').collect();
            if let Some(first) = letters.first() {
                by_first.entry(*first).or_default().push((letters, what));
            }
        }
        for words in by_first.values_mut() {
            words.sort_by_key(|(letters, _)| std::cmp::Reverse(letters.len()));
        }
        WordIndex { by_first }
    }

    /// The letters of every word.
    pub fn words(&self) -> impl Iterator<Item = &[char]> {
        self.by_first.values().flatten().map(|(letters, _)| letters.as_slice())
    }

    /// Leftmost, longest, without overlaps; one hit for each meaning of the word found.
    pub fn hits(&self, text: &Squeezed) -> Vec<Hit<T>> {
        let mut hits = Vec::new();
        let mut at = 0;
        while at < text.letters.len() {
            let length = self.longest_at(text, at);
            if length == 0 {
                at += 1;
                continue;
            }
            let words = self.by_first.get(&text.letters[at]).into_iter().flatten();
            let fitting =
                words.filter(|(letters, _)| letters.len() == length && text.letters[at..].starts_with(letters));
            hits.extend(fitting.map(|(_, what)| Hit { start: at, end: at + length, what: what.clone() }));
            at += length;
        }
        hits
    }

    fn longest_at(&self, text: &Squeezed, at: usize) -> usize {
        let words = self.by_first.get(&text.letters[at]).into_iter().flatten();
        words
            .filter(|(letters, _)| text.letters[at..].starts_with(letters))
            .map(|(letters, _)| letters.len())
            .find(|length| {
                let (begins, ends) = (text.begins(at), text.begins(at + length));
                begins && (ends || *length >= TOUCHING_LENGTH) || ends && *length >= ENDING_LENGTH
            })
            .unwrap_or(0)
    }
}

/// What a label introduces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Name of the list, such as `total`; empty for the labels of the field itself.
    pub list: String,
    pub strength: LabelStrength,
}
