use std::borrow::Cow;

use domain::reading::{EngineVersion, Line, PageReading};
use image::RgbImage;

use crate::{
    content::{Tone, content},
    detect::detect,
    geometry::{Area, TextBox},
    lanes::{Lane, Lanes},
    layout,
    pack::Pack,
    recognise::{Spelled, recognise_all},
    upright::{is_sideways, skew, turn},
};

/// Reads pages. One engine serves any number of threads at once; each page that is being read takes `threads`.
pub struct Engine {
    pack: Pack,
    lanes: Lanes,
}

/// What was read on one page, and how the page had to be turned for it.
#[derive(Clone, Debug)]
pub struct PageRead {
    /// Clockwise quarter turns, 0 to 3, that made the page upright; see [`turn`].
    pub quarter_turns: u8,
    /// How far the lines of the upright page run off the level, clockwise. Regions follow the lines.
    pub skew_degrees: f32,
    /// Sizes and regions are those of the upright page.
    pub reading: PageReading,
}

#[derive(Debug, thiserror::Error)]
pub enum OcrError {
    #[error("the model could not be run: {0}")]
    Run(#[from] rten::RunError),
    #[error("the model's output has another shape than the pack says")]
    Output,
}

/// The lines of a page that are still to be read.
struct Found {
    boxes: Vec<TextBox>,
    tone: Tone,
    /// Radians, clockwise.
    skew: f32,
}

/// Mean over the lines; 0 for none.
fn mean_confidence<'a>(lines: impl ExactSizeIterator<Item = &'a Spelled>) -> f32 {
    let count = lines.len().max(1) as f32;
    lines.map(Spelled::confidence).sum::<f32>() / count
}

/// The longest side of what is searched for text, in pixels of the shrunk image.
const SEARCHED: f32 = 960.0;
/// How many of the longest lines tell whether the page lies upside down.
const PROBES: usize = 4;
/// A page whose longest lines read this well is not upside down.
const PLAIN: f32 = 0.9;
/// How much better the lines must read from the other end.
const CLEARLY: f32 = 0.05;

impl Engine {
    /// An engine that reads each page on `threads` threads. For many pages at once, one thread each is the fastest.
    pub fn new(pack: Pack, threads: usize) -> Engine {
        Engine { pack, lanes: Lanes::new(threads) }
    }

    pub fn version(&self) -> EngineVersion {
        EngineVersion {
            engine: "countersign-ocr".into(),
            engine_version: env!("CARGO_PKG_VERSION").into(),
            pack: self.pack.name.clone(),
            pack_version: self.pack.version.clone(),
        }
    }

    /// Reads a page that may lie on any side. A page without text gives a reading without lines.
    pub fn read_page(&self, page: &RgbImage) -> Result<PageRead, OcrError> {
        self.lanes.with(|lane| self.read(lane, page))
    }

    fn read(&self, lane: &Lane, page: &RgbImage) -> Result<PageRead, OcrError> {
        let mut image = Cow::Borrowed(page);
        let mut quarter_turns = 0;
        let mut found = self.find_lines(lane, &image)?;
        if is_sideways(&found.boxes) {
            quarter_turns = 1;
            image = Cow::Owned(turn(page.clone(), 1));
            found = self.find_lines(lane, &image)?;
        }
        let mut spelled = self.spell(lane, &image, &found)?;
        if self.is_upside_down(lane, &image, &found, &spelled)? {
            quarter_turns += 2;
            image = Cow::Owned(turn(image.into_owned(), 2));
            found = self.find_lines(lane, &image)?;
            spelled = self.spell(lane, &image, &found)?;
        }
        let reading = self.reading(&image, &found, &spelled);
        Ok(PageRead { quarter_turns, skew_degrees: found.skew.to_degrees(), reading })
    }

    fn spell(&self, lane: &Lane, image: &RgbImage, found: &Found) -> Result<Vec<Spelled>, OcrError> {
        recognise_all(&self.pack, lane, image, &found.tone, &found.boxes)
    }

    /// The lines in reading order.
    fn find_lines(&self, lane: &Lane, image: &RgbImage) -> Result<Found, OcrError> {
        let Some(content) = content(image) else {
            return Ok(Found { boxes: Vec::new(), tone: Tone::PLAIN, skew: 0.0 });
        };
        let Area { width, height, .. } = content.area;
        let scale = (width.max(height) as f32 / SEARCHED).max(1.0);
        let boxes = detect(&self.pack, lane, image, &content, scale)?;
        let skew = skew(&boxes);
        let boxes = layout::reading_order(&boxes, skew).into_iter().map(|index| boxes[index]).collect();
        Ok(Found { boxes, tone: content.tone, skew })
    }

    /// Only when the longest lines read badly are they read from the other end as well, so that a page that lies
    /// as it should costs nothing.
    fn is_upside_down(
        &self,
        lane: &Lane,
        image: &RgbImage,
        found: &Found,
        spelled: &[Spelled],
    ) -> Result<bool, OcrError> {
        let mut longest: Vec<(&TextBox, &Spelled)> = found.boxes.iter().zip(spelled).collect();
        longest.sort_by(|a, b| b.0.width.total_cmp(&a.0.width));
        longest.truncate(PROBES);
        let upright = mean_confidence(longest.iter().map(|(_, spelled)| *spelled));
        if longest.is_empty() || upright >= PLAIN {
            return Ok(false);
        }
        let reversed: Vec<TextBox> = longest.iter().map(|(text, _)| text.reversed()).collect();
        let reversed = recognise_all(&self.pack, lane, image, &found.tone, &reversed)?;
        Ok(mean_confidence(reversed.iter()) > upright + CLEARLY)
    }

    fn reading(&self, image: &RgbImage, found: &Found, spelled: &[Spelled]) -> PageReading {
        let (width, height) = image.dimensions();
        let lines: Vec<Line> = found
            .boxes
            .iter()
            .zip(spelled)
            .filter(|(_, spelled)| spelled.confidence() >= self.pack.recognition.minimum_confidence)
            .filter_map(|(text, spelled)| layout::line(text, spelled, width, height))
            .collect();
        let characters = lines.iter().flat_map(|line| &line.words).flat_map(|word| &word.characters);
        let confidence = layout::mean(characters.map(|character| character.confidence));
        PageReading { width, height, confidence, lines }
    }
}
