//! One WebSocket from its first message to its last.

use std::{collections::HashMap, pin::pin, time::Duration};

use actix_web::{rt, web};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, Session};
use async_graphql::Response;
use futures_util::StreamExt;
use tokio::{
    sync::mpsc,
    task::JoinHandle,
    time::{Instant, MissedTickBehavior},
};

use super::{
    Close,
    message::{FromClient, FromServer},
};
use crate::{
    auth::{Caller, Credentials},
    graphql::{admit, answer, incoming::Incoming},
    serve::Server,
};

/// Results that wait for a slow client before its operations wait too.
const WAITING: usize = 16;

pub struct Connection {
    server: web::Data<Server>,
    caller: Caller,
    credentials: Credentials,
    session: Session,
    acknowledged: bool,
    operations: HashMap<String, Operation>,
    /// Of the operation begun last. A client may use an id again as soon as it has completed it, while results of
    /// the former operation still wait.
    number: u64,
}

struct Operation {
    number: u64,
    task: JoinHandle<()>,
}

struct Outgoing {
    id: String,
    number: u64,
    /// `None` at the end.
    response: Option<Response>,
}

impl Connection {
    pub fn new(server: web::Data<Server>, caller: Caller, credentials: Credentials, session: Session) -> Connection {
        Connection { server, caller, credentials, session, acknowledged: false, operations: HashMap::new(), number: 0 }
    }

    /// Serves until one side ends it; tells the code to close with, or `None` when the client has gone.
    pub async fn run(mut self, mut messages: AggregatedMessageStream) -> Option<Close> {
        let (sender, mut outgoing) = mpsc::channel(WAITING);
        let deadline = Instant::now() + Duration::from_secs(self.server.config.websocket_init_seconds);
        let mut ping = tokio::time::interval(Duration::from_secs(self.server.config.websocket_ping_seconds));
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ping.reset();
        let mut stopping = self.server.stopping.clone();
        let mut heard = true;
        loop {
            let step = tokio::select! {
                message = messages.recv() => {
                    heard = true;
                    match message {
                        Some(Ok(message)) => self.receive(message, &sender).await,
                        Some(Err(error)) => Err(Some(Close::because(1009, error.to_string()))),
                        None => Err(None),
                    }
                }
                Some(outgoing) = outgoing.recv() => self.send(outgoing).await,
                () = tokio::time::sleep_until(deadline), if !self.acknowledged => {
                    Err(Some(Close::because(4408, "Connection initialisation timeout")))
                }
                _ = ping.tick() => if std::mem::take(&mut heard) { self.check().await } else { Err(None) },
                _ = stopping.wait_for(|stopping| *stopping) => Err(Some(Close::because(1001, "Server is stopping"))),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn receive(
        &mut self,
        message: AggregatedMessage,
        sender: &mpsc::Sender<Outgoing>,
    ) -> Result<(), Option<Close>> {
        let text = match message {
            AggregatedMessage::Text(text) => text,
            AggregatedMessage::Ping(bytes) => return self.session.pong(&bytes).await.map_err(|_| None),
            AggregatedMessage::Pong(_) => return Ok(()),
            AggregatedMessage::Binary(_) => return Err(Some(Close::invalid("Messages are text"))),
            AggregatedMessage::Close(_) => return Err(None),
        };
        let message = serde_json::from_str(&text)
            .map_err(|_| Some(Close::invalid("That is no message of graphql-transport-ws")))?;
        match message {
            FromClient::ConnectionInit if self.acknowledged => {
                Err(Some(Close::because(4429, "Too many initialisation requests")))
            }
            FromClient::ConnectionInit if self.caller.actor.is_none() => Err(Some(Close::unauthorized())),
            FromClient::ConnectionInit => {
                self.acknowledged = true;
                self.tell(&FromServer::ConnectionAck).await
            }
            FromClient::Ping { payload } => self.tell(&FromServer::Pong { payload }).await,
            FromClient::Pong => Ok(()),
            FromClient::Subscribe { .. } if !self.acknowledged => Err(Some(Close::unauthorized())),
            FromClient::Subscribe { id, payload } => self.begin(id, payload, sender).await,
            FromClient::Complete { id } => {
                if let Some(operation) = self.operations.remove(&id) {
                    operation.task.abort();
                }
                Ok(())
            }
        }
    }

    async fn begin(
        &mut self,
        id: String,
        payload: serde_json::Map<String, serde_json::Value>,
        sender: &mpsc::Sender<Outgoing>,
    ) -> Result<(), Option<Close>> {
        if self.operations.contains_key(&id) {
            return Err(Some(Close::because(4409, format!("Subscriber for {} already exists", short(&id)))));
        }
        let incoming = Incoming::from_object(payload).map_err(|_| Some(Close::invalid("The payload is malformed")))?;
        let admitted = if self.operations.len() >= self.server.config.websocket_subscriptions {
            let message = "This connection has as many operations as it may: complete one first";
            Err(schema::Error::invalid("TOO_MANY_OPERATIONS", message))
        } else {
            admit(&self.server, self.caller.clone(), incoming)
        };
        let admitted = match admitted {
            Ok(admitted) => admitted,
            Err(refusal) => {
                let response = refusal.into_response(&self.caller.request_id);
                return self.tell(&FromServer::result(&id, &response)).await;
            }
        };
        self.number += 1;
        let number = self.number;
        let responses = admitted.execute_stream(&self.server.schema);
        let (sender, of) = (sender.clone(), id.clone());
        let task = rt::spawn(async move {
            let mut responses = pin!(responses);
            while let Some(response) = responses.next().await {
                let response = Some(response);
                if sender.send(Outgoing { id: of.clone(), number, response }).await.is_err() {
                    return;
                }
            }
            // When the receiver is gone, so is the client.
            sender.send(Outgoing { id: of, number, response: None }).await.ok();
        });
        self.operations.insert(id, Operation { number, task });
        Ok(())
    }

    async fn send(&mut self, Outgoing { id, number, response }: Outgoing) -> Result<(), Option<Close>> {
        if self.operations.get(&id).is_none_or(|operation| operation.number != number) {
            return Ok(());
        }
        let refused = response.as_ref().is_some_and(answer::is_refusal);
        if refused || response.is_none() {
            self.operations.remove(&id);
        }
        match response {
            Some(response) => self.tell(&FromServer::result(&id, &response)).await,
            None => self.tell(&FromServer::Complete { id: &id }).await,
        }
    }

    /// The client is pinged, and must still be who it was: a session may have ended, a token been revoked.
    async fn check(&mut self) -> Result<(), Option<Close>> {
        let actor = self.credentials.actor(&self.server.app, &self.caller.request_id).await;
        let same = match (&actor, &self.caller.actor) {
            (Ok(Some(now)), Some(then)) => now.id == then.id && now.role == then.role,
            (Ok(None), None) => true,
            (Err(problem), _) => problem.status.is_server_error(),
            _ => false,
        };
        if !same {
            return Err(Some(Close::unauthorized()));
        }
        self.session.ping(b"").await.map_err(|_| None)
    }

    async fn tell(&mut self, message: &FromServer<'_>) -> Result<(), Option<Close>> {
        let text = serde_json::to_string(message).map_err(|error| {
            tracing::error!(%error, "a message can't be written");
            Some(Close::because(1011, "Internal error"))
        })?;
        self.session.text(text).await.map_err(|_| None)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        for operation in self.operations.values() {
            operation.task.abort();
        }
    }
}

/// A close reason has 123 bytes at most (RFC 6455, section 5.5).
fn short(id: &str) -> String {
    id.chars().take(20).collect()
}
