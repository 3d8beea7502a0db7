//! Pages, and what the machine read on them.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{document, ppm, reading, region};

use crate::{
    error::Error,
    id,
    loader::{self, LinesOf},
    scalar::{DateTime, Ppm},
};

pub struct Page(pub(crate) document::Page);

#[Object]
impl Page {
    pub(crate) async fn id(&self) -> ID {
        id::of(self.0.id)
    }

    /// From 1.
    async fn number(&self) -> u32 {
        self.0.number + 1
    }

    async fn width(&self) -> u32 {
        self.0.width
    }

    async fn height(&self) -> u32 {
        self.0.height
    }

    /// Path of the upright page image on this server; needs the same session or token.
    async fn image_url(&self) -> String {
        format!("/files/pages/{}", id::encode(&self.0.id))
    }

    /// In reading order; empty until read.
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<Line>, Error> {
        let reading = loader::load(ctx, LinesOf(self.0.document)).await?;
        let page = reading.as_ref().and_then(|reading| reading.pages.get(self.0.number as usize));
        Ok(page.map(|page| page.lines.iter().map(Line::from).collect()).unwrap_or_default())
    }
}

/// Four corners clockwise from the top left of the text, in parts per million of the page: x0 y0 x1 y1 x2 y2 x3 y3.
#[derive(SimpleObject)]
pub struct Line {
    text: String,
    confidence: Ppm,
    quad: Vec<Ppm>,
    words: Vec<Word>,
}

impl From<&reading::Line> for Line {
    fn from(line: &reading::Line) -> Line {
        Line {
            text: line.text.clone(),
            confidence: Ppm(line.confidence),
            quad: corners(line.quad),
            words: line.words.iter().map(Word::from).collect(),
        }
    }
}

#[derive(SimpleObject)]
pub struct Word {
    text: String,
    confidence: Ppm,
    quad: Vec<Ppm>,
}

impl From<&reading::Word> for Word {
    fn from(word: &reading::Word) -> Word {
        Word { text: word.text.clone(), confidence: Ppm(word.confidence), quad: corners(word.quad) }
    }
}

/// page counts from 1.
#[derive(SimpleObject)]
pub struct Region {
    page: u32,
    quad: Vec<Ppm>,
}

impl From<&region::Region> for Region {
    fn from(region: &region::Region) -> Region {
        Region { page: region.page + 1, quad: corners(region.quad) }
    }
}

fn corners(quad: region::Quad) -> Vec<Ppm> {
    quad.0.into_iter().flatten().map(Ppm).collect()
}

#[derive(InputObject)]
pub struct RegionInput {
    page: u32,
    quad: Vec<Ppm>,
}

impl TryFrom<RegionInput> for region::Region {
    type Error = Error;

    fn try_from(input: RegionInput) -> Result<region::Region, Error> {
        let invalid = |message| Error::invalid("REGION_INVALID", message);
        let page = input.page.checked_sub(1).ok_or_else(|| invalid("Pages count from 1"))?;
        let [x0, y0, x1, y1, x2, y2, x3, y3]: [ppm::Ppm; 8] = input
            .quad
            .into_iter()
            .map(|Ppm(parts)| parts)
            .collect::<Vec<_>>()
            .try_into()
            .map_err(|_| invalid("A quad has eight numbers: x and y of four corners"))?;
        Ok(region::Region { page, quad: region::Quad([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]) })
    }
}

pub struct Reading(pub(crate) document::ReadingRecord);

#[Object]
impl Reading {
    pub(crate) async fn id(&self) -> ID {
        id::of(self.0.id)
    }

    async fn engine(&self) -> &str {
        &self.0.engine.engine
    }

    async fn engine_version(&self) -> &str {
        &self.0.engine.engine_version
    }

    async fn pack(&self) -> &str {
        &self.0.engine.pack
    }

    async fn pack_version(&self) -> &str {
        &self.0.engine.pack_version
    }

    async fn confidence(&self) -> Ppm {
        Ppm(self.0.confidence)
    }

    async fn read_at(&self) -> DateTime {
        DateTime(self.0.read_at)
    }
}
