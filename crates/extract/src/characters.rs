use domain::{ppm::Ppm, reading::Reading, region::Region};

/// The reading's confidence of each character of a field's text, in order: where `regions` hold the characters it was
/// made of. A character that is not found there (a space between words, a join of lines) counts as certain.
pub fn character_confidences(reading: &Reading, text: &str, regions: &[Region]) -> Vec<Ppm> {
    let mut read = regions.iter().flat_map(|region| characters_in(reading, region)).peekable();
    text.chars()
        .map(|wanted| {
            if wanted.is_whitespace() {
                return Ppm::ONE;
            }
            let mut rest = read.clone();
            let Some(found) = rest.find(|(read, _)| *read == wanted) else { return Ppm::ONE };
            read = rest;
            found.1
        })
        .collect()
}

/// Characters whose middle lies in the region, in reading order.
fn characters_in<'a>(reading: &'a Reading, region: &Region) -> impl Iterator<Item = (char, Ppm)> + Clone + 'a {
    let [left, top, right, bottom] = region.quad.bounds();
    let lines = reading.pages.get(region.page as usize).map(|page| page.lines.as_slice()).unwrap_or_default();
    let characters = lines.iter().flat_map(|line| &line.words).flat_map(|word| &word.characters);
    characters
        .filter(move |character| {
            let [l, t, r, b] = character.quad.bounds().map(Ppm::get);
            let (x, y) = (l.midpoint(r), t.midpoint(b));
            (left.get()..=right.get()).contains(&x) && (top.get()..=bottom.get()).contains(&y)
        })
        .map(|character| (character.text, character.confidence))
}

#[cfg(test)]
mod tests {
    use domain::{
        reading::{Character, EngineVersion, Line, PageReading, Word},
        region::Quad,
    };

    use super::*;

    fn quad(left: u32, right: u32) -> Quad {
        Quad::from_bounds([Ppm::new(left), Ppm::new(0), Ppm::new(right), Ppm::new(100)])
    }

    fn reading(text: &str) -> Reading {
        let characters: Vec<Character> = (0..)
            .zip(text.chars())
            .map(|(at, text)| Character {
                text,
                confidence: Ppm::new(900_000 + at),
                quad: quad(at * 100, at * 100 + 100),
            })
            .collect();
        let word = Word { text: text.into(), confidence: Ppm::ONE, quad: quad(0, 100_000), characters };
        let line = Line { text: text.into(), confidence: Ppm::ONE, quad: quad(0, 100_000), words: vec![word] };
        let page = PageReading { width: 1_000, height: 1_000, confidence: Ppm::ONE, lines: vec![line] };
        let engine = EngineVersion {
            engine: "e".into(),
            engine_version: "1".into(),
            pack: "p".into(),
            pack_version: "1".into(),
        };
        Reading { engine, pages: vec![page] }
    }

    #[test]
    fn follows_the_characters_of_the_region_alone() {
        let region = Region { page: 0, quad: quad(600, 1_200) };
        let found = character_confidences(&reading("TOTAL:41.00"), "41 .00", &[region]);
        let parts: Vec<u32> = found.into_iter().map(Ppm::get).collect();
        assert_eq!(parts, [900_006, 900_007, 1_000_000, 900_008, 900_009, 900_010]);
    }

    #[test]
    fn a_character_that_was_not_read_there_counts_as_certain() {
        let region = Region { page: 0, quad: quad(0, 300) };
        assert_eq!(character_confidences(&reading("ABC"), "X", &[region]), [Ppm::ONE]);
        assert_eq!(character_confidences(&reading("ABC"), "A", &[Region { page: 7, ..region }]), [Ppm::ONE]);
    }
}
