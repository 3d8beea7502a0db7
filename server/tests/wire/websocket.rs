//! `graphql-transport-ws`: its messages and its close codes.

use std::{net::TcpStream, time::Duration};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, client::IntoClientRequest, http::HeaderValue};

use crate::client::Server;

struct Socket(WebSocket<TcpStream>);

impl Socket {
    fn open(server: &Server, headers: &[(&'static str, &str)]) -> Socket {
        let mut request = format!("ws://localhost:{}/graphql", server.port).into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_str(value).unwrap());
        }
        let stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Socket(tungstenite::client(request, stream).unwrap().0)
    }

    fn with_session(server: &Server, cookie: &str) -> Socket {
        let origin = format!("http://localhost:{}", server.port);
        Socket::open(server, &[("sec-websocket-protocol", PROTOCOL), ("cookie", cookie), ("origin", &origin)])
    }

    fn acknowledged(server: &Server, cookie: &str) -> Socket {
        let mut socket = Socket::with_session(server, cookie);
        socket.say(json!({ "type": "connection_init", "payload": {} }));
        assert_eq!(socket.hear(), json!({ "type": "connection_ack" }));
        socket
    }

    fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).unwrap();
    }

    fn hear(&mut self) -> Value {
        loop {
            match self.0.read().unwrap() {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Close(frame) => panic!("closed: {frame:?}"),
                _ => {}
            }
        }
    }

    /// The code that the server closes with.
    fn closed(&mut self) -> u16 {
        loop {
            match self.0.read() {
                Ok(Message::Close(frame)) => return frame.unwrap().code.into(),
                Ok(_) => {}
                Err(error) => panic!("gone without a close code: {error}"),
            }
        }
    }
}

const PROTOCOL: &str = "graphql-transport-ws";

fn subscribe(id: &str, query: &str) -> Value {
    json!({ "id": id, "type": "subscribe", "payload": { "query": query } })
}

#[test]
fn every_offence_has_its_close_code() {
    let server = Server::with("websocket_init_seconds = 1");
    let cookie = server.sign_in();
    let init = json!({ "type": "connection_init" });

    let evil = [("sec-websocket-protocol", PROTOCOL), ("cookie", &*cookie), ("origin", "http://evil.example")];
    assert_eq!(Socket::open(&server, &evil).closed(), 4403);
    assert_eq!(Socket::open(&server, &[]).closed(), 4406);
    assert_eq!(Socket::with_session(&server, &cookie).closed(), 4408);

    let mut unknown = Socket::with_session(&server, "countersign_session=nonsense");
    unknown.say(init.clone());
    assert_eq!(unknown.closed(), 4401);
    let mut early = Socket::with_session(&server, &cookie);
    early.say(subscribe("1", "{ viewer { id } }"));
    assert_eq!(early.closed(), 4401);

    let mut twice = Socket::acknowledged(&server, &cookie);
    twice.say(init);
    assert_eq!(twice.closed(), 4429);
    for message in [json!("x"), json!({ "type": "start" }), json!({ "id": "1", "type": "subscribe" })] {
        let mut socket = Socket::acknowledged(&server, &cookie);
        socket.say(message);
        assert_eq!(socket.closed(), 4400);
    }
    let mut binary = Socket::acknowledged(&server, &cookie);
    binary.0.send(Message::binary(vec![1])).unwrap();
    assert_eq!(binary.closed(), 4400);
    let mut same = Socket::acknowledged(&server, &cookie);
    same.say(subscribe("1", "subscription { queueChanged { seq } }"));
    same.say(subscribe("1", "subscription { queueChanged { seq } }"));
    assert_eq!(same.closed(), 4409);
}

#[test]
fn changes_arrive_and_a_lost_connection_picks_up_where_it_was() {
    let server = Server::with("websocket_subscriptions = 2");
    let cookie = server.sign_in();
    let mut socket = Socket::acknowledged(&server, &cookie);
    socket.say(json!({ "type": "ping", "payload": { "n": 1 } }));
    assert_eq!(socket.hear(), json!({ "type": "pong", "payload": { "n": 1 } }));
    socket.say(subscribe("q", "{ viewer { role } }"));
    assert_eq!(
        socket.hear(),
        json!({ "id": "q", "type": "next", "payload": { "data": { "viewer": { "role": "ADMIN" } } } })
    );
    assert_eq!(socket.hear(), json!({ "id": "q", "type": "complete" }));
    socket.say(subscribe("bad", "{ nonsense }"));
    let refusal = socket.hear();
    assert_eq!((&refusal["type"], &refusal["id"]), (&json!("error"), &json!("bad")));
    assert_eq!(refusal["payload"][0]["extensions"]["code"], "INVALID");

    let changes = "subscription { documentChanged { seq document { id state } } }";
    socket.say(subscribe("1", changes));
    // An answer on the same connection shows that the subscription has begun.
    socket.say(subscribe("q", "{ documents { nodes { id } } }"));
    assert_eq!(socket.hear()["id"], "q");
    assert_eq!(socket.hear()["type"], "complete");
    let headers = [("cookie", &*cookie), ("idempotency-key", "k")];
    let jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, b'J', b'F', b'I', b'F'];
    let received = server.send("POST", "/api/documents?type=receipt", &headers, &jpeg).json();
    let first = socket.hear()["payload"]["data"]["documentChanged"].clone();
    assert_eq!(first["document"]["id"], received["id"]);

    let before = first["seq"].as_u64().unwrap() - 1;
    let since = format!("subscription {{ documentChanged(after: {before}) {{ seq document {{ id }} }} }}");
    let mut again = Socket::acknowledged(&server, &cookie);
    again.say(subscribe("1", &since));
    assert_eq!(again.hear()["payload"]["data"]["documentChanged"]["seq"], first["seq"]);

    let mut future = Socket::acknowledged(&server, &cookie);
    future.say(subscribe("1", "subscription { queueChanged(after: 100000) { seq } }"));
    assert_eq!(future.hear()["payload"]["errors"][0]["extensions"]["code"], "RESYNC");
}

#[test]
fn one_connection_has_so_many_operations_and_no_more() {
    let server = Server::with("websocket_subscriptions = 1");
    let mut socket = Socket::acknowledged(&server, &server.sign_in());
    socket.say(subscribe("1", "subscription { queueChanged { seq } }"));
    socket.say(subscribe("2", "subscription { queueChanged { seq } }"));
    let refusal = socket.hear();
    assert_eq!(
        (&refusal["id"], &refusal["payload"][0]["extensions"]["reason"]),
        (&json!("2"), &json!("TOO_MANY_OPERATIONS"))
    );
    socket.say(json!({ "id": "1", "type": "complete" }));
    socket.say(subscribe("2", "{ viewer { role } }"));
    assert_eq!(socket.hear()["type"], "next");
}

#[test]
fn a_connection_ends_with_its_session_and_with_the_server() {
    let mut server = Server::with("websocket_ping_seconds = 1");
    let (ending, staying) = (server.sign_in(), server.sign_in());
    let mut ended = Socket::acknowledged(&server, &ending);
    assert_eq!(server.send("DELETE", "/api/session", &[("cookie", &ending)], b"").status, 204);
    assert_eq!(ended.closed(), 4401);
    let mut stays = Socket::acknowledged(&server, &staying);
    let closed = std::thread::spawn(move || stays.closed());
    assert!(server.stop());
    assert_eq!(closed.join().unwrap(), 1001);
}
