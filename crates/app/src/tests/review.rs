use domain::{
    actor::Actor,
    document::DocumentState,
    field::{CorrectionReason, Field, FieldMark, FieldStatus},
    id::{DocumentId, TaskId},
    task::{Decision, ReleaseReason, TaskState},
};

use super::{World, key, on_both_databases};
use crate::{
    Error, documents, log,
    page::PageRequest,
    review::{self, FieldEdit},
};

on_both_databases! {
    the_whole_job_of_a_reviewer
    a_stale_version_is_a_conflict_that_shows_the_current_value
    two_reviewers_never_hold_one_task
    a_lease_ends_and_late_edits_are_refused
    a_heartbeat_keeps_the_lease
    what_was_escalated_goes_to_somebody_else
    a_skipped_task_goes_to_the_end
    a_document_that_failed_is_typed_in_by_hand
    a_repeated_correction_happens_once
    what_is_typed_is_understood_as_the_page_is
}

/// The task as its holder has it.
async fn claim(world: &World, reviewer: &Actor, of: &str) -> Option<(TaskId, i64)> {
    let id = review::claim_next_task(&world.app, reviewer, key(of), None).await.unwrap()?;
    let task = review::find_tasks(&world.app, reviewer, &[id]).await.unwrap().pop().unwrap();
    Some((id, task.lease.unwrap().token))
}

async fn field(world: &World, document: DocumentId, name: &str) -> Field {
    let fields = documents::fields_of(&world.app, &world.admin, &[document]).await.unwrap();
    fields.into_iter().find(|field| field.name == name).unwrap()
}

fn edit(field: &Field, (task, lease_token): (TaskId, i64)) -> FieldEdit {
    FieldEdit { field: field.id, expected_version: field.version, task, lease_token }
}

async fn correct(world: &World, by: &Actor, of: &str, edit: FieldEdit, text: &str) -> crate::Result<()> {
    let reason = CorrectionReason::Misread;
    review::correct_field(&world.app, by, key(of), edit, text.into(), vec![], reason).await.map(|_| ())
}

async fn the_whole_job_of_a_reviewer(world: World) {
    let (id, _) = world.in_review("a").await;
    let ana = world.reviewer("ana@example.org").await;
    let held = claim(&world, &ana, "c").await.unwrap();
    let decide = async |of: &str, decision| super::decide(&world, &ana, of, held, decision, None).await;

    let total = field(&world, id, "total").await;
    correct(&world, &ana, "1", edit(&total, held), "1,234.50").await.unwrap();
    let total = field(&world, id, "total").await;
    assert_eq!((total.version, total.status), (2, FieldStatus::Corrected));
    assert_eq!(total.value.value.as_deref(), Some("1234.50"));
    let refused = correct(&world, &ana, "2", edit(&total, held), "lots").await;
    assert!(matches!(refused, Err(Error::Invalid { code: "VALUE_NOT_AN_AMOUNT", .. })));

    for (number, name) in ["company", "address", "date", "tax", "currency", "receipt_number"].iter().enumerate() {
        let open = field(&world, id, name).await;
        if open.status != FieldStatus::NeedsReview {
            continue;
        }
        let (edit, of) = (edit(&open, held), key(&format!("f{number}")));
        let early = format!("early{number}");
        let refused = decide(&early, Decision::Approve).await;
        assert!(matches!(refused, Err(Error::Invalid { code: "FIELDS_OPEN", .. })));
        if open.value.text.is_empty() {
            review::mark_field(&world.app, &ana, of, edit, FieldMark::Missing).await.unwrap();
        } else {
            review::confirm_field(&world.app, &ana, of, edit).await.unwrap();
        }
    }
    decide("d", Decision::Approve).await.unwrap();
    assert_eq!(world.state(id).await, DocumentState::Accepted);
    let task = review::find_tasks(&world.app, &ana, &[held.0]).await.unwrap().remove(0);
    assert_eq!((task.state, task.decided_by), (TaskState::Decided, Some(ana.id)));

    let values = documents::values_of(&world.app, &ana, &[total.id]).await.unwrap();
    let machine = &values[0];
    assert_eq!(machine.value.value.as_deref(), Some("12.50"), "the machine's value never changes");
    let page = PageRequest { first: 50, after: None };
    let events = log::list_events(&world.app, &ana, id, page).await.unwrap();
    let kinds: Vec<String> = events.items.iter().map(|(_, event)| event.kind.clone()).collect();
    assert_eq!(
        kinds[..5],
        [
            "document.received/v1",
            "document.reading_started/v1",
            "document.read/v1",
            "document.routed/v1",
            "task.claimed/v1",
        ]
    );
    assert_eq!(kinds.last().unwrap(), "task.decided/v1");
    let known: Vec<_> = events.items.iter().map(|(_, event)| event.id).collect();
    assert!(values.iter().all(|value| known.contains(&value.event)), "every value knows its event");
    let said = events.items.iter().any(|(_, event)| event.data.contains("1234.50") || event.data.contains("Wiese"));
    assert!(!said, "no field value stands in a leaf");
}

async fn a_stale_version_is_a_conflict_that_shows_the_current_value(world: World) {
    let (id, _) = world.in_review("a").await;
    let ana = world.reviewer("ana@example.org").await;
    let held = claim(&world, &ana, "c").await.unwrap();
    let total = field(&world, id, "total").await;
    correct(&world, &ana, "1", edit(&total, held), "13.00").await.unwrap();
    let refused = correct(&world, &ana, "2", edit(&total, held), "14.00").await;
    let Err(Error::Conflict { code: "CONFLICT", current: Some(current), .. }) = refused else { panic!("{refused:?}") };
    assert_eq!((current.version, current.value.text.as_str()), (2, "13.00"));
}

async fn two_reviewers_never_hold_one_task(world: World) {
    for number in 0..3 {
        world.in_review(&format!("d{number}")).await;
    }
    let (ana, ben) = (world.reviewer("ana@example.org").await, world.reviewer("ben@example.org").await);
    let claims = futures_util::future::join_all((0..4).map(|number| {
        let (world, by) = (&world, if number % 2 == 0 { &ana } else { &ben });
        async move { claim(world, by, &format!("k{number}")).await.map(|(task, _)| task) }
    }))
    .await;
    let mut tasks: Vec<TaskId> = claims.into_iter().flatten().collect();
    assert_eq!(tasks.len(), 3);
    tasks.sort();
    tasks.dedup();
    assert_eq!(tasks.len(), 3);
    let taken = review::claim_task(&world.app, &ben, key("x"), tasks[0]).await;
    let other = review::claim_task(&world.app, &ana, key("x"), tasks[0]).await;
    assert!(matches!(
        (taken, other),
        (Ok(_), Err(Error::Conflict { code: "TASK_TAKEN", .. }))
            | (Err(Error::Conflict { code: "TASK_TAKEN", .. }), Ok(_))
    ));
}

async fn a_lease_ends_and_late_edits_are_refused(world: World) {
    let (id, task) = world.in_review("a").await;
    let (ana, ben) = (world.reviewer("ana@example.org").await, world.reviewer("ben@example.org").await);
    let late = claim(&world, &ana, "c").await.unwrap();
    world.advance(901);
    review::end_leases(&world.app).await.unwrap();
    let total = field(&world, id, "total").await;
    let lost = correct(&world, &ana, "1", edit(&total, late), "13.00").await;
    assert!(matches!(lost, Err(Error::Conflict { code: "LEASE_LOST", .. })));
    let held = claim(&world, &ben, "c").await.unwrap();
    assert_eq!(held.0, task);
    assert!(held.1 > late.1, "a new lease has a new token");
    let lost = review::renew_lease(&world.app, &ana, late.0, late.1).await;
    assert!(matches!(lost, Err(Error::Conflict { code: "LEASE_LOST", .. })));
    correct(&world, &ben, "1", edit(&total, held), "13.00").await.unwrap();
}

async fn a_heartbeat_keeps_the_lease(world: World) {
    world.in_review("a").await;
    let ana = world.reviewer("ana@example.org").await;
    let (task, token) = claim(&world, &ana, "c").await.unwrap();
    for _ in 0..3 {
        world.advance(600);
        review::renew_lease(&world.app, &ana, task, token).await.unwrap();
        review::end_leases(&world.app).await.unwrap();
    }
    let kept = review::find_tasks(&world.app, &ana, &[task]).await.unwrap().remove(0);
    assert_eq!(kept.state, TaskState::Claimed);
}

async fn what_was_escalated_goes_to_somebody_else(world: World) {
    let (id, _) = world.in_review("a").await;
    let (ana, ben) = (world.reviewer("ana@example.org").await, world.reviewer("ben@example.org").await);
    let (task, token) = claim(&world, &ana, "c").await.unwrap();
    let escalate = |of, reason| super::decide(&world, &ana, of, (task, token), Decision::Escalate, reason);
    let silent = escalate("1", Some("  ")).await;
    assert!(matches!(silent, Err(Error::Invalid { code: "REASON_MISSING", .. })));
    escalate("2", Some("The stamp hides the total")).await.unwrap();
    assert_eq!(world.state(id).await, DocumentState::InReview);
    assert!(claim(&world, &ana, "d").await.is_none());
    let (next, _) = claim(&world, &ben, "d").await.unwrap();
    let next = review::find_tasks(&world.app, &ben, &[next]).await.unwrap().remove(0);
    assert_eq!((next.stage, next.document), (2, id));
    let own = review::claim_task(&world.app, &ana, key("e"), next.id).await;
    assert!(matches!(own, Err(Error::Conflict { code: "DECIDED_BEFORE", .. })));
}

async fn a_skipped_task_goes_to_the_end(world: World) {
    let (_, first) = world.in_review("a").await;
    world.advance(1);
    let (_, second) = world.in_review("b").await;
    let ana = world.reviewer("ana@example.org").await;
    let (task, token) = claim(&world, &ana, "1").await.unwrap();
    assert_eq!(task, first);
    world.advance(1);
    review::release_task(&world.app, &ana, key("r"), task, token, ReleaseReason::Skipped).await.unwrap();
    assert_eq!(claim(&world, &ana, "2").await.unwrap().0, second);
    assert_eq!(claim(&world, &ana, "3").await.unwrap().0, first);
}

async fn a_document_that_failed_is_typed_in_by_hand(world: World) {
    let id = world.receive("a").await;
    assert!(crate::jobs::work_once(&world.app).await.unwrap());
    let ana = world.reviewer("ana@example.org").await;
    let task = review::type_by_hand(&world.app, &ana, key("t"), id).await.unwrap();
    let again = review::type_by_hand(&world.app, &ana, key("u"), id).await;
    assert!(matches!(again, Err(Error::Conflict { code: "NOT_FAILED", .. })));
    review::claim_task(&world.app, &ana, key("c"), task).await.unwrap();
    let lease = review::find_tasks(&world.app, &ana, &[task]).await.unwrap().remove(0).lease.unwrap();
    let company = field(&world, id, "company").await;
    let nothing = review::confirm_field(&world.app, &ana, key("n"), edit(&company, (task, lease.token))).await;
    assert!(matches!(nothing, Err(Error::Invalid { code: "NOTHING_TO_CONFIRM", .. })));
    correct(&world, &ana, "1", edit(&company, (task, lease.token)), "Blumen  Wiese").await.unwrap();
    assert_eq!(field(&world, id, "company").await.value.text, "Blumen Wiese");
}

async fn a_repeated_correction_happens_once(world: World) {
    let (id, _) = world.in_review("a").await;
    let ana = world.reviewer("ana@example.org").await;
    let held = claim(&world, &ana, "c").await.unwrap();
    let total = field(&world, id, "total").await;
    for _ in 0..2 {
        correct(&world, &ana, "1", edit(&total, held), "13.00").await.unwrap();
    }
    assert_eq!(field(&world, id, "total").await.version, 2);
    let other = correct(&world, &ana, "1", edit(&total, held), "14.00").await;
    assert!(matches!(other, Err(Error::Invalid { code: "IDEMPOTENCY_KEY_REUSED", .. })));
}

async fn what_is_typed_is_understood_as_the_page_is(world: World) {
    let (german, _) = world.in_review("a").await;
    let ana = world.reviewer("ana@example.org").await;
    let held = claim(&world, &ana, "c").await.unwrap();
    let date = field(&world, german, "date").await;
    correct(&world, &ana, "1", edit(&date, held), "3.4.2026").await.unwrap();
    assert_eq!(field(&world, german, "date").await.value.value.as_deref(), Some("2026-04-03"));
}
