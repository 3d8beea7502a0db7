use audit::{Checkpoint, Hash, note::VerifierKey, proof_file::ProofFile};
use domain::{
    actor::{Actor, Role},
    event::Event,
    time::Timestamp,
};

use super::{World, on_both_databases, tree::grow};
use crate::{
    Error, PageRequest, changes,
    ledger::sequence::sequence,
    log::{self, EventFilter, EventRecord},
};

on_both_databases! {
    events_are_found_by_subject_actor_type_and_time
    pages_follow_one_another_without_gap_or_repetition
    a_proof_holds_under_the_newest_checkpoint
    what_is_not_signed_yet_has_no_proof
    a_head_that_somebody_holds_is_witnessed
    several_servers_write_one_history
    followers_start_over_when_a_new_epoch_opens
}

async fn filtered(world: &World, filter: EventFilter) -> Vec<EventRecord> {
    let page = PageRequest { first: 200, after: None };
    let slice = log::filter_events(&world.app, &world.admin, &filter, page).await.unwrap();
    slice.items.into_iter().map(|(_, event)| event).collect()
}

async fn events_are_found_by_subject_actor_type_and_time(world: World) {
    let (document, _) = world.in_review("a").await;
    world.advance(60);
    let noon = world.app.now();
    let (other, _) = world.in_review("b").await;
    world.settle().await;

    let of_document = filtered(&world, EventFilter { subject: Some(document.to_string()), ..Default::default() }).await;
    assert!(of_document.len() >= 4 && of_document.iter().all(|event| event.subject_id == document.to_string()));
    assert_eq!(of_document.last().unwrap().kind, "document.received/v1", "newest first");

    let by_admin = filtered(&world, EventFilter { actor: Some(world.admin.id), ..Default::default() }).await;
    assert_eq!(by_admin.len(), 2, "two uploads");
    let types = Some(vec!["document.read/v1".to_owned(), "document.routed/v1".to_owned()]);
    assert_eq!(filtered(&world, EventFilter { types: types.clone(), ..Default::default() }).await.len(), 4);

    let later = filtered(&world, EventFilter { from: Some(noon), ..Default::default() }).await;
    let earlier = filtered(&world, EventFilter { to: Some(noon), ..Default::default() }).await;
    assert!(later.iter().all(|event| event.subject_id == other.to_string()));
    assert_eq!(later.len() + earlier.len(), filtered(&world, EventFilter::default()).await.len());
    let both = EventFilter { from: Some(noon), types, subject: Some(document.to_string()), ..Default::default() };
    assert!(filtered(&world, both).await.is_empty());

    let integrator = world.actor(Role::Integrator).await;
    let page = PageRequest { first: 1, after: None };
    let refused = log::filter_events(&world.app, &integrator, &EventFilter::default(), page).await;
    assert!(matches!(refused, Err(Error::Forbidden)));
}

async fn pages_follow_one_another_without_gap_or_repetition(world: World) {
    // Many of one instant, and a clock that is set back in between.
    grow(&world, 25).await;
    world.advance(-3_600);
    grow(&world, 25).await;
    let all: Vec<_> = filtered(&world, EventFilter::default()).await.into_iter().map(|event| event.id).collect();
    for types in [None, Some(vec!["document_type.straight_through_set/v1".to_owned()])] {
        let filter = EventFilter { types, ..Default::default() };
        let (mut walked, mut after) = (Vec::new(), None);
        loop {
            let page = PageRequest { first: 7, after };
            let slice = log::filter_events(&world.app, &world.admin, &filter, page).await.unwrap();
            walked.extend(slice.items.iter().map(|(_, event)| event.id));
            after = slice.items.last().map(|(cursor, _)| cursor.clone());
            if !slice.has_next {
                break;
            }
        }
        let expected: Vec<_> = filtered(&world, filter).await.into_iter().map(|event| event.id).collect();
        assert_eq!(walked, expected);
        assert!(walked.iter().all(|id| all.contains(id)) && walked.len() >= 50);
    }
}

async fn a_proof_holds_under_the_newest_checkpoint(world: World) {
    grow(&world, 300).await;
    world.settle().await;
    let status = log::log_status(&world.app, &world.admin).await.unwrap();
    let key: VerifierKey = status.keys[0].verifier_key.parse().unwrap();
    let events = filtered(&world, EventFilter::default()).await;
    let ids: Vec<_> = events.iter().map(|event| event.id).collect();
    let proofs = log::find_proofs(&world.app, &world.admin, &ids).await.unwrap();
    assert_eq!(proofs.len(), events.len());
    for proof in proofs {
        let event = events.iter().find(|event| event.id == proof.event).unwrap();
        assert_eq!(event.seq, Some(proof.index));
        let file = ProofFile::parse(&proof.text).unwrap();
        let opened = Checkpoint::open(&file.checkpoint, &status.origin, std::slice::from_ref(&key)).unwrap().checkpoint;
        let leaf: Hash = event.leaf_hash.as_ref().unwrap().parse().unwrap();
        file.verify(&leaf, &opened).unwrap();
        assert_eq!((opened.size, opened.root.to_string()), (status.size, proof.checkpoint.root.clone()));
        let [signature] = &proof.checkpoint.signatures()[..] else { panic!("one signature") };
        assert!(signature.is_log_key && signature.key_id == status.keys[0].key_id && signature.time.is_none());
    }
}

async fn what_is_not_signed_yet_has_no_proof(world: World) {
    world.settle().await;
    world.receive("a").await;
    let find = async || {
        let newest = filtered(&world, EventFilter::default()).await.remove(0);
        (newest.seq, log::find_proofs(&world.app, &world.admin, &[newest.id]).await.unwrap().len())
    };
    assert_eq!(find().await, (None, 0));
    sequence(&world.app, world.admin.organization).await.unwrap();
    assert_eq!(find().await, (Some(3), 0));
    world.settle().await;
    assert_eq!(find().await, (Some(3), 1));
}

async fn a_head_that_somebody_holds_is_witnessed(world: World) {
    world.settle().await;
    world.advance(60);
    world.receive("a").await;
    world.settle().await;
    let status = log::log_status(&world.app, &world.admin).await.unwrap();
    let signed: Timestamp = status.checkpoint.as_ref().unwrap().signed_at;
    assert!(status.unwitnessed_since.unwrap() < signed, "since the first checkpoint");
    let organization = match super::ledger::is_postgres(&world) {
        true => format!("'{}'", world.admin.organization),
        false => format!("x'{}'", world.admin.organization.0.simple()),
    };
    let sent = |size: u64| format!("INSERT INTO outside_heads VALUES ({organization}, 'W{size}', 1, {size}, 0)");
    super::ledger::execute(&world, &sent(3)).await.unwrap();
    let since = async || log::log_status(&world.app, &world.admin).await.unwrap().unwitnessed_since;
    assert_eq!(since().await, Some(signed));
    super::ledger::execute(&world, &sent(status.size)).await.unwrap();
    assert_eq!(since().await, None);
}

async fn several_servers_write_one_history(world: World) {
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let (mut servers, mut running) = (Vec::new(), Vec::new());
    for node in ["one", "two", "three"] {
        let mut settings = world.settings.clone();
        settings.node = node.to_owned();
        settings.checkpoint_millis = 20;
        let app = crate::App::open(settings).await.unwrap();
        let background = app.clone();
        let stopped = stopped.clone();
        running.push(tokio::spawn(async move { background.run(stopped).await }));
        servers.push(app);
    }
    let organization = world.admin.organization;
    let writers = servers.iter().map(|app| async move {
        for number in 0..40 {
            let step = |on| Event::StraightThroughSet { name: format!("type {}", number % 3), version: 1, on };
            let unit = app.begin(&Actor::system(organization)).await.unwrap();
            unit.commit(step(true), vec![step(false)]).await.unwrap();
        }
    });
    futures_util::future::join_all(writers).await;
    stop.send(true).unwrap();
    for server in running {
        server.await.unwrap();
    }
    world.settle().await;
    let status = log::log_status(&servers[0], &world.admin).await.unwrap();
    assert_eq!(status.size, 3 + 3 * 40 * 2, "nothing is lost, nothing twice");
    let restarted = world.restart().await.unwrap();
    let verified = log::verify_logs(&restarted).await.unwrap().unwrap();
    assert!(verified.iter().all(|log| log.signed == log.size));
    let nodes = filtered(&world, EventFilter::default()).await;
    for node in ["one", "two", "three"] {
        let wrote = |event: &&EventRecord| event.leaf.as_ref().unwrap().contains(&format!("\"node\":\"{node}\""));
        assert!(nodes.iter().any(|event| wrote(&event)), "{node} wrote");
    }
}

async fn followers_start_over_when_a_new_epoch_opens(world: World) {
    use futures_util::StreamExt;
    world.settle().await;
    let mut followed = Box::pin(changes::follow(&world.app, &world.admin, None).await.unwrap());
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let tail = tokio::spawn(changes::tail(world.app.clone(), stopped));
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let origin = log::log_status(&world.app, &world.admin).await.unwrap().origin;
    world.app.alarm().raise(&origin, "somebody looks into it");
    log::recover_logs(&world.app, "TEST").await.unwrap();
    assert_eq!(followed.next().await.unwrap(), Err(changes::Lagged));
    stop.send(true).unwrap();
    tail.await.unwrap();
}
