use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageError, RgbImage,
    codecs::{jpeg::JpegDecoder, png::PngDecoder},
};

use crate::{DecodeError, Limits, decode::Budget, jpeg_end};

pub(crate) fn jpeg(bytes: &[u8], limits: &Limits) -> Result<RgbImage, DecodeError> {
    let page = upright(JpegDecoder::new(Cursor::new(bytes)).map_err(refusal)?, limits)?;
    if jpeg_end::is_whole(bytes) { Ok(page) } else { Err(DecodeError::FileDamaged) }
}

pub(crate) fn png(bytes: &[u8], limits: &Limits) -> Result<RgbImage, DecodeError> {
    upright(PngDecoder::new(Cursor::new(bytes)).map_err(refusal)?, limits)
}

fn upright(mut decoder: impl ImageDecoder, limits: &Limits) -> Result<RgbImage, DecodeError> {
    let (width, height) = decoder.dimensions();
    Budget::new(limits).take(width.into(), height.into())?;
    let mut allowed = image::Limits::default();
    allowed.max_alloc = Some(limits.memory);
    decoder.set_limits(allowed).map_err(refusal)?;
    // An orientation that can't be read is none.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    image.apply_orientation(orientation);
    Ok(if image.color().has_alpha() { on_white(image) } else { image.into_rgb8() })
}

/// Paper is white where an image is transparent.
fn on_white(image: DynamicImage) -> RgbImage {
    let image = image.into_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [r, g, b, alpha] = image.get_pixel(x, y).0.map(u32::from);
        image::Rgb([r, g, b].map(|value| ((value * alpha + 255 * (255 - alpha)) / 255) as u8))
    })
}

fn refusal(error: ImageError) -> DecodeError {
    match error {
        ImageError::Limits(_) => DecodeError::DecodeMemory,
        _ => DecodeError::FileDamaged,
    }
}
