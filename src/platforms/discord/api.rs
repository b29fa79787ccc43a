//! Requests to Discord: one way for all, with the tries that each may have.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use serenity::builder::CreateAttachment;
use serenity::http::{Http, LightMethod, Multipart, MultipartUpload, Request, Route};
use serenity::model::id::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, UserId};

use super::render::{File, Message};
use super::trouble::{Trouble, code};

/// How often a request is sent that did not get through.
const TRIES: u32 = 4;
/// The pause after the first try; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(250);
/// The most messages that Discord lists at once.
pub const PAGE: usize = 100;
/// The most servers that Discord lists at once.
const SERVERS_PAGE: usize = 200;
/// The most lists of servers that are asked for; a bot is on fewer.
const SERVERS_PAGES: usize = 50;

/// Discord's API. Cheap to clone.
#[derive(Clone)]
pub struct Api {
    http: Arc<Http>,
    application: ApplicationId,
}

/// An interaction, as it is answered.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// Its number.
    pub id: u64,
    /// Its secret.
    pub secret: String,
}

impl Api {
    /// The API, for an application whose number is known.
    #[must_use]
    pub fn new(http: Arc<Http>, application: u64) -> Self {
        Self { http, application: ApplicationId::new(application) }
    }

    /// Sends a request, again where it did not get through: only for what may be done twice.
    async fn call(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: Option<&Value>,
        file: Option<&File>,
        params: &[(&'static str, String)],
    ) -> Result<Value, Trouble> {
        let mut pause = PAUSE;
        for _ in 1..TRIES {
            match self.once(method, route, body, file, params).await {
                Err(trouble) if trouble.passes() => tokio::time::sleep(pause).await,
                done => return done,
            }
            pause *= 2;
        }
        self.once(method, route, body, file, params).await
    }

    async fn once(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: Option<&Value>,
        file: Option<&File>,
        params: &[(&'static str, String)],
    ) -> Result<Value, Trouble> {
        let mut request = Request::new(route, method);
        if !params.is_empty() {
            request = request.params(Some(params.to_vec()));
        }
        let payload = body.map(Value::to_string);
        request = match file {
            None => request.body(payload.map(String::into_bytes)),
            Some(file) => {
                let part = CreateAttachment::bytes(file.text.clone(), file.name.clone());
                let upload = MultipartUpload::Attachments(vec![part]);
                request.multipart(Some(Multipart { upload, fields: Vec::new(), payload_json: payload }))
            }
        };
        let response = self.http.request(request).await?;
        let Ok(bytes) = response.bytes().await else { return Err(Trouble::Unreachable) };
        if bytes.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&bytes)
            .map_err(|error| Trouble::Unreadable(format!("{:?} error", error.classify())))
    }

    async fn get(&self, route: Route<'_>, params: &[(&'static str, String)]) -> Result<Value, Trouble> {
        self.call(LightMethod::Get, route, None, None, params).await
    }

    /// Gives an interaction its one first answer. One that got there already is as good.
    pub async fn answer(&self, to: &Token, kind: u8, data: Option<&Message>) -> Result<(), Trouble> {
        let mut body = json!({ "type": kind });
        let file = data.and_then(|message| message.files.first());
        if let (Some(message), Some(body)) = (data, body.as_object_mut()) {
            body.insert("data".to_owned(), message.body());
        }
        self.callback(to, &body, file).await
    }

    /// Gives an interaction its one first answer, whatever it is.
    pub async fn callback(&self, to: &Token, body: &Value, file: Option<&File>) -> Result<(), Trouble> {
        let id = InteractionId::new(to.id);
        let route = Route::InteractionResponse { interaction_id: id, token: &to.secret };
        match self.call(LightMethod::Post, route, Some(body), file, &[]).await {
            Err(trouble) if trouble.is(code::ANSWERED) => Ok(()),
            done => done.map(drop),
        }
    }

    /// Fills in the first answer that was put off.
    pub async fn complete(&self, to: &Token, message: &Message) -> Result<(), Trouble> {
        let route =
            Route::WebhookOriginalInteractionResponse { application_id: self.application, token: &to.secret };
        self.call(LightMethod::Patch, route, Some(&message.body()), message.files.first(), &[])
            .await
            .map(drop)
    }

    /// Says more after the first answer.
    pub async fn follow_up(&self, to: &Token, message: &Message) -> Result<(), Trouble> {
        let route = Route::WebhookFollowupMessages { application_id: self.application, token: &to.secret };
        self.call(LightMethod::Post, route, Some(&message.body()), message.files.first(), &[]).await.map(drop)
    }

    /// Posts a message. The same nonce again, within some minutes, gives the same message.
    pub async fn say(
        &self,
        channel: u64,
        message: &Message,
        nonce: &str,
        reply_to: Option<u64>,
    ) -> Result<u64, Trouble> {
        let mut body = message.body();
        if let Some(body) = body.as_object_mut() {
            body.insert("nonce".to_owned(), json!(nonce));
            body.insert("enforce_nonce".to_owned(), json!(true));
            if let Some(id) = reply_to {
                let reference = json!({ "message_id": id.to_string(), "fail_if_not_exists": false });
                body.insert("message_reference".to_owned(), reference);
            }
        }
        let route = Route::ChannelMessages { channel_id: ChannelId::new(channel) };
        let said = self.call(LightMethod::Post, route, Some(&body), message.files.first(), &[]).await?;
        number(&said, "id")
    }

    /// The direct conversation with somebody.
    pub async fn direct(&self, user: u64) -> Result<u64, Trouble> {
        let body = json!({ "recipient_id": user.to_string() });
        let made = self.call(LightMethod::Post, Route::UserMeDmChannels, Some(&body), None, &[]).await?;
        number(&made, "id")
    }

    /// The messages after one, the oldest first, [`PAGE`] at most.
    pub async fn messages_after(&self, channel: u64, after: u64) -> Result<Vec<Value>, Trouble> {
        let params = [("after", after.to_string()), ("limit", PAGE.to_string())];
        let mut found = self.messages(channel, &params).await?;
        found.sort_by_key(|message| number(message, "id").unwrap_or_default());
        Ok(found)
    }

    /// The last messages, the newest first, [`PAGE`] at most.
    pub async fn last_messages(&self, channel: u64) -> Result<Vec<Value>, Trouble> {
        self.messages(channel, &[("limit", PAGE.to_string())]).await
    }

    async fn messages(&self, channel: u64, params: &[(&'static str, String)]) -> Result<Vec<Value>, Trouble> {
        let route = Route::ChannelMessages { channel_id: ChannelId::new(channel) };
        Ok(listed(self.get(route, params).await?))
    }

    /// One message.
    pub async fn message(&self, channel: u64, id: u64) -> Result<Value, Trouble> {
        let route =
            Route::ChannelMessage { channel_id: ChannelId::new(channel), message_id: MessageId::new(id) };
        self.get(route, &[]).await
    }

    /// Makes a private thread; it is not tried again, for there would be two.
    pub async fn make_thread(&self, parent: u64, name: &str) -> Result<u64, Trouble> {
        let body = json!({ "name": name, "type": 12, "invitable": false, "auto_archive_duration": 10080 });
        let route = Route::ChannelThreads { channel_id: ChannelId::new(parent) };
        let made = self.once(LightMethod::Post, route, Some(&body), None, &[]).await?;
        number(&made, "id")
    }

    /// A server's threads that are not archived.
    pub async fn active_threads(&self, server: u64) -> Result<Vec<Value>, Trouble> {
        let route = Route::GuildThreadsActive { guild_id: GuildId::new(server) };
        let found = self.get(route, &[]).await?;
        Ok(found.get("threads").cloned().map(listed).unwrap_or_default())
    }

    /// A channel's archived private threads, the last archived first.
    pub async fn archived_threads(&self, parent: u64) -> Result<Vec<Value>, Trouble> {
        let route = Route::ChannelArchivedPrivateThreads { channel_id: ChannelId::new(parent) };
        let found = self.get(route, &[("limit", PAGE.to_string())]).await?;
        Ok(found.get("threads").cloned().map(listed).unwrap_or_default())
    }

    /// Archives a thread, or takes it up again.
    pub async fn set_archived(&self, thread: u64, archived: bool) -> Result<(), Trouble> {
        let route = Route::Channel { channel_id: ChannelId::new(thread) };
        let body = json!({ "archived": archived });
        self.call(LightMethod::Patch, route, Some(&body), None, &[]).await.map(drop)
    }

    /// Adds somebody to a thread.
    pub async fn add_member(&self, thread: u64, user: u64) -> Result<(), Trouble> {
        let route = member(thread, user);
        self.call(LightMethod::Put, route, None, None, &[]).await.map(drop)
    }

    /// Takes somebody off a thread.
    pub async fn remove_member(&self, thread: u64, user: u64) -> Result<(), Trouble> {
        let route = member(thread, user);
        self.call(LightMethod::Delete, route, None, None, &[]).await.map(drop)
    }

    /// A channel or thread.
    pub async fn channel(&self, id: u64) -> Result<Value, Trouble> {
        self.get(Route::Channel { channel_id: ChannelId::new(id) }, &[]).await
    }

    /// The servers that the bot is on.
    pub async fn servers(&self) -> Result<Vec<Value>, Trouble> {
        let mut all: Vec<Value> = Vec::new();
        for _ in 0..SERVERS_PAGES {
            let after = all.last().map_or(Ok(0), |last| number(last, "id"))?;
            let params = [("after", after.to_string()), ("limit", SERVERS_PAGE.to_string())];
            let page = listed(self.get(Route::UserMeGuilds, &params).await?);
            let is_last = page.len() < SERVERS_PAGE;
            all.extend(page);
            if is_last {
                break;
            }
        }
        Ok(all)
    }

    /// The channels of a server, its threads not among them.
    pub async fn channels(&self, server: u64) -> Result<Vec<Value>, Trouble> {
        Ok(listed(self.get(Route::GuildChannels { guild_id: GuildId::new(server) }, &[]).await?))
    }

    /// The roles of a server.
    pub async fn roles(&self, server: u64) -> Result<Vec<Value>, Trouble> {
        Ok(listed(self.get(Route::GuildRoles { guild_id: GuildId::new(server) }, &[]).await?))
    }

    /// Somebody's membership of a server.
    pub async fn member(&self, server: u64, user: u64) -> Result<Value, Trouble> {
        let route = Route::GuildMember { guild_id: GuildId::new(server), user_id: UserId::new(user) };
        self.get(route, &[]).await
    }

    /// Registers all commands of the application in place of those that were there.
    pub async fn register(&self, commands: &[Value]) -> Result<(), Trouble> {
        let route = Route::Commands { application_id: self.application };
        let body = Value::Array(commands.to_vec());
        self.call(LightMethod::Put, route, Some(&body), None, &[]).await.map(drop)
    }
}

fn member(thread: u64, user: u64) -> Route<'static> {
    Route::ChannelThreadMember { channel_id: ChannelId::new(thread), user_id: UserId::new(user) }
}

fn listed(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => Vec::new(),
    }
}

/// A number of Discord's in an answer, where it is a text.
pub fn number(value: &Value, field: &str) -> Result<u64, Trouble> {
    let text = value.get(field).and_then(Value::as_str);
    text.and_then(|text| text.parse().ok()).ok_or_else(|| Trouble::Unreadable(format!("it has no {field}")))
}
