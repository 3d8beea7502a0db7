//! Disclosures in bundles: altered, withheld, erased.

use audit::value::object;

use crate::packing::story::{self, BOB, DOCUMENT, RECEIVED, Writer};
use crate::packing::{Log, incomplete, invalid, told};

#[test]
fn disclosures_and_erasures() {
    let story = story::tell();
    let whole = story.whole();
    let with = |disclosures: &[(u64, audit::disclosure::Disclosure)]| {
        told(&whole.tampered(|bundle| bundle.disclose(disclosures)))
    };
    let [hash, name] = &story.disclosures[..] else { panic!("two disclosures") };
    let altered = (RECEIVED, story::disclosure("file_name", "b.pdf"));
    assert_eq!(with(&[hash.clone(), altered]), invalid("SD_MISMATCH", RECEIVED));
    assert_eq!(with(&[hash.clone(), name.clone(), name.clone()]), invalid("SD_MISMATCH", RECEIVED));
    assert_eq!(with(&[hash.clone(), name.clone(), (99, name.1.clone())]), invalid("SD_MISMATCH", 99));
    assert_eq!(with(std::slice::from_ref(hash)), incomplete(RECEIVED));
    let broken = whole.tampered(|bundle| bundle.put("disclosures.ndjson", "{}\n"));
    assert_eq!(told(&broken), invalid("BUNDLE_MALFORMED", None));

    // An erasure explains no more than it says.
    let erased = |count: u32, digests: audit::Digest| {
        let (mut writer, mut disclosures) = story::opening();
        disclosures.pop();
        let data = object([("digests_sha256", digests.into()), ("erased", count.into())]);
        writer.add("privacy.erased/v1", story::ADA, ("actor", BOB), data);
        let bundle = Log::new(writer.leaves).whole(&[]).tampered(|bundle| {
            bundle.replace("bundle.json", r#""disclosures":false"#, r#""disclosures":true"#);
            bundle.disclose(&disclosures);
        });
        told(&bundle)
    };
    let digest = audit::Digest::of(story::disclosure("after", "12.50").digest().as_bytes());
    assert_eq!(erased(1, digest).0, "VALID_UNWITNESSED");
    assert_eq!(erased(2, digest).0, "VALID_UNWITNESSED", "the bundle shows one of two");
    assert_eq!(erased(0, digest), incomplete(3));
    assert_eq!(erased(1, audit::Digest([1; 32])), incomplete(3));
}

/// A value of a leaf goes with its subject or with its actor. Both are erased here, in either order, and each took one.
#[test]
fn a_document_and_who_worked_on_it_are_erased() {
    let [of_document, of_bob] = ["12.50", "said Bob"].map(|value| story::disclosure("after", value).digest());
    let told = |owners: [(&str, &str); 2], counts: [u32; 2]| {
        let mut writer = Writer { leaves: vec![] };
        writer.add_with("field.corrected/v1", BOB, ("document", DOCUMENT), object([("n", 1_u32.into())]), |draft| {
            draft.sd = vec![of_document, of_bob];
        });
        for (owner, count) in owners.into_iter().zip(counts) {
            let digest = if owner.0 == "actor" { of_bob } else { of_document };
            let together = audit::Digest::of(digest.as_bytes());
            let data = object([("digests_sha256", together.into()), ("erased", count.into())]);
            writer.add("privacy.erased/v1", story::ADA, owner, data);
        }
        told(&Log::new(writer.leaves).whole(&[]).tampered(|bundle| {
            bundle.replace("bundle.json", r#""disclosures":false"#, r#""disclosures":true"#);
        }))
    };
    let (document, bob) = (("document", DOCUMENT), ("actor", BOB));
    assert_eq!(told([document, bob], [1, 1]).0, "VALID_UNWITNESSED");
    assert_eq!(told([bob, document], [1, 1]).0, "VALID_UNWITNESSED");
    assert_eq!(told([bob, document], [0, 1]), incomplete(2), "two are missing, and one is said to be erased");
    assert_eq!(told([bob, document], [1, 0]), incomplete(1));
}
