//! Settings: defaults < `countersign.toml` < environment < command line; checked once, before anything starts.
//! `docs/settings.md` lists them.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use app::{MailSettings, privacy::RecordViews};
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};

/// Environment variables with the prefix that are no settings: where packs are kept, and what the programs beside the
/// server (sample sender, development page, tests) are told.
const NO_SETTINGS: [&str; 4] = ["cache", "url", "token", "test_postgres"];

/// The SQLite database in the data folder.
pub const DATABASE_FILE: &str = "countersign.db";

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// SQLite in the data folder where there is none; `postgres://…` otherwise.
    pub database_url: Option<String>,
    pub database_connections: u32,
    /// Names the logs for ever, as `host/…` in their origin; a random installation id where there is none.
    pub host: Option<String>,
    /// Opens the key ring; without one, the key file does.
    pub key_passphrase: Option<app::Passphrase>,
    /// `keys/unlock.key` in the data folder where there is none.
    pub key_file: Option<PathBuf>,
    /// Whether this server signs the logs; of several over one database exactly one does.
    pub checkpointer: bool,
    /// Whether everybody may read checkpoints at `/log/…/checkpoint`: sizes and roots.
    pub publish_checkpoints: bool,
    /// Names this node in the log.
    pub node: String,
    /// Folder of the OCR pack.
    pub pack: Option<PathBuf>,
    /// Pages read at once, and processor threads for each.
    pub readers: usize,
    pub reader_threads: usize,
    pub upload_bytes: u64,
    /// Longest pause between two pieces of a body, and longest time for a whole upload.
    pub body_pause_seconds: u64,
    pub upload_seconds: u64,
    pub lease_seconds: i64,
    pub job_lease_seconds: i64,
    pub job_attempts: u32,
    pub checkpoint_millis: u64,
    pub scrub_pause_millis: u64,
    pub session_hours: i64,
    /// The mail server, with credentials where it wants them: `smtps://user:password@mail.example.com:465`.
    pub smtp_url: Option<String>,
    /// The sender of all mail.
    pub mail_from: Option<String>,
    /// Whether reviewers get a receipt of each of their decisions.
    pub receipt_mail: bool,
    /// Hours between two mails of the newest checkpoint to those who keep it.
    pub checkpoint_mail_hours: u32,
    /// Whose documents' viewers are recorded: `off`, `sensitive` or `all`.
    pub record_views: RecordViews,
    /// How long a statement may wait for its signature, and for the log.
    pub statement_seconds: i64,
    pub statement_wait_millis: u64,
    /// Whether sessions may send queries of their own; otherwise only the page's own documents. Tokens always may.
    pub free_queries: bool,
    /// Serves a page for trying queries at `/graphiql`.
    pub graphiql: bool,
    /// Origins besides the server's own whose pages may use a session, such as `https://review.example.com`.
    pub allowed_origins: Vec<String>,
    /// What `/metrics` asks of callers that are not on this machine, as a bearer token.
    pub metrics_token: Option<String>,
    pub query_bytes: usize,
    pub query_cost: u64,
    pub query_depth: u32,
    /// Largest JSON body.
    pub json_bytes: usize,
    pub head_seconds: u64,
    pub keep_alive_seconds: u64,
    pub shutdown_seconds: u64,
    /// Threads that answer requests, and connections for each.
    pub http_threads: usize,
    pub connections: usize,
    pub websocket_init_seconds: u64,
    pub websocket_ping_seconds: u64,
    pub websocket_subscriptions: usize,
    pub websocket_message_bytes: usize,
    /// Filter of the log, such as `info` or `info,app=debug`.
    pub log: String,
    pub log_format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people on a terminal, JSON elsewhere.
    Auto,
    Pretty,
    Json,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database_url: None,
            database_connections: 8,
            host: None,
            key_passphrase: None,
            key_file: None,
            checkpointer: true,
            publish_checkpoints: true,
            node: "node-1".to_owned(),
            pack: None,
            readers: 1,
            reader_threads: 2,
            upload_bytes: 25 * 1024 * 1024,
            body_pause_seconds: 30,
            upload_seconds: 600,
            lease_seconds: 900,
            job_lease_seconds: 120,
            job_attempts: 5,
            checkpoint_millis: 1_000,
            scrub_pause_millis: 200,
            session_hours: 12,
            smtp_url: None,
            mail_from: None,
            receipt_mail: true,
            checkpoint_mail_hours: 24,
            record_views: RecordViews::default(),
            statement_seconds: 600,
            statement_wait_millis: 5_000,
            free_queries: true,
            graphiql: false,
            allowed_origins: Vec::new(),
            metrics_token: None,
            query_bytes: 65_536,
            query_cost: 250_000,
            query_depth: 20,
            json_bytes: 1024 * 1024,
            head_seconds: 10,
            keep_alive_seconds: 75,
            shutdown_seconds: 30,
            http_threads: 2,
            connections: 4_096,
            websocket_init_seconds: 5,
            websocket_ping_seconds: 25,
            websocket_subscriptions: 50,
            websocket_message_bytes: 256 * 1024,
            log: "info".to_owned(),
            log_format: LogFormat::Auto,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("the settings can't be used: {0}")]
    Unreadable(Box<figment::Error>),
    #[error("there is no settings file {}", .0.display())]
    NoFile(PathBuf),
    #[error("the setting {name} {what}")]
    Wrong { name: &'static str, what: &'static str },
}

impl Config {
    /// Reads `countersign.toml` in the data folder, or the file given, and the environment.
    ///
    /// # Errors
    /// For what is unknown, of the wrong kind, or out of range.
    pub fn load(data: &Path, file: Option<&Path>) -> Result<Config, ConfigError> {
        if let Some(file) = file.filter(|file| !file.is_file()) {
            return Err(ConfigError::NoFile(file.to_owned()));
        }
        let file = file.map_or_else(|| data.join("countersign.toml"), Path::to_owned);
        let mut figment = Figment::from(Serialized::defaults(Config::default()));
        if file.is_file() {
            figment = figment.merge(Toml::file_exact(file));
        }
        let config: Config = figment
            .merge(Env::prefixed("COUNTERSIGN_").ignore(&NO_SETTINGS))
            .extract()
            .map_err(|error| ConfigError::Unreadable(Box::new(error)))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let wrong = |name, what| Err(ConfigError::Wrong { name, what });
        let positive = [
            ("database_connections", u64::from(self.database_connections)),
            ("readers", self.readers as u64),
            ("reader_threads", self.reader_threads as u64),
            ("upload_bytes", self.upload_bytes),
            ("body_pause_seconds", self.body_pause_seconds),
            ("upload_seconds", self.upload_seconds),
            ("lease_seconds", self.lease_seconds.max(0) as u64),
            ("job_lease_seconds", self.job_lease_seconds.max(0) as u64),
            ("job_attempts", u64::from(self.job_attempts)),
            ("checkpoint_millis", self.checkpoint_millis),
            ("statement_seconds", self.statement_seconds.max(0) as u64),
            ("statement_wait_millis", self.statement_wait_millis),
            ("session_hours", self.session_hours.max(0) as u64),
            ("checkpoint_mail_hours", u64::from(self.checkpoint_mail_hours)),
            ("query_bytes", self.query_bytes as u64),
            ("query_cost", self.query_cost),
            ("query_depth", u64::from(self.query_depth)),
            ("json_bytes", self.json_bytes as u64),
            ("head_seconds", self.head_seconds),
            ("http_threads", self.http_threads as u64),
            ("connections", self.connections as u64),
            ("websocket_init_seconds", self.websocket_init_seconds),
            ("websocket_ping_seconds", self.websocket_ping_seconds),
            ("websocket_message_bytes", self.websocket_message_bytes as u64),
        ];
        if let Some((name, _)) = positive.iter().find(|(_, value)| *value == 0) {
            return wrong(name, "must be one or more");
        }
        if self.smtp_url.is_some() && self.mail_from.is_none() {
            return wrong("mail_from", "must name the sender where smtp_url is set");
        }
        if self.allowed_origins.iter().any(|origin| !origin.contains("://") || origin.ends_with('/')) {
            return wrong("allowed_origins", "takes origins such as https://review.example.com, without a path");
        }
        if self.key_passphrase.as_ref().is_some_and(app::Passphrase::is_empty) {
            return wrong("key_passphrase", "must not be empty: leave it out to use the key file");
        }
        if self.metrics_token.as_ref().is_some_and(|token| token.len() < 16) {
            return wrong("metrics_token", "must have sixteen characters or more");
        }
        Ok(())
    }

    /// How mail leaves; `None` where no mail server is set.
    pub fn mail(&self) -> Option<MailSettings> {
        let (smtp_url, from) = self.smtp_url.clone().zip(self.mail_from.clone())?;
        Some(MailSettings { smtp_url, from, receipts: self.receipt_mail, checkpoint_hours: self.checkpoint_mail_hours })
    }

    pub fn database_url(&self, data: &Path) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite://{}?mode=rwc", data.join(DATABASE_FILE).display()))
    }

    /// The pack's folder: the one that is set, or the one that set-up fetches; `None` where neither is there.
    pub fn pack(&self) -> Option<PathBuf> {
        self.pack.clone().or_else(|| Some(ocr::Pack::default_folder()).filter(|folder| folder.is_dir()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(toml: &str) -> Result<Config, String> {
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join("countersign.toml"), toml).unwrap();
        Config::load(data.path(), None).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_overrides_defaults() {
        let config = load("session_hours = 3\nlisten = \"127.0.0.1:9000\"\n").unwrap();
        assert_eq!((config.session_hours, config.listen.port(), config.json_bytes), (3, 9000, 1024 * 1024));
    }

    #[test]
    fn what_is_unknown_or_wrong_is_named() {
        assert!(load("sesion_hours = 3").unwrap_err().contains("sesion_hours"));
        assert!(load("session_hours = \"long\"").unwrap_err().contains("session_hours"));
        assert!(load("smtp_url = \"smtp://localhost\"").unwrap_err().contains("mail_from"));
        assert_eq!(load("session_hours = 0").unwrap_err(), "the setting session_hours must be one or more");
    }

    #[test]
    fn a_passphrase_is_not_shown() {
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join("countersign.toml"), "key_passphrase = \"open sesame\"").unwrap();
        let config = Config::load(data.path(), None).unwrap();
        assert!(config.key_passphrase.is_some() && !format!("{config:?}").contains("sesame"));
    }
}
