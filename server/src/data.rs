//! The data folder, and the application over it.

use std::{
    fs::DirBuilder,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use app::{App, Clock, KeySettings, Settings};

use crate::config::{self, Config, ConfigError};

/// What every command that works on a data folder takes.
#[derive(clap::Args)]
pub struct Folder {
    /// Folder of everything that is kept; made when it is missing.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Settings file [default: countersign.toml in the data folder].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("there is no data folder {}: `countersign serve` makes one", .0.display())]
    NoFolder(PathBuf),
    #[error("the database can't be brought up to date: {0}")]
    Migration(String),
    #[error(transparent)]
    Open(#[from] app::OpenError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Refused(#[from] app::Error),
}

impl Folder {
    pub fn config(&self) -> Result<Config, Error> {
        Ok(Config::load(&self.data, self.config.as_deref())?)
    }

    /// Brings the database up to date and opens the application; `reads` tells whether pages are to be read, which
    /// loads the OCR pack.
    pub async fn open(&self, config: &Config, reads: bool) -> Result<App, Error> {
        let database_url = self.migrate(config).await?;
        Ok(App::open(settings(config, &self.data, database_url, reads)?).await?)
    }

    /// Makes the folder, for its owner alone, and brings the database to this program's schema; tells its address.
    pub async fn migrate(&self, config: &Config) -> Result<String, Error> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.data)?;
        let database_url = config.database_url(&self.data);
        migrations::run(&database_url).await.map_err(|error| Error::Migration(error.to_string()))?;
        Ok(database_url)
    }

    /// The application over a folder that must be there already.
    pub async fn open_existing(&self) -> Result<App, Error> {
        let config = self.existing()?;
        self.open(&config, false).await
    }

    /// The same, over a log that can't be continued.
    pub async fn open_to_recover(&self) -> Result<App, Error> {
        let config = self.existing()?;
        let database_url = self.migrate(&config).await?;
        Ok(App::open_to_recover(settings(&config, &self.data, database_url, false)?).await?)
    }

    fn existing(&self) -> Result<Config, Error> {
        let config = self.config()?;
        let has_database = config.database_url.is_some() || self.data.join(config::DATABASE_FILE).is_file();
        if !self.data.is_dir() || !has_database {
            return Err(Error::NoFolder(self.data.clone()));
        }
        Ok(config)
    }
}

fn settings(config: &Config, data: &Path, database_url: String, reads: bool) -> Result<Settings, Error> {
    Ok(Settings {
        database_url,
        database_connections: config.database_connections,
        data: data.to_owned(),
        host: config.host.clone(),
        keys: KeySettings { passphrase: config.key_passphrase.clone(), file: config.key_file.clone() },
        checkpointer: config.checkpointer,
        node: config.node.clone(),
        pack: if reads { config.pack() } else { None },
        readers: config.readers,
        reader_threads: config.reader_threads,
        decoder: crate::decode_pages::decoder(pages::Limits {
            bytes: config.upload_bytes,
            ..pages::Limits::default()
        })?,
        upload_bytes: config.upload_bytes,
        lease_seconds: config.lease_seconds,
        job_lease_seconds: config.job_lease_seconds,
        job_attempts: config.job_attempts,
        checkpoint_millis: config.checkpoint_millis,
        scrub_pause_millis: config.scrub_pause_millis,
        session_hours: config.session_hours,
        mail: config.mail(),
        record_views: config.record_views,
        statement_seconds: config.statement_seconds,
        statement_wait_millis: config.statement_wait_millis,
        clock: Clock::system(),
    })
}

/// Runs a command to its end.
pub fn block_on<T>(command: impl Future<Output = Result<T, Error>>) -> Result<T, Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    Ok(runtime.block_on(command)?)
}
