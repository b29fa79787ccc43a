//! Messages as text, for snapshots: markup as it is sent, boxes, rows and files drawn.

use std::fmt::Write;

use crate::platforms::discord::render::component::{ButtonStyle, List, Picker, Row};
use crate::platforms::discord::render::message::{Embed, Message};

/// All messages, one below the other.
pub fn picture(messages: &[Message]) -> String {
    let drawn: Vec<String> = messages.iter().map(drawn).collect();
    drawn.join("════════\n")
}

fn drawn(message: &Message) -> String {
    let mut out = String::new();
    if message.is_ephemeral {
        out.push_str("(only you can see this)\n");
    }
    for line in message.content.lines() {
        writeln!(out, "{line}").unwrap();
    }
    for file in &message.files {
        writeln!(out, "📎 {} ({}, {} bytes)", file.name, file.media, file.text.len()).unwrap();
    }
    message.embeds.iter().for_each(|embed| draw_embed(embed, &mut out));
    message.components.iter().for_each(|row| draw_row(row, &mut out));
    out
}

fn draw_embed(embed: &Embed, out: &mut String) {
    let Embed { title, url, description, footer, color } = embed;
    let edge = if color.is_some() { "┃" } else { "│" };
    if let Some(title) = title {
        let url = url.as_deref().map(|url| format!(" → {url}")).unwrap_or_default();
        writeln!(out, "{edge} ⟦{title}⟧{url}").unwrap();
    }
    for line in description.lines() {
        writeln!(out, "{}", format!("{edge} {line}").trim_end()).unwrap();
    }
    if let Some(footer) = footer {
        writeln!(out, "{edge} ⟦{footer}⟧").unwrap();
    }
}

fn draw_row(row: &Row, out: &mut String) {
    match row {
        Row::Buttons(buttons) => {
            let drawn = buttons.iter().map(|button| match button.style {
                ButtonStyle::Primary => format!("[ {} ]*", button.label),
                ButtonStyle::Secondary => format!("[ {} ]", button.label),
            });
            writeln!(out, "{}", drawn.collect::<Vec<_>>().join(" ")).unwrap();
        }
        Row::List(List { custom_id, placeholder, options }) => {
            writeln!(out, "▾ {placeholder} <{custom_id}>").unwrap();
            for option in options {
                let mark = if option.is_chosen { "●" } else { "○" };
                let about =
                    option.description.as_ref().map(|about| format!(" — {about}")).unwrap_or_default();
                writeln!(out, "  {mark} {}{about}", option.label).unwrap();
            }
        }
        Row::Picker(Picker { placeholder, of, chosen, most, custom_id: _ }) => {
            writeln!(out, "▾ {placeholder} ({of:?}, at most {most}) {chosen:?}").unwrap();
        }
    }
}
