//! Logs over HTTP, as C2SP tlog-tiles has them.

use std::{thread, time::Duration};

use crate::client::{Answer, Server, command};

/// The path of the log that grows, and its checkpoint once it covers `size` leaves.
fn signed(server: &Server, bearer: &str, size: u64) -> (String, Answer) {
    let query = br#"{"query":"{ log { origin } }"}"#;
    let headers = [("authorization", bearer), ("content-type", "application/json")];
    let origin = server.send("POST", "/graphql", &headers, query).json()["data"]["log"]["origin"].clone();
    let (_, path) = origin.as_str().unwrap().split_once("/log/").unwrap();
    let path = format!("/log/{path}");
    for _ in 0..100 {
        let checkpoint = server.get(&format!("{path}/checkpoint"), &[]);
        if checkpoint.status == 200 && checkpoint.text().lines().nth(1).unwrap().parse::<u64>().unwrap() >= size {
            return (path, checkpoint);
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("no checkpoint of {size} leaves");
}

#[test]
fn a_log_is_read_as_tiles() {
    let server = Server::with("checkpoint_millis = 50");
    let bearer = format!("Bearer {}", server.token("auditor"));
    let (log, checkpoint) = signed(&server, &bearer, 4);
    assert_eq!(checkpoint.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(checkpoint.header("cache-control"), Some("no-cache"));

    let auditor = [("authorization", &*bearer)];
    let hashes = server.get(&format!("{log}/tile/0/000.p/4"), &auditor);
    assert_eq!((hashes.status, hashes.body.len()), (200, 4 * 32));
    assert_eq!(hashes.header("content-type"), Some("application/octet-stream"));
    assert!(hashes.header("cache-control").unwrap().contains("immutable"));
    let narrower = server.get(&format!("{log}/tile/0/000.p/3"), &auditor);
    assert_eq!(narrower.body, hashes.body[..96], "an older tree's tile is the beginning of a newer one's");
    let entries = server.get(&format!("{log}/tile/entries/000.p/2"), &auditor);
    let first = usize::from(u16::from_be_bytes([entries.body[0], entries.body[1]]));
    assert!(entries.body[2..].starts_with(b"{\"actor\":") && entries.body[first + 1] == b'}');

    for missing in ["tile/0/000", "tile/0/000.p/255", "tile/0/001.p/1", "tile/1/000.p/1", "tile/0/000.p/256"] {
        server.get(&format!("{log}/{missing}"), &auditor).is_problem(404, "NOT_FOUND");
    }
    for malformed in
        ["tile/0/0", "tile/00/000.p/1", "tile/0/000.p/01", "tile/64/000.p/1", "tile/", "tile/0/x000/001.p/1"]
    {
        server.get(&format!("{log}/{malformed}"), &auditor).is_problem(404, "NOT_FOUND");
    }
    server.get(&log.replace("/e1", "/e2/checkpoint"), &auditor).is_problem(404, "NOT_FOUND");
}

#[test]
fn tiles_are_for_those_who_may_read_the_log() {
    let server = Server::with("checkpoint_millis = 50");
    let auditor = format!("Bearer {}", server.token("auditor"));
    let (log, _) = signed(&server, &auditor, 3);
    let tile = format!("{log}/tile/0/000.p/1");
    server.get(&tile, &[]).is_problem(401, "UNAUTHENTICATED");
    let integrator = format!("Bearer {}", server.token("integrator"));
    server.get(&tile, &[("authorization", &integrator)]).is_problem(403, "FORBIDDEN");
    let operator = format!("/log/{}/e1", uuid(0));
    server.get(&format!("{operator}/tile/0/000.p/1"), &[("authorization", &auditor)]).is_problem(404, "NOT_FOUND");
    assert_eq!(server.get(&format!("{operator}/checkpoint"), &[]).status, 200, "a size and a root");
}

fn uuid(number: u128) -> String {
    format!("{:08x}-0000-0000-0000-{:012x}", number >> 96, number)
}

#[test]
fn checkpoints_can_be_kept_from_the_public() {
    let server = Server::with("checkpoint_millis = 50\npublish_checkpoints = false");
    let bearer = format!("Bearer {}", server.token("auditor"));
    let query = br#"{"query":"{ log { origin checkpoint { size } } }"}"#;
    let headers = [("authorization", &*bearer), ("content-type", "application/json")];
    let mut log = server.send("POST", "/graphql", &headers, query).json();
    for _ in 0..100 {
        if log["data"]["log"]["checkpoint"].is_object() {
            break;
        }
        thread::sleep(Duration::from_millis(50));
        log = server.send("POST", "/graphql", &headers, query).json();
    }
    let (_, path) = log["data"]["log"]["origin"].as_str().unwrap().split_once("/log/").unwrap();
    let path = format!("/log/{path}/checkpoint");
    server.get(&path, &[]).is_problem(401, "UNAUTHENTICATED");
    assert_eq!(server.get(&path, &[("authorization", &bearer)]).status, 200);
}

#[test]
fn keys_are_changed_while_the_server_runs() {
    let server = Server::with("checkpoint_millis = 50");
    let bearer = format!("Bearer {}", server.token("auditor"));
    signed(&server, &bearer, 4);
    let key = |arguments: &[&str]| {
        let output = command(&[&["audit", "key"], arguments].concat()).arg("--data").arg(server.data.path()).output();
        let output = output.unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    let (_, listed) = key(&["list"]);
    let old = listed[..8].to_owned();
    assert!(listed.contains(" signs, made "));
    assert!(key(&["rotate"]).0);
    let (_, checkpoint) = signed(&server, &bearer, 5);
    assert_eq!(checkpoint.text().lines().filter(|line| line.starts_with('—')).count(), 2);
    assert!(key(&["retire", &old]).0);
    let (_, checkpoint) = signed(&server, &bearer, 6);
    assert_eq!(checkpoint.text().lines().filter(|line| line.starts_with('—')).count(), 1);
    assert!(key(&["list"]).1.starts_with(old.as_str()) && key(&["list"]).1.contains(" retired, made "));
    let verified = command(&["audit", "verify", "--data"]).arg(server.data.path()).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}
