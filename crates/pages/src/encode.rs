use image::{RgbImage, codecs::jpeg::JpegEncoder};

/// JPEG at a quality at which print stays sharp and a scanned page takes some hundred kilobytes.
const QUALITY: u8 = 85;

/// A page image as JPEG (`image/jpeg`), for storage and for the reviewers' page.
pub fn encode_page(page: &RgbImage) -> Result<Vec<u8>, image::ImageError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(page)?;
    Ok(bytes)
}
