//! The one encoding: what it accepts comes back byte for byte, and what the profile refuses is named.

use std::collections::BTreeMap;

use audit::canonical::{MAX_DEPTH, Reason, encode, parse};
use audit::value::{Integer, Value, object};
use proptest::prelude::*;

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<String>().prop_map(Value::String),
        (Integer::MIN.get()..=Integer::MAX.get()).prop_map(|n| Value::try_from(n).unwrap()),
        any::<bool>().prop_map(Value::Bool),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::btree_map("[\\x00-\\x7f]{0,8}", inner, 0..6).prop_map(Value::Object),
        ]
    })
}

proptest! {
    #[test]
    fn every_value_comes_back(value in value()) {
        let bytes = encode(&value).unwrap();
        prop_assert_eq!(parse(&bytes).unwrap(), value);
    }

    #[test]
    fn what_is_accepted_encodes_to_the_same_bytes(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Ok(value) = parse(&bytes) {
            prop_assert_eq!(encode(&value).unwrap(), bytes);
        }
    }

    #[test]
    fn json_like_text_never_panics(text in r#"([\[\]{}:,"\\ut0-9a-f.eE+\- ]|null|true|false|é){0,40}"#) {
        if let Ok(value) = parse(text.as_bytes()) {
            prop_assert_eq!(encode(&value).unwrap(), text.into_bytes());
        }
    }

    #[test]
    fn another_byte_is_another_value_or_none(value in value(), at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let bytes = encode(&value).unwrap();
        let mut damaged = bytes.clone();
        damaged[at.index(bytes.len())] ^= 1_u8 << bit;
        prop_assert_ne!(parse(&damaged), Ok(value));
    }
}

#[test]
fn the_form_is_that_of_rfc_8785() {
    let value = object([
        ("b", vec![1u32, 0].into()),
        ("A", "\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f}\"\\/\u{7f}€😀".into()),
        ("a", object([("", Value::Bool(false))])),
        ("_", Value::Array(vec![])),
        ("B", (-3).into()),
    ]);
    let text = "{\"A\":\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\u{7f}€😀\",\
                \"B\":-3,\"_\":[],\"a\":{\"\":false},\"b\":[1,0]}";
    assert_eq!(String::from_utf8(encode(&value).unwrap()).unwrap(), text);
}

#[test]
fn the_profile_refuses() {
    use Reason::*;
    let cases: &[(&[u8], usize, Reason)] = &[
        (b"\xef\xbb\xbf{}", 0, ByteOrderMark),
        (b"\"a\xff\"", 2, NotUtf8),
        (b"\"\xed\xa0\x80\"", 1, NotUtf8),
        (b"{\"a\":null}", 5, Null),
        (b"1.0", 0, Float),
        (b"[1e2]", 1, Float),
        (b"1E400", 0, Float),
        (b"-0", 0, NegativeZero),
        (b"9007199254740992", 0, OutOfRange),
        (b"9007199254740993", 0, OutOfRange),
        (b"-9007199254740992", 0, OutOfRange),
        (b"99999999999999999999999999", 0, OutOfRange),
        (br#"{"a":1,"a":1}"#, 7, DuplicateKey),
        (br#"{"a":1,"\u0061":2}"#, 7, DuplicateKey),
        ("{\"é\":1}".as_bytes(), 1, KeyNotAscii),
        (br#"{"\u00e9":1}"#, 1, KeyNotAscii),
        (br#""\ud800""#, 1, LoneSurrogate),
        (br#""\ud800\u0041""#, 1, LoneSurrogate),
        (br#""\udc00\ud800""#, 1, LoneSurrogate),
        (b"", 0, UnexpectedEnd),
        (b"{\"a\":", 5, UnexpectedEnd),
        (br#""\u00"#, 5, UnexpectedEnd),
        (b"-", 1, UnexpectedEnd),
        (b"01", 0, Syntax),
        (b"+1", 0, Syntax),
        (b"NaN", 0, Syntax),
        (b"[1,]", 3, Syntax),
        (b"{,}", 1, Syntax),
        (b"\"\n\"", 1, Syntax),
        (br#""\x""#, 2, Syntax),
        (b"truth", 0, Syntax),
        (b"{} {}", 3, Trailing),
        (b"true\x00", 4, Trailing),
        (b" {}", 0, NotCanonical),
        (b"{}\n", 2, NotCanonical),
        (br#"{"b":1,"a":1}"#, 2, NotCanonical),
        (br#""\u0041""#, 1, NotCanonical),
        (br#""\/""#, 1, NotCanonical),
        (br#""\u001F""#, 6, NotCanonical),
        (br#""\ud83d\ude00""#, 1, NotCanonical),
    ];
    for (bytes, at, reason) in cases {
        let refused = parse(bytes).expect_err(&String::from_utf8_lossy(bytes));
        assert_eq!((refused.at, refused.reason), (*at, *reason), "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn the_limits_are_accepted_and_nothing_beyond() {
    assert_eq!(parse(b"9007199254740991").unwrap(), Value::Integer(Integer::MAX));
    assert_eq!(parse(b"-9007199254740991").unwrap(), Value::Integer(Integer::MIN));
    assert!(Value::try_from(9_007_199_254_740_992_i64).is_err());
    assert!(Value::try_from(u64::MAX).is_err());

    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let deepest = parse(nested(MAX_DEPTH).as_bytes()).unwrap();
    assert_eq!(parse(nested(MAX_DEPTH + 1).as_bytes()).unwrap_err().reason, Reason::TooDeep);
    assert_eq!(encode(&Value::Array(vec![deepest])).unwrap_err().reason, Reason::TooDeep);
    assert_eq!(parse("[".repeat(1_000_000).as_bytes()).unwrap_err().reason, Reason::TooDeep);
}

#[test]
fn a_key_that_is_not_ascii_is_not_written() {
    let value = Value::Object(BTreeMap::from([("naïve".to_owned(), true.into())]));
    assert_eq!(encode(&value).unwrap_err().reason, Reason::KeyNotAscii);
}
