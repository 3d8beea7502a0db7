//! The log as an auditor reads it through the API.

use std::time::Duration;

use async_graphql::{Request, Response};
use domain::actor::Role;
use futures_util::StreamExt;
use schema::{Caller, cost::Limits};
use serde_json::{Value, json};

use crate::world::World;

/// Asks until the answer's data fits.
async fn until(world: &World, query: &str, fits: impl Fn(&Value) -> bool) -> Value {
    let mut last = Value::Null;
    for _ in 0..200 {
        last = world.ask(query).await;
        if fits(&last["data"]) {
            return last["data"].clone();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never fitted: {last}");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_filtered_paged_and_proven() {
    let world = World::new().await;
    let document = world.receive().await;
    let query = format!(
        "{{ auditEvents(subject: {document:?}, first: 1) {{ pageInfo {{ hasNextPage }} nodes {{ seq proof {{
           index size hashes text checkpoint {{ size root signatures {{ name keyId kind time }} }} }} }} }}
           log {{ origin epoch verifierKey keys {{ verifierKey keyId validFrom retiredAt revokedAt }} }} }}"
    );
    let proven = |data: &Value| {
        data["auditEvents"]["pageInfo"]["hasNextPage"] == true && data["auditEvents"]["nodes"][0]["proof"].is_object()
    };
    let data = until(&world, &query, proven).await;
    let (log, event) = (&data["log"], &data["auditEvents"]["nodes"][0]);
    let [key] = log["keys"].as_array().unwrap().as_slice() else { panic!("one key") };
    assert_eq!(key["verifierKey"], log["verifierKey"]);
    assert_eq!((&log["epoch"], &key["validFrom"], &key["retiredAt"]), (&json!(1), &json!(0), &Value::Null));
    let proof = &event["proof"];
    assert_eq!((&proof["index"], &proof["size"]), (&event["seq"], &proof["checkpoint"]["size"]));
    let signature = json!({ "name": log["origin"], "keyId": key["keyId"], "kind": "LOG", "time": null });
    assert_eq!(proof["checkpoint"]["signatures"], json!([signature]));
    let text = proof["text"].as_str().unwrap();
    assert!(text.starts_with(&format!("c2sp.org/tlog-proof@v1\nindex {}\n", event["seq"])), "{text}");
    assert!(text.contains(&format!("\n\n{}\n{}\n", log["origin"].as_str().unwrap(), proof["size"])), "{text}");

    let types = r#"{ auditEvents(types: ["document.received/v1", "document.read/v1"]) { nodes { type subjectId } } }"#;
    let of_type = world.ask(types).await["data"]["auditEvents"]["nodes"].clone();
    assert_eq!(of_type, json!([{ "type": "document.received/v1", "subjectId": document }]));
    let nobody = world.ask(r#"{ auditEvents(actor: "nonsense") { nodes { seq } } }"#).await;
    assert_eq!(nobody["errors"][0]["extensions"]["reason"], "ID_INVALID");
    let past = world.ask(r#"{ auditEvents(to: "2020-01-01T00:00:00Z") { nodes { seq } } }"#).await;
    assert_eq!(past["data"]["auditEvents"]["nodes"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn followers_of_the_log_catch_up_and_then_follow() {
    let world = World::new().await;
    let auditor = world.actor(Role::Auditor).await;
    let newest = "{ auditEvents(first: 1) { nodes { type seq } } }";
    let added = |data: &Value| {
        let event = &data["auditEvents"]["nodes"][0];
        event["type"] == "service_account.added/v1" && event["seq"].is_u64()
    };
    let added = until(&world, newest, added).await["auditEvents"]["nodes"][0].clone();
    let seq = added["seq"].as_u64().unwrap();
    let caller = Caller { app: world.app.clone(), actor: Some(auditor), request_id: "request-1".to_owned() };
    let request =
        Request::new(format!("subscription {{ auditAppended(after: {}) {{ seq event {{ type seq }} }} }}", seq - 1));
    let admitted = caller.admit(request, &Limits::default()).unwrap_or_else(|_| panic!("it is admitted"));
    let mut appended = std::pin::pin!(admitted.execute_stream(&world.schema));
    let mut next = async || -> Value {
        let response: Response = appended.next().await.unwrap();
        serde_json::to_value(response).unwrap()["data"]["auditAppended"].clone()
    };
    assert_eq!(next().await, json!({ "seq": seq, "event": added }));
    world.receive().await;
    let received = next().await;
    assert_eq!((&received["seq"], &received["event"]["type"]), (&json!(seq + 1), &json!("document.received/v1")));
}
