use std::process::ExitCode;

use clap::Subcommand;

use crate::data::{self, Folder};

mod export;

/// Works on the audit log.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Recomputes the live log and everything that was signed; exits with 1 at the first break.
    Verify(Folder),
    Export(export::Arguments),
}

pub fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    match arguments.command {
        Command::Verify(folder) => verify(folder),
        Command::Export(arguments) => export::run(arguments),
    }
}

fn verify(folder: Folder) -> Result<ExitCode, Box<dyn std::error::Error>> {
    data::block_on(async {
        let app = folder.open_existing().await?;
        let verified = app::log::verify_logs(&app).await;
        app.close().await;
        Ok(match verified? {
            Ok(logs) => {
                for log in logs {
                    println!("ok {} {}", log.origin, log.size);
                }
                ExitCode::SUCCESS
            }
            Err(broken) => {
                eprintln!("{broken}");
                ExitCode::FAILURE
            }
        })
    })
}
