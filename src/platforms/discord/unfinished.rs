//! Answers of several messages that the desk began to post: they are gone on with after it died in the middle.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::chat::Reply;
use crate::domain::Identity;

use super::door::Door;
use super::heard::Heard;
use super::message::answers;
use super::trouble::Trouble;

impl Door {
    /// Posts the answer to a message where it was written.
    pub async fn answer_there(&self, heard: &Heard, author: u64, reply: &Reply) -> Result<(), Trouble> {
        let who = Identity::Discord(author);
        let has_several = self.rendered(reply).len() > 1;
        if has_several {
            self.desk.begins_to_answer(&who, heard.id, reply).await;
        }
        self.post(heard.channel.id, reply, &nonces(heard), Some(heard.id)).await?;
        if has_several {
            self.desk.has_answered(&who, heard.id).await;
        }
        Ok(())
    }

    /// Posts what is missing of the answer to a message; nothing where it is all there.
    pub async fn finish_answer(&self, heard: &Heard, author: u64) {
        let who = Identity::Discord(author);
        let Some(reply) = self.desk.began_to_answer(&who, heard.id).await else { return };
        match self.post_missing(heard, &reply).await {
            Ok(()) => self.desk.has_answered(&who, heard.id).await,
            Err(trouble) => tracing::error!(%trouble, "an answer could not be gone on with"),
        }
    }

    async fn post_missing(&self, heard: &Heard, reply: &Reply) -> Result<(), Trouble> {
        let (channel, name) = (heard.channel.id, nonces(heard));
        let page = self.api.messages_after(channel, heard.id).await?;
        let is_rest = |message: &&Value| {
            self.is_mine(message) && answers(message).is_none_or(|answered| answered == heard.id)
        };
        let there: BTreeSet<String> = page.iter().filter(is_rest).map(looks).collect();
        for (at, message) in self.rendered(reply).iter().enumerate() {
            // The first is there, else nobody would know that this was answered.
            if at > 0 && !there.contains(&looks(&message.body())) {
                self.api.say(channel, message, &format!("{name}-{at}"), None).await?;
            }
        }
        Ok(())
    }
}

/// With what the nonces of an answer begin.
pub fn nonces(heard: &Heard) -> String {
    format!("m{}", heard.id)
}

/// By what a message is known again: its words and what can be pressed. Discord gives no nonces back, and may change spaces.
fn looks(message: &Value) -> String {
    let mut words = Vec::new();
    let text =
        |value: &Value, field: &str| value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    words.push(text(message, "content"));
    for embed in message.get("embeds").and_then(Value::as_array).into_iter().flatten() {
        words.extend([text(embed, "title"), text(embed, "description")]);
    }
    for row in message.get("components").and_then(Value::as_array).into_iter().flatten() {
        for control in row.get("components").and_then(Value::as_array).into_iter().flatten() {
            words.push(text(control, "custom_id"));
        }
    }
    words.iter().flat_map(|text| text.split_whitespace()).collect::<Vec<_>>().join(" ")
}
