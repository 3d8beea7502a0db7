//! `countersign read`, as a person or a script runs it.

use std::{
    fs,
    process::{Command, Output},
};

use pages::{Limits, child::Decoder};
use serde_json::Value;

const RECEIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/ocr/tests/data/receipt.png");

fn countersign(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_countersign")).args(arguments).output().unwrap()
}

fn json_lines(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_file_is_read_into_one_json_object() {
    let output = countersign(&["read", RECEIPT, "--type", "receipt", "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let [object] = json_lines(&output).try_into().unwrap();
    assert_eq!(object["file"], RECEIPT);
    assert!(object["milliseconds"].is_u64() && object["fields"].is_array());
    let page = &object["pages"][0];
    assert_eq!((&page["width"], &page["height"]), (&460.into(), &560.into()));
    let line = &page["lines"][0];
    assert_eq!(line["text"], "KORNBLUME BAKERY LTD");
    assert_eq!(line["words"][1]["text"], "BAKERY");
    assert!(line["words"][1]["confidence"].as_f64().unwrap() > 0.9);
    // The ink begins at x 44 and y 42; clockwise from the top left.
    let corner = |index: usize, axis: usize| line["box"][index][axis].as_f64().unwrap();
    assert!((35.0..50.0).contains(&corner(0, 0)) && (25.0..42.0).contains(&corner(0, 1)), "{}", line["box"]);
    assert!(corner(1, 0) > 350.0 && corner(2, 1) > corner(1, 1) && corner(3, 0) < 50.0, "{}", line["box"]);
}

#[test]
fn files_that_fail_are_told_in_their_place_and_the_others_read() {
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("note.jpg");
    fs::write(&note, "not an image").unwrap();
    let output = countersign(&["read", "--json", "/nowhere.jpg", RECEIPT, note.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let [missing, read, note] = json_lines(&output).try_into().unwrap();
    assert_eq!(missing["error"]["code"], "FILE_UNREADABLE");
    assert_eq!(read["pages"].as_array().unwrap().len(), 1);
    assert_eq!(note["error"]["code"], "FORMAT_UNKNOWN");
    assert!(note["error"]["message"].as_str().unwrap().contains("JPEG"));
}

#[test]
fn without_json_the_text_is_printed() {
    let output = countersign(&["read", RECEIPT]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("KORNBLUME BAKERY LTD") && text.contains("460 × 560 pixels"), "{text}");
}

#[test]
fn a_missing_pack_is_said_with_the_way_to_get_it() {
    let output = countersign(&["read", RECEIPT, "--pack", "/nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("fetch_ocr_pack.py"));
}

fn decoder(limits: Limits) -> Decoder {
    let program = env!("CARGO_BIN_EXE_countersign").into();
    Decoder { program, args: vec!["decode-pages".into()], limits }
}

#[test]
fn the_decoding_child_hands_over_pages_and_errors() {
    let bytes = fs::read(RECEIPT).unwrap();
    let pages = decoder(Limits::default()).decode(bytes.clone()).unwrap();
    assert_eq!(pages[0].dimensions(), (460, 560));
    let limits = Limits { pixels_per_page: 1000, ..Limits::default() };
    assert_eq!(decoder(limits).decode(bytes).unwrap_err().code(), "PAGE_TOO_LARGE");
}

#[test]
fn a_child_that_needs_more_memory_than_allowed_is_told_as_such() {
    // Enough to start, which takes the size of the program itself, but not for the 49 million pixels of this picture.
    let limits = Limits { memory: 200_000_000, ..Limits::default() };
    let page = image::RgbImage::new(7000, 7000);
    let bytes = pages::encode_page(&page).unwrap();
    assert_eq!(decoder(limits).decode(bytes).unwrap_err().code(), "DECODE_MEMORY");
}
