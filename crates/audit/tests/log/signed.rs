//! What reviewers signed, in bundles: statements, passkeys, keys that are enrolled and revoked.

use audit::Hash;
use audit::signing_key::{Enrolment, PublicKey, RelyingParty};
use audit::value::object;

use crate::packing::story::{self, BOB, DECIDED, DOCUMENT, Writer};
use crate::packing::{Log, incomplete, invalid, told};

#[test]
fn what_reviewers_signed() {
    let decided = |stmt: &dyn Fn(&mut audit::leaf::Statement, &Writer)| {
        let (mut writer, _) = story::opening();
        let mut signed = story::signed(&story::statement(&writer, |_| {}));
        stmt(&mut signed, &writer);
        writer.add_with("task.decided/v1", story::ADA, ("document", DOCUMENT), story::decision(), |draft| {
            draft.stmt = Some(signed);
        });
        told(&Log::new(writer.leaves).whole(&[]))
    };
    assert_eq!(decided(&|_, _| {}).0, "VALID_UNWITNESSED");
    assert_eq!(decided(&|stmt, _| stmt.sig[3] ^= 1), invalid("STMT_SIG_BAD", DECIDED));
    assert_eq!(decided(&|stmt, _| stmt.alg = "device_ed25519".into()), invalid("STMT_MISMATCH", DECIDED));
    assert_eq!(decided(&|stmt, _| stmt.kid = "0".repeat(32)), invalid("STMT_MISMATCH", DECIDED));

    let said = |change: &dyn Fn(&mut audit::statement::Statement)| {
        let (mut writer, disclosures) = story::opening();
        let text = story::statement(&writer, change);
        let signed = story::signed(&text);
        writer.add_with("task.decided/v1", story::ADA, ("document", DOCUMENT), story::decision(), |draft| {
            draft.stmt = Some(signed);
        });
        let bundle = Log::new(writer.leaves).whole(&[]);
        told(&bundle.tampered(|bundle| {
            bundle.disclose(&disclosures);
            bundle.put(&format!("statements/{DECIDED}.txt"), text);
        }))
    };
    assert_eq!(said(&|_| {}).0, "VALID_UNWITNESSED");
    let mismatch = invalid("STMT_MISMATCH", DECIDED);
    assert_eq!(said(&|statement| statement.log = "other.example/log".into()), mismatch);
    assert_eq!(said(&|statement| statement.document = BOB.into()), mismatch);
    assert_eq!(said(&|statement| statement.version = 1), mismatch);
    assert_eq!(said(&|statement| statement.decision = audit::statement::Decision::Reject), mismatch);
    assert_eq!(said(&|statement| statement.signer_id = BOB.into()), mismatch);
    assert_eq!(said(&|statement| statement.prior_subject_leaf = Hash([1; 32])), mismatch);
    assert_eq!(said(&|statement| statement.document_sha256 = audit::Digest([1; 32])), mismatch);

    let story = story::tell();
    let text = format!("statements/{DECIDED}.txt");
    let other = story.whole().tampered(|bundle| bundle.replace(&text, "APPROVE", "REJECT"));
    assert_eq!(told(&other), mismatch);
    let withheld = story.whole().tampered(|bundle| _ = bundle.files.remove(&text));
    assert_eq!(told(&withheld), incomplete(DECIDED));
}

#[test]
fn what_passkeys_signed() {
    use ed25519_dalek::Signer as _;
    let key = ed25519_dalek::SigningKey::from_bytes(&[0xbe; 32]);
    let public = PublicKey::from_ed25519(key.verifying_key().as_bytes()).unwrap();
    let at = RelyingParty::new("https://review.example", "review.example").unwrap();
    let enrolment = Enrolment::passkey(public, at);
    let challenge = |text: &str| {
        use base64::Engine as _;
        let digest = audit::statement::signed_digest(&audit::Digest::of(text.as_bytes()));
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(digest.as_bytes())
    };
    let told = |client: &dyn Fn(String) -> String, rp_id: &str, flags: u8, alg: &str, files: bool| {
        let mut writer = Writer { leaves: vec![] };
        writer.add("key.enrolled/v1", story::ADA, ("actor", story::ADA), enrolment.to_data());
        writer.add("document.received/v1", story::ADA, ("document", DOCUMENT), object([("n", 1_u32.into())]));
        let text = story::statement(&writer, |statement| statement.key_id = enrolment.kid());
        let client = client(challenge(&text));
        let authenticator = [audit::Digest::of(rp_id.as_bytes()).as_bytes(), &[flags, 0, 0, 0, 0][..]].concat();
        let message = [&authenticator[..], audit::Digest::of(client.as_bytes()).as_bytes()].concat();
        let signed = audit::leaf::Statement {
            kid: enrolment.kid().to_string(),
            alg: alg.into(),
            sig: key.sign(&message).to_vec(),
            ..story::signed(&text)
        };
        writer.add_with("task.decided/v1", story::ADA, ("document", DOCUMENT), story::decision(), |draft| {
            draft.stmt = Some(signed);
        });
        let bundle = Log::new(writer.leaves).whole(&[]).tampered(|bundle| {
            bundle.replace("bundle.json", r#""statements":false"#, r#""statements":true"#);
            bundle.put("statements/2.txt", text);
            if files {
                bundle.put("statements/2.authdata", authenticator);
                bundle.put("statements/2.clientdata", client);
            }
        });
        told(&bundle)
    };
    let client = |kind: &str, origin: &str| {
        let (kind, origin) = (kind.to_owned(), origin.to_owned());
        move |challenge: String| format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}"}}"#)
    };
    let (get, at, alg) = ("webauthn.get", "https://review.example", "webauthn_eddsa");
    let good = client(get, at);
    assert_eq!(told(&good, "review.example", 5, alg, true).0, "VALID_UNWITNESSED");
    assert_eq!(told(&client("webauthn.create", at), "review.example", 5, alg, true), invalid("WA_TYPE", 2));
    let other = |_: String| good("AAAA".into());
    assert_eq!(told(&other, "review.example", 5, alg, true), invalid("WA_CHALLENGE", 2));
    let phished = client(get, "https://review.example.net");
    assert_eq!(told(&phished, "review.example", 5, alg, true), invalid("WA_ORIGIN", 2));
    assert_eq!(told(&good, "example", 5, alg, true), invalid("WA_RPID", 2));
    assert_eq!(told(&good, "review.example", 1, alg, true), invalid("WA_UV", 2));
    assert_eq!(told(&good, "review.example", 5, "webauthn_es256", true), invalid("STMT_MISMATCH", 2));
    // Without what the passkey gave beside it the signature cannot be verified.
    assert_eq!(told(&good, "review.example", 5, alg, false), incomplete(2));
}

#[test]
fn signatures_stripped_repeated_or_of_a_revoked_key() {
    let ending = |end: &dyn Fn(&mut Writer)| {
        let (mut writer, _) = story::opening();
        end(&mut writer);
        told(&Log::new(writer.leaves).whole(&[]))
    };
    let decide = |writer: &mut Writer, stmt: Option<audit::leaf::Statement>| {
        let data = story::decision();
        writer.add_with("task.decided/v1", story::ADA, ("document", DOCUMENT), data, |draft| draft.stmt = stmt);
    };
    assert_eq!(ending(&|writer| decide(writer, None)), invalid("STMT_MISMATCH", 3));
    let twice = |writer: &mut Writer| {
        let signed = story::signed(&story::statement(writer, |_| {}));
        decide(writer, Some(signed.clone()));
        decide(writer, Some(signed));
    };
    assert_eq!(ending(&twice), invalid("WA_REUSED", 4));
    let revoked = |writer: &mut Writer| {
        let kid = story::ada().public_key().kid().to_string();
        writer.add("key.revoked/v1", story::ADA, ("actor", story::ADA), object([("kid", kid.into())]));
        let signed = story::signed(&story::statement(writer, |_| {}));
        decide(writer, Some(signed));
    };
    assert_eq!(ending(&revoked), invalid("STMT_MISMATCH", 4));
    // A bad signature in leaf 3 is told before what breaks behind it.
    let both = |writer: &mut Writer| {
        let mut signed = story::signed(&story::statement(writer, |_| {}));
        signed.sig[0] ^= 1;
        decide(writer, Some(signed));
        decide(writer, None);
    };
    assert_eq!(ending(&both), invalid("STMT_SIG_BAD", 3));
}
