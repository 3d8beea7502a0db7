//! The use cases, the only writers. Each is one free function `module::verb_noun(&App, &Actor, …)`: it authorises,
//! loads, lets `domain` decide, stores, and commits with an event.

pub mod accounts;
mod archive;
mod background;
#[doc(hidden)]
pub mod bench;
mod blobs;
pub mod bundles;
pub mod changes;
mod clock;
pub mod documents;
mod error;
pub mod exports;
mod files;
pub mod holders;
mod idempotency;
pub mod intake;
pub mod jobs;
mod ledger;
pub mod log;
pub mod log_keys;
mod mail;
mod page;
mod permission;
pub mod privacy;
pub mod published;
pub mod reading;
mod reason;
pub mod receipts;
pub mod review;
mod routing;
mod secrets;
mod settings;
pub mod signing;
mod store;
#[cfg(test)]
mod tests;
pub mod types;
mod unit;

use std::sync::Arc;

pub use clock::Clock;
use domain::{actor::Actor, time::Timestamp};
pub use error::{Error, InternalError, Result};
pub use idempotency::IdempotencyKey;
pub use mail::MailSettings;
pub use page::{MAX_PAGE, PageRequest, Slice};
pub use secrets::{KeySettings, KeyState, Passphrase, UnlockError};
pub use settings::Settings;
pub use unit::{Bookkeeping, Scope, Unit};

use crate::{
    blobs::Blobs,
    ledger::{Alarm, HeadStore},
    mail::Mailer,
    secrets::Secrets,
    store::Store,
    unit::Wake,
};

/// The application: settings, database, blobs, keys. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

struct Parts {
    settings: Settings,
    host: String,
    store: Store,
    blobs: Blobs,
    secrets: Secrets,
    heads: HeadStore,
    alarm: Alarm,
    wake: Wake,
    changes: changes::Feed,
    types: types::Cache,
    uploads: intake::Running,
    logins: accounts::Failures,
    views: privacy::Views,
    engine: Option<Arc<ocr::Engine>>,
    mailer: Option<Mailer>,
}

/// Why the application does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database can't be opened: {0}")]
    Database(#[from] store::DatabaseError),
    #[error("{0}")]
    Keys(#[from] UnlockError),
    #[error("the data folder can't be used: {0}")]
    Data(#[from] std::io::Error),
    #[error("the blob store can't be opened: {0}")]
    Blobs(#[from] object_store::Error),
    #[error("mail can't be sent: {0}")]
    Mail(String),
    #[error("the OCR pack can't be loaded: {0}")]
    Pack(String),
    #[error("the document types or locales that come with the program don't parse: {0}")]
    Types(#[from] domain::document_type::DefinitionError),
    #[error("{0}")]
    Refused(#[from] Error),
}

impl App {
    /// Opens database, blobs, keys and heads, and loads the OCR pack. The schema must be current
    /// (`migrations::run`).
    ///
    /// # Errors
    /// Also when the database is behind what was signed: an older copy must not be written to.
    pub async fn open(settings: Settings) -> Result<App, OpenError> {
        let app = App::open_to_recover(settings).await?;
        log::refuse_stale_database(&app).await?;
        Ok(app)
    }

    /// As [`App::open`], also over a database that is behind what was signed: for [`log::recover_logs`] alone.
    ///
    /// # Errors
    /// When a part of it can't be opened.
    pub async fn open_to_recover(settings: Settings) -> Result<App, OpenError> {
        files::make_private_folder(&settings.data)?;
        let store = Store::open(&settings.database_url, settings.database_connections).await?;
        let secrets = Secrets::open(&settings.data, &settings.keys, settings.clock.now().millis())?;
        let heads = HeadStore::open(&settings.data)?;
        let blobs = Blobs::open(&settings.data)?;
        let host = match &settings.host {
            Some(host) => host.clone(),
            None => accounts::installation_host(&store, &settings.clock).await?,
        };
        let engine = match &settings.pack {
            Some(folder) => Some(load_engine(folder.clone(), settings.reader_threads).await?),
            None => None,
        };
        let mailer = settings.mail.as_ref().map(Mailer::open).transpose().map_err(OpenError::Mail)?;
        let alarm = Alarm::open(&settings.data);
        Ok(App(Arc::new(Parts {
            types: types::Cache::open()?,
            settings,
            host,
            store,
            blobs,
            secrets,
            heads,
            alarm,
            wake: Wake::default(),
            changes: changes::Feed::default(),
            uploads: intake::Running::default(),
            logins: accounts::Failures::default(),
            views: privacy::Views::default(),
            engine,
            mailer,
        })))
    }

    /// Works in the background until `stop` says so: jobs, sequencer, checkpointer, scrubber, sweeps. Returns when
    /// what had begun is finished.
    pub async fn run(&self, stop: tokio::sync::watch::Receiver<bool>) {
        background::run(self, stop).await;
    }

    /// Whether the server can do its work.
    ///
    /// # Errors
    /// What is wrong, in words for the operator.
    pub async fn ready(&self) -> Result<(), String> {
        log::is_appending(self).await
    }

    /// Ends the connections to the database.
    pub async fn close(&self) {
        self.store().close().await;
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub fn now(&self) -> Timestamp {
        self.0.settings.clock.now()
    }

    /// Reads in the actor's organization.
    pub(crate) fn scope(&self, actor: &Actor) -> Scope<'_> {
        Scope::new(actor.organization, self.store().reader())
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn blobs(&self) -> &Blobs {
        &self.0.blobs
    }

    pub(crate) fn secrets(&self) -> &Secrets {
        &self.0.secrets
    }

    pub(crate) fn heads(&self) -> &HeadStore {
        &self.0.heads
    }

    pub(crate) fn alarm(&self) -> &Alarm {
        &self.0.alarm
    }

    pub(crate) fn views(&self) -> &privacy::Views {
        &self.0.views
    }

    pub(crate) fn wake(&self) -> &Wake {
        &self.0.wake
    }

    pub(crate) fn host(&self) -> &str {
        &self.0.host
    }

    /// `None` where no mail is sent.
    pub(crate) fn mailer(&self) -> Option<&Mailer> {
        self.0.mailer.as_ref()
    }

    pub(crate) fn engine(&self) -> Option<&Arc<ocr::Engine>> {
        self.0.engine.as_ref()
    }
}

async fn load_engine(folder: std::path::PathBuf, threads: usize) -> Result<Arc<ocr::Engine>, OpenError> {
    let load = move || ocr::Pack::load(&folder).map(|pack| Arc::new(ocr::Engine::new(pack, threads)));
    let loaded = tokio::task::spawn_blocking(load).await.map_err(|error| OpenError::Pack(error.to_string()))?;
    loaded.map_err(|error| OpenError::Pack(error.to_string()))
}
