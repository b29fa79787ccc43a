//! Interactions: answered within their three seconds, put off where the desk needs longer, and never lost when that is not enough.

use std::time::Duration;

use serde_json::json;
use serenity::model::application::Interaction;
use serenity::model::channel::Attachment;
use tokio::time::timeout;

use crate::chat::commands::slash;
use crate::chat::{Form, Reply, Visibility};
use crate::domain::{Missing, Upload};

use super::asked::{Asked, Kind, Typing, Understood, understood};
use super::door::Door;
use super::render::{Message, Modal};
use super::trouble::Trouble;

/// How long the desk has before an answer is put off; Discord waits for three seconds.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How long files are fetched.
const FETCHING: Duration = Duration::from_secs(30);

/// The kinds of first answers, by Discord's numbers.
mod callback {
    pub const MESSAGE: u8 = 4;
    pub const LATER: u8 = 5;
    pub const LATER_IN_PLACE: u8 = 6;
    pub const COMPLETIONS: u8 = 8;
    pub const MODAL: u8 = 9;
}

impl Door {
    /// Answers an interaction.
    pub async fn interact(&self, interaction: &Interaction) {
        match understood(interaction) {
            Understood::Asked(asked) if self.serves(asked.channel.server) => self.turn(*asked).await,
            Understood::Typing(typing) => self.complete(&typing).await,
            Understood::Asked(asked) => self.turn_away(&asked).await,
            Understood::Nothing => {}
        }
    }

    /// Commands are offered wherever the bot is: whoever uses one on a server that is not served is told so.
    async fn turn_away(&self, asked: &Asked) {
        let reply = crate::replies::servers::not_served(self.locale);
        if let Err(trouble) = self.give_first(asked, &reply).await {
            tracing::warn!(%trouble, "somebody on a server that is not served could not be told so");
        }
    }

    async fn turn(&self, mut asked: Asked) {
        let mut put_off = false;
        if !asked.files.is_empty() {
            put_off = self.put_off(&asked).await;
            (asked.request.files, asked.request.missing) = self.fetch(&asked.files).await;
        }
        let mut work = Box::pin(self.desk.answer(&asked.request));
        let answer = if let Ok(answer) = timeout(PATIENCE, &mut work).await {
            answer
        } else {
            put_off = put_off || self.put_off(&asked).await;
            work.await
        };
        let keeping = async {
            if let Some(rest) = answer.rest {
                rest.keep().await;
            }
        };
        tokio::join!(self.give(&asked, &answer.reply, put_off), keeping);
    }

    /// Tells Discord that the answer takes longer, and whoever asked that it comes. It will be for them alone: what is private must not be
    /// public, and what is public may be private.
    async fn put_off(&self, asked: &Asked) -> bool {
        let body =
            json!({ "type": callback::LATER, "data": { "flags": 64, "allowed_mentions": { "parse": [] } } });
        match self.api.callback(&asked.token, &body, None).await {
            Ok(()) => true,
            Err(trouble) => {
                tracing::warn!(%trouble, "an answer could not be put off");
                false
            }
        }
    }

    /// Gives the answer, by whichever way is still open.
    async fn give(&self, asked: &Asked, reply: &Reply, put_off: bool) {
        let given =
            if put_off { self.give_late(asked, reply).await } else { self.give_first(asked, reply).await };
        let given = match given {
            Err(trouble) if trouble.is_too_late() || trouble.passes() => {
                let name = format!("i{}", asked.token.id);
                match reply.visibility {
                    Visibility::Everyone if asked.channel.server.is_some() && !put_off => {
                        self.post(asked.channel.id, reply, &name, None).await
                    }
                    Visibility::Everyone | Visibility::Asker => {
                        self.show_alone(asked.user, asked.channel, reply, &name).await
                    }
                }
            }
            given => given,
        };
        if let Err(trouble) = given {
            tracing::error!(%trouble, "an answer could not be given");
        }
    }

    async fn give_first(&self, asked: &Asked, reply: &Reply) -> Result<(), Trouble> {
        if let Some(modal) = modal_of(asked, reply.form.as_ref()) {
            let body = json!({ "type": callback::MODAL, "data": modal.body() });
            return self.api.callback(&asked.token, &body, None).await;
        }
        let mut messages = self.messages(reply).into_iter();
        let Some(first) = messages.next() else {
            return match asked.kind {
                Kind::Component(_) | Kind::Modal => {
                    self.api.callback(&asked.token, &json!({ "type": callback::LATER_IN_PLACE }), None).await
                }
                Kind::Command => {
                    let nothing = self.messages(&self.desk.greeting()).into_iter().next();
                    let nothing = nothing.map(Message::ephemeral);
                    self.api.answer(&asked.token, callback::MESSAGE, nothing.as_ref()).await
                }
            };
        };
        self.api.answer(&asked.token, callback::MESSAGE, Some(&first)).await?;
        for message in messages {
            self.api.follow_up(&asked.token, &message).await?;
        }
        Ok(())
    }

    async fn give_late(&self, asked: &Asked, reply: &Reply) -> Result<(), Trouble> {
        let reply = if reply.is_silent() { self.desk.greeting() } else { reply.clone() };
        let mut messages = self.messages(&reply).into_iter();
        if let Some(first) = messages.next() {
            self.api.complete(&asked.token, &first).await?;
        }
        for message in messages {
            self.api.follow_up(&asked.token, &message.ephemeral()).await?;
        }
        Ok(())
    }

    /// A reply as messages, for the person alone where it is meant so.
    fn messages(&self, reply: &Reply) -> Vec<Message> {
        let messages = self.rendered(reply).into_iter();
        match reply.visibility {
            Visibility::Asker => messages.map(Message::ephemeral).collect(),
            Visibility::Everyone => messages.collect(),
        }
    }

    async fn complete(&self, typing: &Typing) {
        let path: Vec<&str> = typing.path.iter().map(String::as_str).collect();
        let found = match slash::completes(&path, &typing.option) {
            Some(kind) => self.desk.complete(&typing.who, kind, &typing.typed).await,
            None => Vec::new(),
        };
        let choices = found.iter().map(|one| json!({ "name": one.label, "value": one.value }));
        let body =
            json!({ "type": callback::COMPLETIONS, "data": { "choices": choices.collect::<Vec<_>>() } });
        // Whoever types has typed on meanwhile.
        if let Err(trouble) = self.api.callback(&typing.token, &body, None).await {
            tracing::debug!(%trouble, "what somebody types could not be completed");
        }
    }

    /// Fetches files that came along; answers those that are here, and those that are not.
    pub async fn fetch(&self, files: &[Attachment]) -> (Vec<Upload>, Vec<Missing>) {
        let mut uploads = Vec::new();
        let mut missing = Vec::new();
        for file in files {
            let (name, size) = (file.filename.clone(), u64::from(file.size));
            if !self.desk.takes(size) {
                missing.push(Missing { name, too_large: Some(size) });
                continue;
            }
            match timeout(FETCHING, file.download()).await {
                Ok(Ok(bytes)) => uploads.push(Upload { name, bytes }),
                Ok(Err(_)) | Err(_) => missing.push(Missing { name, too_large: None }),
            }
        }
        (uploads, missing)
    }
}

/// The form to be shown at once: where it is all that the reply is about, or is what was pressed.
fn modal_of(asked: &Asked, form: Option<&Form>) -> Option<Modal> {
    let form = form?;
    let is_shown = match &asked.kind {
        Kind::Modal => false,
        Kind::Command => form.at_once,
        Kind::Component(pressed) => form.at_once || form.id == *pressed,
    };
    is_shown.then(|| Modal::pages(form).into_iter().next()).flatten()
}
