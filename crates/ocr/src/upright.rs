use image::{RgbImage, imageops};

use crate::geometry::TextBox;

/// Turns an image clockwise by quarter turns; 0 and multiples of 4 leave it as it is.
pub fn turn(image: RgbImage, quarter_turns: u8) -> RgbImage {
    match quarter_turns % 4 {
        0 => image,
        1 => imageops::rotate90(&image),
        2 => imageops::rotate180(&image),
        _ => imageops::rotate270(&image),
    }
}

/// Do most lines run up or down the page? Lines are found whichever way they run, and text is longer than high.
pub(crate) fn is_sideways(boxes: &[TextBox]) -> bool {
    let (mut along, mut across) = (0.0, 0.0);
    for text in boxes.iter().filter(|text| text.width.max(text.height) > 1.5 * text.width.min(text.height)) {
        if text.height > text.width {
            across += text.height;
        } else {
            along += text.width;
        }
    }
    across > along
}

/// The angle at which the lines of an upright page run, in radians, clockwise: the median over their length.
pub(crate) fn skew(boxes: &[TextBox]) -> f32 {
    let mut slopes: Vec<(f32, f32)> =
        boxes.iter().filter(|text| text.width > 3.0 * text.height).map(|text| (text.angle, text.width)).collect();
    slopes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = slopes.iter().map(|(_, length)| length).sum::<f32>() / 2.0;
    let mut passed = 0.0;
    for (angle, length) in slopes {
        passed += length;
        if passed >= half {
            return angle;
        }
    }
    0.0
}
