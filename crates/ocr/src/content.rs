use image::RgbImage;

use crate::geometry::Area;

/// Cells are this fine on the longer side of the page.
const CELLS: u32 = 160;
/// Differences of brightness, 0 to 255, that count as print: half of the strongest on the page, between these
/// bounds. Paper grain and shading stay below.
const CONTRASTS: [u8; 2] = [8, 24];
/// Print has neighbours; this many cells together are the least that is kept.
const SMALLEST: usize = 6;

/// What is printed on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Content {
    /// The part of the page that holds it, with a margin. A receipt on the glass of an A4 scanner leaves most of
    /// the page empty, and empty paper costs as much to search as text.
    pub area: Area,
    pub tone: Tone,
}

/// How brightness is to be stretched so that faint print reads like plain print.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tone {
    paper: f32,
    gain: f32,
}

impl Tone {
    /// Leaves brightness as it is.
    pub const PLAIN: Tone = Tone { paper: 255.0, gain: 1.0 };

    fn new(paper: u8, contrast: u8) -> Tone {
        /// Print with less contrast than this is faint, and is brought to that of plain print.
        const FAINT: f32 = 100.0;
        const WANTED: f32 = 160.0;
        let contrast = f32::from(contrast);
        let gain = if contrast < FAINT { WANTED / contrast.max(f32::from(CONTRASTS[0])) } else { 1.0 };
        Tone { paper: f32::from(paper), gain }
    }

    /// Stretches values of 0 to 255 in place.
    pub fn stretch(&self, values: &mut [f32]) {
        if self.gain > 1.0 {
            for value in values {
                *value = (255.0 - (self.paper - *value) * self.gain).clamp(0.0, 255.0);
            }
        }
    }
}

/// Finds what is printed; `None` on a blank page.
pub(crate) fn content(image: &RgbImage) -> Option<Content> {
    let (width, height) = image.dimensions();
    let cell = width.max(height).div_ceil(CELLS).max(4);
    let (columns, rows) = (width.div_ceil(cell) as usize, height.div_ceil(cell) as usize);
    let cells = cells(image, cell, columns, rows);
    let strongest = share(cells.iter().map(Cell::contrast), 0.98);
    let least = (strongest / 2).clamp(CONTRASTS[0], CONTRASTS[1]);
    let printed: Vec<bool> = cells.iter().map(|cell| cell.contrast() >= least).collect();
    let tone = Tone::new(
        share(cells.iter().map(|cell| cell.brightest), 0.5),
        share(cells.iter().map(Cell::contrast).filter(|contrast| *contrast >= least), 0.9),
    );
    let [left, top, right, bottom] = bounds_without_specks(&printed, columns, rows)?;
    let x = (left as u32).saturating_sub(2) * cell;
    let y = (top as u32).saturating_sub(2) * cell;
    let end = |last: usize, limit: u32| ((last as u32 + 3) * cell).min(limit);
    let area = Area { x, y, width: end(right, width) - x, height: end(bottom, height) - y };
    Some(Content { area, tone })
}

/// The value that `part` of the values stay below; 0 for none.
fn share(values: impl Iterator<Item = u8>, part: f32) -> u8 {
    let mut values: Vec<u8> = values.collect();
    values.sort_unstable();
    values.get((values.len() as f32 * part) as usize).copied().unwrap_or(0)
}

#[derive(Clone, Copy)]
struct Cell {
    darkest: u8,
    brightest: u8,
}

impl Cell {
    fn contrast(&self) -> u8 {
        self.brightest.saturating_sub(self.darkest)
    }
}

fn cells(image: &RgbImage, cell: u32, columns: usize, rows: usize) -> Vec<Cell> {
    let mut cells = vec![Cell { darkest: u8::MAX, brightest: 0 }; columns * rows];
    // On large scans every second pixel shows the same strokes.
    let stride = (cell as usize / 12).max(1);
    for (y, row) in image.as_raw().chunks_exact(image.width() as usize * 3).enumerate().step_by(stride) {
        let first = y / cell as usize * columns;
        for (column, pixels) in row.chunks(cell as usize * 3).enumerate() {
            let (mut low, mut high) = (u8::MAX, 0);
            for green in pixels[1..].iter().step_by(3 * stride) {
                low = low.min(*green);
                high = high.max(*green);
            }
            let cell = &mut cells[first + column];
            *cell = Cell { darkest: cell.darkest.min(low), brightest: cell.brightest.max(high) };
        }
    }
    cells
}

/// Left, top, right, bottom cell around all groups of printed cells that are large enough.
fn bounds_without_specks(printed: &[bool], columns: usize, rows: usize) -> Option<[usize; 4]> {
    let mut left = printed.to_vec();
    let mut bounds: Option<[usize; 4]> = None;
    for start in 0..left.len() {
        if !std::mem::take(&mut left[start]) {
            continue;
        }
        let mut group = [start % columns, start / columns, start % columns, start / columns];
        let (mut open, mut size) = (vec![start], 0);
        while let Some(at) = open.pop() {
            let (x, y) = (at % columns, at / columns);
            group = [group[0].min(x), group[1].min(y), group[2].max(x), group[3].max(y)];
            size += 1;
            // Reaching over one cell joins the letters of a word and the words of a line.
            for ny in y.saturating_sub(1)..=(y + 1).min(rows - 1) {
                for nx in x.saturating_sub(2)..=(x + 2).min(columns - 1) {
                    if std::mem::take(&mut left[ny * columns + nx]) {
                        open.push(ny * columns + nx);
                    }
                }
            }
        }
        if size >= SMALLEST {
            let b = bounds.get_or_insert(group);
            *b = [b[0].min(group[0]), b[1].min(group[1]), b[2].max(group[2]), b[3].max(group[3])];
        }
    }
    bounds
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;

    fn page() -> RgbImage {
        RgbImage::from_pixel(1600, 2000, Rgb([250, 250, 250]))
    }

    #[test]
    fn a_blank_page_has_no_content() {
        assert_eq!(content(&page()), None);
    }

    #[test]
    fn specks_of_dust_are_not_content_and_text_is_kept_whole() {
        let mut page = page();
        page.put_pixel(1500, 1900, Rgb([0, 0, 0]));
        for x in 400..800 {
            for y in 500..530 {
                if (x / 7) % 2 == 0 {
                    page.put_pixel(x, y, Rgb([30, 30, 30]));
                }
            }
        }
        let Content { area, tone } = content(&page).unwrap();
        assert!(
            area.x <= 400 && area.y <= 500 && area.x + area.width >= 800 && area.y + area.height >= 530,
            "{area:?}"
        );
        assert!(area.width < 500 && area.height < 140, "{area:?}");
        let mut values = [30.0, 250.0];
        tone.stretch(&mut values);
        assert_eq!(values, [30.0, 250.0], "plain print is left as it is");
    }

    #[test]
    fn faint_print_is_found_and_stretched() {
        let mut page = page();
        for x in 400..800 {
            for y in 500..530 {
                if (x / 7) % 2 == 0 {
                    page.put_pixel(x, y, Rgb([230, 230, 230]));
                }
            }
        }
        let mut values = [230.0, 250.0];
        content(&page).unwrap().tone.stretch(&mut values);
        assert!(values[0] < 110.0 && values[1] > 250.0, "{values:?}");
    }
}
