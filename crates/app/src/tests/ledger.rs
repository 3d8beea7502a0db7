use audit::verify::BreakCode;
use sea_orm::{ConnectionTrait, DbBackend};

use super::{World, on_both_databases};
use crate::{
    OpenError, changes,
    ledger::{checkpoint::checkpoint, sequence::sequence},
    log,
};

on_both_databases! {
    the_log_holds_and_names_what_is_signed
    triggers_refuse_to_change_a_leaf
    a_changed_leaf_is_named_and_stops_signing
    a_cut_tail_is_refused_at_the_start
    a_second_process_sees_what_the_first_signed_meanwhile
    lost_heads_are_noticed_at_the_start
    a_lost_checkpoint_is_signed_again_with_the_same_root
    a_clock_that_was_set_back_does_not_turn_the_log_back
    several_sequencers_make_one_gapless_history
    followers_catch_up_and_then_follow
}

pub(super) async fn execute(world: &World, statement: &str) -> Result<(), sea_orm::DbErr> {
    let transaction = world.app.store().begin().await.unwrap();
    transaction.execute_unprepared(statement).await?;
    transaction.commit().await
}

pub(super) fn is_postgres(world: &World) -> bool {
    world.app.store().reader().get_database_backend() == DbBackend::Postgres
}

/// What somebody does who may do anything to the database.
pub(super) async fn tamper(world: &World, statement: &str) {
    for table in ["leaves", "checkpoints", "tree_nodes", "staged_events"] {
        let disarm = if is_postgres(world) {
            vec![format!("ALTER TABLE {table} DISABLE TRIGGER ALL")]
        } else {
            vec![format!("DROP TRIGGER IF EXISTS {table}_keep"), format!("DROP TRIGGER IF EXISTS {table}_stay")]
        };
        for statement in disarm {
            execute(world, &statement).await.unwrap();
        }
    }
    execute(world, statement).await.unwrap();
}

async fn the_log_holds_and_names_what_is_signed(world: World) {
    world.in_review("a").await;
    world.settle().await;
    let verified = log::verify_logs(&world.app).await.unwrap().unwrap();
    assert_eq!(verified.len(), 2, "the operator's own log is one of them");
    assert!(verified.iter().all(|log| log.size > 0 && log.signed == log.size));
    let status = log::log_status(&world.app, &world.admin).await.unwrap();
    assert_eq!(status.checkpoint.unwrap().size, status.size);
    assert!(status.unwitnessed_since.is_some() && status.alarm.is_none());
}

async fn triggers_refuse_to_change_a_leaf(world: World) {
    world.settle().await;
    for statement in [
        "UPDATE leaves SET seq = seq + 100",
        "DELETE FROM leaves",
        "UPDATE checkpoints SET size = 1",
        "DELETE FROM checkpoints",
        "DELETE FROM staged_events",
        "UPDATE staged_events SET seq = 7",
    ] {
        assert!(execute(&world, statement).await.is_err(), "{statement}");
    }
}

async fn a_changed_leaf_is_named_and_stops_signing(world: World) {
    world.receive("a").await;
    world.settle().await;
    let organization = world.admin.organization;
    let id = match world.app.store().reader().get_database_backend() {
        DbBackend::Postgres => format!("'{organization}'"),
        _ => format!("x'{}'", organization.0.simple()),
    };
    let hash = "hash".to_owned();
    tamper(&world, &format!("UPDATE leaves SET bytes = {hash} WHERE seq = 1 AND organization_id = {id}")).await;
    let broken = log::verify_logs(&world.app).await.unwrap().unwrap_err();
    assert_eq!((broken.found.code, broken.found.index), (BreakCode::RootMismatch, 1));
    world.app.alarm().raise(&broken.origin, &broken.found.to_string());
    world.receive("b").await;
    sequence(&world.app, organization).await.unwrap();
    assert!(checkpoint(&world.app, organization).await.is_err());
    assert!(world.app.ready().await.is_err());
}

async fn a_cut_tail_is_refused_at_the_start(world: World) {
    world.receive("a").await;
    world.settle().await;
    // The database as it was before anything was logged: a stale backup, restored.
    for table in ["leaves", "checkpoints", "log_heads"] {
        tamper(&world, &format!("DELETE FROM {table}")).await;
    }
    let refused = world.restart().await;
    assert!(matches!(&refused, Err(OpenError::Refused(error)) if error.to_string().contains("LOG_BEHIND")));
    assert!(log::verify_logs(&world.app).await.is_err());
    assert!(sequence(&world.app, world.admin.organization).await.is_ok_and(|placed| placed == 0));
}

async fn a_second_process_sees_what_the_first_signed_meanwhile(world: World) {
    world.settle().await;
    let second = world.restart().await.unwrap();
    world.receive("a").await;
    world.settle().await;
    log::refuse_stale_database(&second).await.unwrap();
    assert!(log::verify_logs(&second).await.unwrap().is_ok());
}

async fn lost_heads_are_noticed_at_the_start(world: World) {
    world.settle().await;
    std::fs::remove_dir_all(world.settings.data.join("heads")).unwrap();
    let refused = world.restart().await;
    assert!(matches!(&refused, Err(OpenError::Refused(error)) if error.to_string().contains("HEAD_MISSING")));
}

async fn a_lost_checkpoint_is_signed_again_with_the_same_root(world: World) {
    world.settle().await;
    let before = log::log_status(&world.app, &world.admin).await.unwrap().checkpoint.unwrap();
    // A crash between the move of the head store and the publication.
    tamper(&world, "DELETE FROM checkpoints").await;
    let restarted = world.restart().await.unwrap();
    assert!(checkpoint(&restarted, world.admin.organization).await.unwrap());
    let after = log::log_status(&restarted, &world.admin).await.unwrap().checkpoint.unwrap();
    assert_eq!((after.size, after.root, after.note), (before.size, before.root, before.note));
}

async fn a_clock_that_was_set_back_does_not_turn_the_log_back(world: World) {
    world.settle().await;
    world.advance(-3_600);
    world.receive("a").await;
    world.settle().await;
    assert!(log::verify_logs(&world.app).await.unwrap().is_ok());
    let page = crate::PageRequest { first: 50, after: None };
    let filter = log::EventFilter::default();
    let events = log::filter_events(&world.app, &world.admin, &filter, page).await.unwrap().items;
    let newest = events.into_iter().map(|(_, event)| event).max_by_key(|event| event.seq).unwrap();
    assert!(newest.recorded_at.unwrap() > newest.occurred_at, "held back to the leaf before");
}

async fn several_sequencers_make_one_gapless_history(world: World) {
    for number in 0..6 {
        world.receive(&format!("k{number}")).await;
    }
    let organization = world.admin.organization;
    let replica = world.restart().await.unwrap();
    let both = [&world.app, &replica, &world.app, &replica].map(|app| sequence(app, organization));
    let placed: u64 = futures_util::future::join_all(both).await.into_iter().map(|placed| placed.unwrap()).sum();
    world.settle().await;
    let verified = log::verify_logs(&world.app).await.unwrap().unwrap();
    let size = verified.iter().find(|log| log.origin.contains(&organization.to_string())).unwrap().size;
    assert_eq!(size, 3 + 6, "organization, administrator, document type, six documents");
    assert!(placed <= size);
}

async fn followers_catch_up_and_then_follow(world: World) {
    use futures_util::StreamExt;
    world.settle().await;
    let first = world.receive("a").await;
    world.settle().await;
    let mut followed = Box::pin(changes::follow(&world.app, &world.admin, Some(2)).await.unwrap());
    let change = followed.next().await.unwrap().unwrap();
    assert_eq!((change.seq, change.document, change.kind.as_str()), (3, Some(first), "document.received/v1"));

    let (stop, stopped) = tokio::sync::watch::channel(false);
    let tail = tokio::spawn(changes::tail(world.app.clone(), stopped));
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let second = world.receive("b").await;
    world.settle().await;
    let change = followed.next().await.unwrap().unwrap();
    assert_eq!((change.seq, change.document), (4, Some(second)));
    stop.send(true).unwrap();
    tail.await.unwrap();

    let future = changes::follow(&world.app, &world.admin, Some(99)).await.err().unwrap();
    assert!(matches!(future, crate::Error::Invalid { code: "RESYNC", .. }));
}
