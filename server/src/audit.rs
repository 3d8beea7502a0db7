mod export;
mod key;

use std::process::ExitCode;

use clap::Subcommand;

use crate::data::{self, Error, Folder};

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
    /// Opens a new epoch of every log that can't be continued: LOG_BEHIND, HEAD_MISSING, or a break that was looked
    /// into. The old epoch stays as it is; the new one begins with its last checkpoint.
    Recover {
        #[command(flatten)]
        folder: Folder,
        /// A code such as RESTORED_BACKUP, which stands in the log for ever.
        #[arg(long, value_name = "CODE")]
        reason: String,
    },
    Key(key::Arguments),
    Export(export::Arguments),
}

pub fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    data::block_on(async {
        match arguments.command {
            Command::Verify(folder) => verify(&folder).await,
            Command::Recover { folder, reason } => recover(&folder, &reason).await,
            Command::Key(arguments) => key::run(arguments).await,
            Command::Export(arguments) => export::run(arguments).await,
        }
    })
}

async fn verify(folder: &Folder) -> Result<ExitCode, Error> {
    let app = folder.open_existing().await?;
    let verified = app::log::verify_logs(&app).await;
    app.close().await;
    Ok(match verified? {
        Ok(logs) => {
            for log in logs {
                match log.lost {
                    0 => println!("ok {} {}", log.origin, log.size),
                    lost => println!(
                        "ok {} {}, {lost} signed leaves are lost, as the next epoch says",
                        log.origin, log.size
                    ),
                }
            }
            ExitCode::SUCCESS
        }
        Err(broken) => {
            eprintln!("{broken}");
            ExitCode::FAILURE
        }
    })
}

async fn recover(folder: &Folder, reason: &str) -> Result<ExitCode, Error> {
    let app = folder.open_to_recover().await?;
    let recovered = app::log::recover_logs(&app, reason).await;
    app.close().await;
    for log in recovered? {
        println!(
            "{}\n  goes on from {} at {} signed leaves, because:\n  {}",
            log.origin, log.previous, log.size, log.trouble
        );
    }
    Ok(ExitCode::SUCCESS)
}
