use std::sync::Arc;

use hayro::{
    PixmapSettings, RenderCache, RenderSettings,
    hayro_interpret::InterpreterSettings,
    hayro_syntax::{
        DecryptionError, LoadPdfError, Pdf,
        object::{Stream, dict::keys},
        page::Page,
    },
    render,
    vello_cpu::color::palette::css::WHITE,
};
use image::RgbImage;

use crate::{DecodeError, Limits, decode::Budget};

/// Dots per inch for a page that is not one scanned image.
const DEFAULT_RESOLUTION: f32 = 200.0;
/// Scans are rendered at their own resolution between these bounds.
const RESOLUTIONS: std::ops::RangeInclusive<f32> = 72.0..=400.0;
/// A user space unit of PDF is 1/72 inch (ISO 32000-1, 8.3.2.3).
const UNITS_PER_INCH: f32 = 72.0;
/// The renderer's sides are sixteen bits wide.
const LONGEST_SIDE: f32 = 65_000.0;

pub(crate) fn pages(bytes: &[u8], limits: &Limits, each: &mut dyn FnMut(RgbImage)) -> Result<(), DecodeError> {
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            DecodeError::PdfEncrypted
        }
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => DecodeError::FileDamaged,
    })?;
    let count = pdf.pages().len() as u64;
    if count == 0 {
        return Err(DecodeError::FileDamaged);
    }
    if count > u64::from(limits.pages) {
        return Err(DecodeError::TooManyPages { pages: count, limit: limits.pages.into() });
    }
    let settings = InterpreterSettings::default();
    let cache = RenderCache::new();
    let mut budget = Budget::new(limits);
    for page in pdf.pages().iter() {
        let scale = resolution(page, limits) / UNITS_PER_INCH;
        let (width, height) = page.render_dimensions();
        budget.take((width * scale) as u64, (height * scale) as u64)?;
        let paper = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let pixmap = render(page, &cache, &settings, &RenderSettings::default(), &paper);
        let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
        // The paper is opaque, so premultiplied colours are the colours.
        let pixels = pixmap.data_as_u8_slice().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]);
        let mut raw = Vec::with_capacity(width as usize * height as usize * 3);
        raw.extend(pixels);
        each(RgbImage::from_raw(width, height, raw).ok_or(DecodeError::FileDamaged)?);
    }
    Ok(())
}

/// Dots per inch: those of the image that fills the page, else the default; less where the page would be too large.
fn resolution(page: &Page<'_>, limits: &Limits) -> f32 {
    let (width, height) = page.base_dimensions();
    let wanted = scan_resolution(page, width, height).unwrap_or(DEFAULT_RESOLUTION);
    let inches = [width / UNITS_PER_INCH, height / UNITS_PER_INCH].map(|side| side.max(0.01));
    let fits = (limits.pixels_per_page as f32 * 0.99 / (inches[0] * inches[1])).sqrt();
    wanted.min(fits).min(LONGEST_SIDE / inches[0]).min(LONGEST_SIDE / inches[1])
}

/// The resolution of the page's largest image, when that has the shape of the page.
fn scan_resolution(page: &Page<'_>, width: f32, height: f32) -> Option<f32> {
    let images = page.resources().x_objects.keys().filter_map(|name| page.resources().get_x_object(&name));
    let (columns, rows) = images.filter_map(|image| image_size(&image)).max_by_key(|(columns, rows)| columns * rows)?;
    let (across, down) = (columns as f32 / width * UNITS_PER_INCH, rows as f32 / height * UNITS_PER_INCH);
    let alike = (across / down - 1.0).abs() < 0.1;
    alike.then(|| across.max(down).clamp(*RESOLUTIONS.start(), *RESOLUTIONS.end()))
}

fn image_size(object: &Stream<'_>) -> Option<(u64, u64)> {
    let side = |key| object.dict().get::<u32>(key).filter(|side| *side > 0).map(u64::from);
    Some((side(keys::WIDTH)?, side(keys::HEIGHT)?))
}
