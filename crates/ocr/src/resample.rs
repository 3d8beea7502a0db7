use image::RgbImage;

use crate::geometry::{Area, TextBox};

/// Colour planes of an image, blue, green, red, each row after row, values 0 to 255.
pub(crate) struct Planes {
    pub width: usize,
    pub height: usize,
    pub values: Vec<f32>,
}

/// For each output pixel the first source pixel and the weights of it and those after it.
struct Taps(Vec<(usize, Vec<f32>)>);

impl Taps {
    /// Linear interpolation, widened when shrinking so that no source pixel is skipped.
    fn new(source: usize, output: usize) -> Taps {
        let scale = source as f32 / output as f32;
        let radius = scale.max(1.0);
        let taps = (0..output).map(|i| {
            let centre = (i as f32 + 0.5) * scale - 0.5;
            let first = (centre - radius).ceil().max(0.0) as usize;
            let last = ((centre + radius).floor().max(0.0) as usize).min(source - 1);
            let first = first.min(last);
            let mut weights: Vec<f32> =
                (first..=last).map(|j| (1.0 - (j as f32 - centre).abs() / radius).max(1e-6)).collect();
            let sum: f32 = weights.iter().sum();
            weights.iter_mut().for_each(|w| *w /= sum);
            (first, weights)
        });
        Taps(taps.collect())
    }
}

/// Resizes `area` of `image` to `width` × `height`.
pub(crate) fn resize(image: &RgbImage, area: Area, width: usize, height: usize) -> Planes {
    let row_bytes = image.width() as usize * 3;
    let span = area.x as usize * 3..(area.x + area.width) as usize * 3;
    let (rows, columns) = (Taps::new(area.height as usize, height), Taps::new(area.width as usize, width));
    let mut values = vec![0.0; 3 * width * height];
    let mut row = vec![0.0f32; span.len()];
    for (y, (first, weights)) in rows.0.iter().enumerate() {
        row.fill(0.0);
        for (offset, weight) in weights.iter().enumerate() {
            let start = (area.y as usize + first + offset) * row_bytes;
            let source = &image.as_raw()[start..start + row_bytes][span.clone()];
            for (sum, value) in row.iter_mut().zip(source) {
                *sum += weight * f32::from(*value);
            }
        }
        for (x, (first, weights)) in columns.0.iter().enumerate() {
            let mut pixel = [0.0f32; 3];
            for (source, weight) in row[first * 3..].chunks_exact(3).zip(weights) {
                for channel in 0..3 {
                    pixel[channel] += weight * source[channel];
                }
            }
            for channel in 0..3 {
                values[(2 - channel) * width * height + y * width + x] = pixel[channel];
            }
        }
    }
    Planes { width, height, values }
}

/// Cuts the text of `text` out of `image` into a level strip of `width` × `height`; what lies outside the
/// image repeats its edge.
pub(crate) fn strip(image: &RgbImage, text: &TextBox, width: usize, height: usize) -> Planes {
    let origin = text.at(0.0, 0.0);
    let step = |to: [f32; 2], parts: usize| [(to[0] - origin[0]) / parts as f32, (to[1] - origin[1]) / parts as f32];
    let samples = |extent: f32, parts: usize| (extent / parts as f32).ceil().clamp(1.0, 8.0) as usize;
    let (nx, ny) = (samples(text.width, width), samples(text.height, height));
    let along = step(text.at(1.0, 0.0), width * nx);
    let across = step(text.at(0.0, 1.0), height * ny);
    let mut values = vec![0.0; 3 * width * height];
    let share = 1.0 / (nx * ny) as f32;
    for y in 0..height {
        for x in 0..width {
            let mut pixel = [0.0f32; 3];
            for sy in 0..ny {
                for sx in 0..nx {
                    let (u, v) = ((x * nx + sx) as f32 + 0.5, (y * ny + sy) as f32 + 0.5);
                    let sample = bilinear(
                        image,
                        origin[0] + u * along[0] + v * across[0] - 0.5,
                        origin[1] + u * along[1] + v * across[1] - 0.5,
                    );
                    for channel in 0..3 {
                        pixel[channel] += sample[channel];
                    }
                }
            }
            for channel in 0..3 {
                values[(2 - channel) * width * height + y * width + x] = pixel[channel] * share;
            }
        }
    }
    Planes { width, height, values }
}

fn bilinear(image: &RgbImage, x: f32, y: f32) -> [f32; 3] {
    let x = x.clamp(0.0, (image.width() - 1) as f32);
    let y = y.clamp(0.0, (image.height() - 1) as f32);
    let (left, top) = (x as usize, y as usize);
    let right = (left + 1).min(image.width() as usize - 1);
    let bottom = (top + 1).min(image.height() as usize - 1);
    let (fx, fy) = (x - left as f32, y - top as f32);
    let row_bytes = image.width() as usize * 3;
    let raw = image.as_raw();
    let at = |x: usize, y: usize| &raw[y * row_bytes + x * 3..][..3];
    let (a, b, c, d) = (at(left, top), at(right, top), at(left, bottom), at(right, bottom));
    std::array::from_fn(|i| {
        let upper = f32::from(a[i]) + fx * (f32::from(b[i]) - f32::from(a[i]));
        let lower = f32::from(c[i]) + fx * (f32::from(d[i]) - f32::from(c[i]));
        upper + fy * (lower - upper)
    })
}
