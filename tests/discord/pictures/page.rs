//! A picture as a page of its own: no file, no font and no request besides it.

use serde_json::Value;

use super::inline::{escaped, inline};
use super::markdown::html;
use super::recording::{Part, Person, Picture, Said};

/// The whole page.
pub fn page(picture: &Picture) -> String {
    let parts = each(&picture.parts, part);
    let header = match &picture.parts[..] {
        [Part::Form(..)] => String::new(),
        _ => format!("<header><span>#</span>{}</header>\n", escaped(&picture.place)),
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>\n{}</style>\n\
         <body>\n{header}<main>\n{parts}</main>\n</body>\n</html>\n",
        picture.name,
        include_str!("style.css")
    )
}

fn part(part: &Part) -> String {
    match part {
        Part::Said(said) => message(said),
        Part::Form(form, typed) => self::form(form, typed),
        Part::Typing { command, option, text, offers } => typing(command, option, text, offers),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The HTML of each, one after the other.
fn each<T>(all: &[T], html: impl Fn(&T) -> String) -> String {
    all.iter().map(html).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A circle with the first letter of a name. The same name has the same colour; the desk's is its own.
fn avatar(Person { name, is_bot }: &Person) -> String {
    let colour = name.bytes().fold(0, |sum: usize, byte| (sum * 37 + usize::from(byte)) % 1_000_003) % 5;
    let colour = if *is_bot { "is-bot".to_owned() } else { format!("colour-{colour}") };
    let initial: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
    format!("<span class=\"avatar {colour}\">{}</span>", escaped(&initial))
}

fn message(said: &Said) -> String {
    let above = match (&said.used, &said.answers) {
        (Some((who, command)), _) => {
            format!(
                "{}<b>{}</b> used <span class=\"mention\">/{}</span>",
                avatar(who),
                escaped(&who.name),
                escaped(command)
            )
        }
        (None, Some((who, words))) => {
            format!(
                "{}<b>{}</b> {}",
                avatar(who),
                escaped(&who.name),
                inline(words.lines().next().unwrap_or_default())
            )
        }
        (None, None) => String::new(),
    };
    let above = if above.is_empty() { above } else { format!("<div class=\"above\">{above}</div>\n") };
    let app = if said.by.is_bot { "<span class=\"app\">APP</span>" } else { "" };
    let private = if said.is_private { "<div class=\"private\">Only you can see this</div>\n" } else { "" };
    let class = if said.is_private { "message is-private" } else { "message" };
    let embeds = each(&said.embeds, embed);
    let rows = each(&said.components, row);
    format!(
        "<article class=\"{class}\">\n{above}{}<div class=\"who\"><b>{}</b>{app}<time>Today at 09:41</time></div>\n\
         <div class=\"text\">{}</div>\n{embeds}{rows}{private}</article>\n",
        avatar(&said.by),
        escaped(&said.by.name),
        html(&said.content)
    )
}

fn embed(embed: &Value) -> String {
    let colour = embed["color"].as_u64().map(|colour| format!(" style=\"border-color:#{colour:06x}\""));
    let inside = |tag: &str, class: &str, html: String| {
        if html.is_empty() { html } else { format!("<{tag} class=\"{class}\">{html}</{tag}>\n") }
    };
    let title = if embed["url"].is_null() { "title" } else { "title is-link" };
    let fields = each(list(&embed["fields"]), |field| {
        format!("<div><b>{}</b>{}</div>\n", inline(text(&field["name"])), html(text(&field["value"])))
    });
    format!(
        "<section class=\"embed\"{}>\n{}{}{fields}{}</section>\n",
        colour.unwrap_or_default(),
        inside("div", title, inline(text(&embed["title"]))),
        inside("div", "text", html(text(&embed["description"]))),
        inside("footer", "", escaped(text(&embed["footer"]["text"]))),
    )
}

fn row(row: &Value) -> String {
    let controls = each(list(&row["components"]), control);
    format!("<div class=\"row\">{controls}</div>\n")
}

fn control(control: &Value) -> String {
    if control["type"] == 2 {
        let style = control["style"].as_u64().unwrap_or_default();
        let off = if control["disabled"] == true { " is-off" } else { "" };
        return format!(
            "<span class=\"button style-{style}{off}\">{}</span>",
            escaped(text(&control["label"]))
        );
    }
    let chosen = each(list(&control["default_values"]), |chosen| {
        let mark = if chosen["type"] == "channel" { "#" } else { "@" };
        format!("<span class=\"chosen\">{mark}{}</span>", escaped(text(&chosen["id"])))
    });
    let picked = list(&control["options"]).iter().find(|option| option["default"] == true);
    let chosen = picked.map_or(chosen, |option| escaped(text(&option["label"])));
    if chosen.is_empty() {
        format!("<span class=\"list\"><i>{}</i></span>", escaped(text(&control["placeholder"])))
    } else {
        format!("<span class=\"list\">{chosen}</span>")
    }
}

/// A modal over the darkened client.
fn form(form: &Value, typed: &str) -> String {
    let first = &form["components"][0]["components"][0]["custom_id"];
    let inputs = each(list(&form["components"]), |row| {
        let input = &row["components"][0];
        let needed = if input["required"] == false { "" } else { "<em>*</em>" };
        let class = if input["style"] == 2 { "input is-long" } else { "input" };
        let value = if input["custom_id"] == *first { typed } else { text(&input["value"]) };
        let inside = if value.is_empty() {
            format!("<i>{}</i>", escaped(text(&input["placeholder"])))
        } else {
            escaped(value)
        };
        let label = escaped(text(&input["label"]));
        format!("<label>{label}{needed}</label>\n<div class=\"{class}\">{inside}</div>\n")
    });
    format!(
        "<section class=\"form\">\n<h1>{}</h1>\n{inputs}<div class=\"row\"><span class=\"button style-2\">Cancel</span>\
         <span class=\"button style-1\">Submit</span></div>\n</section>\n",
        escaped(text(&form["title"]))
    )
}

/// The line to write in, and what is offered over it.
fn typing(command: &str, option: &str, typed: &str, offers: &[String]) -> String {
    let offers = each(offers, |offer| format!("<p>{}</p>\n", escaped(offer)));
    format!(
        "<section class=\"typing\">\n<div class=\"offers\">\n<b>{}</b>\n{offers}</div>\n<div class=\"line\"><b>/{}</b>\
         <span><i>{}</i>{}</span></div>\n</section>\n",
        escaped(option),
        escaped(command),
        escaped(option),
        escaped(typed)
    )
}
