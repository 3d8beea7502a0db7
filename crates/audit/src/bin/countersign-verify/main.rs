//! `countersign-verify`: whether a bundle, or a receipt, of a Countersign audit log holds. No network, no database.
#![forbid(unsafe_code)]

mod files;
mod output;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use audit::bundle::files::{Files, MAX_SMALL_FILE};
use audit::bundle::{self, Finding, Pins, Report, Verdict};
use audit::cosignature::WitnessKey;
use audit::note::VerifierKey;
use audit::receipt;
use audit::verify::BreakCode;
use clap::Parser;
use files::{Folder, OpenError, TarFile};

/// Verify a bundle of a Countersign audit log, or a receipt.
///
/// Exit status: 0 VALID or VALID_UNWITNESSED, 1 INVALID:<CODE>, 3 INCOMPLETE, 2 wrong usage.
#[derive(Parser)]
#[command(name = "countersign-verify", version, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// The bundle: a folder, or the same as an uncompressed tar.
    #[arg(required = true)]
    bundle: Option<PathBuf>,

    #[command(flatten)]
    trust: Trust,

    /// A signed checkpoint that you kept from earlier; may be given more than once. Without one nobody but the operator
    /// says that history was not written anew before this bundle was made.
    #[arg(long = "pin", value_name = "FILE")]
    pins: Vec<PathBuf>,

    /// The key of a witness that you trust (a vkey of signature type 4); may be given more than once. Its cosignature of
    /// the checkpoint counts as a checkpoint that was kept elsewhere.
    #[arg(long = "witness", value_name = "VKEY")]
    witnesses: Vec<WitnessKey>,

    /// Threads to work on; by default as many as there are processors.
    #[arg(long, value_name = "NUMBER")]
    threads: Option<usize>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Verify a receipt: a .tlog-proof that carries its leaf.
    Receipt {
        /// The receipt.
        file: PathBuf,

        #[command(flatten)]
        trust: Trust,
    },
}

#[derive(clap::Args)]
struct Trust {
    /// The verifier key of the log, which you were given on another way than the bundle; may be given more than once.
    #[arg(long = "key", value_name = "VKEY", required = true)]
    keys: Vec<VerifierKey>,

    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Some(Command::Receipt { file, trust }) => {
            read_small(&file).map(|text| (receipt::verify(&text, &trust.keys), trust))
        }
        None => verify_bundle(arguments),
    };
    match outcome {
        Ok((report, trust)) => {
            output::print(&report, trust.json);
            exit_code(&report)
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

fn verify_bundle(arguments: Arguments) -> Result<(Report, Trust), String> {
    let Arguments { bundle, trust, pins, witnesses, threads, .. } = arguments;
    let path = bundle.ok_or("a bundle is needed")?;
    let checkpoints = pins.iter().map(|pin| read_small(pin)).collect::<Result<_, _>>()?;
    let pins = Pins { keys: trust.keys.clone(), checkpoints, witnesses };
    let threads = threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let opened: Result<Box<dyn Files>, OpenError> = if path.is_dir() {
        Folder::open(&path).map(|folder| Box::new(folder) as Box<dyn Files>)
    } else {
        TarFile::open(&path).map(|tar| Box::new(tar) as Box<dyn Files>)
    };
    let report = match opened {
        Ok(files) => {
            let mut bar = output::Bar::new();
            let report = bundle::verify(&*files, &pins, threads, &mut |progress| bar.show(progress));
            bar.clear();
            report
        }
        Err(OpenError::Malformed(malformed)) => {
            let finding = Finding { code: BreakCode::BundleMalformed, index: None, message: malformed.0 };
            Report::broken(finding)
        }
        Err(OpenError::Read(error)) => return Err(format!("{}: {error}", path.display())),
    };
    Ok((report, trust))
}

/// A file that the auditor names. What is not UTF-8 becomes the empty text, which no parser accepts.
fn read_small(path: &Path) -> Result<String, String> {
    use std::io::Read;
    let named = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(named)?.take(2 * MAX_SMALL_FILE).read_to_end(&mut bytes).map_err(named)?;
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

fn exit_code(report: &Report) -> ExitCode {
    ExitCode::from(match report.verdict {
        Verdict::Valid | Verdict::ValidUnwitnessed => 0,
        Verdict::Invalid(_) => 1,
        Verdict::Incomplete(_) => 3,
    })
}
