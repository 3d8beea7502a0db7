//! Pages in, readings out, with the default model pack.

use std::sync::LazyLock;

use domain::{ppm::Ppm, reading::PageReading};
use image::{Rgb, RgbImage};
use ocr::{Engine, Pack, PageRead, turn};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| match Pack::load(&Pack::default_folder()) {
    Ok(pack) => Engine::new(pack, 2),
    Err(error) => panic!("these tests need the OCR model pack: {error}"),
});

fn page(name: &str) -> RgbImage {
    image::open(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap().into_rgb8()
}

fn read(page: &RgbImage) -> PageRead {
    ENGINE.read_page(page).unwrap()
}

fn words(reading: &PageReading) -> Vec<&str> {
    reading.lines.iter().flat_map(|line| &line.words).map(|word| word.text.as_str()).collect()
}

const RECEIPT: &str = "KORNBLUME BAKERY LTD 14 Harbour Street, Galway Tel: 091 555 0142 RECEIPT No. 20417 Date: 12/03/2026 \
                       09:41 2 x Rye bread 7.80 1 x Apple cake 4.50 3 x Espresso 8.25 Subtotal 20.55 VAT 13.5 % 2.77 TOTAL \
                       EUR 23.32 Thank you for your visit";

/// How many of the receipt's words were read, in their order or not.
fn words_read(reading: &PageReading) -> usize {
    let mut left = words(reading);
    let expected = RECEIPT.split_whitespace();
    expected.filter(|word| left.iter().position(|read| read == word).map(|at| left.remove(at)).is_some()).count()
}

#[test]
fn a_receipt_is_read_word_for_word_in_reading_order() {
    let read = read(&page("receipt.png"));
    assert_eq!(words(&read.reading).join(" "), RECEIPT);
    assert_eq!((read.quarter_turns, read.reading.width, read.reading.height), (0, 460, 560));
    assert!(read.skew_degrees.abs() < 0.5, "{}", read.skew_degrees);
    assert!(read.reading.confidence > Ppm::from_share(0.95));
}

#[test]
fn regions_and_confidences_reach_down_to_the_characters() {
    let reading = read(&page("receipt.png")).reading;
    let total = reading.lines.iter().flat_map(|line| &line.words).find(|word| word.text == "TOTAL").unwrap();
    // Where the generator drew it: x from 42 to 108, y from 444 to 465.
    let [left, top, right, bottom] = {
        let [left, top, right, bottom] = total.quad.bounds();
        [left.share() * 460.0, top.share() * 560.0, right.share() * 460.0, bottom.share() * 560.0]
    };
    assert!((32.0..46.0).contains(&left) && (102.0..118.0).contains(&right), "{left} {right}");
    assert!(top < bottom && bottom - top < 40.0, "{top} {bottom}");
    assert_eq!(total.characters.iter().map(|c| c.text).collect::<String>(), "TOTAL");
    for pair in total.characters.windows(2) {
        assert!(pair[0].quad.bounds()[0] < pair[1].quad.bounds()[0], "characters run from left to right");
    }
    for line in &reading.lines {
        assert_eq!(line.text, line.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "));
        for word in &line.words {
            let mean = word.characters.iter().map(|c| c.confidence.share()).sum::<f64>() / word.characters.len() as f64;
            assert!((word.confidence.share() - mean).abs() < 1e-5);
        }
    }
}

#[test]
fn a_page_that_lies_on_any_side_is_read_upright() {
    let upright = page("receipt.png");
    for turned in 1..4 {
        let read = read(&turn(upright.clone(), turned));
        assert_eq!(read.quarter_turns, 4 - turned, "turned by {turned} quarters");
        assert_eq!((read.reading.width, read.reading.height), (460, 560));
        assert!(words_read(&read.reading) >= 42, "{}", words(&read.reading).join(" "));
    }
}

#[test]
fn a_skewed_page_is_read_along_its_lines() {
    let read = read(&page("skewed.png"));
    assert!((-6.5..-5.5).contains(&read.skew_degrees), "{}", read.skew_degrees);
    assert!(words_read(&read.reading) >= 42, "{}", words(&read.reading).join(" "));
    let first = &read.reading.lines[0].quad.0;
    assert!(first[0][1] > first[1][1], "the region rises with its line");
}

#[test]
fn faint_print_is_read() {
    let read = read(&page("faint.png"));
    assert!(words_read(&read.reading) >= 40, "{}", words(&read.reading).join(" "));
}

#[test]
fn a_blank_page_has_no_lines() {
    let read = read(&RgbImage::from_pixel(800, 1100, Rgb([244, 243, 240])));
    assert_eq!((read.quarter_turns, read.reading.lines.len(), read.reading.confidence), (0, 0, Ppm::ZERO));
}

#[test]
fn pages_of_any_size_and_noise_are_survived() {
    let mut seed = 1u32;
    let mut noise = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    for (width, height) in [(1, 1), (3, 400), (400, 3), (33, 31), (300, 200)] {
        let page = RgbImage::from_fn(width, height, |_, _| Rgb([noise(), noise(), noise()]));
        let read = read(&page);
        for quad in read.reading.lines.iter().map(|line| line.quad.bounds()) {
            assert!(quad[0] <= quad[2] && quad[1] <= quad[3]);
        }
    }
}

#[test]
fn scribbles_are_survived() {
    let mut page = RgbImage::from_pixel(500, 300, Rgb([250; 3]));
    for t in 0..20_000 {
        let t = t as f32 / 1000.0;
        let (x, y) = (250.0 + 200.0 * (1.7 * t).sin(), 150.0 + 110.0 * (2.9 * t + 0.4).cos());
        page.put_pixel(x as u32, y as u32, Rgb([40, 40, 90]));
    }
    read(&page);
}

#[test]
fn many_threads_may_read_at_once() {
    let page = page("receipt.png");
    let expected = read(&page).reading;
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| assert_eq!(read(&page).reading, expected));
        }
    });
}

#[test]
fn the_version_names_engine_and_pack() {
    let version = ENGINE.version();
    assert_eq!((version.engine.as_str(), version.pack.as_str()), ("countersign-ocr", "ppocr-v6-small"));
    assert!(!version.engine_version.is_empty() && !version.pack_version.is_empty());
}
