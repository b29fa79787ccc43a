//! Makes messages of bodies, and says whom they ping.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{
    super::oracle::{self, Whole},
    failure::{self, Failure},
    id::Id,
    model::{Attachment, Channel, Message, Ping, Reference},
    multipart::Upload,
    rights,
    state::State,
};

/// What a bot may send in one request: 10 MiB in all files.
const MOST_BYTES: usize = 10 * 1024 * 1024;

/// Refuses what Discord refuses in a message.
pub fn checked(body: &Value, whole: Whole, uploads: &[Upload]) -> Result<(), Failure> {
    if uploads.iter().map(|upload| upload.bytes.len()).sum::<usize>() > MOST_BYTES {
        return Err(failure::TOO_LARGE);
    }
    let flaws = oracle::message(body, whole, uploads.len());
    match flaws.as_slice() {
        [] => Ok(()),
        [only] if only.path.is_empty() => Err(failure::EMPTY_MESSAGE),
        _ => Err(Failure::form(&flaws)),
    }
}

impl State {
    /// A message of the bot's; not yet in its channel.
    pub fn compose(&mut self, channel: Id, body: &Value, uploads: &[Upload], kind: u8) -> Message {
        let reference = Id::of(&body["message_reference"]["message_id"]);
        let mut message = Message {
            id: self.next_id(),
            channel,
            author: self.bot,
            kind: if reference.is_some() { 19 } else { kind },
            content: body["content"].as_str().unwrap_or_default().to_owned(),
            embeds: embeds(&body["embeds"]),
            components: components(&body["components"]),
            attachments: Vec::new(),
            flags: body["flags"].as_u64().unwrap_or_default(),
            at: self.now(),
            edited: None,
            reference: reference.map(|message| Reference { channel, message: Some(message) }),
            nonce: body.get("nonce").filter(|nonce| !nonce.is_null()).cloned(),
            pings: BTreeSet::new(),
            only_for: None,
            interaction: None,
        };
        message.attachments = self.keep(channel, uploads);
        self.ping(&mut message, &body["allowed_mentions"]);
        message
    }

    /// Makes of a message what a body says, and leaves what the body does not name.
    pub fn recompose(&mut self, message: &mut Message, body: &Value, uploads: &[Upload]) {
        if let Some(content) = body.get("content") {
            content.as_str().unwrap_or_default().clone_into(&mut message.content);
        }
        if body.get("embeds").is_some() {
            message.embeds = embeds(&body["embeds"]);
        }
        if body.get("components").is_some() {
            message.components = components(&body["components"]);
        }
        if let Some(kept) = body["attachments"].as_array() {
            let kept: Vec<Id> = kept.iter().filter_map(|file| Id::of(&file["id"])).collect();
            message.attachments.retain(|file| kept.contains(&file.id));
        }
        let added = self.keep(message.channel, uploads);
        message.attachments.extend(added);
        message.edited = Some(self.now());
    }

    /// Keeps files so that they can be downloaded.
    pub fn keep(&mut self, channel: Id, uploads: &[Upload]) -> Vec<Attachment> {
        uploads.iter().map(|upload| self.keep_one(channel, upload)).collect()
    }

    fn keep_one(&mut self, channel: Id, upload: &Upload) -> Attachment {
        let id = self.next_id();
        // Discord spells file names with plain letters only.
        let plain = |letter: char| {
            if letter.is_ascii_alphanumeric() || "._-".contains(letter) { letter } else { '_' }
        };
        let name: String = upload.name.chars().map(plain).collect();
        let path = format!("/attachments/{channel}/{id}/{name}");
        let url = format!("{}{path}", self.origin);
        self.files.insert(path, (upload.kind.clone(), upload.bytes.clone()));
        Attachment { id, name, kind: upload.kind.clone(), size: upload.bytes.len(), url }
    }

    /// Lets a message of the bot's ping whom it pings.
    pub fn ping(&mut self, message: &mut Message, allowed: &Value) {
        message.pings = self.pings(message, allowed);
        if !message.pings.is_empty() {
            self.pinged.push(format!("{:?} with {:?}", message.pings, message.content));
        }
    }

    /// Whom a message pings: those it mentions, as far as its sender let it.
    pub fn pings(&self, message: &Message, allowed: &Value) -> BTreeSet<Ping> {
        let channel = self.channel(message.channel);
        let rights = self.permissions(message.author, channel);
        let parse = |kind: &str| {
            allowed.is_null()
                || allowed["parse"].as_array().is_some_and(|all| all.iter().any(|one| one == kind))
        };
        let listed = |kind: &str, id: Id| {
            allowed[kind].as_array().is_some_and(|all| all.iter().any(|one| Id::of(one) == Some(id)))
        };
        let mut pings = BTreeSet::new();
        for mention in mentions(&message.content) {
            let pinged = match &mention {
                Ping::Everyone => rights & rights::MENTION_EVERYONE != 0 && parse("everyone"),
                Ping::Role(id) => {
                    let role = channel.guild.and_then(|guild| self.guild(guild).roles.get(id));
                    let may = rights & rights::MENTION_EVERYONE != 0;
                    role.is_some_and(|role| role.mentionable || may)
                        && (parse("roles") || listed("roles", *id))
                }
                Ping::User(id) => self.users.contains_key(id) && (parse("users") || listed("users", *id)),
                Ping::Replied(_) => false,
            };
            if pinged {
                pings.insert(mention);
            }
        }
        let answered = message.reference.as_ref().and_then(|reference| reference.message);
        let answered = answered.and_then(|id| channel.messages.get(&id)).map(|answered| answered.author);
        if let Some(author) = answered.filter(|author| *author != message.author)
            && (allowed.is_null() || allowed["replied_user"] == true)
        {
            pings.insert(Ping::Replied(author));
        }
        pings
    }

    /// What the bot needs for a message beyond seeing the channel.
    pub fn may_post(&self, channel: &Channel, body: &Value, uploads: &[Upload]) -> Result<(), Failure> {
        let rights = self.permissions(self.bot, channel);
        let embeds = body["embeds"].as_array().is_some_and(|embeds| !embeds.is_empty());
        let needed = rights::sending(channel)
            | if embeds { rights::EMBED_LINKS } else { 0 }
            | if uploads.is_empty() { 0 } else { rights::ATTACH_FILES };
        if rights & needed != needed {
            return Err(failure::MISSING_PERMISSIONS);
        }
        if !body["message_reference"].is_null() && rights & rights::READ_MESSAGE_HISTORY == 0 {
            return Err(failure::NO_HISTORY);
        }
        Ok(())
    }
}

/// Whom a text mentions. Code is no exception here: better too many than too few.
fn mentions(text: &str) -> Vec<Ping> {
    let mut found = Vec::new();
    if text.contains("@everyone") || text.contains("@here") {
        found.push(Ping::Everyone);
    }
    for part in text.split('<').skip(1) {
        let Some((inside, _)) = part.split_once('>') else { continue };
        let of = |prefix: &str| inside.strip_prefix(prefix).and_then(|id| id.parse::<Id>().ok());
        if let Some(id) = of("@&") {
            found.push(Ping::Role(id));
        } else if let Some(id) = of("@!").or_else(|| of("@")) {
            found.push(Ping::User(id));
        }
    }
    found
}

/// Embeds as Discord gives them back: named a kind, and without what was null.
fn embeds(given: &Value) -> Vec<Value> {
    let mut embeds = stripped_list(given);
    for embed in &mut embeds {
        embed["type"] = json!("rich");
        for field in embed["fields"].as_array_mut().into_iter().flatten() {
            if field["inline"].is_null() {
                field["inline"] = json!(false);
            }
        }
        if embed["fields"].is_null() {
            embed.as_object_mut().unwrap().remove("fields");
        }
    }
    embeds
}

/// Rows as Discord gives them back: each part with a number, menus with their limits.
pub fn components(given: &Value) -> Vec<Value> {
    let mut rows = stripped_list(given);
    let mut number = 0;
    for row in &mut rows {
        numbered(row, &mut number);
        for control in row["components"].as_array_mut().into_iter().flatten() {
            numbered(control, &mut number);
            if matches!(control["type"].as_u64(), Some(3 | 5..=8)) {
                for limit in ["min_values", "max_values"] {
                    if control[limit].is_null() {
                        control[limit] = json!(1);
                    }
                }
            }
        }
    }
    rows
}

fn numbered(part: &mut Value, number: &mut u64) {
    *number += 1;
    if part["id"].is_null() {
        part["id"] = json!(*number);
    }
}

fn stripped_list(given: &Value) -> Vec<Value> {
    given.as_array().into_iter().flatten().cloned().map(stripped).collect()
}

/// Without fields that are null.
pub fn stripped(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, stripped(value)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(list) => list.into_iter().map(stripped).collect(),
        other => other,
    }
}
