use std::io::{Cursor, Read};

use audit::bundle::{
    Note, Pins, Report, Verdict,
    files::{Files, Listing},
    tar,
};
use domain::{
    actor::Role,
    archive::ArchiveState,
    bundle::{BundleRequest, Extent},
    document::DocumentState,
    id::{AuditBundleId, DocumentId},
    task::Decision,
};
use futures_util::TryStreamExt;

use super::{
    World, key, on_both_databases,
    signing::{Desk, in_hand},
};
use crate::{Error, PageRequest, bundles, jobs::work_once, log, review};

on_both_databases! {
    the_whole_log_is_cut_out_and_verifies
    a_document_is_cut_out_complete_up_to_the_request
    a_period_has_a_leaf_before_it_and_after_it
    what_an_actor_did_is_cut_out_without_a_claim_of_completeness
    a_part_continues_an_older_checkpoint
    personal_values_and_files_are_given_to_those_who_may_see_them
    the_command_line_writes_archives_and_folders_and_writes_over_nothing
    a_log_that_does_not_hold_is_not_handed_out
    a_bundle_waits_for_the_server_that_signs
    what_is_erased_before_the_bundle_is_made_is_told_as_erased
    what_is_erased_while_the_bundle_is_made_keeps_it_from_being_handed_out
    the_text_of_a_statement_goes_with_its_document
}

const WHOLE: BundleRequest = BundleRequest { extent: Extent::Log, since: None, disclosures: true, documents: true };

/// A bundle in memory, read as strictly as any.
struct InMemory {
    bytes: Vec<u8>,
    index: tar::Index,
}

impl InMemory {
    fn new(bytes: Vec<u8>) -> InMemory {
        let index = tar::index(Cursor::new(&bytes), bytes.len() as u64).unwrap();
        InMemory { bytes, index }
    }

    fn text(&self, path: &str) -> String {
        let mut text = String::new();
        self.open(path).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn paths(&self, below: &str) -> Vec<&str> {
        self.index.listing.keys().map(String::as_str).filter(|path| path.starts_with(below)).collect()
    }
}

impl Files for InMemory {
    fn listing(&self) -> &Listing {
        &self.index.listing
    }

    fn open(&self, path: &str) -> std::io::Result<Box<dyn Read + Send + '_>> {
        let start = usize::try_from(self.index.offsets[path]).unwrap();
        let size = usize::try_from(self.index.listing[path]).unwrap();
        Ok(Box::new(&self.bytes[start..start + size]))
    }
}

impl World {
    async fn verify(&self, bundle: &InMemory, checkpoints: &[String]) -> Report {
        let status = log::log_status(&self.app, &self.admin).await.unwrap();
        let keys = vec![status.verifier_key().unwrap().parse().unwrap()];
        let pins = Pins { keys, checkpoints: checkpoints.to_vec(), ..Pins::default() };
        audit::bundle::verify(bundle, &pins, 1, &mut |_| {})
    }

    /// A document that a person has approved.
    async fn approved(&self, name: &str) -> DocumentId {
        let (document, task) = self.in_review(name).await;
        review::claim_task(&self.app, &self.admin, key(&format!("{name}-claim")), task).await.unwrap();
        let lease = review::find_tasks(&self.app, &self.admin, &[task]).await.unwrap()[0].lease.clone().unwrap();
        for field in crate::documents::fields_of(&self.app, &self.admin, &[document]).await.unwrap() {
            let edit =
                review::FieldEdit { field: field.id, expected_version: field.version, task, lease_token: lease.token };
            let once = key(&format!("{name}-{}", field.name));
            review::mark_field(&self.app, &self.admin, once, edit, domain::field::FieldMark::Missing).await.unwrap();
        }

        let once = format!("{name}-decide");
        super::decide(self, &self.admin, &once, (task, lease.token), Decision::Approve, None).await.unwrap();
        assert_eq!(self.state(document).await, DocumentState::Accepted);
        document
    }

    async fn bundle(&self, name: &str, request: BundleRequest) -> (AuditBundleId, InMemory) {
        let id = bundles::request_audit_bundle(&self.app, &self.admin, key(name), request).await.unwrap();
        while work_once(&self.app).await.unwrap() {}
        (id, self.download(id).await)
    }

    async fn download(&self, id: AuditBundleId) -> InMemory {
        let bundle = self.found(id).await;
        assert_eq!(bundle.state, ArchiveState::Ready, "{:?}", bundle.failure);
        let download = bundles::audit_bundle_file(&self.app, &self.admin, id).await.unwrap();
        let add = |mut all: Vec<u8>, piece| async move {
            all.extend(piece);
            Ok(all)
        };
        let bytes = download.chunks.try_fold(vec![], add).await.unwrap();
        assert_eq!(bytes.len() as u64, bundle.file.unwrap().byte_size);
        InMemory::new(bytes)
    }

    async fn found(&self, id: AuditBundleId) -> domain::bundle::AuditBundle {
        bundles::find_audit_bundles(&self.app, &self.admin, &[id]).await.unwrap().remove(0)
    }

    async fn kinds(&self) -> Vec<String> {
        let page = PageRequest { first: 200, after: None };
        let events = log::filter_events(&self.app, &self.admin, &log::EventFilter::default(), page).await.unwrap();
        events.items.into_iter().map(|(_, event)| event.kind).collect()
    }
}

async fn the_whole_log_is_cut_out_and_verifies(world: World) {
    world.approved("a").await;
    world.settle().await;
    world.approved("b").await;
    let (_, bundle) = world.bundle("bundle", WHOLE).await;
    assert!(bundle.text("verify.py").starts_with("#!"));
    let report = world.verify(&bundle, &[]).await;
    assert_eq!(report.verdict, Verdict::ValidUnwitnessed, "{report:?}");
    let events = bundle.text("events.ndjson");
    assert_eq!(report.checked.leaves, events.lines().count() as u64);
    assert!(events.lines().last().unwrap().contains("audit_bundle.requested/v1"), "the request itself is the last");
    assert_eq!(report.checked.documents, 1, "two uploads of the same bytes are one file");
    assert!(report.checked.disclosures > 10);
    let prior = bundle.paths("prior/")[0];
    let report = world.verify(&bundle, &[bundle.text(prior)]).await;
    assert_eq!(report.verdict, Verdict::Valid, "{report:?}");
    assert_eq!(world.kinds().await[0], "audit_bundle.built/v1");
}

async fn a_document_is_cut_out_complete_up_to_the_request(world: World) {
    let document = world.approved("a").await;
    world.approved("b").await;
    let request = BundleRequest { extent: Extent::Document(document), ..WHOLE };
    let (id, bundle) = world.bundle("bundle", request).await;
    // A later bundle of the same document has a head of its own.
    let (_, later) = world.bundle("later", request).await;
    for bundle in [&bundle, &later] {
        let report = world.verify(bundle, &[]).await;
        assert_eq!(report.verdict, Verdict::ValidUnwitnessed, "{report:?}");
        assert_eq!(report.checked.documents, 1);
    }
    let events = bundle.text("events.ndjson");
    let last = events.lines().last().unwrap();
    assert!(last.contains("subject.head/v1") && last.contains(&id.to_string()));
    assert_eq!(bundle.paths("proofs/").len(), events.lines().count());
    assert_eq!(later.text("events.ndjson").lines().count(), events.lines().count() + 1);
    assert_eq!(world.found(id).await.leaves, Some(events.lines().count() as u64));
    let unknown = BundleRequest { extent: Extent::Document(DocumentId::generate()), ..WHOLE };
    let refused = bundles::request_audit_bundle(&world.app, &world.admin, key("unknown"), unknown).await;
    assert!(matches!(refused, Err(Error::NotFound)));
}

async fn a_period_has_a_leaf_before_it_and_after_it(world: World) {
    world.receive("a").await;
    world.settle().await;
    world.advance(60);
    let from = world.app.now();
    world.receive("b").await;
    world.receive("c").await;
    world.settle().await;
    world.advance(60);
    let to = world.app.now();
    world.receive("d").await;
    world.settle().await;
    let request = BundleRequest { extent: Extent::Period { from, to }, ..WHOLE };
    let (_, bundle) = world.bundle("bundle", request).await;
    let report = world.verify(&bundle, &[]).await;
    assert_eq!(report.verdict, Verdict::ValidUnwitnessed, "{report:?}");
    assert_eq!(report.checked.leaves, 4, "a, the two of the period, and d");
    assert_eq!(bundle.paths("proofs/").len(), 1, "the chain proves what lies before the last");

    let everything = Extent::Period { from: domain::time::Timestamp(0), to: world.app.now().plus_seconds(60) };
    let (_, bundle) = world.bundle("all", BundleRequest { extent: everything, ..WHOLE }).await;
    assert_eq!(world.verify(&bundle, &[]).await.verdict, Verdict::ValidUnwitnessed);
    let backwards = BundleRequest { extent: Extent::Period { from: to, to: from }, ..WHOLE };
    let refused = bundles::request_audit_bundle(&world.app, &world.admin, key("backwards"), backwards).await;
    assert!(matches!(refused, Err(Error::Invalid { code: "PERIOD_EMPTY", .. })));
}

async fn what_an_actor_did_is_cut_out_without_a_claim_of_completeness(world: World) {
    world.approved("a").await;
    world.settle().await;
    let request = BundleRequest { extent: Extent::Actor(world.admin.id), ..WHOLE };
    let (_, bundle) = world.bundle("bundle", request).await;
    let report = world.verify(&bundle, &[]).await;
    assert_eq!(report.verdict, Verdict::ValidUnwitnessed, "{report:?}");
    assert!(report.notes.contains(&Note::CompletenessNotProven));
    let unknown = BundleRequest { extent: Extent::Actor(domain::id::ActorId::generate()), ..WHOLE };
    let refused = bundles::request_audit_bundle(&world.app, &world.admin, key("unknown"), unknown).await;
    assert!(matches!(refused, Err(Error::NotFound)));
}

async fn a_part_continues_an_older_checkpoint(world: World) {
    let document = world.receive("a").await;
    world.settle().await;
    let old = log::log_status(&world.app, &world.admin).await.unwrap().checkpoint.unwrap();
    world.approved("b").await;
    let request = BundleRequest { extent: Extent::Document(document), since: Some(old.size), ..WHOLE };
    let (_, bundle) = world.bundle("bundle", request).await;
    let report = world.verify(&bundle, std::slice::from_ref(&old.note)).await;
    assert_eq!(report.verdict, Verdict::Valid, "{report:?}");
    let ahead = BundleRequest { since: Some(1_000_000), ..request };
    let refused = bundles::request_audit_bundle(&world.app, &world.admin, key("ahead"), ahead).await;
    assert!(matches!(refused, Err(Error::Invalid { code: "SINCE_AHEAD", .. })));
}

async fn personal_values_and_files_are_given_to_those_who_may_see_them(world: World) {
    world.approved("a").await;
    let plain = BundleRequest { disclosures: false, documents: false, ..WHOLE };
    let (_, bundle) = world.bundle("plain", plain).await;
    assert_eq!(world.verify(&bundle, &[]).await.verdict, Verdict::ValidUnwitnessed);
    assert!(bundle.paths("disclosures").is_empty() && bundle.paths("documents/").is_empty());
    assert!(!bundle.text("events.ndjson").contains("admin@localhost"));
    let (id, bundle) = world.bundle("personal", WHOLE).await;
    assert!(bundle.text("disclosures.ndjson").contains("admin@localhost"));

    let auditor = world.actor(Role::Auditor).await;
    bundles::request_audit_bundle(&world.app, &auditor, key("auditor"), WHOLE).await.unwrap();
    for role in [Role::Reviewer, Role::Integrator] {
        let other = world.actor(role).await;
        let refused = bundles::request_audit_bundle(&world.app, &other, key("other"), plain).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        assert!(matches!(bundles::audit_bundle_file(&world.app, &other, id).await, Err(Error::Forbidden)));
    }
    world.advance(120);
    crate::permission::record_refusals(&world.app).await.unwrap();
    assert!(world.kinds().await.contains(&"access.refused/v1".to_owned()));
}

async fn the_command_line_writes_archives_and_folders_and_writes_over_nothing(world: World) {
    world.approved("a").await;
    let organization = bundles::organization_of_command(&world.app, None).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let told = std::sync::Mutex::new((0, 0));
    let progress = |done, of| *told.lock().unwrap() = (done, of);
    let export = |out: std::path::PathBuf| {
        let (app, progress) = (world.app.clone(), &progress);
        async move { bundles::export_audit(&app, organization, WHOLE, &out, progress).await }
    };
    let (archive, loose) = (folder.path().join("bundle.tar"), folder.path().join("bundle"));
    let exported = export(archive.clone()).await.unwrap();
    assert_eq!((exported.leaves, exported.leaves), *told.lock().unwrap());
    let bytes = std::fs::read(&archive).unwrap();
    assert_eq!(bytes.len() as u64, exported.byte_size);
    assert_eq!(world.verify(&InMemory::new(bytes), &[]).await.verdict, Verdict::ValidUnwitnessed);
    export(loose.clone()).await.unwrap();
    let sums = std::process::Command::new("sha256sum")
        .args(["--check", "--quiet", "--strict", "MANIFEST.sha256"])
        .current_dir(&loose)
        .status();
    assert!(sums.unwrap().success());
    for out in [archive, loose] {
        assert!(matches!(export(out).await, Err(Error::Invalid { code: "OUT_EXISTS", .. })));
    }
    let nowhere = export(folder.path().join("nowhere/bundle.tar")).await;
    assert!(matches!(nowhere, Err(Error::Invalid { code: "OUT_UNWRITABLE", .. })));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing half made is left");
}

async fn a_log_that_does_not_hold_is_not_handed_out(world: World) {
    let document = world.receive("a").await;
    world.settle().await;
    super::ledger::tamper(&world, "UPDATE leaves SET bytes = hash WHERE seq = 3").await;
    for (name, extent) in [("log", Extent::Log), ("document", Extent::Document(document))] {
        let request = BundleRequest { extent, disclosures: false, documents: false, since: None };
        let id = bundles::request_audit_bundle(&world.app, &world.admin, key(name), request).await.unwrap();
        while work_once(&world.app).await.unwrap() {}
        let bundle = world.found(id).await;
        assert_eq!((bundle.state, bundle.failure.unwrap().code.as_str()), (ArchiveState::Failed, "LOG_BROKEN"));
        assert!(matches!(bundles::audit_bundle_file(&world.app, &world.admin, id).await, Err(Error::NotFound)));
    }
    let page = PageRequest { first: 1, after: None };
    let newest = log::filter_events(&world.app, &world.admin, &log::EventFilter::default(), page)
        .await
        .unwrap()
        .items
        .remove(0)
        .1;
    assert_eq!(newest.kind, "audit_bundle.failed/v1");
}

async fn a_bundle_waits_for_the_server_that_signs(world: World) {
    world.settle().await;
    let id = bundles::request_audit_bundle(&world.app, &world.admin, key("bundle"), WHOLE).await.unwrap();
    let other = crate::Settings { checkpointer: false, checkpoint_millis: 10, ..world.settings.clone() };
    let other = crate::App::open(other).await.unwrap();
    assert!(work_once(&other).await.unwrap());
    assert_eq!(world.found(id).await.state, ArchiveState::Running);
    assert!(!work_once(&other).await.unwrap(), "it looks again in a second");
    world.settle().await;
    world.advance(2);
    assert!(work_once(&other).await.unwrap());
    assert_eq!(world.found(id).await.state, ArchiveState::Ready);
}

async fn what_is_erased_before_the_bundle_is_made_is_told_as_erased(world: World) {
    let document = world.approved("a").await;
    let id = bundles::request_audit_bundle(&world.app, &world.admin, key("bundle"), WHOLE).await.unwrap();
    // The first checkpoint over the request says nothing of the erasure.
    world.settle().await;
    crate::privacy::erase_document(&world.app, &world.admin, key("erase"), document, "asked for").await.unwrap();
    while work_once(&world.app).await.unwrap() {}
    let bundle = world.download(id).await;
    let report = world.verify(&bundle, &[]).await;
    assert_eq!(report.verdict, Verdict::ValidUnwitnessed, "{report:?}");
    assert!(report.notes.contains(&Note::Erased));
    assert_eq!(report.checked.documents, 0);
}

async fn what_is_erased_while_the_bundle_is_made_keeps_it_from_being_handed_out(world: World) {
    let document = world.approved("a").await;
    let id = bundles::request_audit_bundle(&world.app, &world.admin, key("bundle"), WHOLE).await.unwrap();
    world.settle().await;
    let scope = world.app.scope(&world.admin);
    let built = bundles::build_blob(&world.app, &scope, id, WHOLE).await.unwrap().unwrap();
    crate::privacy::erase_document(&world.app, &world.admin, key("erase"), document, "asked for").await.unwrap();
    let unit = world.app.begin(&world.admin).await.unwrap();
    assert!(bundles::hand_out(&world.app, unit, id, built).await.is_err());
    let nothing = bundles::audit_bundle_file(&world.app, &world.admin, id).await;
    assert!(matches!(nothing, Err(Error::NotFound)));

    while work_once(&world.app).await.unwrap() {}
    let bundle = world.download(id).await;
    assert!(bundle.paths("documents/").is_empty());
    let report = world.verify(&bundle, &[]).await;
    assert!(report.verdict == Verdict::ValidUnwitnessed && report.notes.contains(&Note::Erased), "{report:?}");
}

async fn the_text_of_a_statement_goes_with_its_document(world: World) {
    let mut desk = Desk::new(world, "").await;
    let (_, other) = in_hand(&desk.world, &desk.ana, "b").await;
    let tasks = [desk.held.0, other.0];
    let prepared = desk.prepare(None).await;
    desk.decide_with_password("a", &prepared).await.unwrap();
    desk.held = other;
    let prepared = desk.prepare(None).await;
    desk.decide_with_password("b", &prepared).await.unwrap();
    let world = desk.world;
    world.settle().await;
    let receipts = crate::receipts::receipts_of_tasks(&world.app, &world.admin, &tasks).await.unwrap();
    assert_eq!(receipts.iter().map(|(task, _)| *task).collect::<Vec<_>>(), tasks, "each has its own");
    assert!(receipts[0].1.index < receipts[1].1.index && receipts[0].1.checkpoint_size < receipts[1].1.checkpoint_size);

    crate::privacy::erase_document(&world.app, &world.admin, key("erase"), desk.document, "asked for").await.unwrap();
    let period = Extent::Period { from: domain::time::Timestamp(0), to: world.app.now().plus_seconds(60) };
    for (name, extent) in [("log", Extent::Log), ("period", period), ("actor", Extent::Actor(desk.ana.id))] {
        let (_, bundle) = world.bundle(name, BundleRequest { extent, ..WHOLE }).await;
        let count = |end: &str| bundle.paths("statements/").iter().filter(|path| path.ends_with(end)).count();
        assert_eq!((count(".sig"), count(".txt")), (2, 1), "{name}");
        let report = world.verify(&bundle, &[]).await;
        assert_eq!((report.verdict, report.checked.signatures), (Verdict::ValidUnwitnessed, 2), "{name}");
        assert!(report.notes.contains(&Note::Erased));
    }
}

/// Memory is measured of the process, of which each test has its own.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn memory_does_not_grow_with_the_log() {
    use domain::{actor::ActorKind, event::Event, policy::Action};
    let world = World::on_sqlite().await;
    let event = Event::AccessRefused {
        actor: world.admin.id,
        actor_kind: ActorKind::User,
        action: Action::ManageType,
        count: 1,
    };
    for _ in 0..10 {
        let unit = world.app.begin(&world.admin).await.unwrap();
        unit.commit(event.clone(), vec![event.clone(); 1_999]).await.unwrap();
    }
    world.settle().await;
    let organization = world.admin.organization;
    let folder = tempfile::tempdir().unwrap();
    let request = BundleRequest { extent: Extent::Log, since: None, disclosures: false, documents: false };
    // The first export warms caches that stay.
    let first = folder.path().join("first.tar");
    bundles::export_audit(&world.app, organization, request, &first, &|_, _| {}).await.unwrap();
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = peak_kib();
    let out = folder.path().join("second.tar");
    let exported = bundles::export_audit(&world.app, organization, request, &out, &|_, _| {}).await.unwrap();
    assert!(exported.leaves > 20_000 && exported.byte_size > 20_000_000, "{}", exported.byte_size);
    let grown = peak_kib() - before;
    assert!(grown < 6_000, "{grown} KiB more for {} bytes", exported.byte_size);
}

#[cfg(target_os = "linux")]
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}
