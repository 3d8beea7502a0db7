use std::{fs, path::Path};

use audit::{Checkpoint, note::UnopenedNote};

use super::{World, on_both_databases};
use crate::{
    App, OpenError, Passphrase, UnlockError, log,
    log_keys::{self, KeyState},
};

on_both_databases! {
    two_keys_sign_until_the_old_one_is_retired
    a_rotation_that_broke_off_is_finished
    a_revoked_key_counts_as_far_as_somebody_outside_holds_a_head
    plain_keys_are_taken_over
    a_passphrase_opens_the_ring_and_a_running_server_goes_on
    a_wrong_or_missing_key_file_is_named
}

async fn newest(world: &World) -> log::CheckpointRecord {
    log::log_status(&world.app, &world.admin).await.unwrap().checkpoint.unwrap()
}

async fn signatures(world: &World) -> Vec<String> {
    let note = newest(world).await.note;
    UnopenedNote::parse(&note).unwrap().signatures.iter().map(|signature| format!("{:08x}", signature.id)).collect()
}

async fn two_keys_sign_until_the_old_one_is_retired(world: World) {
    world.receive("a").await;
    world.settle().await;
    let old = log_keys::list_keys(&world.app).await.unwrap().remove(0);
    let refused = log_keys::end_key(&world.app, &old.public_key[..8], KeyState::Retired).await.unwrap_err();
    assert!(refused.to_string().contains("rotate"), "{refused}");

    // Another process over the same folder, as the command line is.
    let command_line = world.restart().await.unwrap();
    let new = log_keys::rotate_key(&command_line).await.unwrap();
    let refused = log_keys::end_key(&command_line, &old.public_key[..8], KeyState::Retired).await.unwrap_err();
    assert!(matches!(refused, crate::Error::Conflict { code: "KEY_NOT_VOUCHED_FOR", .. }), "{refused}");
    world.settle().await;
    assert_eq!(signatures(&world).await.len(), 2, "the server took the new key up by itself");
    let refused = log_keys::rotate_key(&command_line).await.unwrap_err();
    assert!(matches!(refused, crate::Error::Conflict { code: "ROTATION_RUNNING", .. }));

    log_keys::end_key(&command_line, &old.public_key[..12], KeyState::Retired).await.unwrap();
    world.receive("b").await;
    world.settle().await;
    let status = log::log_status(&world.app, &world.admin).await.unwrap();
    let [first, second] = status.keys.as_slice() else { panic!("two keys of the log") };
    assert_eq!(signatures(&world).await, std::slice::from_ref(&second.key_id));
    assert!(new.verifier_keys.contains(&second.verifier_key) && second.retired_at.is_none());
    assert!(first.retired_at.is_some_and(|to| to < status.size && to > second.valid_from));
    assert!(log::verify_logs(&world.app).await.unwrap().is_ok());

    // What an auditor sees who pinned the old key.
    let old_key = first.verifier_key.parse().unwrap();
    assert!(Checkpoint::open(&newest(&world).await.note, &status.origin, &[old_key]).is_err());
    assert!(!fs::read_to_string(world.settings.data.join("keys/ring")).unwrap().contains(&old.public_key));
}

async fn a_rotation_that_broke_off_is_finished(world: World) {
    world.settle().await;
    // The ring has a new key, and no log knows of it: what a crash between the two leaves.
    world
        .app
        .secrets()
        .change_ring(|ring| {
            let key = crate::secrets::LogKey::new(crate::secrets::SecretKey::generate(), world.app.now().millis() + 1)?;
            ring.log_keys.push(key);
            Ok(())
        })
        .unwrap();
    world.receive("a").await;
    world.settle().await;
    assert!(log::verify_logs(&world.app).await.unwrap().is_ok(), "a line that nobody counts harms nobody");
    log_keys::rotate_key(&world.app).await.unwrap();
    assert_eq!(log_keys::list_keys(&world.app).await.unwrap().len(), 2, "finished, not begun again");
    world.settle().await;
    let old = log_keys::list_keys(&world.app).await.unwrap().remove(0);
    log_keys::end_key(&world.app, &old.public_key, KeyState::Retired).await.unwrap();
    world.settle().await;
    assert!(log::verify_logs(&world.app).await.unwrap().is_ok());
}

async fn a_revoked_key_counts_as_far_as_somebody_outside_holds_a_head(world: World) {
    world.settle().await;
    let organization = world.admin.organization;
    let id = match sea_orm::ConnectionTrait::get_database_backend(world.app.store().reader()) {
        sea_orm::DbBackend::Postgres => format!("'{organization}'"),
        _ => format!("x'{}'", organization.0.simple()),
    };
    let sent = format!("INSERT INTO outside_heads VALUES ({id}, 'MAIL', 1, 2, 0)");
    super::ledger::execute(&world, &sent).await.unwrap();
    log_keys::rotate_key(&world.app).await.unwrap();
    world.settle().await;
    let old = log_keys::list_keys(&world.app).await.unwrap().remove(0);
    log_keys::end_key(&world.app, &old.public_key, KeyState::Revoked).await.unwrap();
    world.settle().await;
    let status = log::log_status(&world.app, &world.admin).await.unwrap();
    assert_eq!((status.keys[0].state, status.keys[0].revoked_at), (KeyState::Revoked, Some(2)));
    assert!(status.unwitnessed_since.is_some());
    assert!(log::verify_logs(&world.app).await.unwrap().is_ok());
}

async fn plain_keys_are_taken_over(world: World) {
    world.receive("a").await;
    world.settle().await;
    let keys = world.settings.data.join("keys");
    let ring = world.app.secrets().ring().unwrap();
    let hex = |key: &crate::secrets::SecretKey| audit::Digest(*key.bytes()).to_string();
    let seed = serde_json::to_value(&ring.log_keys[0]).unwrap()["seed"].as_str().unwrap().to_owned();
    // The folder as the first version left it.
    fs::remove_file(keys.join("ring")).unwrap();
    fs::write(keys.join("master.key"), hex(&ring.master)).unwrap();
    fs::write(keys.join("log.key"), &seed).unwrap();
    let restarted = world.restart().await.unwrap();
    assert!(!keys.join("master.key").exists() && !keys.join("log.key").exists());
    assert!(log::verify_logs(&restarted).await.unwrap().is_ok(), "the same key signs");

    // A crash between the ring and the removal, then somebody else's key.
    fs::write(keys.join("log.key"), &seed).unwrap();
    assert!(world.restart().await.is_ok() && !keys.join("log.key").exists());
    fs::write(keys.join("log.key"), hex(&ring.master)).unwrap();
    assert!(matches!(world.restart().await, Err(OpenError::Keys(UnlockError::OtherKey(_)))));
}

async fn a_passphrase_opens_the_ring_and_a_running_server_goes_on(world: World) {
    log_keys::set_passphrase(&world.app, Some("correct horse battery")).unwrap();
    assert!(log_keys::set_passphrase(&world.app, Some("short")).is_err());
    world.receive("a").await;
    world.settle().await;
    assert!(matches!(world.restart().await, Err(OpenError::Keys(UnlockError::NoPassphrase))));
    let with = async |passphrase: &str| {
        let mut settings = world.settings.clone();
        settings.keys.passphrase = Some(Passphrase::from(passphrase.to_owned()));
        App::open(settings).await
    };
    assert!(matches!(with("another passphrase").await, Err(OpenError::Keys(UnlockError::WrongPassphrase))));
    let opened = with("correct horse battery").await.unwrap();
    assert!(log::verify_logs(&opened).await.unwrap().is_ok());
    log_keys::set_passphrase(&opened, None).unwrap();
    assert!(world.restart().await.is_ok());
}

async fn a_wrong_or_missing_key_file_is_named(world: World) {
    let file = world.settings.data.join("keys/unlock.key");
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(&world.settings.data.join("keys/ring")), 0o600);
    let kept = fs::read(&file).unwrap();
    fs::write(&file, "00".repeat(32)).unwrap();
    assert!(matches!(world.restart().await, Err(OpenError::Keys(UnlockError::WrongKeyFile(_)))));
    fs::remove_file(&file).unwrap();
    assert!(matches!(world.restart().await, Err(OpenError::Keys(UnlockError::NoKeyFile(_)))));
    // Moved elsewhere, which is what a setting is for.
    let elsewhere = world.settings.data.join("elsewhere.key");
    fs::write(&elsewhere, kept).unwrap();
    let mut settings = world.settings.clone();
    settings.keys.file = Some(elsewhere);
    assert!(App::open(settings).await.is_ok());
}

fn mode(path: &Path) -> u32 {
    std::os::unix::fs::MetadataExt::mode(&fs::metadata(path).unwrap()) & 0o777
}
