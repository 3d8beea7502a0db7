//! The schema's history, one for both databases. Expand, then contract: a released migration is never edited.

mod ground;

use sea_orm_migration::{
    prelude::*,
    sea_orm::{
        ConnectOptions, ConnectionTrait, Database, DbBackend, SqliteTransactionMode, TransactionOptions,
        TransactionTrait,
    },
};

struct Migrations;

#[async_trait::async_trait]
impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(ground::Ground)]
    }
}

/// Any constant will do, as long as nothing else on the database takes the same advisory lock.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7235101)";

/// Brings the database to this binary's schema, all of it or nothing.
///
/// Several replicas may call it at once: PostgreSQL lets one through by an advisory lock, SQLite by its one writer.
///
/// # Errors
/// When the database can't be reached, or carries a migration that this binary does not know (a newer schema).
pub async fn run(database_url: &str) -> Result<(), DbErr> {
    let mut options = ConnectOptions::new(database_url);
    options.max_connections(1).sqlx_logging(false);
    let connection = Database::connect(options).await?;
    let immediate =
        TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let transaction = connection.begin_with_options(immediate).await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared(LOCK).await?;
    }
    Migrations::up(&transaction, None).await?;
    transaction.commit().await?;
    connection.close().await
}
