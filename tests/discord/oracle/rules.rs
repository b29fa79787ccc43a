//! The limits of messages, modals and autocomplete answers.

use serde_json::Value;

use super::{Flaw, Flaws, controls};

/// Whether a body is all of a message, or changes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    Message,
    Change,
}

/// Suppress embeds, for one person, suppress notifications: the flags that a bot may set and this desk has a use for.
const FLAGS: u64 = 4 | 64 | 4096;

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// What is wrong with a message. `files` are those sent beside the body.
pub fn message(body: &Value, whole: Whole, files: usize) -> Vec<Flaw> {
    let mut flaws = Flaws::default();
    flaws.short(&body["content"], "content", 2000);
    let empty = body["content"].as_str().is_none_or(|text| text.trim().is_empty())
        && ["embeds", "attachments", "sticker_ids"].iter().all(|part| list(&body[part]).is_empty())
        && files == 0;
    flaws.unless(whole == Whole::Change || !empty, "", "the message is empty");
    let set = body["flags"].as_u64().unwrap_or_default();
    flaws.unless(set & !FLAGS == 0, "flags", format!("{set} has flags that don't belong here"));
    flaws.unless(list(&body["attachments"]).len().max(files) <= 10, "attachments", "more than 10 files");
    if let Some(nonce) = body["nonce"].as_str() {
        flaws.unless(nonce.chars().count() <= 25, "nonce", "has more than 25 characters");
    }
    embeds(list(&body["embeds"]), &mut flaws);
    controls::message(list(&body["components"]), &mut flaws);
    flaws.0
}

fn embeds(embeds: &[Value], flaws: &mut Flaws) {
    flaws.unless(embeds.len() <= 10, "embeds", "more than 10 embeds");
    for (n, embed) in embeds.iter().enumerate() {
        let at = |part: &str| format!("embeds.{n}.{part}");
        flaws.short(&embed["title"], &at("title"), 256);
        flaws.short(&embed["description"], &at("description"), 4096);
        flaws.short(&embed["footer"]["text"], &at("footer.text"), 2048);
        flaws.short(&embed["author"]["name"], &at("author.name"), 256);
        let fields = list(&embed["fields"]);
        flaws.unless(fields.len() <= 25, at("fields"), "more than 25 fields");
        for (f, field) in fields.iter().enumerate() {
            flaws.text(&field["name"], &at(&format!("fields.{f}.name")), 256);
            flaws.text(&field["value"], &at(&format!("fields.{f}.value")), 1024);
        }
        let shown = ["title", "description", "image", "thumbnail", "footer", "author"]
            .iter()
            .any(|part| embed.get(part).is_some_and(|value| !value.is_null()));
        flaws.unless(shown || !fields.is_empty(), format!("embeds.{n}"), "the embed is empty");
    }
    let all: usize = embeds.iter().map(letters).sum();
    flaws.unless(all <= 6000, "embeds", format!("{all} characters in all embeds, 6000 are the most"));
}

/// How many characters of an embed count towards the limit of all.
fn letters(embed: &Value) -> usize {
    let count = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let fields = list(&embed["fields"]).iter().map(|field| count(&field["name"]) + count(&field["value"]));
    count(&embed["title"])
        + count(&embed["description"])
        + count(&embed["footer"]["text"])
        + count(&embed["author"]["name"])
        + fields.sum::<usize>()
}

/// What is wrong with a modal: the `data` of a callback of type 9.
pub fn modal(data: &Value) -> Vec<Flaw> {
    let mut flaws = Flaws::default();
    flaws.text(&data["title"], "data.title", 45);
    flaws.text(&data["custom_id"], "data.custom_id", 100);
    controls::modal(list(&data["components"]), &mut flaws);
    flaws.0
}

/// What is wrong with an autocomplete answer: the `data` of a callback of type 8.
pub fn answers(data: &Value) -> Vec<Flaw> {
    let mut flaws = Flaws::default();
    let choices = list(&data["choices"]);
    flaws.unless(choices.len() <= 25, "data.choices", "more than 25 choices");
    for (n, choice) in choices.iter().enumerate() {
        flaws.text(&choice["name"], &format!("data.choices.{n}.name"), 100);
        match &choice["value"] {
            Value::String(_) => flaws.text(&choice["value"], &format!("data.choices.{n}.value"), 100),
            Value::Number(_) => {}
            _ => flaws.push(format!("data.choices.{n}.value"), "is required"),
        }
    }
    flaws.0
}
