//! The gateway: one connection of a client, from HELLO to its end.

use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};

use super::{
    sessions::{ALL, Order, PRIVILEGED},
    state::Shared,
};

/// Why a connection ends.
enum End {
    /// With a close frame and this code.
    Close(u16),
    /// Without a word.
    Cut,
}

struct Client {
    socket: WebSocket,
    shared: Arc<Shared>,
    number: u64,
    /// How many events of its session it was sent.
    sent: usize,
}

/// Talks with a client until either side is done.
pub async fn serve(socket: WebSocket, shared: Arc<Shared>) {
    let number = shared.change(|state| state.gateway.connect());
    let mut client = Client { socket, shared: Arc::clone(&shared), number, sent: 0 };
    if let End::Close(code) = client.talk().await {
        let frame = CloseFrame { code, reason: "".into() };
        if client.socket.send(Message::Close(Some(frame))).await.is_ok() {
            // A socket closed with something unread in it would take the close frame back.
            while let Some(Ok(_)) = client.socket.recv().await {}
        }
    }
    shared.change(|state| state.gateway.connections.remove(&number));
}

impl Client {
    async fn talk(&mut self) -> End {
        let mut changes = self.shared.changes();
        let heartbeat = self.shared.read(|state| state.gateway.heartbeat);
        let hello =
            json!({ "op": 10, "d": { "heartbeat_interval": heartbeat, "_trace": [] }, "s": null, "t": null });
        if let Err(end) = self.send(&hello).await {
            return end;
        }
        loop {
            let outcome = tokio::select! {
                received = self.socket.recv() => match received {
                    Some(Ok(Message::Text(text))) => self.hear(text.as_str()).await,
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
                    Some(Ok(Message::Binary(_))) => Err(End::Close(4002)),
                    Some(Ok(Message::Close(frame))) => {
                        self.leave(frame.map(|frame| frame.code));
                        Err(End::Cut)
                    }
                    Some(Err(_)) | None => Err(End::Cut),
                },
                _ = changes.changed() => self.catch_up().await,
            };
            if let Err(end) = outcome {
                return end;
            }
        }
    }

    async fn send(&mut self, value: &Value) -> Result<(), End> {
        self.socket.send(Message::Text(value.to_string().into())).await.map_err(|_| End::Cut)
    }

    /// A client that says goodbye ends its session; with any other code it may come back.
    fn leave(&self, code: Option<u16>) {
        if matches!(code, Some(1000 | 1001)) {
            self.shared.change(|state| {
                let session =
                    state.gateway.connections.get_mut(&self.number).and_then(|own| own.session.take());
                session.and_then(|session| state.gateway.sessions.remove(&session))
            });
        }
    }

    fn session(&self) -> Option<String> {
        self.shared.read(|state| state.gateway.connections.get(&self.number)?.session.clone())
    }

    async fn hear(&mut self, text: &str) -> Result<(), End> {
        let Ok(message) = serde_json::from_str::<Value>(text) else { return Err(End::Close(4002)) };
        match message["op"].as_u64() {
            Some(1) => self.heartbeat().await,
            Some(2) => self.identify(&message["d"]).await,
            Some(6) => self.resume(&message["d"]).await,
            // Presence, voice, members and sounds: nothing here depends on them.
            Some(3 | 4 | 8 | 31) if self.session().is_some() => Ok(()),
            Some(3 | 4 | 8 | 31) => Err(End::Close(4003)),
            _ => Err(End::Close(4001)),
        }
    }

    async fn heartbeat(&mut self) -> Result<(), End> {
        let silent = self.shared.change(|state| {
            state.gateway.heartbeats += 1;
            state.gateway.silent
        });
        if silent { Ok(()) } else { self.send(&json!({ "op": 11 })).await }
    }

    async fn identify(&mut self, d: &Value) -> Result<(), End> {
        let intents = d["intents"].as_u64().unwrap_or(u64::MAX);
        let session = self.shared.change(|state| {
            if state.gateway.connections[&self.number].session.is_some() {
                return Err(End::Close(4005));
            }
            if !is_token(&state.token, d) {
                return Err(End::Close(4004));
            }
            if intents & !ALL != 0 {
                return Err(End::Close(4013));
            }
            if intents & PRIVILEGED & !state.gateway.enabled != 0 {
                return Err(End::Close(4014));
            }
            let session = state.begin_session(intents, &d["shard"]);
            state.gateway.connections.get_mut(&self.number).unwrap().session = Some(session.clone());
            Ok(session)
        });
        session?;
        self.sent = 0;
        self.catch_up().await
    }

    async fn resume(&mut self, d: &Value) -> Result<(), End> {
        let (id, seen) =
            (d["session_id"].as_str().unwrap_or_default(), d["seq"].as_u64().unwrap_or_default());
        if !self.shared.read(|state| is_token(&state.token, d)) {
            return Err(End::Close(4004));
        }
        let known = self.shared.change(|state| {
            let known = state.gateway.sessions.get(id).map(|session| session.frames.len());
            if known.is_none_or(|told| seen as usize > told) {
                state.gateway.refused_resumes += 1;
                return false;
            }
            state.gateway.resumes += 1;
            state.tell_one(id, "RESUMED", json!({ "_trace": [] }));
            // One connection speaks for a session; an older one is put out.
            for connection in state.gateway.connections.values_mut() {
                if connection.session.as_deref() == Some(id) {
                    connection.session = None;
                    connection.orders.push(Order::Cut);
                }
            }
            state.gateway.connections.get_mut(&self.number).unwrap().session = Some(id.to_owned());
            true
        });
        if !known {
            return self.send(&json!({ "op": 9, "d": false })).await;
        }
        self.sent = seen as usize;
        self.catch_up().await
    }

    /// Sends what this client was not sent yet, and does with it what the test wants.
    async fn catch_up(&mut self) -> Result<(), End> {
        let (frames, orders) = self.shared.read(|state| {
            let connection = &state.gateway.connections[&self.number];
            let session = connection.session.as_ref().and_then(|id| state.gateway.sessions.get(id));
            let frames = session.map_or(&[][..], |session| &session.frames[self.sent..]);
            (frames.iter().map(Value::to_string).collect::<Vec<_>>(), connection.orders.clone())
        });
        if !orders.is_empty() {
            // Nobody else takes orders away, and new ones go to the end.
            self.shared.change(|state| {
                state.gateway.connections.get_mut(&self.number).unwrap().orders.drain(..orders.len());
            });
        }
        for frame in frames {
            self.socket.send(Message::Text(frame.into())).await.map_err(|_| End::Cut)?;
            self.sent += 1;
        }
        for order in orders {
            self.obey(&order).await?;
        }
        Ok(())
    }

    async fn obey(&mut self, order: &Order) -> Result<(), End> {
        match order {
            Order::Close(code) => {
                // After these the session is gone.
                if matches!(code, 1000 | 1001 | 4003..=4007 | 4009..=4014) {
                    self.leave(Some(1000));
                }
                Err(End::Close(*code))
            }
            Order::Cut => Err(End::Cut),
            Order::Reconnect => self.send(&json!({ "op": 7, "d": null })).await,
            Order::Invalid(resumable) => {
                if !resumable {
                    self.leave(Some(1000));
                }
                self.send(&json!({ "op": 9, "d": resumable })).await
            }
        }
    }
}

/// serenity sends the token with its prefix, others without.
fn is_token(token: &str, d: &Value) -> bool {
    d["token"].as_str().is_some_and(|given| given.strip_prefix("Bot ").unwrap_or(given) == token)
}
