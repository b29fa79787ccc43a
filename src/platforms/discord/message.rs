//! A message that somebody wrote, and what the desk makes of it.

use chrono::TimeDelta;
use serde_json::Value;
use serenity::model::channel::{Attachment, Message, MessageType};
use serenity::model::event::MessageUpdateEvent;
use serenity::model::user::User;

use crate::chat::{Input, Member, Reply, Request, Visibility};
use crate::domain::{Channel, Identity, Privacy};
use crate::handlers::Hears;
use crate::services::seen::{self, Seen};

use super::asked::member_of;
use super::door::Door;
use super::heard::{Heard, What};
use super::mentions;
use super::trouble::{Trouble, code};
use super::unfinished::nonces;

/// How often an answer is posted while Discord has trouble of its own: for some ten minutes.
const TRIES: u32 = 200;
/// The pause after one that did not get there.
const PAUSE: TimeDelta = TimeDelta::seconds(1);

/// A message, as far as the desk reads it.
#[derive(Debug, Clone)]
pub struct Written {
    /// Who wrote it.
    pub author: u64,
    /// What Discord says of them.
    pub member: Member,
    /// What it says.
    pub text: String,
    /// The files that came with it.
    pub files: Vec<Attachment>,
    /// Whether it is said to the desk: the desk is mentioned, or answered.
    pub to_desk: bool,
    /// Whether it answers somebody else.
    pub to_others: bool,
    /// Whether it was found later, and the desk may have answered it before it went away.
    pub is_late: bool,
}

impl Written {
    /// What a message is to the desk; `None` where no person wrote it.
    #[must_use]
    pub fn of(message: &Message, me: u64) -> Option<Self> {
        let is_said = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
        if !is_said || message.author.bot || message.webhook_id.is_some() {
            return None;
        }
        let answered = message.referenced_message.as_ref().map(|answered| answered.author.id.get());
        let is_mentioned = message.mentions.iter().any(|person| person.id.get() == me);
        Some(Self {
            author: message.author.id.get(),
            member: member(message),
            text: mentions::in_words(&message.content, &message.mentions, Some(me)),
            files: message.attachments.clone(),
            to_desk: is_mentioned || answered == Some(me),
            to_others: answered.is_some_and(|author| author != me && author != message.author.id.get()),
            is_late: false,
        })
    }

    /// What a message says now; `None` where it was not its words that changed.
    #[must_use]
    pub fn changed(update: &MessageUpdateEvent, me: u64) -> Option<Self> {
        let author = update.author.as_ref().filter(|author| !author.bot)?;
        let content = update.content.as_ref()?;
        update.edited_timestamp?;
        let people: &[User] = update.mentions.as_deref().unwrap_or_default();
        Some(Self {
            author: author.id.get(),
            member: Member { name: None, manages: false, roles: Vec::new() },
            text: mentions::in_words(content, people, Some(me)),
            files: Vec::new(),
            to_desk: false,
            to_others: false,
            is_late: false,
        })
    }
}

/// A message brings what is known of its author's membership, without the author.
pub(super) fn member(message: &Message) -> Member {
    let base = member_of(&message.author, None);
    match message.member.as_deref() {
        Some(partial) => Member {
            name: partial.nick.clone().or(base.name),
            manages: false,
            roles: partial.roles.iter().map(|role| role.get()).collect(),
        },
        None => base,
    }
}

impl Door {
    /// Handles what happened to a message; whether it was for the desk at all.
    pub async fn hear(&self, heard: &Heard) -> bool {
        let place = heard.channel.place(privacy(heard.channel));
        let (attention, within) = self.attention(heard.channel).await;
        match &heard.what {
            What::Written(written) => self.hear_written(heard, written, attention, within).await,
            What::Changed(written) if attention == Hears::Room => {
                self.correct(heard, Identity::Discord(written.author), Some(written.text.clone())).await
            }
            What::Deleted if attention == Hears::Room => {
                match self.desk.author_of(&place, &name_of(heard.id)).await {
                    Some(author) => self.correct(heard, author, None).await,
                    None => true,
                }
            }
            What::Answered(author) => {
                self.finish_answer(heard, *author).await;
                attention != Hears::Nothing
            }
            What::Changed(_) | What::Deleted => false,
        }
    }

    async fn hear_written(
        &self,
        heard: &Heard,
        written: &Written,
        attention: Hears,
        within: Option<u64>,
    ) -> bool {
        let Heard { id, channel, .. } = heard;
        let is_for_desk = match attention {
            Hears::Room | Hears::Alone => true,
            Hears::Questions => written.to_desk || !written.to_others,
            Hears::Nothing => written.to_desk,
        };
        if !is_for_desk {
            return attention == Hears::Questions;
        }
        if attention != Hears::Nothing {
            self.begin_with(*channel, *id).await;
        }
        let place = channel.place(privacy(*channel));
        let to_desk = written.to_desk || attention == Hears::Alone;
        let text = written.text.clone();
        let input = if to_desk { Input::Text(text) } else { Input::Overheard(text) };
        let mut request = Request::new(Identity::Discord(written.author), place, input);
        request.id = Some(name_of(*id));
        request.within = within;
        request.member = channel.server.map(|_| written.member.clone());
        let takes_files = matches!(attention, Hears::Room | Hears::Alone);
        if takes_files {
            (request.files, request.missing) = self.fetch(&written.files).await;
        }
        let reply = self.desk.handle(&request).await;
        let was_answered = written.is_late && self.was_answered(channel.id, *id).await;
        if was_answered {
            self.finish_answer(heard, written.author).await;
        } else if !reply.is_silent() {
            self.reply_to(heard, written.author, &reply, attention).await;
        }
        true
    }

    /// Answers a message, tried until it goes: nobody writes it again, and what was handled is not handled again.
    async fn reply_to(&self, heard: &Heard, author: u64, reply: &Reply, attention: Hears) {
        let mut posted = self.try_reply_to(heard, author, reply, attention).await;
        for n in 1..TRIES {
            let Err(trouble) = &posted else { return };
            if !trouble.passes() {
                break;
            }
            if n == 1 {
                tracing::warn!(%trouble, "a message is answered as soon as that goes");
            }
            self.clock.sleep_until(self.now() + PAUSE).await;
            // Discord forgets nonces, and a try without an answer may have got there.
            if self.was_answered(heard.channel.id, heard.id).await {
                return self.finish_answer(heard, author).await;
            }
            posted = self.try_reply_to(heard, author, reply, attention).await;
        }
        if let Err(trouble) = posted {
            tracing::error!(%trouble, "a message could not be answered");
        }
    }

    async fn try_reply_to(
        &self,
        heard: &Heard,
        author: u64,
        reply: &Reply,
        attention: Hears,
    ) -> Result<(), Trouble> {
        let is_read_along = matches!(attention, Hears::Questions | Hears::Nothing);
        if reply.visibility == Visibility::Asker && is_read_along {
            self.show_alone(author, heard.channel, reply, &nonces(heard)).await
        } else {
            self.answer_there(heard, author, reply).await
        }
    }

    async fn correct(&self, heard: &Heard, who: Identity, text: Option<String>) -> bool {
        let place = heard.channel.place(privacy(heard.channel));
        let input = Input::Corrected { of: name_of(heard.id), text };
        let reply = self.desk.handle(&Request::new(who, place, input)).await;
        if !reply.is_silent()
            && let Err(trouble) = self.post(heard.channel.id, &reply, &format!("e{}", heard.id), None).await
        {
            tracing::warn!(%trouble, "what came of a changed message could not be said");
        }
        true
    }

    /// Whether the desk has answered a message, as far as the last messages tell.
    async fn was_answered(&self, channel: u64, id: u64) -> bool {
        let Ok(last) = self.api.last_messages(channel).await else { return false };
        last.iter().any(|message| self.is_mine(message) && answers(message) == Some(id))
    }

    /// Whether the desk wrote a message.
    #[must_use]
    pub fn is_mine(&self, message: &Value) -> bool {
        let author = message.pointer("/author/id").and_then(Value::as_str);
        author.and_then(|id| id.parse().ok()) == Some(self.me)
    }

    /// Before the first message of a channel is handled: whatever happens then, the channel is read on from there.
    async fn begin_with(&self, channel: Channel, first: u64) {
        if seen::is_new(&self.store, channel.id).await.unwrap_or(false) {
            self.note_seen(channel, first.saturating_sub(1)).await;
        }
    }

    /// Notes that a channel was read up to a message; answers up to which one it was before.
    pub async fn note_seen(&self, channel: Channel, last: u64) -> Option<u64> {
        let seen = Seen { channel: channel.id, server: channel.server, last };
        match seen::note(&self.store, seen).await {
            Ok(before) => before,
            Err(error) => {
                // What was read is read again, and handled once.
                tracing::warn!(%error, "how far a channel was read could not be kept");
                None
            }
        }
    }

    /// Whether a trouble means that a channel is gone for the desk.
    #[must_use]
    pub fn is_gone(trouble: &super::trouble::Trouble) -> bool {
        trouble.is(code::UNKNOWN_CHANNEL) || trouble.is(code::NO_ACCESS)
    }
}

/// The message that a message answers.
pub(super) fn answers(message: &Value) -> Option<u64> {
    message.pointer("/message_reference/message_id").and_then(Value::as_str)?.parse().ok()
}

/// The name of the turn that a message is.
#[must_use]
pub fn name_of(message: u64) -> String {
    format!("discord-{message}")
}

/// The message whose turn is called so.
pub(super) fn number_in(name: &str) -> Option<u64> {
    name.strip_prefix("discord-")?.parse().ok()
}

/// Who reads along in a channel.
#[must_use]
pub fn privacy(channel: Channel) -> Privacy {
    if channel.server.is_some() { Privacy::Public } else { Privacy::Private }
}
