//! From lines of a reading to cells in rows: what stands side by side, and what above what.

use domain::{
    ppm::Ppm,
    reading::{Line, PageReading, Reading},
    region::{Quad, Region},
};

use crate::candidate::Span;

/// Cells further apart than this many text heights are columns.
const COLUMN_GAP: f64 = 1.2;
/// Cells on one row overlap by at least this share of the lower one's height.
const ROW_OVERLAP: f64 = 0.5;

/// How far a recogniser's doubt is shared; measured on receipts, see bench/extract.
const DOUBT: f64 = 0.3;

/// A run of text without a wide gap.
#[derive(Clone, Debug)]
pub struct Cell {
    pub text: String,
    pub page: usize,
    pub row: usize,
    /// Left, top, right, bottom in pixels of the page, after the lines' common slope is taken out.
    pub bounds: Bounds,
    /// Typical height of a line of it.
    pub height: f64,
    glyphs: Vec<Glyph>,
}

#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

#[derive(Clone, Copy, Debug)]
struct Glyph {
    /// First byte in the cell's text.
    at: usize,
    confidence: f64,
    quad: Quad,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub page: usize,
    /// Indices of cells, left to right.
    pub cells: Vec<usize>,
}

/// Where there is text on a page.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    pub bounds: Bounds,
    pub median_height: f64,
}

#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub cells: Vec<Cell>,
    /// In reading order over all pages.
    pub rows: Vec<Row>,
    pub extents: Vec<Extent>,
}

impl Bounds {
    fn around(self, other: Bounds) -> Bounds {
        Bounds {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    fn height(self) -> f64 {
        (self.bottom - self.top).max(1.0)
    }

    fn middle(self) -> f64 {
        (self.top + self.bottom) / 2.0
    }

    pub fn overlaps_columns(self, other: Bounds) -> bool {
        self.left < other.right && other.left < self.right
    }
}

impl Layout {
    pub fn of(reading: &Reading) -> Layout {
        let mut layout = Layout::default();
        for (page, content) in reading.pages.iter().enumerate() {
            layout.add_page(page, content);
        }
        layout
    }

    fn add_page(&mut self, page: usize, content: &PageReading) {
        let slope = slope(content);
        let mut cells: Vec<Cell> = content.lines.iter().flat_map(|line| cells(line, page, content, slope)).collect();
        let extent = extent(&cells);
        self.extents.push(extent);
        cells.sort_by(|a, b| {
            a.bounds.middle().total_cmp(&b.bounds.middle()).then(a.bounds.left.total_cmp(&b.bounds.left))
        });
        for mut row in rows(cells) {
            row.sort_by(|a, b| a.bounds.left.total_cmp(&b.bounds.left));
            let mut joined: Vec<Cell> = Vec::new();
            for cell in row {
                match joined.last_mut() {
                    Some(last) if cell.bounds.left - last.bounds.right < COLUMN_GAP * last.height.min(cell.height) => {
                        last.append(cell);
                    }
                    _ => joined.push(cell),
                }
            }
            let number = self.rows.len();
            let first = self.cells.len();
            self.cells.extend(joined.into_iter().map(|cell| Cell { row: number, ..cell }));
            self.rows.push(Row { page, cells: (first..self.cells.len()).collect() });
        }
    }

    /// Probability that all characters were read rightly. Errors come together (a blot, a fold), and what a
    /// recogniser doubts is mostly right, so the product of its confidences is softened.
    pub fn confidence(&self, spans: &[Span]) -> f64 {
        let glyphs = spans.iter().flat_map(|span| self.cells[span.cell].glyphs_in(span));
        let product: f64 = glyphs.map(|glyph| glyph.confidence.clamp(1e-6, 1.0)).product();
        product.powf(DOUBT).clamp(0.0, 1.0)
    }

    /// One region for each cell.
    pub fn regions(&self, spans: &[Span]) -> Vec<Region> {
        let region = |span: &Span| {
            let cell = &self.cells[span.cell];
            let quad = Quad::around(cell.glyphs_in(span).map(|glyph| glyph.quad))?;
            Some(Region { page: u32::try_from(cell.page).ok()?, quad })
        };
        spans.iter().filter_map(region).collect()
    }

    /// The text on the row left of a span, its own cell included.
    pub fn left_of(&self, span: &Span) -> String {
        let cell = &self.cells[span.cell];
        let mut parts: Vec<&str> = Vec::new();
        for &index in &self.rows[cell.row].cells {
            if index == span.cell {
                break;
            }
            parts.push(&self.cells[index].text);
        }
        parts.push(&cell.text[..span.bytes.start]);
        parts.join(" ").trim().to_owned()
    }

    /// The text on the row right of a span, its own cell included.
    pub fn right_of(&self, span: &Span) -> String {
        let cell = &self.cells[span.cell];
        let mut parts: Vec<&str> = vec![&cell.text[span.bytes.end..]];
        parts.extend(
            self.rows[cell.row]
                .cells
                .iter()
                .filter(|index| **index > span.cell)
                .map(|index| self.cells[*index].text.as_str()),
        );
        parts.join(" ").trim().to_owned()
    }

    /// Cells of the row at a distance (negative: above) that share columns with a cell, on the same page.
    pub fn neighbours(&self, cell: usize, distance: isize) -> Vec<usize> {
        let this = &self.cells[cell];
        let Some(row) = this.row.checked_add_signed(distance).and_then(|row| self.rows.get(row)) else {
            return Vec::new();
        };
        if row.page != this.page {
            return Vec::new();
        }
        row.cells.iter().copied().filter(|other| self.cells[*other].bounds.overlaps_columns(this.bounds)).collect()
    }

    /// Cells that begin or end in the same column, as a head and what stands below it do.
    pub fn aligned(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.cells[a], &self.cells[b]);
        let near = |x: f64, y: f64| (x - y).abs() < 2.0 * a.height.max(b.height);
        near(a.bounds.left, b.bounds.left) || near(a.bounds.right, b.bounds.right)
    }

    /// From 0 at the top of the text of the cell's page to 1 at its bottom.
    pub fn depth(&self, cell: usize) -> f64 {
        let cell = &self.cells[cell];
        let extent = self.extents[cell.page];
        ((cell.bounds.middle() - extent.bounds.top) / extent.bounds.height()).clamp(0.0, 1.0)
    }

    /// From 0 at the left of the text of the cell's page to 1 at its right.
    pub fn right_edge(&self, cell: usize) -> f64 {
        let cell = &self.cells[cell];
        let extent = self.extents[cell.page].bounds;
        ((cell.bounds.right - extent.left) / (extent.right - extent.left).max(1.0)).clamp(0.0, 1.0)
    }

    /// Height of the text by the median of its page.
    pub fn relative_height(&self, cell: usize) -> f64 {
        let cell = &self.cells[cell];
        cell.height / self.extents[cell.page].median_height.max(1.0)
    }
}

impl Cell {
    fn append(&mut self, other: Cell) {
        self.text.push(' ');
        let offset = self.text.len();
        self.text.push_str(&other.text);
        self.glyphs.extend(other.glyphs.into_iter().map(|glyph| Glyph { at: glyph.at + offset, ..glyph }));
        self.bounds = self.bounds.around(other.bounds);
        self.height = self.height.max(other.height);
    }

    fn glyphs_in(&self, span: &Span) -> impl Iterator<Item = &Glyph> {
        self.glyphs.iter().filter(move |glyph| span.bytes.contains(&glyph.at))
    }

    pub fn whole(&self, index: usize) -> Span {
        Span { cell: index, bytes: 0..self.text.len() }
    }
}

/// A line as cells: cut where two words stand far apart.
fn cells(line: &Line, page: usize, content: &PageReading, slope: f64) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for word in line.words.iter().filter(|word| !word.text.trim().is_empty()) {
        let bounds = bounds(word.quad, content, slope);
        let whole = word.characters.iter().map(|c| c.text).eq(word.text.chars());
        let glyphs = word.text.char_indices().enumerate().map(|(index, (at, _))| match word.characters.get(index) {
            Some(character) if whole => Glyph { at, confidence: character.confidence.share(), quad: character.quad },
            _ => Glyph { at, confidence: word.confidence.share(), quad: word.quad },
        });
        let glyphs = glyphs.collect();
        let cell = Cell { text: word.text.clone(), page, row: 0, bounds, height: bounds.height(), glyphs };
        match cells.last_mut() {
            Some(last) if cell.bounds.left - last.bounds.right < 2.0 * COLUMN_GAP * last.height => last.append(cell),
            _ => cells.push(cell),
        }
    }
    cells
}

fn bounds(quad: Quad, content: &PageReading, slope: f64) -> Bounds {
    let [left, top, right, bottom] = quad.bounds();
    let of = |position: Ppm, extent: u32| position.share() * f64::from(extent);
    let (left, right) = (of(left, content.width), of(right, content.width));
    // A sloped word's upright box is higher than the word.
    let shift = slope * (left + right) / 2.0;
    let extra = (slope * (right - left)).abs() / 2.0;
    let (top, bottom) = (of(top, content.height) - shift + extra, of(bottom, content.height) - shift - extra);
    Bounds { left, top, right, bottom: bottom.max(top + 1.0) }
}

/// The common slope of the long lines, as rise over run.
fn slope(content: &PageReading) -> f64 {
    let mut slopes: Vec<f64> = content
        .lines
        .iter()
        .filter_map(|line| {
            let corners = line.quad.to_pixels(content.width, content.height);
            let run = corners[1][0] - corners[0][0];
            let height = corners[3][1] - corners[0][1];
            (run > 3.0 * height.abs() && run > 0.0).then(|| (corners[1][1] - corners[0][1]) / run)
        })
        .filter(|slope| slope.abs() < 0.3)
        .collect();
    median(&mut slopes)
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(0.0)
}

fn extent(cells: &[Cell]) -> Extent {
    let mut heights: Vec<f64> = cells.iter().map(|cell| cell.height).collect();
    let bounds = cells.iter().map(|cell| cell.bounds).reduce(Bounds::around);
    Extent {
        bounds: bounds.unwrap_or(Bounds { left: 0.0, top: 0.0, right: 1.0, bottom: 1.0 }),
        median_height: median(&mut heights).max(1.0),
    }
}

/// Groups cells, sorted by their middle, into rows.
fn rows(cells: Vec<Cell>) -> Vec<Vec<Cell>> {
    let mut rows: Vec<(Bounds, Vec<Cell>)> = Vec::new();
    for cell in cells {
        // Only the last rows can still grow: middles come in order.
        let fitting = rows.iter_mut().rev().take(3).find(|(bounds, row)| {
            let overlap = bounds.bottom.min(cell.bounds.bottom) - bounds.top.max(cell.bounds.top);
            let free = row.iter().all(|other| !inside_each_other(other.bounds, cell.bounds));
            overlap > ROW_OVERLAP * bounds.height().min(cell.bounds.height()) && free
        });
        match fitting {
            Some((bounds, row)) => {
                // The row keeps the height of its first cell, so that it cannot creep down the page.
                bounds.left = bounds.left.min(cell.bounds.left);
                bounds.right = bounds.right.max(cell.bounds.right);
                row.push(cell);
            }
            None => rows.push((cell.bounds, vec![cell])),
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Side by side means hardly any shared columns.
fn inside_each_other(a: Bounds, b: Bounds) -> bool {
    let shared = a.right.min(b.right) - a.left.max(b.left);
    shared > 0.5 * (a.right - a.left).min(b.right - b.left)
}
