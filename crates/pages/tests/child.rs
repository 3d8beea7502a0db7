//! What the parent makes of a child that misbehaves. The child that behaves is tested with the real program.

use pages::{DecodeError, Limits, child::Decoder};

fn outcome(script: &str, limits: Limits) -> Result<usize, DecodeError> {
    // The limits follow as one more argument, which the script ignores.
    let decoder = Decoder { program: "/bin/sh".into(), args: vec!["-c".into(), script.into()], limits };
    decoder.decode(vec![1; 100_000]).map(|pages| pages.len())
}

fn code(script: &str) -> &'static str {
    outcome(script, Limits::default()).unwrap_err().code()
}

#[test]
fn a_child_that_never_ends_is_killed_at_the_deadline() {
    let limits = Limits { seconds: 1, ..Limits::default() };
    let start = std::time::Instant::now();
    assert_eq!(outcome("exec /bin/sleep 60", limits), Err(DecodeError::DecodeTimeout { seconds: 1 }));
    assert!(start.elapsed().as_secs() < 10);
}

#[test]
fn the_way_a_child_dies_tells_why() {
    assert_eq!(code("kill -ABRT $$"), "DECODE_MEMORY");
    assert_eq!(code("kill -KILL $$"), "DECODE_MEMORY");
    assert_eq!(code("kill -XCPU $$"), "DECODE_TIMEOUT");
    assert_eq!(code("exit 101"), "FILE_DAMAGED");
}

#[test]
fn frames_are_not_trusted() {
    assert_eq!(code(r"printf 'Pxxxxyyyy'"), "PAGE_TOO_LARGE");
    assert_eq!(code(r"printf 'P\001\000\000\000\001\000\000\000R'"), "FILE_DAMAGED");
    assert_eq!(code(r"printf 'E\377\377\377\377{}'"), "FILE_DAMAGED");
    assert_eq!(code(r"printf 'E\002\000\000\000{}'"), "FILE_DAMAGED");
    assert_eq!(code("printf X"), "FILE_DAMAGED");
    let two = r"printf 'P\001\000\000\000\001\000\000\000RGBP\001\000\000\000\001\000\000\000RGB.'";
    assert_eq!(outcome(two, Limits::default()), Ok(2));
    assert_eq!(outcome(two, Limits { pages: 1, ..Limits::default() }).unwrap_err().code(), "TOO_MANY_PAGES");
}

#[test]
fn an_error_of_the_child_is_handed_on() {
    assert_eq!(code(r#"printf 'E\014\000\000\000"FileDamaged"'"#), "FILE_DAMAGED");
    assert_eq!(code(r#"printf 'E\014\000\000\000"PdfEncrypte'"#), "FILE_DAMAGED");
    assert_eq!(code(r#"printf 'E\016\000\000\000"PdfEncrypted"'"#), "PDF_ENCRYPTED");
}

#[test]
fn a_missing_program_is_the_installation_s_fault() {
    let decoder = Decoder { program: "/nowhere/countersign".into(), args: vec![], limits: Limits::default() };
    assert_eq!(decoder.decode(vec![1]).unwrap_err().code(), "DECODER_UNAVAILABLE");
}

#[test]
fn a_file_over_the_limit_starts_no_child() {
    let decoder = Decoder {
        program: "/nowhere/countersign".into(),
        args: vec![],
        limits: Limits { bytes: 9, ..Limits::default() },
    };
    assert_eq!(decoder.decode(vec![0; 10]).unwrap_err().code(), "FILE_TOO_LARGE");
}
