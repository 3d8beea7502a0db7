//! The binary `countersign`: wiring only.

mod decode_pages;
mod read;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Review and audit of scanned documents.
#[derive(Parser)]
#[command(name = "countersign", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Read(read::Arguments),
    #[command(hide = true)]
    DecodePages(decode_pages::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Read(arguments) => read::run(arguments),
        Command::DecodePages(arguments) => decode_pages::run(arguments),
    }
}
