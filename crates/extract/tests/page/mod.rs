//! Readings made from plain text: a character is 10 × 20 pixels, three spaces begin a new column.

use domain::{
    ppm::Ppm,
    reading::{Character, EngineVersion, Line, PageReading, Reading, Word},
    region::Quad,
};

pub const CHARACTER: (f64, f64) = (10.0, 20.0);
const ROW: f64 = 26.0;

pub fn reading(text: &str) -> Reading {
    let rows: Vec<&str> = text.lines().collect();
    let width = (rows.iter().map(|row| row.chars().count()).max().unwrap_or(0) as f64 * CHARACTER.0) as u32 + 40;
    let height = (rows.len() as f64 * ROW) as u32 + 40;
    let mut lines = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let top = 20.0 + number as f64 * ROW;
        let mut column: Vec<(usize, String)> = Vec::new();
        for word in words(row) {
            let starts_column =
                column.last().is_some_and(|(at, text): &(usize, String)| word.0 - at - text.chars().count() >= 3);
            if starts_column {
                lines.push(line(std::mem::take(&mut column), top, width, height));
            }
            column.push(word);
        }
        if !column.is_empty() {
            lines.push(line(column, top, width, height));
        }
    }
    let engine = EngineVersion {
        engine: "plain text".to_owned(),
        engine_version: "1".to_owned(),
        pack: "none".to_owned(),
        pack_version: "1".to_owned(),
    };
    Reading { engine, pages: vec![PageReading { width, height, confidence: Ppm::ONE, lines }] }
}

/// Words with the character at which they begin.
fn words(row: &str) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    for (at, c) in row.chars().enumerate() {
        match (c.is_whitespace(), words.last_mut().filter(|_| inside)) {
            (true, _) => inside = false,
            (false, Some((_, word))) => word.push(c),
            (false, None) => {
                words.push((at, c.to_string()));
                inside = true;
            }
        }
    }
    words
}

fn line(words: Vec<(usize, String)>, top: f64, width: u32, height: u32) -> Line {
    let quad = |from: usize, length: usize| {
        let (left, right) = (20.0 + from as f64 * CHARACTER.0, 20.0 + (from + length) as f64 * CHARACTER.0);
        let bottom = top + CHARACTER.1;
        Quad::from_pixels([[left, top], [right, top], [right, bottom], [left, bottom]], width, height)
    };
    let read: Vec<Word> = words
        .iter()
        .map(|(at, text)| {
            let characters = text.chars().enumerate().map(|(index, text)| Character {
                text,
                confidence: Ppm::ONE,
                quad: quad(at + index, 1),
            });
            Word {
                text: text.clone(),
                confidence: Ppm::ONE,
                quad: quad(*at, text.chars().count()),
                characters: characters.collect(),
            }
        })
        .collect();
    let (first, last) = (&words[0], &words[words.len() - 1]);
    let text = words.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ");
    Line { text, confidence: Ppm::ONE, quad: quad(first.0, last.0 + last.1.chars().count() - first.0), words: read }
}
