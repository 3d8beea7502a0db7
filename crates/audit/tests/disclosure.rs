//! Personal values outside the leaf, and the digest that stands for them in it.

use audit::Digest;
use audit::disclosure::{Disclosure, DisclosureError, commit};
use audit::value::object;
use proptest::prelude::*;

fn salt() -> Vec<u8> {
    (0..16).collect()
}

/// The files were written by golden/golden.py, with nothing but Python's hashlib and json.
#[test]
fn the_bytes_and_digests_are_those_that_python_computes() {
    let disclosure = Disclosure::new(salt(), "signer-name", "Zoë \"Z\" O’Neil\n").unwrap();
    assert_eq!(disclosure.bytes(), include_bytes!("golden/disclosure.json"));
    assert_eq!(disclosure.digest().to_string(), include_str!("golden/disclosure.sha256"));

    let document = Digest::of(b"a receipt");
    let expected = include_str!("golden/commit.sha256");
    assert_eq!(commit(&salt(), "document-sha256", document).unwrap().to_string(), expected);
    assert_eq!(commit(&salt(), "document-sha256", document.to_string()).unwrap().to_string(), expected);
}

proptest! {
    #[test]
    fn every_disclosure_comes_back(salt in prop::collection::vec(any::<u8>(), 16..40), name: String, text: String) {
        let disclosure = Disclosure::new(salt.clone(), name.clone(), object([("text", text.into())])).unwrap();
        let read = Disclosure::parse(disclosure.bytes()).unwrap();
        prop_assert_eq!(read.salt(), &salt[..]);
        prop_assert_eq!(read.name(), name);
        prop_assert_eq!(&read, &disclosure);
    }

    #[test]
    fn another_salt_name_or_value_has_another_digest(one: [u8; 16], other: [u8; 16], name: String, value: String) {
        prop_assume!(one != other);
        let digest = commit(&one, &name, value.as_str()).unwrap();
        prop_assert_ne!(digest, commit(&other, &name, value.as_str()).unwrap());
        prop_assert_ne!(digest, commit(&one, &format!("{name}."), value.as_str()).unwrap());
        prop_assert_ne!(digest, commit(&one, &name, format!("{value}.")).unwrap());
    }
}

#[test]
fn a_short_salt_and_another_shape_are_refused() {
    assert_eq!(Disclosure::new(vec![0; 15], "n", true), Err(DisclosureError::ShortSalt));
    assert_eq!(Disclosure::parse(br#"["AAECAwQFBgcICQoLDA0O","n",1]"#), Err(DisclosureError::ShortSalt));
    for shape in [
        r#"["AAECAwQFBgcICQoLDA0ODw","n"]"#,
        r#"["AAECAwQFBgcICQoLDA0ODw","n",1,2]"#,
        r#"["AAECAwQFBgcICQoLDA0ODw==","n",1]"#,
        r#"["AAECAwQFBgcICQoLDA0ODx","n",1]"#,
        r#"["AAECAwQFBgcICQoLDA0OD+","n",1]"#,
        r#"[1,"n",1]"#,
        r#"["AAECAwQFBgcICQoLDA0ODw",1,1]"#,
        r#"{"salt":"AAECAwQFBgcICQoLDA0ODw"}"#,
    ] {
        assert_eq!(Disclosure::parse(shape.as_bytes()), Err(DisclosureError::Shape), "{shape}");
    }
    assert!(matches!(Disclosure::parse(br#"["AAECAwQFBgcICQoLDA0ODw", "n",1]"#), Err(DisclosureError::Encoding(_))));
}

#[test]
fn a_disclosure_does_not_show_what_it_hides() {
    let shown = format!("{:?}", Disclosure::new(salt(), "signer-name", "Ada").unwrap());
    assert!(shown.contains("signer-name") && !shown.contains("Ada") && !shown.contains("AAEC"), "{shown}");
}
