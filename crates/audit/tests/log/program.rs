//! The program `countersign-verify`, as an auditor starts it: folders and tars, words and JSON, exit codes.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::packing::story::{self, DECIDED, Story};
use crate::packing::{Packed, signer};
use audit::note::Signer as _;
use audit::proof_file::ProofFile;

struct Desk {
    folder: tempfile::TempDir,
    story: Story,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), story: story::tell() }
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn unpack(&self, bundle: &Packed) -> PathBuf {
        bundle.files.iter().for_each(|(path, bytes)| _ = self.put(&format!("bundle/{path}"), bytes));
        self.folder.path().join("bundle")
    }
}

fn run(words: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_countersign-verify")).args(words).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn verify(bundle: &Path, more: &[&str]) -> (i32, String, String) {
    let key = signer(1).verifier_key().to_string();
    run(&[&[bundle.to_str().unwrap(), "--key", &key], more].concat())
}

/// One tar entry of POSIX ustar; the kind is `0` for a file.
fn entry(name: &str, kind: u8, bytes: &[u8]) -> Vec<u8> {
    let mut header = [0_u8; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(format!("{:011o}\0", bytes.len()).as_bytes());
    header[136..148].copy_from_slice(b"00000000000\0");
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    header[148..156].copy_from_slice(b"        ");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut entry = [&header[..], bytes].concat();
    entry.resize(entry.len().next_multiple_of(512), 0);
    entry
}

fn tar(bundle: &Packed) -> Vec<u8> {
    let mut tar: Vec<u8> = bundle.files.iter().flat_map(|(path, bytes)| entry(path, b'0', bytes)).collect();
    tar.extend([0; 1024]);
    tar
}

#[test]
fn a_folder_and_a_tar_are_the_same_bundle() {
    let desk = Desk::new();
    let bundle = desk.story.whole();
    let (folder, packed) = (desk.unpack(&bundle), desk.put("bundle.tar", tar(&bundle)));
    let pin = desk.put("pin", desk.story.log.checkpoint(3));
    let pin = pin.to_str().unwrap();
    for bundle in [&folder, &packed] {
        let (code, out, err) = verify(bundle, &[]);
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(out.starts_with("VALID_UNWITNESSED\nEverything holds, as far as"), "{out}");
        assert!(out.contains("\nChecked: 9 leaves, 3 checkpoints, 1 signatures of reviewers, 2 disclosures"), "{out}");
        assert!(out.contains("  UNWITNESSED: you gave no checkpoint that was kept elsewhere"), "{out}");
        assert!(out.contains("  leaf 2: a value, by event 7"), "{out}");
        let (code, out, _) = verify(bundle, &["--pin", pin]);
        assert_eq!((code, out.lines().next()), (0, Some("VALID")));
        let (code, out, _) = verify(bundle, &["--json", "--threads", "1"]);
        assert_eq!((code, out.lines().count()), (0, 1));
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!((&report["code"], &report["index"]), (&"VALID_UNWITNESSED".into(), &serde_json::Value::Null));
    }
}

#[test]
fn the_exit_code_says_what_is_wrong() {
    let desk = Desk::new();
    let damaged = desk.story.whole().tampered(|bundle| bundle.files.get_mut("tile/0/000.p/9").unwrap()[40] ^= 1);
    let (code, out, _) = verify(&desk.put("damaged.tar", tar(&damaged)), &[]);
    assert_eq!(code, 1);
    let said = "INVALID:ROOT_MISMATCH\nThe first thing that does not hold at index 1: tile/0/000.p/9 is not what";
    assert!(out.starts_with(said), "{out}");
    let text = format!("statements/{DECIDED}.txt");
    let withheld = desk.story.whole().tampered(|bundle| _ = bundle.files.remove(&text));
    let (code, out, _) = verify(&desk.put("withheld.tar", tar(&withheld)), &[]);
    assert_eq!((code, out.lines().next()), (3, Some("INCOMPLETE")));

    let (code, out, err) = verify(Path::new("/nowhere/at/all"), &[]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.starts_with("error: /nowhere/at/all: "), "{err}");
    assert_eq!(run(&["bundle"]).0, 2, "a key is needed");
    assert_eq!(run(&["bundle", "--key", "not+a+key"]).0, 2);
    assert_eq!(run(&["--help"]).0, 0);
}

#[test]
fn what_is_no_bundle_is_refused() {
    let desk = Desk::new();
    let bundle = tar(&desk.story.whole());
    let refused = |name: &str, extra: Vec<u8>| {
        let (code, out, _) = verify(&desk.put(name, [extra, bundle.clone()].concat()), &["--json"]);
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!((code, &report["code"]), (1, &"BUNDLE_MALFORMED".into()), "{name}");
    };
    refused("parent", entry("../outside", b'0', b""));
    refused("absolute", entry("/outside", b'0', b""));
    refused("dot", entry("./checkpoint", b'0', b""));
    refused("twice", entry("checkpoint", b'0', b""));
    refused("link", entry("link", b'2', b""));
    refused("hard link", entry("link", b'1', b""));
    refused("device", entry("device", b'3', b""));
    refused("folder", entry("folder", b'5', b""));
    refused("long name of GNU", entry("././@LongLink", b'L', b"name\0"));
    refused("backslash", entry("a\\b", b'0', b""));
    refused(
        "pax alone",
        [entry("pax", b'x', b"30 mtime=1350244992.023960108\n"), entry("pax", b'x', b"9 path=a\n")].concat(),
    );
    refused("pax without a newline", entry("pax", b'x', b"9 path=ab"));
    refused("bomb", {
        let mut huge = entry("huge", b'0', b"");
        huge[124..135].copy_from_slice(b"77777777777");
        huge
    });
    refused("other bytes", vec![b'x'; 512]);
    let (code, ..) = verify(&desk.put("cut.tar", &bundle[..700]), &[]);
    assert_eq!(code, 1);

    let folder = desk.unpack(&desk.story.whole());
    std::os::unix::fs::symlink("/etc/hostname", folder.join("link")).unwrap();
    let (code, out, _) = verify(&folder, &[]);
    assert_eq!((code, out.lines().next()), (1, Some("INVALID:BUNDLE_MALFORMED")));
}

#[test]
fn pax_headers_carry_long_paths() {
    let desk = Desk::new();
    let long = format!("documents/{}", audit::Digest::of(b"scan"));
    let bundle = desk.story.whole().tampered(|bundle| bundle.put(&long, "scan"));
    let mut files = bundle.files.clone();
    files.remove(&long);
    let mut tar: Vec<u8> = files.iter().flat_map(|(path, bytes)| entry(path, b'0', bytes)).collect();
    let record = format!("{} path={long}\n", long.len() + 9);
    tar.extend([entry("pax", b'x', record.as_bytes()), entry("short", b'0', b"scan"), vec![0; 1024]].concat());
    let (code, out, _) = verify(&desk.put("pax.tar", tar), &[]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("1 documents"), "{out}");
}

#[test]
fn a_receipt_is_verified() {
    let desk = Desk::new();
    let leaf = desk.story.log.leaves[DECIDED as usize].bytes().to_vec();
    let given = ProofFile { extra: Some(leaf), ..desk.story.log.proof(DECIDED, 4) };
    let file = desk.put("decision.tlog-proof", given.to_string());
    let key = signer(1).verifier_key().to_string();
    let (code, out, _) = run(&["receipt", file.to_str().unwrap(), "--key", &key]);
    assert_eq!(code, 0, "{out}");
    assert!(out.starts_with("VALID\n") && out.contains("  APPROVE of document "), "{out}");
    let other = signer(7).verifier_key().to_string();
    let (code, out, _) = run(&["receipt", file.to_str().unwrap(), "--key", &other, "--json"]);
    assert_eq!(code, 1);
    assert!(out.starts_with(r#"{"verdict":"INVALID:KEY_UNKNOWN","code":"KEY_UNKNOWN","index":3,"#), "{out}");
}
