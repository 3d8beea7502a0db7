use serde::{Deserialize, Serialize};

use crate::ppm::Ppm;

/// Four corners, clockwise from the top left of the text, in parts per million of the upright page's
/// width (x) and height (y).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quad(pub [[Ppm; 2]; 4]);

impl Quad {
    /// From pixel corners on a page of `width` × `height` pixels; corners outside it are clamped to its edge.
    pub fn from_pixels(corners: [[f64; 2]; 4], width: u32, height: u32) -> Quad {
        Quad(corners.map(|[x, y]| [Ppm::of(x, width), Ppm::of(y, height)]))
    }

    /// The corners in pixels of a page of `width` × `height` pixels.
    pub fn to_pixels(self, width: u32, height: u32) -> [[f64; 2]; 4] {
        self.0.map(|[x, y]| [x.share() * f64::from(width), y.share() * f64::from(height)])
    }

    /// The upright rectangle around the corners: left, top, right, bottom.
    pub fn bounds(self) -> [Ppm; 4] {
        let xs = self.0.map(|c| c[0]);
        let ys = self.0.map(|c| c[1]);
        let min = |v: [Ppm; 4]| v.into_iter().min().unwrap_or_default();
        let max = |v: [Ppm; 4]| v.into_iter().max().unwrap_or_default();
        [min(xs), min(ys), max(xs), max(ys)]
    }

    /// The upright rectangle left, top, right, bottom.
    pub fn from_bounds([left, top, right, bottom]: [Ppm; 4]) -> Quad {
        Quad([[left, top], [right, top], [right, bottom], [left, bottom]])
    }

    /// The smallest upright rectangle around all quads; `None` for none.
    pub fn around(quads: impl IntoIterator<Item = Quad>) -> Option<Quad> {
        let mut quads = quads.into_iter().map(Quad::bounds);
        let first = quads.next()?;
        Some(Quad::from_bounds(
            quads.fold(first, |a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]),
        ))
    }
}

/// A quad on one page of a document; pages count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Region {
    pub page: u32,
    pub quad: Quad,
}
