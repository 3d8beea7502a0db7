//! The binary `countersign`: wiring only.

mod admin;
mod audit;
mod auth;
mod config;
mod data;
mod decode_pages;
mod graphql;
mod http;
mod migrate;
mod print_schema;
mod read;
mod serve;
mod sign;
mod telemetry;

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
    Serve(serve::Arguments),
    Read(read::Arguments),
    Migrate(migrate::Arguments),
    Audit(audit::Arguments),
    Sign(sign::Arguments),
    Admin(admin::Arguments),
    Schema(print_schema::Arguments),
    #[command(hide = true)]
    DecodePages(decode_pages::Arguments),
}

fn main() -> ExitCode {
    let outcome: Result<ExitCode, Box<dyn std::error::Error>> = match Arguments::parse().command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Read(arguments) => Ok(read::run(arguments)),
        Command::Migrate(arguments) => migrate::run(arguments),
        Command::Audit(arguments) => audit::run(arguments),
        Command::Sign(arguments) => sign::run(arguments),
        Command::Admin(arguments) => admin::run(arguments),
        Command::Schema(arguments) => print_schema::run(arguments),
        Command::DecodePages(arguments) => Ok(decode_pages::run(arguments)),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("countersign: {error}");
        ExitCode::FAILURE
    })
}
