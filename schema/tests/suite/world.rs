//! An application over an empty SQLite file, with its workers running and no OCR pack: what is sent in can't be
//! read, and is typed in by hand.

use std::{sync::atomic::AtomicU32, sync::atomic::Ordering, time::Duration};

use app::{App, Clock, IdempotencyKey, MailSettings, Settings, accounts, intake};
use async_graphql::{Request, Response, Variables};
use domain::actor::{Actor, Role};
use futures_util::{StreamExt, stream};
use schema::{Caller, Schema, cost::Limits};
use serde_json::Value;
use tokio::sync::watch;

pub struct World {
    pub app: App,
    pub admin: Actor,
    /// Of the administrator.
    pub password: String,
    pub schema: Schema,
    keys: AtomicU32,
    stop: watch::Sender<bool>,
    background: tokio::task::JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl World {
    pub async fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let database_url = format!("sqlite://{}?mode=rwc", folder.path().join("countersign.db").display());
        migrations::run(&database_url).await.unwrap();
        let decoder = pages::child::Decoder {
            program: "decodes-nothing".into(),
            args: Vec::new(),
            limits: pages::Limits::default(),
        };
        let settings = Settings {
            database_url,
            database_connections: 4,
            data: folder.path().to_owned(),
            host: None,
            keys: app::KeySettings::default(),
            checkpointer: true,
            node: "node-1".to_owned(),
            pack: None,
            readers: 1,
            reader_threads: 1,
            decoder,
            upload_bytes: 1_000_000,
            lease_seconds: 900,
            job_lease_seconds: 60,
            job_attempts: 3,
            checkpoint_millis: 50,
            scrub_pause_millis: 1_000,
            session_hours: 12,
            // Nobody listens there: what is to be sent waits.
            mail: Some(MailSettings {
                smtp_url: "smtp://127.0.0.1:1".to_owned(),
                from: "countersign@example.com".to_owned(),
                receipts: true,
                checkpoint_hours: 24,
            }),
            record_views: Default::default(),
            statement_seconds: 600,
            statement_wait_millis: 5_000,
            clock: Clock::system(),
        };
        let app = App::open(settings).await.unwrap();
        let login = accounts::create_first_admin(&app, |_| Ok(())).await.unwrap().unwrap();
        let session = accounts::sign_in(&app, &login.email, &login.password).await.unwrap();
        let admin = accounts::session_actor(&app, &session).await.unwrap().unwrap();
        let (stop, stopping) = watch::channel(false);
        let background = tokio::spawn({
            let app = app.clone();
            async move { app.run(stopping).await }
        });
        World {
            app,
            admin,
            password: login.password,
            schema: schema::build(),
            keys: AtomicU32::new(0),
            stop,
            background,
            _folder: folder,
        }
    }

    /// Ends what goes on by itself, so that only what is asked happens.
    pub async fn still(&mut self) {
        self.stop.send(true).unwrap();
        (&mut self.background).await.unwrap();
    }

    pub async fn actor(&self, role: Role) -> Actor {
        let token = accounts::create_token(&self.app, role, "a program").await.unwrap();
        accounts::token_actor(&self.app, &token).await.unwrap().unwrap()
    }

    /// The global id of a person who reviews.
    pub async fn reviewer(&self) -> String {
        let (email, password) = ("ana@example.org", "correct horse battery");
        accounts::create_user(&self.app, email, "Ana", password, Role::Reviewer).await.unwrap();
        let session = accounts::sign_in(&self.app, email, password).await.unwrap();
        schema::id::encode(&accounts::session_actor(&self.app, &session).await.unwrap().unwrap().id)
    }

    /// A task whose decision is to be signed.
    pub async fn task_to_sign(&self) -> String {
        let shipped = include_str!("../../../document-types/receipt.toml");
        let deed = shipped.replacen("name = \"receipt\"", "name = \"deed\"", 1) + "\n[signing]\nrequired = true\n";
        app::types::publish_type(&self.app, "deed.toml", &deed).await.unwrap();
        let document = self.receive_as("deed").await;
        let state = format!("{{ document(id: {document:?}) {{ state }} }}");
        self.wait(&state, "/data/document/state", "FAILED".into()).await;
        let (key, task) = (self.key(), "task { id }");
        let by_hand = format!("typeByHand(input: {{ idempotencyKey: {key:?}, documentId: {document:?} }})");
        let answer = self.ask(&format!("mutation {{ {by_hand} {{ {task} }} }}")).await;
        answer["data"]["typeByHand"]["task"]["id"].as_str().unwrap().to_owned()
    }

    pub fn key(&self) -> String {
        format!("key-{}", self.keys.fetch_add(1, Ordering::SeqCst))
    }

    /// Sends in what only looks like a scan, and tells the global id of its document.
    pub async fn receive(&self) -> String {
        self.receive_as("receipt").await
    }

    pub async fn receive_as(&self, type_name: &str) -> String {
        const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 0, 16, b'J', b'F', b'I', b'F'];
        let upload = intake::Upload { type_name: Some(type_name.into()), ..Default::default() };
        let key = IdempotencyKey::parse(&self.key()).unwrap();
        let bytes = stream::iter([Ok(JPEG.into())]);
        let received = intake::receive_document(&self.app, &self.admin, key, upload, bytes).await.unwrap();
        schema::id::encode(&received.document)
    }

    /// Waits until a query by the admin answers with `expected` at the pointer.
    pub async fn wait(&self, query: &str, pointer: &str, expected: Value) {
        let mut last = Value::Null;
        for _ in 0..200 {
            last = self.ask(query).await;
            if last.pointer(pointer) == Some(&expected) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{pointer} never became {expected}: {last}");
    }

    pub async fn ask(&self, query: &str) -> Value {
        self.ask_as(Some(&self.admin), query).await
    }

    pub async fn ask_as(&self, actor: Option<&Actor>, query: &str) -> Value {
        let caller = Caller { app: self.app.clone(), actor: actor.cloned(), request_id: "request-1".to_owned() };
        let request = Request::new(query).variables(Variables::default());
        let response: Response = match caller.admit(request, &Limits::default()) {
            Err(refusal) => refusal.into_response("request-1"),
            Ok(admitted) => {
                let mut responses = std::pin::pin!(admitted.execute_stream(&self.schema));
                // A subscription that is allowed has nothing to say yet.
                match tokio::time::timeout(Duration::from_millis(300), responses.next()).await {
                    Ok(response) => response.unwrap(),
                    Err(_) => Response::new(async_graphql::Value::Null),
                }
            }
        };
        serde_json::to_value(response).unwrap()
    }
}
