use std::ops::Range;

use crate::features::Features;

/// Characters of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub cell: usize,
    /// Bytes of the cell's text.
    pub bytes: Range<usize>,
}

/// One mention of something that could be a field's value.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub text: String,
    /// Normalised, once the field's kind has been asked.
    pub value: Option<String>,
    pub spans: Vec<Span>,
    pub features: Features,
}

impl Candidate {
    pub fn new(text: impl Into<String>, spans: Vec<Span>, features: Features) -> Candidate {
        Candidate { text: text.into(), value: None, spans, features }
    }
}
