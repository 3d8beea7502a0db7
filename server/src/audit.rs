use std::process::ExitCode;

use clap::Subcommand;

use crate::data::{self, Folder};

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
}

pub fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let Command::Verify(folder) = arguments.command;
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
