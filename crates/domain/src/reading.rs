//! What one engine version saw on the pages of a document.

use serde::{Deserialize, Serialize};

use crate::{ppm::Ppm, region::Quad};

/// Which program and which model pack made a reading; recorded with it for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineVersion {
    /// Name and version of the engine, such as `countersign-ocr` and `0.1.0`.
    pub engine: String,
    pub engine_version: String,
    /// Name and version of the model pack, as its `pack.toml` states them.
    pub pack: String,
    pub pack_version: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub engine: EngineVersion,
    pub pages: Vec<PageReading>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageReading {
    /// Size of the upright page in pixels.
    pub width: u32,
    pub height: u32,
    /// Mean over characters; zero on a page without text.
    pub confidence: Ppm,
    /// In reading order.
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The words joined by one space each.
    pub text: String,
    pub confidence: Ppm,
    pub quad: Quad,
    /// In reading order.
    pub words: Vec<Word>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Never empty, no white space.
    pub text: String,
    /// Mean over the characters.
    pub confidence: Ppm,
    pub quad: Quad,
    pub characters: Vec<Character>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Character {
    pub text: char,
    pub confidence: Ppm,
    pub quad: Quad,
}

impl Reading {
    /// Mean confidence over the pages' characters; zero where nothing was read.
    pub fn confidence(&self) -> Ppm {
        let all: Vec<f64> = self
            .pages
            .iter()
            .flat_map(|page| &page.lines)
            .flat_map(|line| &line.words)
            .flat_map(|word| &word.characters)
            .map(|character| character.confidence.share())
            .collect();
        if all.is_empty() { Ppm::ZERO } else { Ppm::from_share(all.iter().sum::<f64>() / all.len() as f64) }
    }
}
