//! `countersign sign`, from the key to the signature that the server will check.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use audit::Digest;
use audit::signing_key::{PublicKey, SignatureAlg, verify_possession, verify_signature};
use audit::statement::signed_digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

fn sign(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_countersign"))
        .current_dir(folder)
        .arg("sign")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = sign(folder, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = sign(folder, arguments);
    assert!(!output.status.success() && output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

fn signature(line: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(line.strip_suffix('\n').unwrap()).unwrap()
}

fn statement(kid: &str) -> String {
    let hash = "0".repeat(64);
    format!(
        "countersign-statement/v1\nlog: example.org/log/0197f000-0000-7000-8000-000000000001/e1\n\
         document: 0197f000-0000-7000-8000-00000000d0c1\nversion: 7\ndocument-sha256: {hash}\nfields-sha256: {hash}\n\
         prior-subject-leaf: {hash}\ndecision: APPROVE\nmeaning: approval\nsigner-name: Zoë\n\
         signer-id: 0197f000-0000-7000-8000-00000000ac10\nrole: REVIEWER\nreason: -\ntime: 2026-01-31T23:59:59.999Z\n\
         policy-sha256: {hash}\nkey-id: {kid}\nnonce: {}\n",
        "a".repeat(32)
    )
}

#[test]
fn a_new_key_is_proven_and_signs() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let printed = done(folder, &["new-key", "--out", "key.pem"]);
    let (kid, pem) = printed.split_once('\n').unwrap();
    let key = PublicKey::from_pem(pem).unwrap();
    assert_eq!(key.kid().to_string(), kid);
    assert_eq!(fs::metadata(folder.join("key.pem")).unwrap().permissions().mode() & 0o777, 0o600);

    let proof = signature(&done(folder, &["prove", "--key", "key.pem", "--challenge", "-a challenge"]));
    assert!(verify_possession(&key, b"-a challenge", &proof));

    let text = statement(kid);
    fs::write(folder.join("statement.txt"), &text).unwrap();
    let output = sign(folder, &["statement", "--key", "key.pem", "--yes", "statement.txt"]);
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), text, "what is signed is shown, and nothing else");
    let signed = signature(&String::from_utf8(output.stdout).unwrap());
    let digest = signed_digest(&Digest::of(text.as_bytes()));
    assert_eq!(verify_signature(&key, SignatureAlg::DeviceEd25519, &digest, &signed, None), Ok(None));
}

#[test]
fn nothing_is_signed_unseen_for_another_key_or_in_another_form() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let printed = done(folder, &["new-key", "--out", "key.pem"]);
    let kid = printed.lines().next().unwrap();
    let of = |text: &str, yes: bool| {
        fs::write(folder.join("statement.txt"), text).unwrap();
        let arguments = ["statement", "--key", "key.pem", "statement.txt", "--yes"];
        refused(folder, &arguments[..if yes { 5 } else { 4 }])
    };
    assert!(of(&statement(kid), false).contains("there is nobody to ask"));
    assert!(of(&statement(&"0".repeat(32)), true).contains(&format!("holds the key {kid}")));
    let refusal = of(&statement(kid).replace("Zoë", "Zoe\u{202e}"), true);
    assert!(refusal.contains("line 10, signer-name: the character U+202E"), "{refusal}");
    assert!(of(&statement(kid).replace("decision: APPROVE\n", ""), true).contains("line 8, decision"));
    assert!(of(&"x".repeat(20_000), true).contains("at most 16384 bytes"));
    assert!(of("", true).contains("is not a statement"));
}

#[test]
fn a_key_is_never_overwritten_and_never_shared() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    done(folder, &["new-key", "--out", "key.pem"]);
    let before = fs::read(folder.join("key.pem")).unwrap();
    assert!(refused(folder, &["new-key", "--out", "key.pem"]).contains("key.pem can't be made"));
    assert_eq!(fs::read(folder.join("key.pem")).unwrap(), before);

    let prove = ["prove", "--key", "key.pem", "--challenge", "x"];
    fs::set_permissions(folder.join("key.pem"), fs::Permissions::from_mode(0o640)).unwrap();
    assert!(refused(folder, &prove).contains("chmod 600 key.pem"));
    fs::set_permissions(folder.join("key.pem"), fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(folder.join("key.pem"), "-----BEGIN PRIVATE KEY-----").unwrap();
    assert!(refused(folder, &prove).contains("key.pem is no key to sign with"));
    assert!(refused(folder, &["prove", "--key", "none.pem", "--challenge", "x"]).contains("none.pem can't be read"));
}
