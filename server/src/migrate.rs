use std::process::ExitCode;

use crate::data::{self, Folder};

/// Brings the database to this program's schema; `serve` does so by itself.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    folder: Folder,
}

pub fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    data::block_on(async {
        arguments.folder.migrate(&arguments.folder.config()?).await?;
        Ok(ExitCode::SUCCESS)
    })
}
