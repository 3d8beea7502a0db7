//! What the auditor sees: the verdict first, then what it rests on.

use std::io::IsTerminal;

use audit::bundle::{Note, Progress, Report, Signed, Verdict};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Erased values that are listed one by one; `--json` has them all.
const ERASED_SHOWN: usize = 20;

pub fn print(report: &Report, json: bool) {
    if json {
        println!("{}", report.to_json());
    } else {
        print_words(report);
    }
}

fn print_words(report: &Report) {
    println!("{}", report.verdict.text());
    match &report.verdict {
        Verdict::Valid => println!("Everything holds, and not by the operator's word alone."),
        Verdict::ValidUnwitnessed => println!("Everything holds, as far as the operator's own signature can tell."),
        Verdict::Invalid(finding) | Verdict::Incomplete(finding) => {
            let at = finding.index.map_or(String::new(), |index| format!(" at index {index}"));
            println!("The first thing that does not hold{at}: {}.", finding.message);
        }
    }
    if let Some(log) = &report.log {
        println!("\nLog   {log}");
    }
    if let (Some(size), Some(root)) = (report.size, report.root) {
        println!("Size  {size}\nRoot  {root}");
    }
    for Signed { name, id, verified } in &report.signatures {
        println!("{} {name}+{id:08x}", if *verified { "By   " } else { "Also  by a key that you did not name:" });
    }
    let checked = &report.checked;
    println!(
        "\nChecked: {} leaves, {} checkpoints, {} signatures of reviewers, {} disclosures, {} documents.",
        checked.leaves, checked.checkpoints, checked.signatures, checked.disclosures, checked.documents
    );
    section("Proven", report.proves.iter().cloned());
    section("Not proven, or to be known", report.notes.iter().map(|note| format!("{}: {}", note.code(), words(*note))));
    let erased = report.erased.iter().take(ERASED_SHOWN);
    section("Erased", erased.map(|erased| format!("leaf {}: a value, by event {}", erased.seq, erased.by)));
    if report.erased.len() > ERASED_SHOWN {
        println!("  and {} more; --json lists them all", report.erased.len() - ERASED_SHOWN);
    }
}

fn section(title: &str, lines: impl Iterator<Item = String>) {
    for (n, line) in lines.enumerate() {
        if n == 0 {
            println!("\n{title}:");
        }
        println!("  {line}");
    }
}

fn words(note: Note) -> &'static str {
    match note {
        Note::CompletenessNotProven => "whether there are more events of this actor cannot be proven",
        Note::Unwitnessed => {
            "you gave no checkpoint that was kept elsewhere, so the operator could have written the whole history anew"
        }
        Note::Erased => "some values were erased; the events that did so are in the log",
        Note::DisclosuresLeftOut => {
            "values that the events commit to are not in this bundle, so they were not checked, nor whether any is withheld"
        }
        Note::StatementsLeftOut => {
            "what reviewers signed is not all in this bundle, so it was not checked against the events"
        }
        Note::SignaturesNotChecked => {
            "signatures of passkeys were not checked, as what the passkeys signed is not in this bundle"
        }
        Note::DocumentsLeftOut => "files that were uploaded are not in this bundle, so they were not checked",
        Note::DocumentsUnbound => {
            "without disclosures nothing says which files were uploaded, so documents/ proves nothing and may lack files"
        }
    }
}

/// A progress bar on standard error, and only where someone looks at it.
pub struct Bar(Option<ProgressBar>);

impl Bar {
    pub fn new() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let style = ProgressStyle::with_template("{wide_bar} {percent:>3} %  {bytes} of {total_bytes}  {eta} left");
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        Self(Some(style.map(|style| bar.clone().with_style(style)).unwrap_or(bar)))
    }

    pub fn show(&mut self, progress: Progress) {
        if let Some(bar) = &self.0 {
            bar.set_length(progress.of);
            bar.set_position(progress.read);
        }
    }

    pub fn clear(self) {
        if let Some(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}
