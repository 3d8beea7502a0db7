use std::fmt;

use serde::{Deserialize, Serialize};

/// A share in parts per million, 0 to 1,000,000: the form in which confidences and page coordinates are
/// stored and recorded, because a log leaf knows no floating point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32")]
pub struct Ppm(u32);

impl Ppm {
    pub const ZERO: Ppm = Ppm(0);
    pub const ONE: Ppm = Ppm(1_000_000);

    /// Clamps to one million.
    pub const fn new(parts: u32) -> Ppm {
        Ppm(if parts > 1_000_000 { 1_000_000 } else { parts })
    }

    /// Rounds a share in 0.0..=1.0; what lies outside is clamped, NaN counts as 0.
    pub fn from_share(share: f64) -> Ppm {
        Ppm((share.clamp(0.0, 1.0) * 1e6).round() as u32)
    }

    /// `position / extent`, for pixels on a page `extent` pixels wide or high.
    pub fn of(position: f64, extent: u32) -> Ppm {
        Ppm::from_share(position / f64::from(extent.max(1)))
    }

    pub const fn get(self) -> u32 {
        self.0
    }

    pub fn share(self) -> f64 {
        f64::from(self.0) / 1e6
    }
}

impl TryFrom<u32> for Ppm {
    type Error = String;

    fn try_from(parts: u32) -> Result<Ppm, String> {
        if parts <= 1_000_000 { Ok(Ppm(parts)) } else { Err(format!("{parts} is over 1,000,000 parts per million")) }
    }
}

impl fmt::Display for Ppm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Cut off, never rounded up: 0.8999 must not read as the 0.9 that it falls short of.
        let thousandths = self.0 / 1_000;
        write!(f, "{}.{:03}", thousandths / 1_000, thousandths % 1_000)
    }
}
