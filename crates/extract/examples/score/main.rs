//! Scores field extraction on receipts with a known truth.
//!
//! `cargo run --release -p extract --example score -- --receipts DIR [--readings FILE] [--wrong FIELD]`
//!
//! Without `--readings` the annotated boxes of the receipts are taken as a perfect reading; with it the lines of
//! FILE are, in the form that `countersign read --json` prints. `--wrong FIELD` lists what was missed for a
//! field; `--wrong unscored` what was found for the fields without a truth.

mod readings;
mod truth;

use std::{collections::BTreeMap, path::PathBuf, time::Instant};

use domain::{
    document_type::{DocumentType, Locales},
    reading::Reading,
};

use crate::truth::{Truth, matches};

const SCORED: [&str; 4] = ["company", "date", "address", "total"];
const BINS: usize = 10;

#[derive(Default)]
struct Tally {
    answered: usize,
    right: usize,
    wanted: usize,
    reachable: usize,
    /// By confidence, in tenths: answers, right ones, summed confidence.
    bins: [(usize, usize, f64); BINS],
}

struct Arguments {
    receipts: PathBuf,
    readings: Option<PathBuf>,
    wrong: Option<String>,
}

fn arguments() -> Result<Arguments, String> {
    let mut given = std::env::args().skip(1);
    let (mut receipts, mut readings, mut wrong) = (None, None, None);
    while let Some(key) = given.next() {
        let value = given.next().ok_or(format!("{key} needs a value"))?;
        match key.as_str() {
            "--receipts" => receipts = Some(PathBuf::from(value)),
            "--readings" => readings = Some(PathBuf::from(value)),
            "--wrong" => wrong = Some(value),
            _ => return Err(format!("{key} is not known; use --receipts, --readings or --wrong")),
        }
    }
    Ok(Arguments { receipts: receipts.ok_or("--receipts DIR is missing")?, readings, wrong })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = arguments()?;
    let receipt = DocumentType::shipped()?.into_iter().find(|t| t.name == "receipt").ok_or("no type receipt")?;
    let locales = Locales::shipped()?.of(&receipt)?;
    let readings: BTreeMap<String, Reading> = match &arguments.readings {
        Some(file) => readings::from_json_lines(&std::fs::read_to_string(file)?)?,
        None => readings::from_boxes(&arguments.receipts)?,
    };
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut milliseconds: Vec<f64> = Vec::new();
    for (name, reading) in &readings {
        let truth = Truth::read(&arguments.receipts, name)?;
        let started = Instant::now();
        let fields = extract::fields(reading, &receipt, &locales);
        milliseconds.push(started.elapsed().as_secs_f64() * 1e3);
        let candidates: BTreeMap<String, Vec<String>> =
            extract::candidates(reading, &receipt, &locales).into_iter().collect();
        if arguments.wrong.as_deref() == Some("unscored") {
            for field in fields.iter().filter(|field| !SCORED.contains(&field.name.as_str())) {
                println!("{name} {} {:?} {} {}", field.name, field.value, field.confidence, field.text);
            }
        }
        for field in SCORED {
            let (Some(wanted), Some(found)) = (truth.get(field), fields.iter().find(|f| f.name == field)) else {
                continue;
            };
            let right = matches(field, wanted, &found.text, &locales);
            let tally = tallies.entry(field).or_default();
            tally.wanted += 1;
            tally.reachable += usize::from(candidates[field].iter().any(|text| matches(field, wanted, text, &locales)));
            tally.right += usize::from(right);
            if !found.text.is_empty() {
                tally.answered += 1;
                let share = found.confidence.share();
                let bin = &mut tally.bins[((share * BINS as f64) as usize).min(BINS - 1)];
                *bin = (bin.0 + 1, bin.1 + usize::from(right), bin.2 + share);
            }
            if !right && arguments.wrong.as_deref() == Some(field) {
                let reachable = candidates[field].iter().any(|text| matches(field, wanted, text, &locales));
                println!(
                    "{name} {} {}\n   truth {wanted}\n   found {}",
                    found.confidence,
                    if reachable { "" } else { "(no candidate)" },
                    found.text
                );
                for other in &found.alternatives {
                    println!("         {} {}", other.confidence, other.text);
                }
            }
        }
    }
    print(&tallies, &mut milliseconds);
    Ok(())
}

fn print(tallies: &BTreeMap<&str, Tally>, milliseconds: &mut [f64]) {
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let f1 = |right: usize, answered: usize, wanted: usize| 2.0 * share(right, answered + wanted);
    println!(
        "{:10} {:>6} {:>9} {:>7} {:>7} {:>16} {:>6}",
        "field", "right", "precision", "recall", "F1", "candidate recall", "ECE"
    );
    let (mut right, mut answered, mut wanted) = (0, 0, 0);
    for (field, t) in tallies {
        let ece: f64 = t
            .bins
            .iter()
            .map(|(n, right, sum)| (*right as f64 - sum).abs() / t.answered.max(1) as f64 * f64::from(u8::from(*n > 0)))
            .sum();
        println!(
            "{field:10} {:>6} {:>9.3} {:>7.3} {:>7.3} {:>16.3} {ece:>6.3}",
            t.right,
            share(t.right, t.answered),
            share(t.right, t.wanted),
            f1(t.right, t.answered, t.wanted),
            share(t.reachable, t.wanted)
        );
        (right, answered, wanted) = (right + t.right, answered + t.answered, wanted + t.wanted);
    }
    println!("micro-F1 {:.3} over {wanted} fields", f1(right, answered, wanted));
    milliseconds.sort_by(f64::total_cmp);
    let at = |q: f64| {
        milliseconds
            .get(((milliseconds.len() as f64 * q) as usize).min(milliseconds.len().saturating_sub(1)))
            .copied()
            .unwrap_or(0.0)
    };
    println!("milliseconds a document: median {:.1}, slowest {:.1}", at(0.5), at(1.0));
}
