use audit::verify::BreakCode;
use domain::id::OrganizationId;

use super::{
    World,
    ledger::tamper,
    on_both_databases,
    signing::{Desk, code, in_hand, signature_of, verify},
    tree::grow,
};
use crate::{
    App, OpenError,
    ledger::{checkpoint::checkpoint, present_log, sequence::sequence},
    log,
};

on_both_databases! {
    a_restored_backup_goes_on_in_a_new_epoch
    lost_heads_are_followed_by_a_new_epoch
    an_alarm_outlasts_a_restart_until_somebody_looked
    a_break_that_was_looked_into_is_left_behind
    a_changed_node_of_the_tree_is_found
    a_log_that_can_go_on_is_not_recovered
    decisions_are_signed_in_the_new_epoch_too
}

async fn a_restored_backup_goes_on_in_a_new_epoch(world: World) {
    world.receive("a").await;
    world.settle().await;
    let signed = log::log_status(&world.app, &world.admin).await.unwrap().checkpoint.unwrap();
    // The database as it was before anything was logged; what was staged since waits again.
    for table in ["leaves", "checkpoints", "log_heads", "log_subjects"] {
        tamper(&world, &format!("DELETE FROM {table}")).await;
    }
    tamper(&world, "UPDATE staged_events SET epoch = NULL, seq = NULL").await;
    assert!(matches!(world.restart().await, Err(OpenError::Refused(_))));

    let app = App::open_to_recover(world.settings.clone()).await.unwrap();
    assert!(log::recover_logs(&app, "a backup of Tuesday").await.is_err(), "only a code may stand in the log");
    let recovered = log::recover_logs(&app, "RESTORED_BACKUP").await.unwrap();
    assert_eq!(recovered.len(), 2, "the operator's own log was set back too");
    assert!(recovered.iter().all(|log| log.origin.ends_with("/e2") && log.trouble.contains("LOG_BEHIND")));

    let restarted = world.restart().await.unwrap();
    while sequence(&restarted, world.admin.organization).await.unwrap() > 0 {}
    checkpoint(&restarted, world.admin.organization).await.unwrap();
    let page = crate::PageRequest { first: 200, after: None };
    let events = log::filter_events(&restarted, &world.admin, &log::EventFilter::default(), page).await.unwrap().items;
    let first = events.iter().map(|(_, event)| event).find(|event| event.seq == Some(0)).unwrap();
    assert_eq!(first.kind, "log.recovered/v1");
    assert!(first.data.contains(&signed.root) && first.data.contains(&format!("\"size\":{}", signed.size)));
    assert!(events.iter().all(|(_, event)| event.seq.is_some()), "what was never sequenced goes on there");
    let status = log::log_status(&restarted, &world.admin).await.unwrap();
    assert_eq!((status.epoch, status.checkpoint.unwrap().size), (2, status.size));
    assert!(log::verify_logs(&restarted).await.unwrap().is_ok());
}

async fn lost_heads_are_followed_by_a_new_epoch(world: World) {
    world.receive("a").await;
    world.settle().await;
    std::fs::remove_dir_all(world.settings.data.join("heads")).unwrap();
    assert!(matches!(world.restart().await, Err(OpenError::Refused(_))));
    let app = App::open_to_recover(world.settings.clone()).await.unwrap();
    log::recover_logs(&app, "HEADS_LOST").await.unwrap();
    let restarted = world.restart().await.unwrap();
    world.receive("b").await;
    for organization in [OrganizationId::OPERATOR, world.admin.organization] {
        while sequence(&restarted, organization).await.unwrap() > 0 {}
        checkpoint(&restarted, organization).await.unwrap();
    }
    let verified = log::verify_logs(&restarted).await.unwrap().unwrap();
    assert_eq!(verified.len(), 4, "two epochs of two logs");
    assert!(verified.iter().all(|log| log.lost == 0));

    // The database from before the new epoch: the heads know better.
    tamper(&world, "DELETE FROM leaves WHERE epoch = 2").await;
    tamper(&world, "DELETE FROM checkpoints WHERE epoch = 2").await;
    tamper(&world, "DELETE FROM log_heads WHERE epoch = 2").await;
    let refused = world.restart().await;
    assert!(matches!(&refused, Err(OpenError::Refused(error)) if error.to_string().contains("epoch")));
}

async fn an_alarm_outlasts_a_restart_until_somebody_looked(world: World) {
    world.settle().await;
    let origin = log::log_status(&world.app, &world.admin).await.unwrap().origin;
    world.app.alarm().raise(&origin, "the disk was replaced by somebody");
    let restarted = world.restart().await.unwrap();
    assert!(restarted.ready().await.unwrap_err().contains("replaced by somebody"));
    world.receive("a").await;
    sequence(&restarted, world.admin.organization).await.unwrap();
    assert!(checkpoint(&restarted, world.admin.organization).await.is_err());
    assert!(log::verify_logs(&restarted).await.unwrap().is_ok());
    assert!(world.app.ready().await.is_ok(), "the running server sees that somebody looked");
    assert!(checkpoint(&world.app, world.admin.organization).await.unwrap());
}

async fn a_break_that_was_looked_into_is_left_behind(world: World) {
    grow(&world, 20).await;
    world.settle().await;
    let log = present_log(&world.app, world.admin.organization).await.unwrap();
    tamper(&world, "UPDATE leaves SET bytes = hash WHERE seq = 11").await;
    let broken = log::verify_logs(&world.app).await.unwrap().unwrap_err();
    assert_eq!((broken.found.code, broken.found.index), (BreakCode::RootMismatch, 11));
    assert!(world.app.ready().await.is_err(), "verifying stops the signing too");
    let recovered = log::recover_logs(&world.app, "DISK_FAULT").await.unwrap();
    assert_eq!(recovered.len(), 1, "the operator's log holds");
    assert!(world.app.ready().await.is_ok());
    world.settle().await;
    let broken = log::verify_logs(&world.app).await.unwrap().unwrap_err();
    assert!(broken.origin.ends_with("/e1"), "what is broken is never called whole again");
    assert_ne!(present_log(&world.app, world.admin.organization).await.unwrap(), log);
    assert!(world.app.ready().await.is_ok(), "it is not the log that grows");
}

async fn a_changed_node_of_the_tree_is_found(world: World) {
    grow(&world, 300).await;
    world.settle().await;
    assert!(log::verify_logs(&world.app).await.unwrap().is_ok());
    let other = if super::ledger::is_postgres(&world) { "decode(repeat('00', 32), 'hex')" } else { "zeroblob(32)" };
    tamper(&world, &format!("UPDATE tree_nodes SET hash = {other}")).await;
    let broken = log::verify_logs(&world.app).await.unwrap().unwrap_err();
    assert_eq!((broken.found.code, broken.found.index), (BreakCode::RootMismatch, 255));
}

async fn a_log_that_can_go_on_is_not_recovered(world: World) {
    world.settle().await;
    let refused = log::recover_logs(&world.app, "NO_NEED").await.unwrap_err();
    assert!(matches!(refused, crate::Error::Conflict { code: "NOTHING_TO_RECOVER", .. }));
    assert_eq!(present_log(&world.app, world.admin.organization).await.unwrap().epoch, 1);
}

async fn decisions_are_signed_in_the_new_epoch_too(world: World) {
    let mut desk = Desk::new(world, "").await;
    let (_, other) = in_hand(&desk.world, &desk.ana, "b").await;
    let (held, kid) = desk.enrol(7).await;
    desk.prepare(None).await;
    let old = desk.prepare(Some(&kid)).await;
    let origin = log::log_status(&desk.world.app, &desk.world.admin).await.unwrap().origin;
    desk.world.app.alarm().raise(&origin, "the disk was replaced by somebody");
    log::recover_logs(&desk.world.app, "DISK_FAULT").await.unwrap();
    let late = desk.decide(&desk.ana, "old", &old, signature_of(&held, &old)).await;
    assert_eq!(code(late), "STATEMENT_STALE", "it names a log that does not grow any more");

    // What the present log says nothing of is said there first.
    let (server, organization) = (desk.world.app.clone(), desk.ana.organization);
    let sequencer = tokio::spawn(async move {
        loop {
            sequence(&server, organization).await.unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    });
    let own = desk.prepare(Some(&kid)).await;
    assert!(own.text.contains("/e2\n"), "{}", own.text);
    desk.decide(&desk.ana, "own", &own, signature_of(&held, &own)).await.unwrap();
    desk.held = other;
    let by_server = desk.prepare(None).await;
    desk.decide_with_password("server", &by_server).await.unwrap();
    sequencer.abort();

    let leaves = desk.leaves().await;
    assert_eq!(verify(&leaves).unwrap(), 2);
    let of_kind = |kind: &str| leaves.iter().filter(|(leaf, _)| leaf.draft().kind == kind).count();
    assert_eq!((of_kind("document.continued/v1"), of_kind("key.enrolled/v1")), (2, 2));
    assert!(log::verify_logs(&desk.world.app).await.unwrap().is_ok());
}
