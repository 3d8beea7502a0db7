//! How fast a bundle of a whole log is verified, each figure beside its limit measured in the same run, for one core by processor time.
//!
//! ```text
//! cargo build --release -p audit --features verify-program
//! cargo run --release -p audit --example bench_audit -- [--events 1000000] [--signatures 100000] [--texts] [--keep FOLDER]
//! ```
//!
//! Writes a synthetic log into a folder: documents of ten events each, the last one a signed decision until there are
//! enough signatures; `--texts` adds the statements that were signed, as files. Then runs `countersign-verify` on it.

mod generator;
mod measure;

use std::path::PathBuf;
use std::process::ExitCode;

use audit::tree::{RightEdge, leaf_hash};
use audit::verify::Hashed;
use generator::{Size, Written};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn run() -> Outcome<()> {
    let (size, keep) = arguments()?;
    let temporary = std::env::temp_dir().join(format!("bench-audit-{}", std::process::id()));
    let folder = keep.clone().unwrap_or(temporary);
    println!("writing {} events, {} of them signed, to {}", size.events, size.signatures, folder.display());
    let written = generator::write(&folder, size)?;
    let outcome = hashes(&folder).and_then(|()| signatures(size.signatures)).and_then(|()| program(&folder, &written));
    if keep.is_none() {
        std::fs::remove_dir_all(&folder)?;
    }
    outcome
}

fn arguments() -> Outcome<(Size, Option<PathBuf>)> {
    let mut size = Size { events: 1_000_000, signatures: 100_000, texts: false };
    let mut keep = None;
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        match word.as_str() {
            "--events" => size.events = value()?.parse()?,
            "--signatures" => size.signatures = value()?.parse()?,
            "--texts" => size.texts = true,
            "--keep" => keep = Some(value()?.into()),
            _ => return Err(format!("unknown: {word}").into()),
        }
    }
    Ok((size, keep))
}

/// Leaf hashes and root, on one thread, beside SHA-256 over the same bytes.
fn hashes(folder: &std::path::Path) -> Outcome<()> {
    use sha2::Digest as _;
    let events = std::fs::read(folder.join("events.ndjson"))?;
    let lines: Vec<&[u8]> = events.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let (bare, _) = measure::timed(|| lines.iter().fold(0_u8, |sum, line| sum ^ sha2::Sha256::digest(line)[0]))?;
    let (tree, _) = measure::timed(|| {
        let mut edge = RightEdge::new();
        lines.iter().for_each(|line| edge.append(leaf_hash(line)));
        edge.root()
    })?;
    let (parsed, valid) = measure::timed(|| lines.iter().all(|line| Hashed::parse(line).is_ok()))?;
    if !valid {
        return Err("a leaf was refused".into());
    }
    let rate = |seconds: f64| lines.len() as f64 / seconds;
    println!("hashes only, one core: {:.0} events/s; bare SHA-256 of the same bytes: {:.0}/s", rate(tree), rate(bare));
    println!("leaves parsed and hashed, one core: {:.0} events/s", rate(parsed));
    Ok(())
}

/// Strict Ed25519 verification on one thread: the limit of what follows.
fn signatures(signatures: u64) -> Outcome<()> {
    use ed25519_dalek::{Signer as _, SigningKey};
    let key = SigningKey::from_bytes(&[7; 32]);
    let count = signatures.clamp(1_000, 20_000);
    let signed: Vec<_> = (0..count).map(|n| (n.to_be_bytes(), key.sign(&n.to_be_bytes()))).collect();
    let (seconds, holds) = measure::timed(|| {
        signed.iter().all(|(message, signature)| key.verifying_key().verify_strict(message, signature).is_ok())
    })?;
    if !holds {
        return Err("a signature did not hold".into());
    }
    println!("bare Ed25519, one core: {:.0} strict verifies/s", count as f64 / seconds);
    Ok(())
}

fn program(folder: &std::path::Path, written: &Written) -> Outcome<()> {
    let run = measure::program(folder, &written.key)?;
    println!("{}", run.output.trim_end());
    println!(
        "countersign-verify: {:.2} s wall, {:.2} s processor time, {} MB at most; {:.0} events/s",
        run.wall,
        run.processor,
        run.peak_bytes / 1_000_000,
        written.events as f64 / run.wall
    );
    Ok(())
}
