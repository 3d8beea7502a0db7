//! What comes out of good and bad files.

mod files;

use files::{encrypted_pdf, jpeg, jpeg_with_orientation, page, pdf, png};
use image::RgbImage;
use pages::{Limits, decode};
use proptest::prelude::*;

const CODES: [&str; 12] = [
    "FILE_EMPTY",
    "FILE_TOO_LARGE",
    "FORMAT_UNKNOWN",
    "FORMAT_UNSUPPORTED",
    "FILE_DAMAGED",
    "PDF_ENCRYPTED",
    "TOO_MANY_PAGES",
    "PAGE_TOO_LARGE",
    "FILE_TOO_MANY_PIXELS",
    "DECODE_TIMEOUT",
    "DECODE_MEMORY",
    "DECODER_UNAVAILABLE",
];

fn code(bytes: &[u8], limits: &Limits) -> &'static str {
    let error = decode(bytes, limits).unwrap_err();
    assert!(!error.to_string().is_empty());
    error.code()
}

/// In which corner is the black square: `[left or right, top or bottom]`.
fn corner(page: &RgbImage) -> [&'static str; 2] {
    let (w, h) = page.dimensions();
    for (x, across) in [(w / 40, "left"), (w - 1 - w / 40, "right")] {
        for (y, down) in [(h / 40, "top"), (h - 1 - h / 40, "bottom")] {
            if page.get_pixel(x, y).0[0] < 100 {
                return [across, down];
            }
        }
    }
    ["nowhere", "nowhere"]
}

#[test]
fn jpeg_and_png_give_their_one_page() {
    for bytes in [jpeg(&page(120, 80)), png(&page(120, 80))] {
        let pages = decode(&bytes, &Limits::default()).unwrap();
        assert_eq!(pages.len(), 1);
        assert_eq!(pages[0].dimensions(), (120, 80));
        assert_eq!(corner(&pages[0]), ["left", "top"]);
    }
}

#[test]
fn exif_orientation_is_applied() {
    for (orientation, size, place) in [
        (1, (120, 80), ["left", "top"]),
        (3, (120, 80), ["right", "bottom"]),
        (6, (80, 120), ["right", "top"]),
        (8, (80, 120), ["left", "bottom"]),
    ] {
        let pages = decode(&jpeg_with_orientation(&page(120, 80), orientation), &Limits::default()).unwrap();
        assert_eq!(pages[0].dimensions(), size, "orientation {orientation}");
        assert_eq!(corner(&pages[0]), place, "orientation {orientation}");
    }
}

#[test]
fn transparency_is_paper() {
    let clear = image::RgbaImage::from_pixel(10, 10, image::Rgba([0, 0, 0, 0]));
    let mut bytes = Vec::new();
    clear.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    assert_eq!(decode(&bytes, &Limits::default()).unwrap()[0].get_pixel(5, 5).0, [255; 3]);
}

#[test]
fn a_scanned_pdf_is_rendered_at_the_resolution_of_its_scan() {
    // 300 × 400 pixels on 144 × 192 points are 150 dots per inch.
    let pages = decode(&pdf(&page(300, 400), 2, (144, 192), 0), &Limits::default()).unwrap();
    assert_eq!(pages.iter().map(RgbImage::dimensions).collect::<Vec<_>>(), [(300, 400), (300, 400)]);
    assert_eq!(corner(&pages[0]), ["left", "top"]);
}

#[test]
fn the_rotation_of_a_pdf_page_is_applied() {
    let pages = decode(&pdf(&page(300, 400), 1, (144, 192), 90), &Limits::default()).unwrap();
    assert_eq!(pages[0].dimensions(), (400, 300));
    assert_eq!(corner(&pages[0]), ["right", "top"]);
}

#[test]
fn what_is_no_document_is_refused_with_a_code() {
    let limits = Limits::default();
    assert_eq!(code(b"", &limits), "FILE_EMPTY");
    assert_eq!(code(b"Dear Sir or Madam", &limits), "FORMAT_UNKNOWN");
    assert_eq!(code(b"II*\0\x08\0\0\0", &limits), "FORMAT_UNSUPPORTED");
    assert_eq!(code(&png(&page(20, 20))[..40], &limits), "FILE_DAMAGED");
    assert_eq!(code(b"%PDF-1.7 and nothing else", &limits), "FILE_DAMAGED");
    assert_eq!(code(&encrypted_pdf(), &limits), "PDF_ENCRYPTED");
}

#[test]
fn limits_are_kept() {
    let limits = Limits { bytes: 50, ..Limits::default() };
    assert_eq!(code(&[0; 51], &limits), "FILE_TOO_LARGE");
    let limits = Limits { pixels_per_page: 99, ..Limits::default() };
    assert_eq!(code(&png(&page(10, 10)), &limits), "PAGE_TOO_LARGE");
    let limits = Limits { pages: 2, ..Limits::default() };
    assert_eq!(code(&pdf(&page(30, 40), 3, (36, 48), 0), &limits), "TOO_MANY_PAGES");
    let limits = Limits { pixels: 3000, ..Limits::default() };
    assert_eq!(code(&pdf(&page(30, 40), 3, (36, 48), 0), &limits), "FILE_TOO_MANY_PIXELS");
}

#[test]
fn a_bomb_is_refused_by_its_announced_size() {
    let mut bytes = png(&page(10, 10));
    // Width and height in the header chunk, whose checksum then has to be made good.
    bytes[16..24].copy_from_slice(&[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
    let mut crc = !0u32;
    for byte in &bytes[12..29] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    assert_eq!(code(&bytes, &Limits::default()), "PAGE_TOO_LARGE");
}

#[test]
fn a_pdf_page_of_any_size_is_rendered_within_the_limit() {
    let limits = Limits { pixels_per_page: 1_000_000, ..Limits::default() };
    let pages = decode(&pdf(&page(300, 400), 1, (14_400, 19_200), 0), &limits).unwrap();
    let (width, height) = pages[0].dimensions();
    assert!((900_000..=1_000_000).contains(&(width * height)), "{width} × {height}");
}

fn originals() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(jpeg(&page(40, 30))),
        Just(jpeg_with_orientation(&page(40, 30), 6)),
        Just(png(&page(40, 30))),
        Just(pdf(&page(40, 30), 2, (40, 30), 0)),
        Just(encrypted_pdf()),
    ]
}

proptest! {
    /// Whatever happens to a file, it gives pages within the limits or an error with a known code.
    #[test]
    fn damaged_files_never_panic(
        original in originals(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        length in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        let mut bytes = original;
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if !whole {
            let length = length.index(bytes.len());
            bytes.truncate(length);
        }
        let limits = Limits { pixels_per_page: 250_000, pages: 4, pixels: 500_000, ..Limits::default() };
        match decode(&bytes, &limits) {
            Ok(pages) => prop_assert!(pages.iter().all(|page| u64::from(page.width() * page.height()) <= 250_000)),
            Err(error) => prop_assert!(CODES.contains(&error.code())),
        }
    }

    #[test]
    fn noise_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Err(error) = decode(&bytes, &Limits::default()) {
            prop_assert!(CODES.contains(&error.code()));
        }
    }
}
