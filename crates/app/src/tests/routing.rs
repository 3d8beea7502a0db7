use domain::{document::DocumentState, field::FieldStatus};

use super::{World, key, lines, on_both_databases, receipt};
use crate::{documents, review, types};

on_both_databases! {
    every_document_goes_to_a_person_until_somebody_turns_straight_through_on
    a_missing_required_field_keeps_a_document_from_passing
}

async fn turn_on(world: &World) {
    let receipt = types::list_types(&world.app, &world.admin).await.unwrap().remove(0);
    types::set_straight_through(&world.app, &world.admin, key("on"), receipt.id, true).await.unwrap();
}

async fn every_document_goes_to_a_person_until_somebody_turns_straight_through_on(world: World) {
    let (id, task) = world.in_review("a").await;
    assert_eq!(world.state(id).await, DocumentState::InReview);
    let tasks = review::find_tasks(&world.app, &world.admin, &[task]).await.unwrap();
    assert!(!tasks[0].reasons.is_empty());
    let queues = review::queues(&world.app, &world.admin).await.unwrap();
    let waiting: Vec<(String, u64)> = queues.into_iter().map(|queue| (queue.name, queue.open_tasks)).collect();
    assert_eq!(waiting, [("Receipt".to_owned(), 1), ("Unclassified".to_owned(), 0)]);
}

async fn a_missing_required_field_keeps_a_document_from_passing(world: World) {
    turn_on(&world).await;
    let id = world.receive("a").await;
    world.read_as(id, lines(&["Blumen Wiese GmbH", "Danke"])).await;
    let document = world.document(id).await;
    assert_eq!((document.state, document.straight_through), (DocumentState::InReview, false));
    let fields = documents::fields_of(&world.app, &world.admin, &[id]).await.unwrap();
    let total = fields.iter().find(|field| field.name == "total").unwrap();
    assert_eq!((total.status, total.reasons[0].code.as_str()), (FieldStatus::NeedsReview, "MISSING"));
    // What the machine saw is there with its regions, whatever was decided about it.
    let id = world.receive("b").await;
    world.read_as(id, receipt("12.50")).await;
    let fields = documents::fields_of(&world.app, &world.admin, &[id]).await.unwrap();
    let total = fields.iter().find(|field| field.name == "total").unwrap();
    assert_eq!(total.value.value.as_deref(), Some("12.50"));
    assert_eq!(total.character_confidences.len(), total.value.text.chars().count());
    assert!(!total.value.regions.is_empty());
}
