use domain::{
    actor::{Actor, Role},
    document::DocumentState,
    id::{ActorId, DocumentId},
    task::{Decision, TaskState},
};

use super::{World, decide, key, on_both_databases};
use crate::{
    Error, accounts, documents, intake, log,
    page::PageRequest,
    privacy::{self, RecordViews},
    review, signing, types,
};

on_both_databases! {
    an_erased_document_says_nothing_and_the_log_holds
    what_has_to_be_kept_is_not_erased
    a_hold_forbids_to_erase_until_it_is_lifted
    a_type_erases_what_is_settled_after_its_days
    an_erased_person_leaves_a_pseudonym
    a_look_at_a_sensitive_document_is_recorded_once_an_hour
    a_look_that_cannot_be_recorded_is_not_had
    only_administrators_erase
    nothing_personal_stands_in_a_leaf
}

/// The shipped receipt, under another name, with more in its head and at its end.
pub(super) async fn publish(world: &World, name: &str, head: &str, tail: &str) {
    let shipped = include_str!("../../../../document-types/receipt.toml");
    let renamed = shipped.replacen("name = \"receipt\"", &format!("name = \"{name}\"\n{head}"), 1);
    types::publish_type(&world.app, "type.toml", &format!("{renamed}\n{tail}")).await.unwrap();
}

async fn events_of(world: &World, id: DocumentId) -> Vec<log::EventRecord> {
    let page = PageRequest { first: 100, after: None };
    let events = log::list_events(&world.app, &world.admin, id, page).await.unwrap();
    events.items.into_iter().map(|(_, event)| event).collect()
}

async fn erase(world: &World, of: &str, id: DocumentId) -> crate::Result<DocumentId> {
    privacy::erase_document(&world.app, &world.admin, key(of), id, "Mr Tan asked for it").await
}

/// Everything that lies in the data folder, but for the keys.
fn data_folder(world: &World) -> Vec<u8> {
    fn read(folder: &std::path::Path, into: &mut Vec<u8>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { read(&path, into) } else { into.extend(std::fs::read(path).unwrap()) }
        }
    }
    let mut bytes = Vec::new();
    read(&world.settings.data, &mut bytes);
    bytes
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

async fn an_erased_document_says_nothing_and_the_log_holds(world: World) {
    let (id, task) = world.in_review("a").await;
    let ana = world.reviewer("ana@example.org").await;
    review::claim_task(&world.app, &ana, key("c"), task).await.unwrap();
    world.settle().await;
    let on_sqlite = world.settings.database_url.starts_with("sqlite:");
    if on_sqlite {
        assert!(contains(&data_folder(&world), "Blumen Wiese"), "it can be found before");
    }

    erase(&world, "e", id).await.unwrap();
    world.settle().await;
    let document = world.document(id).await;
    assert_eq!((document.state, &document.file_name), (DocumentState::Erased, &None));
    let events = events_of(&world, id).await;
    let last = events.last().unwrap();
    assert_eq!((Some(last.id), last.kind.as_str()), (document.erased_by, "privacy.erased/v1"));
    assert!(last.data.contains(r#""policy":"REQUESTED""#) && !last.data.contains("Tan"), "{}", last.data);
    let sealed: usize = events.iter().map(|event| digests(event.leaf.as_ref().unwrap())).sum();
    // The reason of the erasure is the administrator's own, and stays.
    assert!(last.data.contains(&format!("\"erased\":{},", sealed - 1)), "{} of {sealed}", last.data);

    let fields = documents::fields_of(&world.app, &world.admin, &[id]).await.unwrap();
    assert!(!fields.is_empty() && fields.iter().all(|field| field.value.text.is_empty() && field.reasons.is_empty()));
    let ids: Vec<_> = fields.iter().map(|field| field.id).collect();
    let values = documents::values_of(&world.app, &world.admin, &ids).await.unwrap();
    assert!(values.iter().all(|value| value.value == domain::field::Value::default()));
    assert!(documents::pages_of(&world.app, &world.admin, &[id]).await.unwrap().is_empty());
    assert!(documents::read_lines(&world.app, &world.admin, id).await.unwrap().is_none());
    let task = review::find_tasks(&world.app, &world.admin, &[task]).await.unwrap().remove(0);
    assert_eq!((task.state, task.lease), (TaskState::Cancelled, None));
    let late = decide(&world, &ana, "d", (task.id, 1), Decision::Approve, None).await;
    assert!(matches!(late, Err(Error::Conflict { code: "LEASE_LOST", .. })));

    assert!(log::verify_logs(&world.app).await.unwrap().is_ok());
    if on_sqlite {
        assert!(!contains(&data_folder(&world), "Blumen Wiese"), "no byte of it is left, in no file");
        assert!(!contains(&data_folder(&world), "a page image"));
    }
    erase(&world, "e", id).await.unwrap();
    assert!(matches!(erase(&world, "again", id).await, Err(Error::Conflict { code: "ERASED", .. })));
}

/// How many digests a leaf holds, its commitment among them.
fn digests(leaf: &str) -> usize {
    let leaf = audit::Leaf::parse(leaf.as_bytes()).unwrap();
    leaf.draft().sd.len() + usize::from(leaf.draft().subject.commit.is_some())
}

async fn what_has_to_be_kept_is_not_erased(world: World) {
    publish(&world, "kept", "retain_days = 10", "").await;
    let id = world.receive_as("a", "kept").await;
    let until = world.document(id).await.retain_until.unwrap();
    let refused = erase(&world, "1", id).await;
    let Err(Error::Conflict { code: "RETAINED_UNTIL", message, .. }) = refused else { panic!("{refused:?}") };
    assert!(message.contains(&until.to_string()), "{message}");
    world.advance(10 * 86_400);
    erase(&world, "2", id).await.unwrap();
}

async fn a_hold_forbids_to_erase_until_it_is_lifted(world: World) {
    let id = world.receive("a").await;
    let hold = |of: &str, on| privacy::set_hold(&world.app, &world.admin, key(of), id, on, "Case 12");
    hold("h", true).await.unwrap();
    assert!(matches!(erase(&world, "1", id).await, Err(Error::Conflict { code: "ON_HOLD", .. })));
    assert_eq!(world.document(id).await.version, 1, "a hold is no change of what the document says");
    hold("l", false).await.unwrap();
    erase(&world, "2", id).await.unwrap();
    assert!(matches!(hold("late", true).await, Err(Error::Conflict { code: "ERASED", .. })));
}

async fn a_type_erases_what_is_settled_after_its_days(world: World) {
    publish(&world, "short", "erase_after_days = 3", "").await;
    let id = world.receive_as("a", "short").await;
    world.read_as(id, super::receipt("12.50")).await;
    world.advance(3 * 86_400);
    privacy::erase_by_policy(&world.app).await.unwrap();
    assert_eq!(world.state(id).await, DocumentState::InReview, "what waits for a person is not settled");
    let ana = world.reviewer("ana@example.org").await;
    let task = review::claim_next_task(&world.app, &ana, key("c"), None).await.unwrap().unwrap();
    decide(&world, &ana, "d", (task, 1), Decision::Reject, Some("blank")).await.unwrap();
    privacy::erase_by_policy(&world.app).await.unwrap();
    assert_eq!(world.state(id).await, DocumentState::Erased);
    world.settle().await;
    assert!(events_of(&world, id).await.last().unwrap().data.contains("ERASE_AFTER_DAYS"));
}

async fn name_of(world: &World, id: ActorId) -> accounts::ActorName {
    accounts::find_actors(&world.app, &world.admin, &[id]).await.unwrap().remove(0)
}

async fn an_erased_person_leaves_a_pseudonym(world: World) {
    let (id, task) = world.in_review("a").await;
    let ana = world.reviewer("ana@example.org").await;
    review::claim_task(&world.app, &ana, key("c"), task).await.unwrap();
    let erase = |of: &str, person| privacy::erase_person(&world.app, &world.admin, key(of), person, "left us");
    let own = erase("own", world.admin.id).await;
    assert!(matches!(own, Err(Error::Invalid { code: "ERASE_SELF", .. })));
    assert!(matches!(erase("nobody", ActorId::generate()).await, Err(Error::NotFound)));
    assert_eq!(name_of(&world, ana.id).await.name.as_deref(), Some("A reviewer"));

    erase("e", ana.id).await.unwrap();
    let erased = name_of(&world, ana.id).await;
    assert!(erased.name.is_none() && erased.erased_by.is_some());
    assert!(accounts::sign_in(&world.app, "ana@example.org", "correct horse battery").await.is_err());
    let task = review::find_tasks(&world.app, &world.admin, &[task]).await.unwrap().remove(0);
    assert_eq!((task.state, task.lease), (TaskState::Open, None), "somebody else can take it");
    world.settle().await;
    let event = log::find_events(&world.app, &world.admin, &[erased.erased_by.unwrap()]).await.unwrap().remove(0);
    assert_eq!((event.kind.as_str(), event.subject_id), ("privacy.erased/v1", ana.id.to_string()));
    assert!(event.data.contains("\"erased\":2,"), "name and address: {}", event.data);
    assert!(log::verify_logs(&world.app).await.unwrap().is_ok());
    if world.settings.database_url.starts_with("sqlite:") {
        assert!(!contains(&data_folder(&world), "ana@example.org"), "no byte of it is left, in no file");
    }
    // The address is free for somebody else.
    world.reviewer("ana@example.org").await;
    assert!(matches!(erase("again", ana.id).await, Err(Error::Conflict { code: "ERASED", .. })));
    let claimed = events_of(&world, id).await.iter().any(|event| event.actor == ana.id);
    assert!(claimed, "what the person did stands under the pseudonym");
}

async fn views(world: &World, id: DocumentId) -> Vec<ActorId> {
    let events = events_of(world, id).await;
    events.into_iter().filter(|event| event.kind == "document.viewed/v1").map(|event| event.actor).collect()
}

async fn a_look_at_a_sensitive_document_is_recorded_once_an_hour(world: World) {
    publish(&world, "secret", "sensitive = true", "").await;
    let secret = world.receive_as("a", "secret").await;
    world.read_as(secret, super::receipt("12.50")).await;
    let (plain, _) = world.in_review("b").await;
    let ana = world.reviewer("ana@example.org").await;
    let version = world.document(secret).await.version;
    let page = documents::pages_of(&world.app, &ana, &[secret]).await.unwrap().remove(0);
    documents::find_documents(&world.app, &ana, &[secret]).await.unwrap();
    assert_eq!(views(&world, secret).await, [], "to see that it exists is no look at it");
    for _ in 0..2 {
        documents::page_image(&world.app, &ana, page.id).await.unwrap();
        documents::fields_of(&world.app, &ana, &[secret, plain]).await.unwrap();
    }
    // Another process has not seen the first look.
    let second = world.restart().await.unwrap();
    documents::read_lines(&second, &ana, secret).await.unwrap();
    assert_eq!(views(&world, secret).await, [ana.id]);
    assert_eq!(views(&world, plain).await, []);
    world.advance(3_600);
    documents::page_image(&world.app, &ana, page.id).await.unwrap();
    assert_eq!(views(&world, secret).await, [ana.id, ana.id]);
    assert_eq!(world.document(secret).await.version, version);
    world.settle().await;
    assert!(log::verify_logs(&world.app).await.unwrap().is_ok());

    for (setting, of, expected) in [(RecordViews::All, plain, 1), (RecordViews::Off, secret, 2)] {
        let settings = crate::Settings { record_views: setting, ..world.settings.clone() };
        let other = crate::App::open(settings).await.unwrap();
        documents::fields_of(&other, &ana, &[of]).await.unwrap();
        assert_eq!(views(&world, of).await.len(), expected, "{setting:?}");
    }
}

async fn a_look_that_cannot_be_recorded_is_not_had(world: World) {
    publish(&world, "secret", "sensitive = true", "").await;
    let secret = world.receive_as("a", "secret").await;
    world.read_as(secret, super::receipt("12.50")).await;
    let transaction = world.app.store().begin().await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&transaction, "DROP TABLE document_views").await.unwrap();
    transaction.commit().await.unwrap();
    let ana = world.reviewer("ana@example.org").await;
    assert!(documents::fields_of(&world.app, &ana, &[secret]).await.is_err());
    let system = Actor::system(ana.organization);
    assert!(!documents::fields_of(&world.app, &system, &[secret]).await.unwrap().is_empty());
}

async fn only_administrators_erase(world: World) {
    let id = world.receive("a").await;
    for role in [Role::Reviewer, Role::Auditor, Role::Integrator] {
        let actor = world.actor(role).await;
        let document = privacy::erase_document(&world.app, &actor, key("1"), id, "why not").await;
        let person = privacy::erase_person(&world.app, &actor, key("1"), world.admin.id, "why not").await;
        let hold = privacy::set_hold(&world.app, &actor, key("1"), id, true, "why not").await;
        assert!(matches!(document, Err(Error::Forbidden)) && matches!(person, Err(Error::Forbidden)));
        assert!(matches!(hold, Err(Error::Forbidden)));
    }
}

/// Stands in every personal value that goes in, and must stand in nothing that is logged for ever.
const MARK: &str = "Quxley";

async fn nothing_personal_stands_in_a_leaf(world: World) {
    let app = &world.app;
    publish(&world, "deed", "sensitive = true", "[signing]\nrequired = true\n").await;
    let (email, password) = ("ana.quxley@example.org", "correct horse Quxley");
    accounts::create_user(app, email, "Ana Quxley", password, Role::Reviewer).await.unwrap();
    let session = accounts::sign_in(app, email, password).await.unwrap();
    let ana = accounts::session_actor(app, &session).await.unwrap().unwrap();
    accounts::create_token(app, Role::Integrator, "Scanner, first floor").await.unwrap();
    let upload = intake::Upload {
        type_name: Some("deed".into()),
        file_name: Some("Quxley.jpg".into()),
        capture: domain::document::Capture {
            captured_at: None,
            device_id: Some("Quxley's phone".into()),
            source: Some("mail of Quxley".into()),
        },
        ..Default::default()
    };
    let bytes = futures_util::stream::iter([Ok(bytes::Bytes::from_static(super::JPEG))]);
    let received = intake::receive_document(app, &world.admin, key("r"), upload, bytes).await.unwrap();
    let id = received.document;
    let lines = ["Quxley GmbH", "Quxley Street 4", "80331 Muenchen", "Date 14.01.2026", "TOTAL EUR 77.31"];
    world.read_as(id, super::lines(&lines)).await;
    let task = review::claim_next_task(app, &ana, key("c"), None).await.unwrap().unwrap();
    let field = documents::fields_of(app, &ana, &[id]).await.unwrap().remove(0);
    let edit = review::FieldEdit { field: field.id, expected_version: field.version, task, lease_token: 1 };
    let reason = domain::field::CorrectionReason::Misread;
    review::correct_field(app, &ana, key("f"), edit, "Quxley and Sons".into(), vec![], reason).await.unwrap();
    privacy::set_hold(app, &world.admin, key("h"), id, true, "Quxley sued").await.unwrap();
    privacy::set_hold(app, &world.admin, key("l"), id, false, "Quxley gave up").await.unwrap();
    world.settle().await;
    let verdict =
        review::Verdict { task, lease_token: 1, decision: Decision::Reject, reason: Some("Not of Quxley".into()) };
    let wish = signing::Wish { verdict: verdict.clone(), meaning: None, kid: None };
    let prepared = signing::prepare_decision(app, &ana, key("p"), wish).await.unwrap();
    let signature = signing::Signature { prepared: prepared.id, proof: signing::Proof::Password(password.into()) };
    review::decide_task(app, &ana, key("d"), verdict, Some(signature)).await.unwrap();
    privacy::erase_document(app, &world.admin, key("e"), id, "Quxley asked for it").await.unwrap();
    privacy::erase_person(app, &world.admin, key("q"), ana.id, "Quxley left us").await.unwrap();
    world.settle().await;

    let page = PageRequest { first: 200, after: None };
    let events = log::filter_events(app, &world.admin, &log::EventFilter::default(), page).await.unwrap().items;
    assert!(events.len() >= 20, "{}", events.len());
    for (_, event) in &events {
        let leaf = event.leaf.as_ref().unwrap();
        for value in [MARK, "quxley", "77.31", "14.01.2026", "2026-01-14", "Muenchen"] {
            assert!(!leaf.contains(value), "{value} stands in {leaf}");
        }
    }
    assert!(log::verify_logs(app).await.unwrap().is_ok());
    // The administrator's own reasons stay, sealed under their key, until they are erased themselves.
    if world.settings.database_url.starts_with("sqlite:") {
        for value in [MARK, "quxley", "Muenchen"] {
            assert!(!contains(&data_folder(&world), value), "{value} is left in the data folder");
        }
    }
}
