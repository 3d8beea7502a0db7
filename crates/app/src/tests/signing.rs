use audit::{
    Leaf,
    leaf::Draft,
    signing_key::HeldKey,
    statement::Statement,
    verify::{BreakCode, Evidence, Hashed, LogVerifier},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    actor::Actor,
    document::DocumentState,
    id::{ActorId, DocumentId, EventId, TaskId},
    signing::{Custody, Meaning},
    task::Decision,
};

use super::{World, key, on_both_databases, privacy::publish};
use crate::{
    Error, ledger, log, privacy,
    review::{self, Verdict},
    signing::{self, Prepared, Proof, Signature, SignedStatement, Wish},
    store,
};

on_both_databases! {
    a_decision_is_signed_with_the_password_given_again
    a_decision_is_signed_with_a_key_of_ones_own
    what_a_verifier_gets_holds_and_no_change_of_it_does
    a_decision_without_what_its_type_asks_for_is_refused
    a_statement_is_good_for_one_decision_by_one_person_for_a_while
    what_changes_after_the_statement_makes_it_stale
    a_statement_waits_for_the_steps_before_it
    wrong_passwords_are_slowed_down
    only_who_holds_a_key_enrols_it
    a_revoked_key_signs_no_more_and_what_it_signed_stays
    erasing_takes_the_text_and_leaves_the_signature
    who_signed_what_has_to_be_kept_is_not_erased
}

const PASSWORD: &str = "correct horse battery";
const SIGNED: &str = "[signing]\nrequired = true\n";

/// A reviewer who has a document in hand whose type asks for a signature.
pub(super) struct Desk {
    pub world: World,
    pub ana: Actor,
    pub document: DocumentId,
    pub held: (TaskId, i64),
}

impl Desk {
    pub async fn new(world: World, head: &str) -> Desk {
        publish(&world, "deed", head, SIGNED).await;
        let ana = world.reviewer("ana@example.org").await;
        let (document, held) = in_hand(&world, &ana, "a").await;
        Desk { world, ana, document, held }
    }

    fn verdict(&self, decision: Decision, reason: Option<&str>) -> Verdict {
        Verdict { task: self.held.0, lease_token: self.held.1, decision, reason: reason.map(str::to_owned) }
    }

    async fn prepare_as(&self, wish: Wish) -> crate::Result<Prepared> {
        signing::prepare_decision(&self.world.app, &self.ana, key(&uuid::Uuid::new_v4().to_string()), wish).await
    }

    /// A statement that rejects the document.
    pub async fn prepare(&self, kid: Option<&str>) -> Prepared {
        self.world.settle().await;
        let verdict = self.verdict(Decision::Reject, Some("It is\nblank"));
        self.prepare_as(Wish { verdict, meaning: None, kid: kid.map(str::to_owned) }).await.unwrap()
    }

    pub async fn decide(&self, by: &Actor, of: &str, prepared: &Prepared, proof: Proof) -> crate::Result<TaskId> {
        let signature = Some(Signature { prepared: prepared.id, proof });
        let verdict = self.verdict(Decision::Reject, Some("It is\nblank"));
        review::decide_task(&self.world.app, by, key(of), verdict, signature).await
    }

    pub async fn decide_with_password(&self, of: &str, prepared: &Prepared) -> crate::Result<TaskId> {
        self.decide(&self.ana, of, prepared, Proof::Password(PASSWORD.into())).await
    }

    async fn signed(&self) -> SignedStatement {
        let app = &self.world.app;
        signing::statements_of_tasks(app, &self.world.admin, &[self.held.0]).await.unwrap().pop().unwrap()
    }

    pub async fn enrol(&self, seed: u8) -> (HeldKey, String) {
        let held = HeldKey::from_seed(&[seed; 32]).unwrap();
        let challenge = signing::key_challenge(&self.world.app, &self.ana).await.unwrap().text;
        let proof = held.prove_possession(challenge.as_bytes());
        let (pem, once) = (held.public_key().to_pem(), key(&format!("enrol-{seed}")));
        let kid =
            signing::enroll_signing_key(&self.world.app, &self.ana, once, &pem, &challenge, &proof).await.unwrap();
        (held, kid)
    }

    /// All leaves of the log, each with what a bundle would hold beside it.
    pub async fn leaves(&self) -> Vec<(Leaf, Evidence)> {
        self.world.settle().await;
        let app = &self.world.app;
        let log = ledger::present_log(app, self.ana.organization).await.unwrap();
        let mut leaves = Vec::new();
        for row in store::log::leaves(app.store().reader(), log, 0, 10_000).await.unwrap() {
            let leaf = Leaf::parse(&row.bytes).unwrap();
            let signed = signing::statements_of_events(app, &self.world.admin, &[row.event]).await.unwrap().pop();
            let text = signed.and_then(|signed| signed.text).map(String::into_bytes);
            leaves.push((leaf, Evidence { text, ..Evidence::default() }));
        }
        leaves
    }
}

pub(super) async fn in_hand(world: &World, reviewer: &Actor, of: &str) -> (DocumentId, (TaskId, i64)) {
    let document = world.receive_as(of, "deed").await;
    world.read_as(document, super::receipt("12.50")).await;
    let task = review::tasks_of(&world.app, &world.admin, &[document]).await.unwrap()[0].id;
    review::claim_task(&world.app, reviewer, key(&format!("claim {of}").replace(' ', "-")), task).await.unwrap();
    let task = review::find_tasks(&world.app, reviewer, &[task]).await.unwrap().remove(0);
    (document, (task.id, task.lease.unwrap().token))
}

pub(super) fn code<T: std::fmt::Debug>(outcome: crate::Result<T>) -> &'static str {
    match outcome {
        Err(Error::Invalid { code, .. } | Error::Conflict { code, .. }) => code,
        other => panic!("{other:?}"),
    }
}

pub(super) fn signature_of(held: &HeldKey, prepared: &Prepared) -> Proof {
    let digest = URL_SAFE_NO_PAD.decode(&prepared.challenge).unwrap();
    Proof::Signature(held.sign(&audit::Digest(digest.try_into().unwrap())).to_vec())
}

/// What somebody finds who has the leaves and what goes with them.
pub(super) fn verify(leaves: &[(Leaf, Evidence)]) -> Result<u64, BreakCode> {
    let mut verifier = LogVerifier::new(leaves[0].0.place().log.clone());
    for (leaf, evidence) in leaves {
        let hashed = Hashed::parse(&leaf.clone().into_bytes());
        verifier.stage(&hashed, evidence.clone()).map_err(|broken| broken.code)?;
    }
    verifier.settle(1).map_err(|broken| broken.code)?;
    Ok(verifier.signatures_verified())
}

async fn a_decision_is_signed_with_the_password_given_again(world: World) {
    let desk = Desk::new(world, "").await;
    let prepared = desk.prepare(None).await;
    let said = Statement::parse(prepared.text.as_bytes()).unwrap();
    assert_eq!((said.document, said.signer_name), (desk.document.to_string(), "A reviewer".to_owned()));
    assert_eq!((said.reason.as_deref(), said.meaning.as_str()), (Some("It is blank"), "rejection"));
    assert_eq!(said.version, u64::from(desk.world.document(desk.document).await.version));
    assert_eq!((prepared.custody, prepared.kid.clone()), (Custody::ServerHeld, said.key_id.to_string()));
    let other = desk.prepare(None).await;
    assert_eq!(other.kid, prepared.kid, "the key is made once");
    assert_ne!(other.challenge, prepared.challenge);

    desk.decide_with_password("d", &prepared).await.unwrap();
    assert_eq!(desk.world.state(desk.document).await, DocumentState::Rejected);
    let signed = desk.signed().await;
    assert!(signed.verifies);
    assert_eq!((signed.signer, signed.signer_name.as_deref()), (desk.ana.id, Some("A reviewer")));
    assert_eq!((signed.meaning, signed.algorithm.as_str()), (Meaning::Rejection, "server_held"));
    assert_eq!((signed.text, signed.erased_by), (Some(prepared.text.clone()), None));
    desk.decide_with_password("d", &prepared).await.expect("the same call again is answered as before");
    let keys = signing::signing_keys(&desk.world.app, &desk.ana).await.unwrap();
    assert_eq!(keys.len(), 1);
}

async fn a_decision_is_signed_with_a_key_of_ones_own(world: World) {
    let desk = Desk::new(world, "").await;
    let (held, kid) = desk.enrol(7).await;
    let prepared = desk.prepare(Some(&kid)).await;
    assert_eq!(prepared.custody, Custody::Device);
    let stranger = HeldKey::from_seed(&[8; 32]).unwrap();
    let forged = desk.decide(&desk.ana, "1", &prepared, signature_of(&stranger, &prepared)).await;
    assert_eq!(code(forged), "SIGNATURE_WRONG");
    assert_eq!(code(desk.decide_with_password("2", &prepared).await), "SIGNATURE_KIND");
    desk.decide(&desk.ana, "3", &prepared, signature_of(&held, &prepared)).await.unwrap();
    let signed = desk.signed().await;
    assert_eq!((signed.verifies, signed.algorithm.as_str(), signed.kid), (true, "device_ed25519", kid));
}

async fn what_a_verifier_gets_holds_and_no_change_of_it_does(world: World) {
    let desk = Desk::new(world, "sensitive = true").await;
    let prepared = desk.prepare(None).await;
    // A look at the document moves nothing.
    crate::documents::fields_of(&desk.world.app, &desk.world.admin, &[desk.document]).await.unwrap();
    desk.decide_with_password("d", &prepared).await.unwrap();
    let leaves = desk.leaves().await;
    assert_eq!(verify(&leaves), Ok(1));

    type Tamper = fn(&mut Draft, &mut Evidence);
    let tamperings: [(&str, Tamper, BreakCode); 8] = [
        ("a forged signature", |leaf, _| leaf.stmt.as_mut().unwrap().sig[3] ^= 1, BreakCode::StmtSigBad),
        ("another key", |leaf, _| leaf.stmt.as_mut().unwrap().kid = "0".repeat(32), BreakCode::StmtMismatch),
        (
            "another custody",
            |leaf, _| leaf.stmt.as_mut().unwrap().alg = "device_ed25519".into(),
            BreakCode::StmtMismatch,
        ),
        ("a signature taken off", |leaf, _| leaf.stmt = None, BreakCode::StmtMismatch),
        ("another person", |leaf, _| leaf.actor.id = ActorId::generate().to_string(), BreakCode::StmtMismatch),
        ("another version", |leaf, _| leaf.subject.version += 1, BreakCode::StmtMismatch),
        ("another decision", |leaf, _| set(leaf, "decision", "APPROVE"), BreakCode::StmtMismatch),
        ("another text", |_, beside| beside.text.as_mut().unwrap()[40] ^= 1, BreakCode::StmtMismatch),
    ];
    for (what, tamper, expected) in tamperings {
        let mut changed = leaves.clone();
        let (leaf, mut evidence) = changed.pop().unwrap();
        let (mut draft, place) = (leaf.draft().clone(), leaf.place().clone());
        tamper(&mut draft, &mut evidence);
        changed.push((draft.place(place).unwrap(), evidence));
        assert_eq!(verify(&changed), Err(expected), "{what}");
    }
}

fn set(leaf: &mut Draft, name: &str, word: &str) {
    let audit::Value::Object(data) = &mut leaf.data else { panic!("data is an object") };
    data.insert(name.into(), word.into());
}

async fn a_decision_without_what_its_type_asks_for_is_refused(world: World) {
    let desk = Desk::new(world, "").await;
    let unsigned = super::decide(&desk.world, &desk.ana, "1", desk.held, Decision::Reject, Some("blank")).await;
    assert_eq!(code(unsigned), "SIGNATURE_REQUIRED");
    let wish = |decision, meaning, kid: Option<&str>| Wish {
        verdict: desk.verdict(decision, Some("blank")),
        meaning,
        kid: kid.map(str::to_owned),
    };
    let early = desk.prepare_as(wish(Decision::Approve, None, None)).await;
    assert_eq!(code(early), "FIELDS_OPEN");
    let other = desk.prepare_as(wish(Decision::Reject, Some(Meaning::Approval), None)).await;
    assert_eq!(code(other), "MEANING_MISMATCH");
    assert_eq!(code(desk.prepare_as(wish(Decision::Reject, None, Some("00"))).await), "SIGNING_KEY_UNKNOWN");
    let prepared = desk.prepare(None).await;

    let (plain, _) = desk.world.in_review("plain").await;
    let task = review::tasks_of(&desk.world.app, &desk.ana, &[plain]).await.unwrap()[0].id;
    review::claim_task(&desk.world.app, &desk.ana, key("claim-plain"), task).await.unwrap();
    let desk = Desk { document: plain, held: (task, 1), ..desk };
    assert_eq!(code(desk.decide_with_password("2", &prepared).await), "SIGNATURE_NOT_ASKED");
    let verdict = desk.verdict(Decision::Reject, Some("blank"));
    assert_eq!(code(desk.prepare_as(Wish { verdict, meaning: None, kid: None }).await), "SIGNATURE_NOT_ASKED");
}

async fn a_statement_is_good_for_one_decision_by_one_person_for_a_while(world: World) {
    let desk = Desk::new(world, "").await;
    let prepared = desk.prepare(None).await;
    let otherwise = Verdict { reason: Some("another".into()), ..desk.verdict(Decision::Reject, None) };
    let signature =
        |prepared: &Prepared| Some(Signature { prepared: prepared.id, proof: Proof::Password(PASSWORD.into()) });
    let decide = |of: &str, verdict, prepared: &Prepared| {
        review::decide_task(&desk.world.app, &desk.ana, key(of), verdict, signature(prepared))
    };
    assert_eq!(code(decide("1", otherwise, &prepared).await), "STATEMENT_MISMATCH");
    let escalate = desk.verdict(Decision::Escalate, Some("It is blank"));
    assert_eq!(code(decide("2", escalate, &prepared).await), "STATEMENT_MISMATCH");
    let unknown = Prepared { id: domain::id::PreparedDecisionId::generate(), ..prepared.clone() };
    assert_eq!(code(desk.decide_with_password("3", &unknown).await), "STATEMENT_UNKNOWN");

    let ben = desk.world.reviewer("ben@example.org").await;
    review::release_task(
        &desk.world.app,
        &desk.ana,
        key("r"),
        desk.held.0,
        desk.held.1,
        domain::task::ReleaseReason::NotMine,
    )
    .await
    .unwrap();
    review::claim_task(&desk.world.app, &ben, key("c"), desk.held.0).await.unwrap();
    let desk = Desk { held: (desk.held.0, desk.held.1 + 1), ..desk };
    let stolen = desk.decide(&ben, "4", &prepared, Proof::Password(PASSWORD.into())).await;
    assert_eq!(code(stolen), "STATEMENT_OF_OTHER_PERSON");

    let desk = Desk { ana: ben, ..desk };
    let prepared = desk.prepare(None).await;
    desk.world.advance(601);
    assert_eq!(code(desk.decide_with_password("5", &prepared).await), "STATEMENT_EXPIRED");
    let prepared = desk.prepare(None).await;
    desk.decide_with_password("6", &prepared).await.unwrap();
    let (document, held) = in_hand(&desk.world, &desk.ana, "b").await;
    let desk = Desk { document, held, ..desk };
    assert_eq!(code(desk.decide_with_password("7", &prepared).await), "STATEMENT_USED");
    let foreign = desk.prepare(None).await;
    let (document, held) = in_hand(&desk.world, &desk.ana, "c").await;
    let desk = Desk { document, held, ..desk };
    assert_eq!(code(desk.decide_with_password("8", &foreign).await), "STATEMENT_MISMATCH");
}

async fn what_changes_after_the_statement_makes_it_stale(world: World) {
    let desk = Desk::new(world, "").await;
    let prepared = desk.prepare(None).await;
    let field = crate::documents::fields_of(&desk.world.app, &desk.ana, &[desk.document]).await.unwrap().remove(0);
    let edit = review::FieldEdit {
        field: field.id,
        expected_version: field.version,
        task: desk.held.0,
        lease_token: desk.held.1,
    };
    review::confirm_field(&desk.world.app, &desk.ana, key("f"), edit).await.unwrap();
    assert_eq!(code(desk.decide_with_password("1", &prepared).await), "STATEMENT_STALE");

    let prepared = desk.prepare(None).await;
    // No new version, but an event of the document's chain that the statement does not know.
    let app = &desk.world.app;
    privacy::set_hold(app, &desk.world.admin, key("h"), desk.document, true, "Case 12").await.unwrap();
    assert_eq!(code(desk.decide_with_password("2", &prepared).await), "STATEMENT_STALE");
    desk.world.settle().await;
    assert_eq!(code(desk.decide_with_password("3", &prepared).await), "STATEMENT_STALE");
    let prepared = desk.prepare(None).await;
    desk.decide_with_password("4", &prepared).await.unwrap();
    assert_eq!(verify(&desk.leaves().await), Ok(1));
}

async fn a_statement_waits_for_the_steps_before_it(world: World) {
    let desk = Desk::new(world, "").await;
    let wish = || Wish { verdict: desk.verdict(Decision::Reject, Some("blank")), meaning: None, kid: None };
    assert_eq!(code(desk.prepare_as(wish()).await), "LOG_CATCHING_UP");
    let (prepared, ()) = tokio::join!(desk.prepare_as(wish()), desk.world.settle());
    prepared.unwrap();
}

async fn wrong_passwords_are_slowed_down(world: World) {
    let desk = Desk::new(world, "").await;
    let prepared = desk.prepare(None).await;
    for attempt in 0..4 {
        let wrong = desk.decide(&desk.ana, &format!("w{attempt}"), &prepared, Proof::Password("a guess".into())).await;
        assert_eq!(code(wrong), "PASSWORD_WRONG");
    }
    assert!(desk.world.app.0.logins.attempt("ana@example.org", desk.world.app.now()).as_millis() >= 500);
    desk.decide_with_password("d", &prepared).await.expect("a wrong password uses nothing up");
}

async fn only_who_holds_a_key_enrols_it(world: World) {
    let desk = Desk::new(world, "").await;
    let (app, ana) = (&desk.world.app, &desk.ana);
    let held = HeldKey::from_seed(&[9; 32]).unwrap();
    let pem = held.public_key().to_pem();
    let challenge = signing::key_challenge(app, ana).await.unwrap().text;
    let enrol = async |of: &str, pem: &str, challenge: &str, proof: &[u8]| {
        signing::enroll_signing_key(app, ana, key(of), pem, challenge, proof).await
    };
    let proof = held.prove_possession(challenge.as_bytes());
    assert_eq!(code(enrol("1", "no key", &challenge, &proof).await), "KEY_INVALID");
    assert_eq!(code(enrol("2", &pem, &challenge, &[0; 64]).await), "PROOF_WRONG");
    assert_eq!(code(enrol("3", &pem, &challenge.replacen('1', "2", 1), &proof).await), "CHALLENGE_UNKNOWN");
    let ben = desk.world.reviewer("ben@example.org").await;
    let of_ben = signing::key_challenge(app, &ben).await.unwrap().text;
    let relayed = enrol("4", &pem, &of_ben, &held.prove_possession(of_ben.as_bytes())).await;
    assert_eq!(code(relayed), "CHALLENGE_UNKNOWN");
    let kid = enrol("5", &pem, &challenge, &proof).await.unwrap();
    assert_eq!(kid, held.public_key().kid().to_string());
    assert_eq!(enrol("5", &pem, &challenge, &proof).await.unwrap(), kid, "the same call again");
    assert_eq!(code(enrol("6", &pem, &challenge, &proof).await), "KEY_ENROLLED");
    desk.world.advance(601);
    let late = HeldKey::from_seed(&[10; 32]).unwrap();
    let proof = late.prove_possession(challenge.as_bytes());
    assert_eq!(code(enrol("7", &late.public_key().to_pem(), &challenge, &proof).await), "CHALLENGE_EXPIRED");
    let program = desk.world.actor(domain::actor::Role::Admin).await;
    assert_eq!(code(signing::key_challenge(app, &program).await), "SIGNING_NEEDS_PERSON");
}

async fn a_revoked_key_signs_no_more_and_what_it_signed_stays(world: World) {
    let desk = Desk::new(world, "").await;
    let prepared = desk.prepare(None).await;
    desk.decide_with_password("d", &prepared).await.unwrap();
    let (document, held) = in_hand(&desk.world, &desk.ana, "b").await;
    let first = desk.signed().await;
    let desk = Desk { document, held, ..desk };
    let prepared = desk.prepare(None).await;
    let app = &desk.world.app;
    let ben = desk.world.reviewer("ben@example.org").await;
    let foreign = signing::revoke_signing_key(app, &ben, key("x"), &prepared.kid).await;
    assert!(matches!(foreign, Err(Error::NotFound)));
    signing::revoke_signing_key(app, &desk.ana, key("r"), &prepared.kid).await.unwrap();
    assert_eq!(code(signing::revoke_signing_key(app, &desk.ana, key("s"), &prepared.kid).await), "KEY_REVOKED");
    assert_eq!(code(desk.decide_with_password("2", &prepared).await), "SIGNING_KEY_REVOKED");
    let again = desk.prepare(None).await;
    assert_ne!(again.kid, prepared.kid, "another key is made");
    desk.decide_with_password("3", &again).await.unwrap();
    assert_eq!(verify(&desk.leaves().await), Ok(2));
    let shown = signing::statements_of_events(app, &desk.ana, &[first.event]).await.unwrap().remove(0);
    assert!(shown.verifies);
}

async fn erasing_takes_the_text_and_leaves_the_signature(world: World) {
    let desk = Desk::new(world, "").await;
    let prepared = desk.prepare(None).await;
    desk.decide_with_password("d", &prepared).await.unwrap();
    let (app, admin) = (&desk.world.app, &desk.world.admin);
    privacy::erase_person(app, admin, key("e"), desk.ana.id, "left us").await.unwrap();
    let signed = desk.signed().await;
    assert_eq!((signed.verifies, signed.text, signed.signer_name), (true, None, None));
    assert_eq!(kind_of(&desk, signed.erased_by.unwrap()).await, "privacy.erased/v1");
    assert_eq!(verify(&desk.leaves().await), Ok(1), "the signature is over the hash");
    let keys = signing::signing_keys(app, &desk.ana).await.unwrap();
    assert!(keys.iter().all(|key| key.revoked_at.is_some()));

    let ben = desk.world.reviewer("ben@example.org").await;
    let (document, held) = in_hand(&desk.world, &ben, "b").await;
    let desk = Desk { document, held, ana: ben, ..desk };
    let prepared = desk.prepare(None).await;
    desk.decide_with_password("2", &prepared).await.unwrap();
    let (app, admin) = (&desk.world.app, &desk.world.admin);
    privacy::erase_document(app, admin, key("e2"), document, "asked for").await.unwrap();
    let signed = desk.signed().await;
    assert_eq!((signed.verifies, signed.text), (true, None));
    assert_eq!(signed.erased_by, desk.world.document(document).await.erased_by);
    assert_eq!(verify(&desk.leaves().await), Ok(2));
}

async fn kind_of(desk: &Desk, event: EventId) -> String {
    log::find_events(&desk.world.app, &desk.world.admin, &[event]).await.unwrap().remove(0).kind
}

async fn who_signed_what_has_to_be_kept_is_not_erased(world: World) {
    let desk = Desk::new(world, "retain_days = 30").await;
    let prepared = desk.prepare(None).await;
    desk.decide_with_password("d", &prepared).await.unwrap();
    let (app, admin) = (&desk.world.app, &desk.world.admin);
    let erase = |of: &str| privacy::erase_person(app, admin, key(of), desk.ana.id, "left us");
    assert_eq!(code(erase("1").await), "RETAINED_UNTIL");
    desk.world.advance(30 * 86_400);
    privacy::set_hold(app, admin, key("h"), desk.document, true, "Case 12").await.unwrap();
    assert_eq!(code(erase("2").await), "ON_HOLD");
    privacy::set_hold(app, admin, key("l"), desk.document, false, "Case 12 is over").await.unwrap();
    erase("3").await.unwrap();
}
