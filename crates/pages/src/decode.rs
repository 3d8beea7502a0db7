use image::RgbImage;

use crate::{DecodeError, Limits, MediaType, pdf, raster, sniff};

/// All pages of a file, upright as far as the file itself says (EXIF orientation, page rotation).
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Vec<RgbImage>, DecodeError> {
    let mut pages = Vec::new();
    decode_each(bytes, limits, &mut |page| pages.push(page))?;
    Ok(pages)
}

/// Hands out the pages of a file one by one, so that no two need be in memory. Dimensions are checked before
/// anything is allocated for them.
pub fn decode_each(bytes: &[u8], limits: &Limits, each: &mut dyn FnMut(RgbImage)) -> Result<(), DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::FileEmpty);
    }
    if bytes.len() as u64 > limits.bytes {
        return Err(DecodeError::FileTooLarge { bytes: bytes.len() as u64, limit: limits.bytes });
    }
    match sniff(bytes).ok_or(DecodeError::FormatUnknown)? {
        MediaType::Jpeg => raster::jpeg(bytes, limits).map(each),
        MediaType::Png => raster::png(bytes, limits).map(each),
        MediaType::Pdf => pdf::pages(bytes, limits, each),
        MediaType::Unsupported(format) => Err(DecodeError::FormatUnsupported { format: format.into() }),
    }
}

/// Counts pages and pixels against the limits.
pub(crate) struct Budget<'a> {
    limits: &'a Limits,
    pages: u32,
    pixels: u64,
}

impl Budget<'_> {
    pub fn new(limits: &Limits) -> Budget<'_> {
        Budget { limits, pages: 0, pixels: 0 }
    }

    /// Takes one page of `width` × `height` pixels, or says which limit forbids it.
    pub fn take(&mut self, width: u64, height: u64) -> Result<(), DecodeError> {
        self.pages += 1;
        if self.pages > self.limits.pages {
            return Err(DecodeError::TooManyPages { pages: self.pages.into(), limit: self.limits.pages.into() });
        }
        let pixels = width.saturating_mul(height);
        if pixels == 0 {
            return Err(DecodeError::FileDamaged);
        }
        if pixels > self.limits.pixels_per_page {
            let limit = self.limits.pixels_per_page;
            return Err(DecodeError::PageTooLarge { page: self.pages, width, height, limit });
        }
        self.pixels = self.pixels.saturating_add(pixels);
        if self.pixels > self.limits.pixels {
            return Err(DecodeError::FileTooManyPixels { limit: self.limits.pixels });
        }
        Ok(())
    }
}
