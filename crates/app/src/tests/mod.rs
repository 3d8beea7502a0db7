//! Stories told through the use cases, on a temporary SQLite file each, and on PostgreSQL where
//! `COUNTERSIGN_TEST_POSTGRES` names a cluster (`make test` starts one).

mod accounts;
mod audit;
mod bundles;
mod exports;
mod intake;
mod jobs;
mod keys;
mod ledger;
mod mail;
mod privacy;
mod recovery;
mod review;
mod routing;
mod signing;
mod tree;

use std::{path::PathBuf, sync::Arc};

use bytes::Bytes;
use domain::{
    actor::{Actor, Role},
    document::{Document, DocumentState},
    id::{DocumentId, TaskId},
    ppm::Ppm,
    reading::{EngineVersion, Line, PageReading, Reading, Word},
    region::Quad,
    task::Decision,
    time::Timestamp,
};
use futures_util::stream;
use sea_orm::{ConnectionTrait, Database};

use crate::{
    App, Clock, IdempotencyKey, Settings, accounts as use_accounts, documents, intake as use_intake,
    ledger::{checkpoint::checkpoint, sequence::sequence},
    reading as use_reading,
    review::{Verdict, decide_task},
    routing as use_routing,
    store::job,
};

/// Runs a story on SQLite and on PostgreSQL, each with an application of its own.
macro_rules! on_both_databases {
    ($($name:ident)+) => {
        mod sqlite { $(
            #[tokio::test]
            async fn $name() {
                super::$name(crate::tests::World::on_sqlite().await).await;
            }
        )+ }
        mod postgres { $(
            #[tokio::test]
            async fn $name() {
                match crate::tests::World::on_postgres().await {
                    Some(world) => super::$name(world).await,
                    None => eprintln!("COUNTERSIGN_TEST_POSTGRES is not set: not run on PostgreSQL"),
                }
            }
        )+ }
    };
}
use on_both_databases;

/// An application with its first organization, on an empty database and a clock moved by hand.
pub(super) struct World {
    pub app: App,
    pub admin: Actor,
    pub settings: Settings,
    /// Deleted with the world.
    _folder: Arc<tempfile::TempDir>,
}

/// The smallest bytes that are told to be a JPEG; these tests do not decode.
pub(super) const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 0, 16, b'J', b'F', b'I', b'F'];

impl World {
    pub async fn on_sqlite() -> World {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("countersign.db").display());
        World::new(url, folder).await
    }

    pub async fn on_postgres() -> Option<World> {
        let cluster = std::env::var("COUNTERSIGN_TEST_POSTGRES").ok()?;
        let name = format!("test_{}", uuid::Uuid::new_v4().simple());
        let connection = Database::connect(&cluster).await.unwrap();
        connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        let (server, _) = cluster.rsplit_once('/').unwrap();
        Some(World::new(format!("{server}/{name}"), tempfile::tempdir().unwrap()).await)
    }

    async fn new(database_url: String, folder: tempfile::TempDir) -> World {
        migrations::run(&database_url).await.unwrap();
        let settings = Settings {
            database_url,
            database_connections: 4,
            data: folder.path().to_owned(),
            host: None,
            keys: crate::KeySettings::default(),
            checkpointer: true,
            node: "test".into(),
            pack: None,
            readers: 1,
            reader_threads: 1,
            decoder: pages::child::Decoder {
                program: PathBuf::from("/nonexistent"),
                args: vec![],
                limits: pages::Limits::default(),
            },
            upload_bytes: 1_000_000,
            lease_seconds: 900,
            job_lease_seconds: 60,
            job_attempts: 3,
            checkpoint_millis: 1_000,
            scrub_pause_millis: 0,
            session_hours: 12,
            record_views: crate::privacy::RecordViews::default(),
            statement_seconds: 600,
            statement_wait_millis: 200,
            mail: None,
            clock: Clock::by_hand(Timestamp::parse("2026-01-15T08:00:00Z").unwrap()),
        };
        let app = App::open(settings.clone()).await.unwrap();
        let login = use_accounts::create_first_admin(&app, |_| Ok(())).await.unwrap().unwrap();
        let token = use_accounts::sign_in(&app, &login.email, &login.password).await.unwrap();
        let admin = use_accounts::session_actor(&app, &token).await.unwrap().unwrap();
        World { app, admin, settings, _folder: Arc::new(folder) }
    }

    /// The same installation, started again.
    pub async fn restart(&self) -> Result<App, crate::OpenError> {
        App::open(self.settings.clone()).await
    }

    pub fn advance(&self, seconds: i64) {
        self.settings.clock.advance(seconds);
    }

    /// A program of this role in the first organization.
    pub async fn actor(&self, role: Role) -> Actor {
        let token = use_accounts::create_token(&self.app, role, "a program").await.unwrap();
        use_accounts::token_actor(&self.app, &token).await.unwrap().unwrap()
    }

    /// A person who reviews.
    pub async fn reviewer(&self, email: &str) -> Actor {
        let password = "correct horse battery";
        use_accounts::create_user(&self.app, email, "A reviewer", password, Role::Reviewer).await.unwrap();
        let token = use_accounts::sign_in(&self.app, email, password).await.unwrap();
        use_accounts::session_actor(&self.app, &token).await.unwrap().unwrap()
    }

    pub async fn receive(&self, key: &str) -> DocumentId {
        self.receive_as(key, "receipt").await
    }

    pub async fn receive_as(&self, key: &str, type_name: &str) -> DocumentId {
        let upload = use_intake::Upload {
            type_name: Some(type_name.into()),
            file_name: Some("Blumen Wiese.jpg".into()),
            ..Default::default()
        };
        let bytes = stream::iter([Ok(Bytes::from_static(JPEG))]);
        use_intake::receive_document(&self.app, &self.admin, self::key(key), upload, bytes).await.unwrap().document
    }

    pub async fn document(&self, id: DocumentId) -> Document {
        documents::find_documents(&self.app, &self.admin, &[id]).await.unwrap().pop().unwrap()
    }

    pub async fn state(&self, id: DocumentId) -> DocumentState {
        self.document(id).await.state
    }

    /// Runs the two jobs of a document as if the engine had seen `reading`.
    pub async fn read_as(&self, id: DocumentId, reading: Reading) {
        let actor = Actor::system(self.admin.organization);
        let claim = self.claim().await;
        let images = reading.pages.iter().map(|_| b"a page image".to_vec()).collect();
        use_reading::read_as(&self.app, &actor, &claim, id, reading, images).await.unwrap();
        let claim = self.claim().await;
        use_routing::route_document(&self.app, &actor, &claim, id).await.unwrap();
    }

    pub async fn claim(&self) -> crate::jobs::Claim {
        let mut bookkeeping = self.app.bookkeeping().await.unwrap();
        let claim = job::claim(&mut bookkeeping, domain::job::JobKind::ALL, 60).await.unwrap().unwrap();
        bookkeeping.commit().await.unwrap();
        claim
    }

    /// A document in review, and its open task.
    pub async fn in_review(&self, key: &str) -> (DocumentId, TaskId) {
        let id = self.receive(key).await;
        self.read_as(id, receipt("12.50")).await;
        let task = crate::review::tasks_of(&self.app, &self.admin, &[id]).await.unwrap().pop().unwrap();
        (id, task.id)
    }

    /// Sequences and signs what waits.
    pub async fn settle(&self) {
        for organization in [self.admin.organization, domain::id::OrganizationId::OPERATOR] {
            while sequence(&self.app, organization).await.unwrap() > 0 {}
            checkpoint(&self.app, organization).await.unwrap();
        }
    }
}

/// What is decided without a signature.
pub(super) async fn decide(
    world: &World,
    by: &Actor,
    of: &str,
    (task, lease_token): (TaskId, i64),
    decision: Decision,
    reason: Option<&str>,
) -> crate::Result<TaskId> {
    let verdict = Verdict { task, lease_token, decision, reason: reason.map(str::to_owned) };
    decide_task(&world.app, by, key(of), verdict, None).await
}

pub(super) fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::parse(text).unwrap()
}

/// What the engine sees on a small receipt of ours.
pub(super) fn receipt(total: &str) -> Reading {
    let total = format!("TOTAL EUR {total}");
    lines(&["Blumen Wiese GmbH", "Lindenweg 4", "80331 Muenchen", "Date 14.01.2026", "Receipt No A-1001", &total])
}

pub(super) fn lines(texts: &[&str]) -> Reading {
    let lines = (1..).zip(texts).map(|(row, text)| line(text, row * 50_000)).collect();
    let page = PageReading { width: 600, height: 900, confidence: Ppm::new(990_000), lines };
    let engine = EngineVersion {
        engine: "countersign-ocr".into(),
        engine_version: "0".into(),
        pack: "test".into(),
        pack_version: "1".into(),
    };
    Reading { engine, pages: vec![page] }
}

fn line(text: &str, top: u32) -> Line {
    let quad = |from: u32, to: u32| {
        Quad::from_bounds([
            Ppm::new(100_000 + from * 20_000),
            Ppm::new(top),
            Ppm::new(100_000 + to * 20_000),
            Ppm::new(top + 30_000),
        ])
    };
    let mut at = 0;
    let words = text
        .split(' ')
        .map(|word| {
            let from = at;
            at += u32::try_from(word.chars().count()).unwrap() + 1;
            let characters = (from..)
                .zip(word.chars())
                .map(|(at, text)| domain::reading::Character {
                    text,
                    confidence: Ppm::new(990_000),
                    quad: quad(at, at + 1),
                })
                .collect();
            Word { text: word.into(), confidence: Ppm::new(990_000), quad: quad(from, at - 1), characters }
        })
        .collect();
    Line { text: text.into(), confidence: Ppm::new(990_000), quad: quad(0, at), words }
}
