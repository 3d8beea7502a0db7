//! What clients see.

use crate::world::World;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_without_credentials_learns_that_and_no_more() {
    let world = World::new().await;
    assert_eq!(world.ask_as(None, "{ viewer { id } }").await["data"], json!({ "viewer": null }));
    let answer = world.ask_as(None, "{ viewer { id } documents { nodes { id } } }").await;
    insta::assert_snapshot!(serde_json::to_string_pretty(&answer).unwrap(), @r#"
    {
      "data": null,
      "errors": [
        {
          "extensions": {
            "code": "UNAUTHENTICATED",
            "requestId": "request-1"
          },
          "locations": [
            {
              "column": 17,
              "line": 1
            }
          ],
          "message": "Sign in first, or send a token",
          "path": [
            "documents"
          ]
        }
      ]
    }
    "#);
}

fn refusal(answer: &Value) -> (&str, &str) {
    let extensions = &answer["errors"][0]["extensions"];
    (extensions["code"].as_str().unwrap_or_default(), extensions["reason"].as_str().unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_are_checked_on_arrival() {
    let world = World::new().await;
    let document = world.receive().await;
    let of_document = world.ask(&format!("{{ node(id: {document:?}) {{ id ... on Document {{ typeName }} }} }}")).await;
    assert_eq!(of_document["data"]["node"], json!({ "id": document, "typeName": "receipt" }));
    let of_task = world.ask(&format!("{{ task(id: {document:?}) {{ id }} }}")).await;
    assert_eq!(refusal(&of_task), ("INVALID", "ID_OF_OTHER_TYPE"));
    assert_eq!(of_task["data"], json!({ "task": null }));
    assert_eq!(refusal(&world.ask("{ node(id: \"receipt\") { id } }").await), ("INVALID", "ID_INVALID"));
    let unknown =
        world.ask("{ node(id: \"RG9jdW1lbnQ6MDAwMDAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAw\") { id } }").await;
    assert_eq!(unknown["data"], json!({ "node": null }));
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_come_in_pages() {
    let world = World::new().await;
    let (first, second) = (world.receive().await, world.receive().await);
    let list = |after: &str| {
        format!("{{ documents(first: 1{after}) {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}")
    };
    let newest = world.ask(&list("")).await["data"]["documents"].clone();
    assert_eq!((&newest["nodes"], &newest["pageInfo"]["hasNextPage"]), (&json!([{ "id": second }]), &json!(true)));
    let cursor = newest["pageInfo"]["endCursor"].clone();
    let older = world.ask(&list(&format!(", after: {cursor}"))).await["data"]["documents"].clone();
    assert_eq!((&older["nodes"], &older["pageInfo"]["hasNextPage"]), (&json!([{ "id": first }]), &json!(false)));
    assert_eq!(refusal(&world.ask(&list(", after: \"x\"")).await), ("INVALID", "CURSOR_INVALID"));
    assert_eq!(refusal(&world.ask("{ documents(first: -1) { nodes { id } } }").await), ("INVALID", "FIRST_INVALID"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_change_is_answered_with_the_present_value() {
    let world = World::new().await;
    let document = world.receive().await;
    let state = format!("{{ document(id: {document:?}) {{ state }} }}");
    world.wait(&state, "/data/document/state", json!("FAILED")).await;
    let by_hand = format!(
        "mutation {{ typeByHand(input: {{ idempotencyKey: \"h\", documentId: {document:?} }}) {{ task {{ id }} }} }}"
    );
    let task = world.ask(&by_hand).await["data"]["typeByHand"]["task"]["id"].clone();
    let claim = format!(
        "mutation {{ claimTask(input: {{ idempotencyKey: \"c\", taskId: {task}, clientMutationId: \"mine\" }}) \
         {{ clientMutationId task {{ lease {{ mine token }} document {{ fields {{ id name }} }} }} }} }}"
    );
    let claimed = world.ask(&claim).await["data"]["claimTask"].clone();
    assert_eq!((&claimed["clientMutationId"], &claimed["task"]["lease"]["mine"]), (&json!("mine"), &json!(true)));
    let (field, token) = (&claimed["task"]["document"]["fields"][0]["id"], &claimed["task"]["lease"]["token"]);
    let correct = |key: &str, token: &str, text: &str| {
        format!(
            "mutation {{ correctField(input: {{ idempotencyKey: {key:?}, fieldId: {field}, expectedVersion: 1, \
             taskId: {task}, leaseToken: {token}, text: {text:?}, reason: TYPED_BY_HAND }}) {{ field {{ text }} }} }}"
        )
    };
    let first = world.ask(&correct("1", &token.to_string(), "Blumen Wiese")).await;
    assert_eq!(first["data"]["correctField"]["field"]["text"], "Blumen Wiese");
    assert_eq!(world.ask(&correct("1", &token.to_string(), "Blumen Wiese")).await["data"], first["data"]);
    let stale = world.ask(&correct("2", &token.to_string(), "Blumen")).await;
    assert_eq!(refusal(&stale), ("CONFLICT", "CONFLICT"));
    let current = &stale["errors"][0]["extensions"]["current"];
    assert_eq!(
        (&current["version"], &current["text"], &current["status"]),
        (&json!(2), &json!("Blumen Wiese"), &json!("CORRECTED"))
    );
    assert_eq!(refusal(&world.ask(&correct("3", "77", "x")).await).0, "LEASE_LOST");
    let other = world.actor(domain::actor::Role::Reviewer).await;
    let seen = world.ask_as(Some(&other), &format!("{{ task(id: {task}) {{ lease {{ mine token }} }} }}")).await;
    assert_eq!(seen["data"]["task"]["lease"], json!({ "mine": false, "token": null }));
}
