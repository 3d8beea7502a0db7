//! The tables. Reads take a [`Scope`](crate::unit::Scope), writes a [`Unit`](crate::unit::Unit), and what leaves no
//! event a [`Bookkeeping`](crate::unit::Bookkeeping). Nothing outside this folder names sea-orm's queries.

pub(crate) mod account;
pub(crate) mod bundle;
pub(crate) mod disclosure;
pub(crate) mod document;
pub(crate) mod document_type;
mod entity;
pub(crate) mod erasure;
pub(crate) mod evidence;
pub(crate) mod export;
pub(crate) mod field;
pub(crate) mod holder;
pub(crate) mod idempotency;
pub(crate) mod job;
pub(crate) mod log;
pub(crate) mod reading;
pub(crate) mod refusal;
pub(crate) mod signing_key;
pub(crate) mod statement;
pub(crate) mod task;
pub(crate) mod view;

/// What the rest of the crate holds and passes on, without naming sea-orm.
pub(crate) use sea_orm::{
    ConnectionTrait as Connection, DatabaseExecutor as Executor, DatabaseTransaction as Transaction,
    DbErr as DatabaseError,
};
use std::time::Duration;

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::error::{Error, InternalError, Result};

/// The two ways into the database. On SQLite there is one writer, and readers that never wait for it (WAL); on
/// PostgreSQL both are the same pool.
pub(crate) struct Store {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
}

impl Store {
    pub async fn open(url: &str, connections: u32) -> Result<Store, DbErr> {
        if url.starts_with("sqlite:") {
            let writer = counted(Database::connect(options(url, 1)).await?);
            let reader = counted(Database::connect(options(url, connections)).await?);
            Ok(Store { writer, reader })
        } else {
            let pool = counted(Database::connect(options(url, connections)).await?);
            Ok(Store { writer: pool.clone(), reader: pool })
        }
    }

    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// SQLite takes the write lock at once: a transaction that first reads and then writes would otherwise fail
    /// whenever another one wrote in between.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        self.writer.begin_with_options(options).await
    }

    /// Takes what was erased out of SQLite's write-ahead log too, as far as no reader stands in the way: then the next
    /// checkpoint does it. PostgreSQL clears the space of deleted rows by itself (`VACUUM`).
    pub async fn clear_erased(&self) -> Result<(), DbErr> {
        if self.writer.get_database_backend() == DbBackend::Sqlite {
            self.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }

    pub async fn close(&self) {
        // Closing only hastens what dropping does; there is nobody left to tell of a failure.
        let _ = self.reader.close_by_ref().await;
        let _ = self.writer.close_by_ref().await;
    }
}

/// Counts statements: a page whose statements grow with its rows shows in the metrics, and in a test.
fn counted(mut connection: DatabaseConnection) -> DatabaseConnection {
    connection.set_metric_callback(|_| metrics::counter!("countersign_statements_total").increment(1));
    connection
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            // FULL: a commit that was answered survives a power cut.
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(30))
                // What is erased is overwritten, not only unlinked.
                .pragma("secure_delete", "ON")
        });
    options
}

/// Lists and quads are stored as JSON text.
fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| InternalError::Stored(error.to_string()).into())
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| InternalError::Stored(error.to_string()).into())
}

/// A word that was stored, back as what it names.
fn word<T: std::str::FromStr<Err = domain::UnknownWord>>(text: &str) -> Result<T> {
    text.parse().map_err(|error: domain::UnknownWord| InternalError::Stored(error.to_string()).into())
}

/// A number that was stored as the database's signed type.
fn number<T, N: TryInto<T>>(stored: N) -> Result<T> {
    stored.try_into().map_err(|_| Error::Internal(InternalError::Stored("a number is out of range".into())))
}
