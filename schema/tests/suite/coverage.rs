//! Two tests that walk the schema: nothing can be added to it unseen.

use std::{collections::BTreeMap, time::Duration};

use crate::{operations::Operations, world::World};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use domain::actor::Role;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Mutations that leave no event. A heartbeat changes nothing but how long a lease lasts, and a challenge stores nothing.
const UNRECORDED: [&str; 2] = ["renewLease", "signingKeyChallenge"];

async fn events(world: &World) -> usize {
    let answer = world.ask("{ auditEvents(first: 200) { nodes { actor { kind } } } }").await;
    let nodes = answer["data"]["auditEvents"]["nodes"].as_array().unwrap();
    nodes.iter().filter(|event| event["actor"]["kind"] == "USER").count()
}

/// Runs one mutation and notes whether the caller stands in the log for it.
async fn mutate(world: &World, seen: &mut BTreeMap<String, bool>, mutation: String) -> Value {
    let before = events(world).await;
    let answer = world.ask(&format!("mutation {{ {mutation} }}")).await;
    assert_eq!(answer["errors"], Value::Null, "{mutation}");
    let name = mutation.split('(').next().unwrap().to_owned();
    let mut recorded = false;
    for _ in 0..10 {
        recorded = events(world).await > before;
        if recorded {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let answer = answer["data"][&name].clone();
    seen.insert(name, recorded);
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mutation_leaves_an_event() {
    let world = World::new().await;
    let mut seen = BTreeMap::new();
    let document = world.receive().await;
    let state = format!("{{ document(id: {document:?}) {{ state failure {{ code }} }} }}");
    world.wait(&state, "/data/document/state", json!("FAILED")).await;

    let about = |key: String| format!("idempotencyKey: {key:?}, documentId: {document:?}");
    let again = about(world.key());
    mutate(&world, &mut seen, format!("retryReading(input: {{ {again} }}) {{ document {{ state }} }}")).await;
    world.wait(&state, "/data/document/state", json!("FAILED")).await;
    let by_hand = about(world.key());
    mutate(&world, &mut seen, format!("typeByHand(input: {{ {by_hand} }}) {{ task {{ id }} }}")).await;

    let lease = "task { id lease { token } document { fields { id version } } }";
    let key = world.key();
    let next = format!("claimNextTask(input: {{ idempotencyKey: {key:?} }}) {{ {lease} }}");
    let claimed = mutate(&world, &mut seen, next).await;
    let task = claimed["task"]["id"].as_str().unwrap().to_owned();
    let held = |claimed: &Value, key: String| {
        format!("idempotencyKey: {key:?}, taskId: {task:?}, leaseToken: {}", claimed["task"]["lease"]["token"])
    };
    let release = held(&claimed, world.key());
    mutate(&world, &mut seen, format!("releaseTask(input: {{ {release}, reason: SKIPPED }}) {{ task {{ state }} }}"))
        .await;
    let key = world.key();
    let claim = format!("claimTask(input: {{ idempotencyKey: {key:?}, taskId: {task:?} }}) {{ {lease} }}");
    let claimed = mutate(&world, &mut seen, claim).await;
    let token = &claimed["task"]["lease"]["token"];
    let renew = format!("renewLease(input: {{ taskId: {task:?}, leaseToken: {token} }}) {{ task {{ state }} }}");
    mutate(&world, &mut seen, renew).await;

    let field = |n: usize| claimed["task"]["document"]["fields"][n]["id"].as_str().unwrap().to_owned();
    let fields = claimed["task"]["document"]["fields"].as_array().unwrap().len();
    let correct = format!(
        "correctField(input: {{ {}, fieldId: {:?}, expectedVersion: 1, text: \"Blumen Wiese\", reason: TYPED_BY_HAND }}) \
         {{ field {{ status version }} }}",
        held(&claimed, world.key()),
        field(0)
    );
    let corrected = mutate(&world, &mut seen, correct).await;
    assert_eq!(corrected["field"], json!({ "status": "CORRECTED", "version": 2 }));
    let confirm = format!(
        "confirmField(input: {{ {}, fieldId: {:?}, expectedVersion: 2 }}) {{ field {{ status }} }}",
        held(&claimed, world.key()),
        field(0)
    );
    mutate(&world, &mut seen, confirm).await;
    for n in 1..fields {
        let mark = format!(
            "markField(input: {{ {}, fieldId: {:?}, expectedVersion: 1, mark: MISSING }}) {{ field {{ status }} }}",
            held(&claimed, world.key()),
            field(n)
        );
        mutate(&world, &mut seen, mark).await;
    }
    let decide = format!(
        "decideTask(input: {{ {}, decision: APPROVE }}) {{ task {{ state }} document {{ state }} }}",
        held(&claimed, world.key())
    );
    let decided = mutate(&world, &mut seen, decide).await;
    assert_eq!(decided, json!({ "task": { "state": "DECIDED" }, "document": { "state": "ACCEPTED" } }));

    let key = world.key();
    mutate(&world, &mut seen, format!("requestExport(input: {{ idempotencyKey: {key:?} }}) {{ export {{ id }} }}"))
        .await;
    let key = world.key();
    let bundle = format!("requestAuditBundle(input: {{ idempotencyKey: {key:?}, kind: LOG }})");
    let bundle = mutate(&world, &mut seen, format!("{bundle} {{ bundle {{ id }} }}")).await;
    let ready = format!("{{ auditBundle(id: {}) {{ state }} }}", bundle["bundle"]["id"]);
    world.wait(&ready, "/data/auditBundle/state", json!("READY")).await;
    let key = world.key();
    let holders =
        format!("setCheckpointRecipients(input: {{ idempotencyKey: {key:?}, addresses: [\"a@example.com\"] }})");
    let set = mutate(&world, &mut seen, format!("{holders} {{ log {{ checkpointRecipients }} }}")).await;
    assert_eq!(set, json!({ "log": { "checkpointRecipients": ["a@example.com"] } }));
    let types = world.ask("{ documentTypes { id } }").await;
    let (key, of) = (world.key(), &types["data"]["documentTypes"][0]["id"]);
    let set = format!("setStraightThrough(input: {{ idempotencyKey: {key:?}, documentTypeId: {of}, on: true }})");
    mutate(&world, &mut seen, format!("{set} {{ documentType {{ straightThrough }} }}")).await;

    sign(&world, &mut seen).await;
    erase(&world, &mut seen, &document).await;

    let mutations: Vec<String> =
        Operations::of_schema().fields("Mutation").iter().map(|field| field.name.node.to_string()).collect();
    let missing: Vec<&String> = mutations.iter().filter(|name| !seen.contains_key(*name)).collect();
    assert!(missing.is_empty(), "this story does not call {missing:?}: add them");
    let unrecorded: Vec<&String> = seen.iter().filter(|(_, recorded)| !**recorded).map(|(name, _)| name).collect();
    assert_eq!(unrecorded, UNRECORDED);
}

/// A decision that its type wants signed, with a password, and a key of one's own.
async fn sign(world: &World, seen: &mut BTreeMap<String, bool>) {
    let task = world.task_to_sign().await;
    let key = world.key();
    let claim =
        format!("claimTask(input: {{ idempotencyKey: {key:?}, taskId: {task:?} }}) {{ task {{ lease {{ token }} }} }}");
    let claimed = mutate(world, seen, claim).await;
    let token = &claimed["task"]["lease"]["token"];
    let verdict = format!("leaseToken: {token}, decision: REJECT, reason: \"blank\"");
    let prepare = format!("prepareDecision(input: {{ idempotencyKey: {:?}, task: {task:?}, {verdict} }})", world.key());
    let prepared = mutate(world, seen, format!("{prepare} {{ prepared {{ id statement }} }}")).await;
    let (prepared, password) = (&prepared["prepared"]["id"], &world.password);
    let signature = format!("signature: {{ prepared: {prepared}, password: {password:?} }}");
    let decide =
        format!("decideTask(input: {{ idempotencyKey: {:?}, taskId: {task:?}, {verdict}, {signature} }})", world.key());
    let signed = "statement { signerName meaning algorithm custody verifies text keyId signedAt erasedBy { id } }";
    let decided = mutate(world, seen, format!("{decide} {{ task {{ {signed} }} }}")).await;
    let statement = &decided["task"]["statement"];
    assert_eq!((&statement["custody"], &statement["verifies"]), (&json!("SERVER_HELD"), &json!(true)), "{decided}");
    assert_eq!((&statement["signerName"], &statement["meaning"]), (&json!("Administrator"), &json!("REJECTION")));

    let challenge = format!("signingKeyChallenge(input: {{ idempotencyKey: {:?} }}) {{ challenge }}", world.key());
    let challenge = mutate(world, seen, challenge).await["challenge"].as_str().unwrap().to_owned();
    // Made by hand, as a device does that knows no more than the documentation (RFC 8410, section 10.1).
    let held = SigningKey::from_bytes(&[7; 32]);
    let spki = [b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", &held.verifying_key().as_bytes()[..]].concat();
    let said = Sha256::digest(format!("countersign-key-enrolment/v1\n{challenge}"));
    let proof = URL_SAFE_NO_PAD.encode(held.sign(&said).to_bytes());
    let given = format!("publicKey: {:?}, challenge: {challenge:?}, proof: {proof:?}", STANDARD.encode(spki));
    let enrol = format!("enrollSigningKey(input: {{ idempotencyKey: {:?}, {given} }})", world.key());
    let kid = mutate(world, seen, format!("{enrol} {{ key {{ keyId }} }}")).await["key"]["keyId"].clone();
    let revoke = format!("revokeSigningKey(input: {{ idempotencyKey: {:?}, keyId: {kid} }})", world.key());
    let revoked = mutate(world, seen, format!("{revoke} {{ key {{ custody revokedAt }} }}")).await;
    assert_eq!(revoked["key"]["custody"], json!("DEVICE"));
    assert!(revoked["key"]["revokedAt"].is_string());
}

async fn erase(world: &World, seen: &mut BTreeMap<String, bool>, document: &str) {
    let about = |key: String| format!("idempotencyKey: {key:?}, document: {document:?}, reason: \"asked for\"");
    for on in [true, false] {
        let hold = format!("setHold(input: {{ {}, on: {on} }}) {{ document {{ hold }} }}", about(world.key()));
        assert_eq!(mutate(world, seen, hold).await, json!({ "document": { "hold": on } }));
    }
    let erase = format!("eraseDocument(input: {{ {} }})", about(world.key()));
    let erased =
        mutate(world, seen, format!("{erase} {{ document {{ state erasedBy {{ type }} fields {{ text }} }} }}")).await;
    assert_eq!(erased["document"]["state"], json!("ERASED"));
    assert_eq!(erased["document"]["erasedBy"]["type"], json!("privacy.erased/v1"));
    let texts = erased["document"]["fields"].as_array().unwrap();
    assert!(texts.iter().all(|field| field["text"] == json!("")));
    let person = world.reviewer().await;
    let erase =
        format!("erasePerson(input: {{ idempotencyKey: {:?}, actor: {person:?}, reason: \"left us\" }})", world.key());
    let erased = mutate(world, seen, format!("{erase} {{ actor {{ name erasedBy {{ type }} }} }}")).await;
    assert_eq!(erased, json!({ "actor": { "name": null, "erasedBy": { "type": "privacy.erased/v1" } } }));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_is_refused_for_every_role_that_lacks_it() {
    let world = World::new().await;
    let operations = Operations::of_schema();
    let mut columns = vec![None];
    for role in Role::ALL {
        columns.push(Some(world.actor(*role).await));
    }
    let mut matrix = format!("{:<32} anyone admin reviewer auditor integrator\n", "");
    for root in ["Query", "Mutation", "Subscription"] {
        for field in operations.fields(root) {
            let mut row = format!("{:<32}", format!("{root}.{}", field.name.node));
            for (actor, width) in columns.iter().zip([7, 6, 9, 8, 11]) {
                let answer = world.ask_as(actor.as_ref(), &operations.call(root, &field, &world.key())).await;
                let code = answer.pointer("/errors/0/extensions/code").and_then(Value::as_str);
                assert_ne!(code, Some("INTERNAL"), "{root}.{}: {answer}", field.name.node);
                assert_ne!(
                    answer.pointer("/errors/0/extensions/reason").and_then(Value::as_str),
                    Some("QUERY_INVALID"),
                    "{answer}"
                );
                let allowed = match code {
                    Some("FORBIDDEN") => "no",
                    Some("UNAUTHENTICATED") => "no",
                    _ => "yes",
                };
                row += &format!("{allowed:>width$}");
            }
            matrix += &format!("{row}\n");
        }
    }
    insta::assert_snapshot!("role_operation_matrix", matrix);
}
