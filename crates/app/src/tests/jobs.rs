use domain::{actor::Actor, document::DocumentState};

use super::{World, on_both_databases, receipt};
use crate::{
    documents,
    jobs::{recover_abandoned, work_once},
    reading, store,
};

on_both_databases! {
    a_document_is_read_once_however_often_its_job_runs
    a_silent_worker_loses_its_job_and_its_late_finish_changes_nothing
    after_the_last_attempt_the_document_says_why
}

async fn a_document_is_read_once_however_often_its_job_runs(world: World) {
    let id = world.receive("a").await;
    let actor = Actor::system(world.admin.organization);
    let claim = world.claim().await;
    for _ in 0..2 {
        reading::read_as(&world.app, &actor, &claim, id, receipt("1.00"), vec![b"p".to_vec()]).await.unwrap();
    }
    assert_eq!(documents::readings_of(&world.app, &world.admin, &[id]).await.unwrap().len(), 1);
    assert_eq!(documents::pages_of(&world.app, &world.admin, &[id]).await.unwrap().len(), 1);
}

async fn a_silent_worker_loses_its_job_and_its_late_finish_changes_nothing(world: World) {
    let id = world.receive("a").await;
    let actor = Actor::system(world.admin.organization);
    let silent = world.claim().await;
    world.advance(61);
    recover_abandoned(&world.app).await.unwrap();
    world.advance(60);
    let second = world.claim().await;
    assert_eq!((second.id, second.attempt), (silent.id, 2));
    reading::read_as(&world.app, &actor, &silent, id, receipt("1.00"), vec![b"p".to_vec()]).await.unwrap();
    assert!(documents::readings_of(&world.app, &world.admin, &[id]).await.unwrap().is_empty());
    reading::read_as(&world.app, &actor, &second, id, receipt("1.00"), vec![b"p".to_vec()]).await.unwrap();
    assert_eq!(documents::readings_of(&world.app, &world.admin, &[id]).await.unwrap().len(), 1);
}

async fn after_the_last_attempt_the_document_says_why(world: World) {
    let id = world.receive("a").await;
    // The file's bytes are gone from the blob store: no attempt can succeed.
    std::fs::remove_dir_all(world.settings.data.join("blobs")).unwrap();
    std::fs::create_dir(world.settings.data.join("blobs")).unwrap();
    for _ in 0..3 {
        assert!(work_once(&world.app).await.unwrap());
        assert!(!work_once(&world.app).await.unwrap(), "a failed job waits");
        world.advance(100);
    }
    let document = world.document(id).await;
    assert_eq!(document.state, DocumentState::Failed);
    assert_eq!(document.failure.unwrap().code, "READING_GAVE_UP");
    assert_eq!(store::job::waiting(world.app.store().reader()).await.unwrap(), 0);
}

#[test]
fn every_kind_of_job_has_one_worker() {
    let (mail, rest) = (crate::jobs::MAIL, crate::jobs::ALL_BUT_MAIL);
    for kind in domain::job::JobKind::ALL {
        assert!(mail.contains(kind) != rest.contains(kind), "{kind}");
    }
}
