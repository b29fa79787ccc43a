//! Whatever a reply holds: every limit is kept, nothing pings, and no word is lost.

use proptest::prelude::*;
use serde_json::Value;

use crate::chat::{CaseLine, CommandHelp, Mention, Reply, ReplyBlock};
use crate::domain::{Block, Span};
use crate::platforms::discord::render::{Look, Message, messages};

use super::escaping::marks_line;
use super::limits::{of_message, unescaped};
use super::strategy::Texts;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_message_is_within_the_limits(reply in Texts::Hostile.reply(), may_embed in any::<bool>()) {
        let messages = messages(&reply, Look { may_embed });
        prop_assert_eq!(messages.is_empty(), reply.is_silent());
        for message in messages {
            for body in [message.body(), message.clone().ephemeral().body()] {
                let broken = of_message(&body);
                prop_assert!(broken.is_empty(), "{:?} in {:#}", broken, body);
            }
            prop_assert!(may_embed || message.embeds.is_empty());
        }
    }

    #[test]
    fn whatever_can_be_pressed_is_offered_once(reply in Texts::Hostile.reply()) {
        let messages = messages(&reply, Look { may_embed: true });
        let offered: Vec<String> = messages.iter().flat_map(pressable).collect();
        for id in presses(&reply).into_iter().filter(|id| can_be_sent(id)) {
            prop_assert_eq!(offered.iter().filter(|own| **own == id).count(), 1, "{}", id);
        }
    }

    #[test]
    fn no_word_is_lost(reply in Texts::Words.reply(), may_embed in any::<bool>()) {
        let messages = messages(&reply, Look { may_embed });
        // A long answer is in a file as a whole.
        let whole = messages.iter().flat_map(|message| &message.files).find(|file| file.media == "text/markdown");
        let shown = whole.map_or_else(|| messages.iter().map(read).collect(), |file| file.text.clone());
        let mut shown = words(&shown).into_iter();
        for word in expected(&reply) {
            prop_assert!(shown.any(|own| own == word), "{word} is missing in {messages:#?}");
        }
    }
}

#[test]
fn where_a_long_line_goes_on_it_marks_nothing_either() {
    for mark in ["# ", "> ", "- ", "-# ", "12. "] {
        let reply = Reply {
            blocks: vec![ReplyBlock::Paragraph(vec![Span::Plain(format!("say {}", mark.repeat(1_200)))])],
            ..Reply::default()
        };
        let messages = messages(&reply, Look { may_embed: true });
        assert!(messages.len() > 1);
        for Message { content, .. } in messages {
            assert!(!marks_line(&content), "{content}");
        }
    }
}

/// The ids that a message's rows offer.
fn pressable(message: &Message) -> Vec<String> {
    let body = message.body();
    let parts =
        body["components"].as_array().unwrap().iter().flat_map(|row| row["components"].as_array().unwrap());
    parts
        .flat_map(|part| match part["options"].as_array() {
            Some(options) => options.iter().map(|option| &option["value"]).collect(),
            None => vec![&part["custom_id"]],
        })
        .map(|id: &Value| id.as_str().unwrap().to_owned())
        .collect()
}

fn presses(reply: &Reply) -> Vec<String> {
    let choices = reply.choices.iter().map(|choice| &choice.id);
    let listed = reply.blocks.iter().flat_map(|block| match block {
        ReplyBlock::Articles(all) | ReplyBlock::Also(all) => all.iter().map(|one| &one.press).collect(),
        ReplyBlock::Products(all) => all.iter().map(|one| &one.press).collect(),
        ReplyBlock::Cases(all) => all.iter().map(|one| &one.press).collect(),
        ReplyBlock::Pickers(all) => all.iter().map(|one| &one.id).collect(),
        ReplyBlock::Paragraph(_)
        | ReplyBlock::Text(_)
        | ReplyBlock::Card(_)
        | ReplyBlock::Commands(_)
        | ReplyBlock::Timeline(_)
        | ReplyBlock::File(_)
        | ReplyBlock::Progress(_) => Vec::new(),
    });
    let form = reply.form.iter().map(|form| &form.id);
    choices.chain(listed).chain(form).map(|id| id.as_str().to_owned()).collect()
}

fn can_be_sent(id: &str) -> bool {
    (1..=100).contains(&id.encode_utf16().count()) && !id.starts_with("s:")
}

/// What is read of a message, its files and rows aside.
fn read(message: &Message) -> String {
    let mut out = String::new();
    let embeds = message.embeds.iter();
    let parts = embeds.flat_map(|embed| [embed.title.clone().unwrap_or_default(), embed.description.clone()]);
    for part in std::iter::once(message.content.clone()).chain(parts) {
        for (at, piece) in part.split("```").enumerate() {
            let piece = if at % 2 == 0 { unescaped(piece).unwrap() } else { piece.to_owned() };
            out.push_str(&piece);
            out.push('\n');
        }
    }
    out
}

fn words(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    text.split(|c| !is_part(c)).filter(|word| !word.trim_matches('-').is_empty()).map(str::to_owned).collect()
}

/// The words that have to be read, in order. Lists that are only rows are not among them.
fn expected(reply: &Reply) -> Vec<String> {
    let mut text = String::new();
    for block in &reply.blocks {
        let mut add = |part: &str| {
            text.push_str(part);
            text.push('\n');
        };
        match block {
            ReplyBlock::Paragraph(spans) => add(&prose(&[Block::Paragraph(spans.clone())])),
            ReplyBlock::Text(blocks) => add(&prose(blocks)),
            ReplyBlock::Card(card) => {
                add(&card.title);
                for section in &card.sections {
                    add(section.heading.as_deref().unwrap_or_default());
                    add(&prose(&section.blocks));
                }
            }
            ReplyBlock::Articles(mentions) => {
                for Mention { title, label, .. } in mentions {
                    add(&format!("{title} {label}"));
                }
            }
            ReplyBlock::Commands(commands) => {
                for CommandHelp { usage, about, example } in commands {
                    add(&format!("{usage} {about} {example}"));
                }
            }
            ReplyBlock::Cases(cases) => {
                for CaseLine { number, subject, about, .. } in cases {
                    add(&format!("{number} {subject} {about}"));
                }
            }
            ReplyBlock::Timeline(entries) => {
                for entry in entries {
                    add(&entry.title);
                    add(entry.text.as_deref().unwrap_or_default());
                    entry.files.iter().for_each(|file| add(file));
                }
            }
            ReplyBlock::File(document) => add(&document.name),
            ReplyBlock::Progress(progress) => add(&progress.title),
            ReplyBlock::Also(_) | ReplyBlock::Products(_) | ReplyBlock::Pickers(_) => {}
        }
    }
    words(&text)
}

fn prose(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        block.write_text(&mut out);
    }
    out
}
