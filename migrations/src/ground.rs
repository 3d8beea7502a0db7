use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The tables of the first version, and the triggers that keep what must never change.
pub struct Ground;

impl MigrationName for Ground {
    fn name(&self) -> &str {
        "m0001_ground"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Ground {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ((uuid, bytes, serial), append_only) = match manager.get_database_backend() {
            DbBackend::Postgres => {
                (("UUID", "BYTEA", "BIGSERIAL PRIMARY KEY"), include_str!("append_only.postgres.sql"))
            }
            _ => (("BLOB", "BLOB", "INTEGER PRIMARY KEY AUTOINCREMENT"), include_str!("append_only.sqlite.sql")),
        };
        let tables =
            include_str!("ground.sql").replace("{uuid}", uuid).replace("{bytes}", bytes).replace("{serial}", serial);
        let connection = manager.get_connection();
        connection.execute_unprepared(&tables).await?;
        connection.execute_unprepared(append_only).await?;
        Ok(())
    }
}
