//! GraphQL over HTTP.

use std::fmt::Write;

use crate::client::{Answer, Server};

const GRAPHQL: &str = "application/graphql-response+json; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";

fn reason(answer: &Answer) -> String {
    answer.json()["errors"][0]["extensions"]["reason"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn media_types_and_statuses_are_those_of_the_specification() {
    let server = Server::start();
    let ask = |accept: &str, body: &str| server.graphql(&[("accept", accept)], body);
    let query = r#"{"query":"{ viewer { id } }"}"#;

    for (accept, media_type) in [
        ("application/graphql-response+json", GRAPHQL),
        ("application/json", JSON),
        ("application/json;q=0.5, application/graphql-response+json", GRAPHQL),
        ("*/*", GRAPHQL),
    ] {
        let answer = ask(accept, query);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(media_type)), "{accept}");
        assert_eq!(answer.text(), r#"{"data":{"viewer":null}}"#);
    }
    ask("text/html", query).is_problem(406, "NOT_ACCEPTABLE");

    // Refused before it ran: no data, and a status only where the media type allows one.
    for broken in ["{ nonsense }", "{", "query A { viewer { id } } query B { viewer { id } }"] {
        let body = format!(r#"{{"query":"{broken}"}}"#);
        let answer = ask("application/graphql-response+json", &body);
        assert_eq!((answer.status, answer.json().get("data")), (400, None), "{broken}");
        assert_eq!(ask("application/json", &body).status, 200, "{broken}");
    }
    // Ran and failed: data, be it null.
    let answer = ask("application/graphql-response+json", r#"{"query":"{ documents { nodes { id } } }"}"#);
    assert_eq!((answer.status, answer.json().get("data")), (200, Some(&serde_json::Value::Null)));
}

#[test]
fn what_is_not_well_formed_is_refused() {
    let server = Server::with("json_bytes = 5000");
    for body in ["", "{", "3", "[]", "{}", r#"{"query":3}"#, r#"{"query":"{ a }","variables":[]}"#] {
        let answer = server.graphql(&[("accept", "application/graphql-response+json")], body);
        assert_eq!(answer.status, 400, "{body}");
        assert_eq!(answer.json()["errors"][0]["extensions"]["code"], "INVALID", "{body}");
    }
    let query = br#"{"query":"{ viewer { id } }"}"#;
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin1",
    ] {
        server.send("POST", "/graphql", &[("content-type", kind)], query).is_problem(415, "MEDIA_TYPE_UNSUPPORTED");
    }
    server.graphql(&[], &format!(r#"{{"query":"{}"}}"#, " ".repeat(5_000))).is_problem(413, "BODY_TOO_LARGE");
    server.send("PUT", "/graphql", &[], b"").is_problem(405, "METHOD_NOT_ALLOWED");
}

#[test]
fn only_queries_run_over_get() {
    let server = Server::start();
    let ask = |query: &str| server.get(&format!("/graphql?query={query}"), &[("accept", "application/json")]);
    assert_eq!(ask("%7Bviewer%7Bid%7D%7D").text(), r#"{"data":{"viewer":null}}"#);
    let mutation = ask("mutation%7BclaimNextTask(input:%7BidempotencyKey:%22x%22%7D)%7BclientMutationId%7D%7D");
    assert_eq!((mutation.status, mutation.header("allow")), (405, Some("POST")));
    assert_eq!(ask("subscription%7BqueueChanged%7Bseq%7D%7D").status, 400);
    assert_eq!(server.get("/graphql?query=%7Bviewer%7Bid%7D%7D&variables=x", &[]).status, 400);
}

#[test]
fn a_dear_query_is_refused_before_it_is_validated() {
    let server = Server::start();
    let mut query = String::from("{ ...f0 }");
    for n in 0..40 {
        write!(query, " fragment f{n} on Query {{ ...f{next} ...f{next} }}", next = n + 1).unwrap();
    }
    query += " fragment f40 on Query { viewer { id } }";
    let begun = std::time::Instant::now();
    let answer = server.graphql(&[], &format!(r#"{{"query":"{query}"}}"#));
    assert_eq!((answer.status, &*reason(&answer)), (400, "QUERY_TOO_EXPENSIVE"));
    assert!(begun.elapsed().as_secs() < 2);
    let deep = format!(r#"{{"query":"{{ a(b: {}) }}"}}"#, "[".repeat(30_000));
    assert_eq!(server.graphql(&[], &deep).status, 400);
    assert_eq!(server.get("/healthz", &[]).status, 200);
}

#[test]
fn sessions_can_be_held_to_the_pages_own_documents() {
    let server = Server::with("free_queries = false");
    let cookie = server.sign_in();
    let query = r#"{"query":"{ viewer { role } }"}"#;
    assert_eq!(reason(&server.graphql(&[("cookie", &cookie)], query)), "DOCUMENT_NOT_TRUSTED");
    let unknown = format!(r#"{{"documentId":"{}"}}"#, "0".repeat(64));
    assert_eq!(reason(&server.graphql(&[("cookie", &cookie)], &unknown)), "DOCUMENT_UNKNOWN");
    let bearer = format!("Bearer {}", server.token("auditor"));
    let answer = server.graphql(&[("authorization", &bearer)], query);
    assert_eq!(answer.text(), r#"{"data":{"viewer":{"role":"AUDITOR"}}}"#);
}

#[test]
fn the_explorer_is_there_only_when_it_is_turned_on() {
    let server = Server::start();
    server.get("/graphiql/explorer.js", &[]).is_problem(404, "NOT_FOUND");
    let server = Server::with("graphiql = true");
    assert!(server.get("/graphiql", &[]).text().contains("/graphiql/explorer.js"));
    assert_eq!(server.get("/graphiql/explorer.js", &[]).header("content-type"), Some("text/javascript; charset=utf-8"));
}
