use domain::{
    ppm::Ppm,
    reading::{Character, Line, Word},
    region::Quad,
};

use crate::{decode::Seen, geometry::TextBox, recognise::Spelled};

/// The order in which people read the lines: rows from top to bottom, in a row from left to right, on a page
/// whose lines run at `skew` radians. Lines are of one row when their middles lie within half a line.
pub(crate) fn reading_order(boxes: &[TextBox], skew: f32) -> Vec<usize> {
    let (sin, cos) = skew.sin_cos();
    let place = |index: usize| {
        let [x, y] = boxes[index].centre;
        (x * cos + y * sin, y * cos - x * sin)
    };
    let mut by_height: Vec<usize> = (0..boxes.len()).collect();
    by_height.sort_by(|a, b| place(*a).1.total_cmp(&place(*b).1));
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for index in by_height {
        let near = |other: &usize| {
            let reach = 0.5 * boxes[index].height.min(boxes[*other].height);
            (place(index).1 - place(*other).1).abs() < reach
        };
        match rows.last_mut() {
            Some(row) if row.last().is_some_and(near) => row.push(index),
            _ => rows.push(vec![index]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| place(*a).0.total_cmp(&place(*b).0));
    }
    rows.into_iter().flatten().collect()
}

/// A space that the recogniser thought this probable parts two words, even where it settled for none.
const SPACE: f32 = 0.2;
/// The same after a colon and before a bracket, where print nearly always leaves a gap, however narrow.
const SPACE_BY_MARK: f32 = 0.02;

/// Does a word begin at this character?
fn begins_word(before: Option<char>, seen: &Seen) -> bool {
    let by_mark = before == Some(':') || seen.text == '(';
    seen.space_before > if by_mark { SPACE_BY_MARK } else { SPACE }
}

/// The line with its words; `None` when it says nothing. Sizes are those of the page in pixels.
pub(crate) fn line(text: &TextBox, spelled: &Spelled, width: u32, height: u32) -> Option<Line> {
    let edges = edges(&spelled.seen, spelled.steps);
    let quad = |from: f32, to: f32| Quad::from_pixels(text.corners_between(from, to), width, height);
    let mut words: Vec<Word> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut close = |open: &mut Vec<usize>| {
        if let (Some(&first), Some(&last)) = (open.first(), open.last()) {
            let characters: Vec<Character> = open
                .iter()
                .map(|&i| Character {
                    text: spelled.seen[i].text,
                    confidence: Ppm::from_share(f64::from(spelled.seen[i].probability)),
                    quad: quad(edges[i].0, edges[i].1),
                })
                .collect();
            words.push(Word {
                text: characters.iter().map(|character| character.text).collect(),
                confidence: mean(characters.iter().map(|character| character.confidence)),
                quad: quad(edges[first].0, edges[last].1),
                characters,
            });
        }
        open.clear();
    };
    for (index, seen) in spelled.seen.iter().enumerate() {
        let before = open.last().map(|&last| spelled.seen[last].text);
        if seen.text.is_whitespace() || begins_word(before, seen) {
            close(&mut open);
        }
        if !seen.text.is_whitespace() {
            open.push(index);
        }
    }
    close(&mut open);
    let (first, last) = (words.first()?, words.last()?);
    Some(Line {
        text: words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "),
        confidence: mean(words.iter().flat_map(|word| &word.characters).map(|character| character.confidence)),
        quad: join(first.quad, last.quad),
        words,
    })
}

/// Where each character begins and ends along the line, as shares of its width: half way to its neighbours, but
/// no further than a step and a half past where it was seen.
fn edges(seen: &[Seen], steps: usize) -> Vec<(f32, f32)> {
    const REACH: f32 = 1.5;
    let share = |step: f32| (step / steps.max(1) as f32).clamp(0.0, 1.0);
    (0..seen.len())
        .map(|i| {
            let (from, to) = (seen[i].from as f32, seen[i].to as f32);
            let before = i.checked_sub(1).map_or(0.0, |b| (seen[b].to as f32 + from) / 2.0);
            let after = seen.get(i + 1).map_or(steps as f32, |next| (next.from as f32 + to) / 2.0);
            (share(before.max(from - REACH)), share(after.min(to + REACH)))
        })
        .collect()
}

/// Mean confidence; zero for none.
pub(crate) fn mean(confidences: impl Iterator<Item = Ppm>) -> Ppm {
    let (count, sum) = confidences.fold((0u64, 0u64), |(count, sum), c| (count + 1, sum + u64::from(c.get())));
    Ppm::new(sum.checked_div(count).unwrap_or(0) as u32)
}

/// From the left edge of the first quad to the right edge of the last.
fn join(first: Quad, last: Quad) -> Quad {
    Quad([first.0[0], last.0[1], last.0[2], first.0[3]])
}
