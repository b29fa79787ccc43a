//! A message as Discord takes it.

use serde_json::{Value, json};

use super::clean::size;
use super::component::Row;

/// The longest text of a message.
pub const MOST_CONTENT: usize = 2_000;
/// The longest text of an embed; Discord allows a little more, which is left for its title and footer.
pub const MOST_DESCRIPTION: usize = 4_000;
/// The longest title of an embed.
pub const MOST_TITLE: usize = 256;
/// The most embeds of a message.
pub const MOST_EMBEDS: usize = 10;
/// The most text in all embeds of a message.
pub const MOST_EMBEDDED: usize = 6_000;
/// The most rows of a message.
pub const MOST_ROWS: usize = 5;

/// Links in the text show no preview.
const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// Only one person sees it.
const EPHEMERAL: u64 = 1 << 6;

/// A message to send.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// Its text, in Discord's markup.
    pub content: String,
    /// What stands in boxes below the text.
    pub embeds: Vec<Embed>,
    /// What can be pressed, from top to bottom.
    pub components: Vec<Row>,
    /// What is attached: one file at the most, since serenity's requests call every file the first.
    pub files: Vec<File>,
    /// Whether only the person who asked sees it; only answers to interactions can be so.
    pub is_ephemeral: bool,
}

/// A box in a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Embed {
    /// Above it, in Discord's markup.
    pub title: Option<String>,
    /// Where the title leads: http or https.
    pub url: Option<String>,
    /// Its text, in Discord's markup.
    pub description: String,
    /// Below it, small; not markup.
    pub footer: Option<String>,
    /// The colour of its edge.
    pub color: Option<u32>,
}

/// A file to attach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, harmless and without a path.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// All of it.
    pub text: String,
}

impl Message {
    /// A message of text.
    #[must_use]
    pub fn of(content: impl Into<String>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// The same, for whoever asked alone.
    #[must_use]
    pub fn ephemeral(self) -> Self {
        Self { is_ephemeral: true, ..self }
    }

    /// What goes into the request that sends it, whichever that is: a message, an answer to an interaction, a follow-up. Every
    /// part is named, so that an edit replaces all of what was there. It mentions nobody.
    #[must_use]
    pub fn body(&self) -> Value {
        json!({
            "content": self.content,
            "embeds": self.embeds.iter().map(Embed::value).collect::<Vec<_>>(),
            "components": self.components.iter().map(Row::value).collect::<Vec<_>>(),
            "attachments": self.attachments(),
            "flags": self.flags(),
            "allowed_mentions": { "parse": [] },
        })
    }

    fn attachments(&self) -> Vec<Value> {
        let named = |(at, file): (usize, &File)| json!({ "id": at.to_string(), "filename": file.name });
        self.files.iter().enumerate().map(named).collect()
    }

    fn flags(&self) -> u64 {
        // With embeds of its own the flag would hide these; links in the text are in angle brackets, which is enough.
        let has_links = self.embeds.is_empty() && self.content.contains("://");
        let suppress = if has_links { SUPPRESS_EMBEDS } else { 0 };
        let ephemeral = if self.is_ephemeral { EPHEMERAL } else { 0 };
        suppress | ephemeral
    }

    /// How much text its embeds have.
    pub(super) fn embedded(&self) -> usize {
        self.embeds.iter().map(Embed::size).sum()
    }
}

impl Embed {
    /// How much text it has, as Discord counts it.
    pub(super) fn size(&self) -> usize {
        let title = self.title.as_deref().map_or(0, size);
        let footer = self.footer.as_deref().map_or(0, size);
        title + size(&self.description) + footer
    }

    fn value(&self) -> Value {
        let mut value = json!({});
        if let Some(object) = value.as_object_mut() {
            let description = Some(&self.description).filter(|text| !text.is_empty());
            object.extend(description.map(|text| ("description".to_owned(), json!(text))));
            object.extend(self.title.as_ref().map(|title| ("title".to_owned(), json!(title))));
            object.extend(self.url.as_ref().map(|url| ("url".to_owned(), json!(url))));
            object.extend(self.footer.as_ref().map(|text| ("footer".to_owned(), json!({ "text": text }))));
            object.extend(self.color.map(|color| ("color".to_owned(), json!(color))));
        }
        value
    }
}
