use std::borrow::Cow;

use domain::reading::{EngineVersion, Line, PageReading};
use image::RgbImage;

use crate::{
    content::content,
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

/// The longest side of what is searched for text, in pixels of the shrunk image.
const SEARCHED: f32 = 960.0;
/// How many of the longest lines tell whether the page lies upside down.
const PROBES: usize = 4;
/// A page whose longest lines read this well is not upside down.
const PLAIN: f32 = 0.9;

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
        let mut boxes = self.find_lines(lane, &image)?;
        if is_sideways(&boxes) {
            quarter_turns = 1;
            image = Cow::Owned(turn(page.clone(), 1));
            boxes = self.find_lines(lane, &image)?;
        }
        if self.is_upside_down(lane, &image, &boxes)? {
            quarter_turns += 2;
            image = Cow::Owned(turn(image.into_owned(), 2));
            boxes = self.find_lines(lane, &image)?;
        }
        let skew = skew(&boxes);
        let order = layout::reading_order(&boxes, skew);
        let boxes: Vec<TextBox> = order.into_iter().map(|index| boxes[index]).collect();
        let spelled = recognise_all(&self.pack, lane, &image, &boxes)?;
        Ok(PageRead { quarter_turns, skew_degrees: skew.to_degrees(), reading: self.reading(&image, &boxes, &spelled) })
    }

    fn find_lines(&self, lane: &Lane, image: &RgbImage) -> Result<Vec<TextBox>, OcrError> {
        let Some(area) = content(image) else { return Ok(Vec::new()) };
        let Area { width, height, .. } = area;
        let scale = (width.max(height) as f32 / SEARCHED).max(1.0);
        detect(&self.pack, lane, image, area, scale)
    }

    /// Only when the longest lines read badly are they read from the other end as well.
    fn is_upside_down(&self, lane: &Lane, image: &RgbImage, boxes: &[TextBox]) -> Result<bool, OcrError> {
        let mut probes = boxes.to_vec();
        probes.sort_by(|a, b| b.width.total_cmp(&a.width));
        probes.truncate(PROBES);
        let confidence = |boxes: &[TextBox]| -> Result<f32, OcrError> {
            let spelled = recognise_all(&self.pack, lane, image, boxes)?;
            Ok(spelled.iter().map(Spelled::confidence).sum::<f32>() / boxes.len().max(1) as f32)
        };
        let upright = confidence(&probes)?;
        if probes.is_empty() || upright >= PLAIN {
            return Ok(false);
        }
        let reversed: Vec<TextBox> = probes.iter().map(TextBox::reversed).collect();
        Ok(confidence(&reversed)? > upright + 0.05)
    }

    fn reading(&self, image: &RgbImage, boxes: &[TextBox], spelled: &[Spelled]) -> PageReading {
        let (width, height) = image.dimensions();
        let lines: Vec<Line> = boxes
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
