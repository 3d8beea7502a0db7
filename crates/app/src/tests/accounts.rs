use domain::{
    actor::Role,
    id::DocumentId,
    policy::{Action, role_allows},
};

use super::{World, key, on_both_databases};
use crate::{Error, accounts, documents, intake, log, page::PageRequest, review, types};

on_both_databases! {
    a_session_ends_by_itself
    a_wrong_password_and_an_unknown_address_are_told_the_same
    a_revoked_token_is_worthless
    refusals_of_a_minute_become_one_event
    another_organizations_document_is_not_there
    a_type_of_the_users_own_is_published_once_a_version
    what_is_too_long_to_be_an_address_is_not_looked_at
}

async fn a_session_ends_by_itself(world: World) {
    accounts::create_user(&world.app, "Ana@Example.org", "Ana", "a long enough one", Role::Reviewer).await.unwrap();
    let token = accounts::sign_in(&world.app, "ana@example.org", "a long enough one").await.unwrap();
    let actor = accounts::session_actor(&world.app, &token).await.unwrap().unwrap();
    assert_eq!((actor.name.as_str(), actor.role), ("Ana", Some(Role::Reviewer)));
    world.advance(12 * 3_600 + 1);
    assert!(accounts::session_actor(&world.app, &token).await.unwrap().is_none());
}

async fn a_wrong_password_and_an_unknown_address_are_told_the_same(world: World) {
    for email in ["admin@localhost", "nobody@localhost"] {
        let refused = accounts::sign_in(&world.app, email, "not the password").await;
        assert!(matches!(refused, Err(Error::Forbidden)));
    }
}

async fn a_revoked_token_is_worthless(world: World) {
    let token = accounts::create_token(&world.app, Role::Integrator, "scanner").await.unwrap();
    assert!(accounts::token_actor(&world.app, &token).await.unwrap().is_some());
    accounts::revoke_token(&world.app, "scanner").await.unwrap();
    assert!(accounts::token_actor(&world.app, &token).await.unwrap().is_none());
    assert!(matches!(accounts::revoke_token(&world.app, "scanner").await, Err(Error::NotFound)));
}

async fn refusals_of_a_minute_become_one_event(world: World) {
    let auditor = world.actor(Role::Auditor).await;
    for _ in 0..3 {
        assert!(matches!(review::claim_next_task(&world.app, &auditor, key("k"), None).await, Err(Error::Forbidden)));
    }
    world.advance(60);
    crate::permission::record_refusals(&world.app).await.unwrap();
    let page = PageRequest { first: 1, after: None };
    let newest = log::filter_events(&world.app, &world.admin, &log::EventFilter::default(), page)
        .await
        .unwrap()
        .items
        .remove(0)
        .1;
    assert_eq!(newest.kind, "access.refused/v1");
    assert_eq!(newest.data, r#"{"action":"REVIEW","actor_kind":"SERVICE","count":3}"#);
    assert_eq!(newest.subject_id, auditor.id.to_string());
}

async fn another_organizations_document_is_not_there(world: World) {
    let id = world.receive("a").await;
    let mut stranger = world.admin.clone();
    stranger.organization = domain::id::OrganizationId::OPERATOR;
    assert!(documents::find_documents(&world.app, &stranger, &[id]).await.unwrap().is_empty());
    let nothing: DocumentId = DocumentId::generate();
    assert!(documents::find_documents(&world.app, &world.admin, &[nothing]).await.unwrap().is_empty());
    let upload = intake::Upload { type_name: Some("receipt".into()), ..Default::default() };
    let bytes = futures_util::stream::iter([Ok(bytes::Bytes::from_static(super::JPEG))]);
    let refused = intake::receive_document(&world.app, &stranger, key("b"), upload, bytes).await;
    assert!(matches!(refused, Err(Error::Invalid { code: "TYPE_UNKNOWN", .. })), "types are an organization's own");
}

async fn a_type_of_the_users_own_is_published_once_a_version(world: World) {
    let (_, receipt) = domain::document_type::DocumentType::shipped_sources().next().unwrap();
    let own = receipt.replace("\"receipt\"", "\"voucher\"").replace("\"Receipt\"", "\"Voucher\"");
    let published = types::publish_type(&world.app, "voucher.toml", &own).await.unwrap();
    assert_eq!(published, ("voucher".to_owned(), 1));
    let again = types::publish_type(&world.app, "voucher.toml", &own).await;
    assert!(matches!(again, Err(Error::Invalid { code: "TYPE_VERSION", .. })));
    let newer = own.replace("version = 1", "version = 2");
    types::publish_type(&world.app, "voucher.toml", &newer).await.unwrap();
    let broken = types::publish_type(&world.app, "voucher.toml", "name = ").await;
    assert!(matches!(broken, Err(Error::Invalid { code: "TYPE_INVALID", .. })));
    let known: Vec<(String, u32)> = types::list_types(&world.app, &world.admin)
        .await
        .unwrap()
        .into_iter()
        .map(|record| (record.definition.name.clone(), record.definition.version))
        .collect();
    assert_eq!(known, [("receipt".to_owned(), 1), ("voucher".to_owned(), 2)]);
    let queues = review::queues(&world.app, &world.admin).await.unwrap();
    assert!(queues.iter().any(|queue| queue.name == "Voucher"));
}

async fn what_is_too_long_to_be_an_address_is_not_looked_at(world: World) {
    let long = "a".repeat(255);
    assert!(matches!(accounts::sign_in(&world.app, &long, "p").await, Err(Error::Forbidden)));
    assert!(matches!(accounts::sign_in(&world.app, "a@b", &"p".repeat(1_025)).await, Err(Error::Forbidden)));
}

#[test]
fn auditors_change_nothing() {
    let changing = [Action::UploadDocument, Action::RetryReading, Action::Review, Action::ManageType, Action::Export];
    assert!(changing.iter().all(|action| !role_allows(Role::Auditor, *action)));
}
