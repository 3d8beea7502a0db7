//! Readings from the annotated boxes, or from JSON lines as `countersign read --json` prints them.

use std::{collections::BTreeMap, path::Path};

use domain::{
    ppm::Ppm,
    reading::{Character, EngineVersion, Line, PageReading, Reading, Word},
    region::Quad,
};
use serde::Deserialize;

type Corners = [[f64; 2]; 4];

#[derive(Deserialize)]
struct FileLine {
    file: String,
    pages: Vec<Page>,
}

#[derive(Deserialize)]
struct Page {
    width: u32,
    height: u32,
    lines: Vec<TextLine>,
}

#[derive(Deserialize)]
struct TextLine {
    text: String,
    confidence: f64,
    #[serde(rename = "box")]
    corners: Corners,
    #[serde(default)]
    words: Vec<TextWord>,
}

#[derive(Deserialize)]
struct TextWord {
    text: String,
    confidence: f64,
    #[serde(rename = "box")]
    corners: Corners,
}

pub fn from_json_lines(text: &str) -> Result<BTreeMap<String, Reading>, Box<dyn std::error::Error>> {
    let mut readings = BTreeMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let read: FileLine = serde_json::from_str(line)?;
        let stem = Path::new(&read.file).file_stem().and_then(|stem| stem.to_str()).ok_or("a file without a name")?;
        let pages = read.pages.iter().map(|page| PageReading {
            width: page.width,
            height: page.height,
            confidence: Ppm::ONE,
            lines: page.lines.iter().map(|line| line_of(line, page.width, page.height)).collect(),
        });
        readings.insert(stem.to_owned(), reading(pages.collect()));
    }
    Ok(readings)
}

pub fn from_boxes(receipts: &Path) -> Result<BTreeMap<String, Reading>, Box<dyn std::error::Error>> {
    let mut readings = BTreeMap::new();
    for entry in std::fs::read_dir(receipts.join("box"))? {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a file without a name")?.to_owned();
        let mut lines = Vec::new();
        for row in std::fs::read_to_string(&path)?.lines() {
            let parts: Vec<&str> = row.splitn(9, ',').collect();
            let numbers: Vec<f64> = parts.iter().take(8).filter_map(|part| part.parse().ok()).collect();
            if let ([x1, y1, x2, y2, x3, y3, x4, y4], Some(text)) = (numbers.as_slice(), parts.get(8)) {
                let corners = [[*x1, *y1], [*x2, *y2], [*x3, *y3], [*x4, *y4]];
                lines.push(TextLine { text: (*text).to_owned(), confidence: 1.0, corners, words: Vec::new() });
            }
        }
        let extent = |axis: usize| {
            let corners = lines.iter().flat_map(|line| line.corners);
            corners.map(|corner| corner[axis]).fold(1.0, f64::max) as u32 + 1
        };
        let (width, height) = (extent(0), extent(1));
        let lines = lines.iter().map(|line| line_of(line, width, height)).collect();
        readings.insert(stem, reading(vec![PageReading { width, height, confidence: Ppm::ONE, lines }]));
    }
    Ok(readings)
}

fn reading(pages: Vec<PageReading>) -> Reading {
    let engine = EngineVersion {
        engine: "annotation".to_owned(),
        engine_version: "1".to_owned(),
        pack: String::new(),
        pack_version: String::new(),
    };
    Reading { engine, pages }
}

fn line_of(line: &TextLine, width: u32, height: u32) -> Line {
    let words: Vec<(&str, f64, Corners)> = if line.words.is_empty() {
        proportional(line)
    } else {
        line.words.iter().map(|word| (word.text.as_str(), word.confidence, word.corners)).collect()
    };
    let word = |(text, confidence, corners): (&str, f64, Corners)| {
        let quad = Quad::from_pixels(corners, width, height);
        let confidence = Ppm::from_share(confidence);
        let characters = text.chars().map(|text| Character { text, confidence, quad }).collect();
        Word { text: text.to_owned(), confidence, quad, characters }
    };
    Line {
        text: line.text.clone(),
        confidence: Ppm::from_share(line.confidence),
        quad: Quad::from_pixels(line.corners, width, height),
        words: words.into_iter().map(word).collect(),
    }
}

/// Words of a line that has one box, each as wide as its share of the characters.
fn proportional(line: &TextLine) -> Vec<(&str, f64, Corners)> {
    let total = line.text.chars().count().max(1) as f64;
    let [a, b, c, d] = line.corners;
    let between = |from: [f64; 2], to: [f64; 2], share: f64| {
        [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
    };
    let words = line.text.split_whitespace().map(|word| {
        let start = word.as_ptr() as usize - line.text.as_ptr() as usize;
        let before = line.text[..start].chars().count() as f64;
        let (from, to) = (before / total, (before + word.chars().count() as f64) / total);
        (word, line.confidence, [between(a, b, from), between(a, b, to), between(d, c, to), between(d, c, from)])
    });
    words.collect()
}
