use image::RgbImage;

use crate::geometry::Area;

/// Cells are this fine on the longer side of the page.
const CELLS: u32 = 160;
/// Differences of brightness, 0 to 255, that count as print; paper grain and shading stay below.
const CONTRAST: u8 = 40;
/// Print has neighbours; this many cells together are the least that is kept.
const SMALLEST: usize = 6;

/// The part of the page that holds anything printed, with a margin; `None` for a blank page. A receipt on the
/// glass of an A4 scanner leaves most of the page empty, and empty paper costs as much to search as text.
pub(crate) fn content(image: &RgbImage) -> Option<Area> {
    let (width, height) = image.dimensions();
    let cell = width.max(height).div_ceil(CELLS).max(4);
    let (columns, rows) = (width.div_ceil(cell) as usize, height.div_ceil(cell) as usize);
    let printed = printed_cells(image, cell, columns, rows);
    let [left, top, right, bottom] = bounds_without_specks(&printed, columns, rows)?;
    let x = (left as u32).saturating_sub(2) * cell;
    let y = (top as u32).saturating_sub(2) * cell;
    let end = |last: usize, limit: u32| ((last as u32 + 3) * cell).min(limit);
    Some(Area { x, y, width: end(right, width) - x, height: end(bottom, height) - y })
}

/// The cells whose brightness varies.
fn printed_cells(image: &RgbImage, cell: u32, columns: usize, rows: usize) -> Vec<bool> {
    let mut darkest = vec![u8::MAX; columns * rows];
    let mut brightest = vec![0u8; columns * rows];
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
            darkest[first + column] = darkest[first + column].min(low);
            brightest[first + column] = brightest[first + column].max(high);
        }
    }
    brightest.iter().zip(&darkest).map(|(high, low)| high.saturating_sub(*low) >= CONTRAST).collect()
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
        let area = content(&page).unwrap();
        assert!(
            area.x <= 400 && area.y <= 500 && area.x + area.width >= 800 && area.y + area.height >= 530,
            "{area:?}"
        );
        assert!(area.width < 500 && area.height < 140, "{area:?}");
    }
}
