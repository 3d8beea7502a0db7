//! The text that a reviewer signs: one form, read strictly; every refusal names its line.

use audit::statement::{
    Decision, LineError, MAX_BYTES, MAX_NAME, MAX_REASON, Meaning, Nonce, Statement, StatementError, signed_digest,
};
use audit::{Digest, Hash, Millis};
use proptest::prelude::*;
use serde_json::Value;

fn vector(name: &str) -> String {
    let vectors: Value = serde_json::from_str(include_str!("vectors/statement.json")).unwrap();
    vectors[name].as_str().unwrap().to_owned()
}

fn statement() -> Statement {
    Statement {
        log: "countersign.example/log/00000000-0000-4000-8000-000000000001/e1".into(),
        document: "0197f000-0000-7000-8000-00000000d0c1".into(),
        version: 7,
        document_sha256: Digest::of(b"file"),
        fields_sha256: Digest::of(b"fields"),
        prior_subject_leaf: Hash(Digest::of(b"leaf").0),
        decision: Decision::Approve,
        meaning: Meaning::Approval,
        signer_name: "Zoë Ångström 王小明".into(),
        signer_id: "0197f000-0000-7000-8000-00000000ac10".into(),
        role: "REVIEWER".into(),
        reason: Some("Sum: checked against the paper — it holds".into()),
        time: "2026-01-31T23:59:59.999Z".parse().unwrap(),
        policy_sha256: Digest::of(b"type"),
        key_id: serde_json::from_str::<Value>(include_str!("vectors/statement.json")).unwrap()["ed25519"]["kid"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap(),
        nonce: Nonce(std::array::from_fn(|n| n as u8)),
    }
}

#[test]
fn text_and_hashes_are_those_that_python_makes() {
    assert_eq!(statement().write().unwrap(), vector("text"));
    assert_eq!(statement().sha256().unwrap().to_string(), vector("sha256"));
    assert_eq!(signed_digest(&statement().sha256().unwrap()).to_string(), vector("signed_digest"));
    assert_eq!(Statement::parse(vector("text").as_bytes()), Ok(statement()));
}

#[test]
fn a_reason_may_be_left_out() {
    let silent = Statement { reason: None, ..statement() };
    let text = silent.write().unwrap();
    assert!(text.contains("\nreason: -\n"));
    assert_eq!(Statement::parse(text.as_bytes()), Ok(silent));
}

/// The good text with one line replaced, or left out.
fn with_line(name: &str, line: &str) -> Vec<u8> {
    let text = statement().write().unwrap();
    let lines: Vec<_> = text
        .lines()
        .map(|old| if old.starts_with(&format!("{name}: ")) { line.to_owned() } else { format!("{old}\n") })
        .collect();
    lines.concat().into_bytes()
}

fn refusal(text: &[u8]) -> (usize, String) {
    let StatementError { line, name, why } = Statement::parse(text).unwrap_err();
    (line, format!("{name}: {why}"))
}

#[test]
fn each_line_is_read_strictly() {
    let cases: &[(usize, &str, &[&str])] = &[
        (2, "log", &["with space", "plus+sign", "caf\u{e9}.example/log", "\u{200f}x", &"x".repeat(256)]),
        (3, "document", &["0197F000-0000-7000-8000-00000000D0C1", "0197f00000007000800000000000d0c1", "-"]),
        (4, "version", &["-1", "+7", "07", "7.0", "7 ", "9007199254740992", "99999999999999999999", "-"]),
        (5, "document-sha256", &["-", "00", &"A".repeat(64), &"0".repeat(65)]),
        (6, "fields-sha256", &["-", &"g".repeat(64)]),
        (7, "prior-subject-leaf", &["-", &"0".repeat(63)]),
        (8, "decision", &["approve", "APPROVE ", "APPROVED", "-"]),
        (9, "meaning", &["APPROVAL", "consent", "-"]),
        (10, "signer-name", &["-", "e\u{301}", &"x".repeat(MAX_NAME + 1)]),
        (11, "signer-id", &["me", "-"]),
        (12, "role", &["reviewer", "RE VIEWER", "-", &"X".repeat(65)]),
        (13, "reason", &["A\u{30a}ngstrom", "\u{212b}", &"x".repeat(MAX_REASON + 1)]),
        (14, "time", &["2026-01-31T23:59:59Z", "2026-01-31T23:59:59.999+00:00", "2026-02-31T23:59:59.999Z", "-"]),
        (15, "policy-sha256", &["-"]),
        (16, "key-id", &["-", &"0".repeat(31), &"F".repeat(32), &format!("+{}", "0".repeat(31))]),
        (17, "nonce", &["-", &"0".repeat(33), &"x".repeat(32)]),
    ];
    for (line, name, values) in cases {
        for value in *values {
            let (at, why) = refusal(&with_line(name, &format!("{name}: {value}\n")));
            assert!(at == *line && why.starts_with(&format!("{name}: ")), "{name}: {value}: line {at}, {why}");
        }
        let (at, why) = refusal(&with_line(name, &format!("{name}: \n")));
        assert_eq!((at, why), (*line, format!("{name}: the value is empty")));
        for odd in ["", "nonsense: 1\n", &format!("{name}:x\n"), &format!("{name} : x\n"), &format!(" {name}: x\n")] {
            let (at, why) = refusal(&with_line(name, odd));
            assert_eq!((at, why), (*line, format!("{name}: the line is missing, or stands in another place")), "{odd}");
        }
    }
}

#[test]
fn a_character_that_is_not_shown_as_it_is_is_refused() {
    let bidi = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    for character in bidi.chars().chain("\0\t\r\u{1b}\u{7f}\u{85}\u{9f}\u{2028}\u{2029}".chars()) {
        for (line, name) in [(10, "signer-name"), (13, "reason")] {
            let text = with_line(name, &format!("{name}: a{character}b\n"));
            let expected = StatementError { line, name, why: LineError::Character(character) };
            assert_eq!(Statement::parse(&text), Err(expected));
        }
        let named = Statement { signer_name: format!("a{character}b"), ..statement() };
        assert_eq!(named.write().unwrap_err().why, LineError::Character(character));
    }
    let shown = "the character U+202E is not allowed: the text could look like another one";
    assert_eq!(LineError::Character('\u{202e}').to_string(), shown);
}

#[test]
fn the_text_is_these_lines_and_nothing_else() {
    let text = statement().write().unwrap();
    let refused = |text: &str, line: usize, why: LineError| {
        let error = Statement::parse(text.as_bytes()).unwrap_err();
        assert_eq!((error.line, error.why), (line, why), "{text:?}");
    };
    refused("", 1, LineError::Missing);
    refused("countersign-statement/v1", 1, LineError::Unended);
    refused("countersign-statement/v1\n", 2, LineError::Missing);
    refused(&format!("\u{feff}{text}"), 1, LineError::Missing);
    refused(&text.replacen("/v1", "/v2", 1), 1, LineError::Missing);
    refused(&text.replacen("/v1", "/v1 ", 1), 1, LineError::Missing);
    refused(&text.replace('\n', "\r\n"), 1, LineError::Missing);
    refused(&text[..text.len() - 1], 17, LineError::Unended);
    refused(&format!("{text}\n"), 18, LineError::Trailing);
    refused(&format!("{text}more: x\n"), 18, LineError::Trailing);
    refused(&format!("{text}{}", "x".repeat(MAX_BYTES)), 1, LineError::TooLong);

    let mut bytes = text.clone().into_bytes();
    bytes[text.find("Zoë").unwrap()] = 0xff;
    let error = Statement::parse(&bytes).unwrap_err();
    assert_eq!((error.line, error.why), (10, LineError::NotUtf8));

    // Two lines that changed places.
    let swapped = text.replace("\ndecision: APPROVE\nmeaning: approval\n", "\nmeaning: approval\ndecision: APPROVE\n");
    refused(&swapped, 8, LineError::Missing);
}

#[test]
fn a_value_cannot_write_another_line() {
    let forged = Statement { reason: Some("fine\ntime: 2020-01-01T00:00:00.000Z".into()), ..statement() };
    let expected = StatementError { line: 13, name: "reason", why: LineError::Character('\n') };
    assert_eq!(forged.write(), Err(expected));
    let forged = Statement { log: "a\ndocument: b".into(), ..statement() };
    assert_eq!(forged.write().unwrap_err().to_string().split(", ").next(), Some("line 2"));
}

#[test]
fn what_would_be_read_otherwise_is_not_written() {
    let dash = Statement { reason: Some("-".into()), ..statement() };
    assert_eq!(dash.write(), Err(StatementError { line: 13, name: "reason", why: LineError::Empty }));
    let empty = Statement { reason: Some(String::new()), ..statement() };
    assert_eq!(empty.write(), Err(StatementError { line: 13, name: "reason", why: LineError::Empty }));
    let nameless = Statement { signer_name: "-".into(), ..statement() };
    assert_eq!(nameless.sha256(), Err(StatementError { line: 10, name: "signer-name", why: LineError::Empty }));
    let version = Statement { version: 1 << 53, ..statement() };
    assert_eq!(version.write().unwrap_err().line, 4);
}

#[test]
fn the_longest_statement_is_within_the_limit() {
    let longest = Statement {
        log: "x".repeat(255),
        version: (1 << 53) - 1,
        decision: Decision::Escalate,
        meaning: Meaning::Responsibility,
        signer_name: "😀".repeat(MAX_NAME),
        role: "X".repeat(64),
        reason: Some("😀".repeat(MAX_REASON)),
        ..statement()
    };
    let text = longest.write().unwrap();
    assert!(text.len() <= MAX_BYTES);
    assert_eq!(Statement::parse(text.as_bytes()), Ok(longest));
}

prop_compose! {
    fn any_statement()(
        hashes: [[u8; 32]; 4],
        ids: [u128; 2],
        short: [[u8; 16]; 2],
        version in 0..1_u64 << 53,
        decision in prop::sample::select(Decision::ALL),
        meaning in prop::sample::select(Meaning::ALL),
        name in "[a-zA-Z0-9 éß漢😀:'.-]{2,40}",
        reason in prop::option::of("[a-z é漢😀:]{1,200}"),
        log in "[!-*,-~]{1,255}",
        role in "[A-Z_]{1,64}",
        time in Millis::MIN.get()..=Millis::MAX.get(),
    ) -> Statement {
        let uuid = |number: u128| {
            let hex = format!("{number:032x}");
            [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
        };
        Statement {
            log,
            document: uuid(ids[0]),
            version,
            document_sha256: Digest(hashes[0]),
            fields_sha256: Digest(hashes[1]),
            prior_subject_leaf: Hash(hashes[2]),
            decision,
            meaning,
            signer_name: name,
            signer_id: uuid(ids[1]),
            role,
            reason,
            time: Millis::new(time).unwrap(),
            policy_sha256: Digest(hashes[3]),
            key_id: audit::signing_key::Kid(short[0]),
            nonce: Nonce(short[1]),
        }
    }
}

proptest! {
    #[test]
    fn every_statement_comes_back(statement in any_statement()) {
        let text = statement.write().unwrap();
        prop_assert_eq!(Statement::parse(text.as_bytes()), Ok(statement));
    }

    #[test]
    fn what_is_read_is_written_the_same(statement in any_statement(), at: prop::sample::Index, byte: u8) {
        let mut text = statement.write().unwrap().into_bytes();
        let at = at.index(text.len());
        text[at] = byte;
        if let Ok(read) = Statement::parse(&text) {
            prop_assert_eq!(read.write().unwrap().into_bytes(), text);
        }
    }

    #[test]
    fn free_text_is_refused_or_comes_back(name: String, reason: Option<String>) {
        let free = Statement { signer_name: name, reason, ..statement() };
        if let Ok(text) = free.write() {
            prop_assert_eq!(Statement::parse(text.as_bytes()), Ok(free));
        }
    }

    #[test]
    fn no_text_makes_it_panic(
        text in "(countersign-statement/v1\n)?((log|document|version|reason|nonce|key-id): ?[a-z0-9-]{0,3}\n?){0,20}",
        bytes in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        prop_assert!(Statement::parse(text.as_bytes()).is_err());
        prop_assert!(Statement::parse(&bytes).is_err());
    }
}
