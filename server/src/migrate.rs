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
        std::fs::create_dir_all(&arguments.folder.data)?;
        let url = arguments.folder.config()?.database_url(&arguments.folder.data);
        migrations::run(&url).await.map_err(|error| data::Error::Migration(error.to_string()))?;
        Ok(ExitCode::SUCCESS)
    })
}
