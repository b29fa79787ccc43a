//! Discord's rules, told anew from its documentation and not from the code that keeps them.

use serde_json::{Value, json};

/// What is wrong with a message's body.
pub fn of_message(body: &Value) -> Vec<String> {
    let mut broken = Vec::new();
    let content = text(&body["content"]);
    at_most(content, 2_000, "content", &mut broken);
    of_markup(content, &mut broken);
    let embeds = body["embeds"].as_array().unwrap();
    let rows = body["components"].as_array().unwrap();
    let files = body["attachments"].as_array().unwrap();
    let is_empty = content.trim().is_empty() && embeds.is_empty() && files.is_empty();
    check(!is_empty, "an empty message", &mut broken);
    check(body["allowed_mentions"] == json!({ "parse": [] }), "mentions are allowed", &mut broken);
    check(body["flags"].as_u64().unwrap() & !(4 | 64) == 0, "other flags", &mut broken);
    let hides_own = body["flags"].as_u64().unwrap() & 4 != 0 && !embeds.is_empty();
    check(!hides_own, "a flag that hides its own embeds", &mut broken);
    check(files.len() <= 1, "more than one file", &mut broken);
    for file in files {
        check(file["id"] == "0" && !text(&file["filename"]).is_empty(), "a file without a name", &mut broken);
    }
    of_embeds(embeds, &mut broken);
    of_rows(rows, &mut broken);
    broken
}

/// What is wrong with a modal's body.
pub fn of_modal(body: &Value) -> Vec<String> {
    let mut broken = Vec::new();
    between(&body["custom_id"], 1, 100, "custom_id", &mut broken);
    between(&body["title"], 1, 45, "title", &mut broken);
    let rows = body["components"].as_array().unwrap();
    check((1..=5).contains(&rows.len()), "a modal has one to five inputs", &mut broken);
    let mut ids = Vec::new();
    for row in rows {
        let input = &row["components"][0];
        check(
            row["type"] == 1 && row["components"].as_array().unwrap().len() == 1,
            "an input's row",
            &mut broken,
        );
        between(&input["custom_id"], 1, 100, "custom_id of an input", &mut broken);
        between(&input["label"], 1, 45, "label of an input", &mut broken);
        at_most(
            input["placeholder"].as_str().unwrap_or_default(),
            100,
            "placeholder of an input",
            &mut broken,
        );
        if let Some(value) = input["value"].as_str() {
            between(&input["value"], 1, input["max_length"].as_u64().unwrap() as usize, value, &mut broken);
        }
        let (least, most) = (input["min_length"].as_u64().unwrap(), input["max_length"].as_u64().unwrap());
        check((1..=4_000).contains(&most) && least <= most, "lengths of an input", &mut broken);
        ids.push(text(&input["custom_id"]).to_owned());
    }
    unique(&ids, &mut broken);
    broken
}

fn of_embeds(embeds: &[Value], broken: &mut Vec<String>) {
    check(embeds.len() <= 10, "more than ten embeds", broken);
    let mut all = 0;
    for embed in embeds {
        let [title, description, footer] = [&embed["title"], &embed["description"], &embed["footer"]["text"]]
            .map(|part| part.as_str().unwrap_or_default());
        at_most(title, 256, "embed title", broken);
        at_most(description, 4_096, "embed description", broken);
        at_most(footer, 2_048, "embed footer", broken);
        check(!title.trim().is_empty() || !description.trim().is_empty(), "an empty embed", broken);
        of_markup(title, broken);
        of_markup(description, broken);
        if let Some(url) = embed["url"].as_str() {
            check(url.starts_with("https://") || url.starts_with("http://"), "an embed's url", broken);
        }
        all += [title, description, footer].map(units).iter().sum::<usize>();
    }
    check(all <= 6_000, "more than 6,000 in all embeds", broken);
}

fn of_rows(rows: &[Value], broken: &mut Vec<String>) {
    check(rows.len() <= 5, "more than five rows", broken);
    let (mut ids, mut primary) = (Vec::new(), 0);
    for row in rows {
        let parts = row["components"].as_array().unwrap();
        let buttons = parts.iter().filter(|part| part["type"] == 2).count();
        let is_whole =
            buttons == parts.len() && (1..=5).contains(&buttons) || buttons == 0 && parts.len() == 1;
        check(row["type"] == 1 && is_whole, "a row", broken);
        for part in parts {
            between(&part["custom_id"], 1, 100, "custom_id", broken);
            ids.push(text(&part["custom_id"]).to_owned());
            match part["type"].as_u64().unwrap() {
                2 => {
                    between(&part["label"], 1, 80, "label", broken);
                    check(matches!(part["style"].as_u64(), Some(1 | 2)), "a loud button", broken);
                    primary += usize::from(part["style"] == 1);
                }
                3 => of_list(part, &mut ids, broken),
                6 | 8 => of_picker(part, broken),
                other => broken.push(format!("component {other}")),
            }
        }
    }
    check(primary <= 1, "more than one button stands out", broken);
    unique(&ids, broken);
}

fn of_list(list: &Value, ids: &mut Vec<String>, broken: &mut Vec<String>) {
    between(&list["placeholder"], 1, 150, "placeholder", broken);
    let options = list["options"].as_array().unwrap();
    check((1..=25).contains(&options.len()), "options of a list", broken);
    for option in options {
        between(&option["label"], 1, 100, "label of an option", broken);
        between(&option["value"], 1, 100, "value of an option", broken);
        if !option["description"].is_null() {
            between(&option["description"], 1, 100, "description of an option", broken);
        }
        ids.push(text(&option["value"]).to_owned());
    }
    check(options.iter().filter(|option| option["default"] == true).count() <= 1, "two are chosen", broken);
}

fn of_picker(picker: &Value, broken: &mut Vec<String>) {
    between(&picker["placeholder"], 1, 150, "placeholder", broken);
    let most = picker["max_values"].as_u64().unwrap();
    let chosen = picker["default_values"].as_array().unwrap();
    check((1..=25).contains(&most) && chosen.len() as u64 <= most, "values of a picker", broken);
    let ids: Vec<String> = chosen.iter().map(|chosen| text(&chosen["id"]).to_owned()).collect();
    check(ids.iter().all(|id| id.parse::<u64>().is_ok_and(|id| id > 0)), "ids of a picker", broken);
    unique(&ids, broken);
}

/// Fences and bold are closed where they are opened, and nothing pings.
fn of_markup(sent: &str, broken: &mut Vec<String>) {
    check(sent.matches("```").count().is_multiple_of(2), "an open fence", broken);
    check(!pings(sent), "a mention", broken);
    check(!hides(sent), "something unseen", broken);
    let bare: String = sent.split("```").step_by(2).collect();
    match unescaped(&bare) {
        Some(_) => {}
        None => broken.push(format!("open markup: {bare}")),
    }
}

/// Whether Discord's server would find a mention in the raw text.
pub fn pings(sent: &str) -> bool {
    let lower = sent.to_lowercase();
    let of_somebody =
        |after: &str| after.trim_start_matches(['!', '&']).starts_with(|c: char| c.is_ascii_digit());
    lower.contains("@everyone") || lower.contains("@here") || sent.split("<@").skip(1).any(of_somebody)
}

/// Whether something is in a text that nobody sees, other than what breaks a mention or a fence.
fn hides(sent: &str) -> bool {
    let mut before = ' ';
    sent.chars().any(|c| {
        let breaks = c == '\u{200b}' && matches!(before, '@' | '`');
        let is_unseen = matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
            || c.is_control() && !matches!(c, '\n' | '\t');
        before = c;
        is_unseen && !breaks
    })
}

/// What is read of text without blocks of code: bold, code, links in angle brackets, times and masked links are read as Discord
/// reads them. `None` where something else is markup, or anything stays open.
pub fn unescaped(sent: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = sent;
    let mut is_bold = false;
    let mut is_link = false;
    while let Some((c, after)) = first(rest) {
        rest = match c {
            '\\' => {
                let (sign, after) = first(after).filter(|(sign, _)| sign.is_ascii_punctuation())?;
                out.push(sign);
                after.strip_prefix('\u{200b}').filter(|_| sign == '@').unwrap_or(after)
            }
            '*' if after.starts_with('*') => {
                is_bold = !is_bold;
                after.strip_prefix('*')?
            }
            '`' if after.starts_with('`') => {
                let (inner, after) = after.strip_prefix('`')?.split_once("``")?;
                out.push_str(inner);
                after
            }
            '`' => {
                let (inner, after) = after.split_once('`').filter(|(inner, _)| !inner.is_empty())?;
                out.push_str(inner);
                after
            }
            '<' => {
                let (inner, after) = after.split_once('>')?;
                let is_time =
                    inner.strip_prefix("t:").is_some_and(|time| !time.contains(char::is_whitespace));
                let is_url = ["http://", "https://"].iter().any(|scheme| {
                    inner.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
                });
                if !is_time && (!is_url || inner.contains(char::is_whitespace)) {
                    return None;
                }
                out.push_str(inner);
                after
            }
            '[' if !is_link => {
                is_link = true;
                after
            }
            ']' if is_link => {
                is_link = false;
                out.push(' ');
                after.strip_prefix('(').filter(|after| after.starts_with('<'))?
            }
            '*' | '_' | '[' | ']' => return None,
            '|' | '~' if after.starts_with(c) => return None,
            ':' if after.starts_with("//") => return None,
            '@' => {
                out.push(c);
                after.strip_prefix('\u{200b}').unwrap_or(after)
            }
            c => {
                out.push(c);
                after
            }
        };
    }
    (!is_bold && !is_link).then_some(out)
}

fn first(text: &str) -> Option<(char, &str)> {
    let mut chars = text.chars();
    chars.next().map(|c| (c, chars.as_str()))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn check(holds: bool, what: &str, broken: &mut Vec<String>) {
    if !holds {
        broken.push(what.to_owned());
    }
}

fn at_most(text: &str, most: usize, what: &str, broken: &mut Vec<String>) {
    check(units(text) <= most, &format!("{what} has {}", units(text)), broken);
}

fn between(value: &Value, least: usize, most: usize, what: &str, broken: &mut Vec<String>) {
    let text = text(value);
    let is_within = (least..=most).contains(&units(text)) && !text.trim().is_empty();
    check(is_within, &format!("{what}: {text:?}"), broken);
}

fn unique(ids: &[String], broken: &mut Vec<String>) {
    let different: std::collections::BTreeSet<&String> = ids.iter().collect();
    check(different.len() == ids.len(), "an id twice", broken);
}

#[test]
fn each_broken_rule_is_found() {
    let good = json!({
        "content": "**a** `b` [c](<https://d.e>) <t:1:R>", "embeds": [], "components": [], "attachments": [], "flags": 4,
        "allowed_mentions": { "parse": [] },
    });
    assert_eq!(of_message(&good), Vec::<String>::new());
    let button = |id: &str, label: &str| json!({ "type": 2, "style": 2, "label": label, "custom_id": id });
    let row = |parts: Vec<Value>| json!({ "type": 1, "components": parts });
    for (at, bad) in [
        ("content", json!("")),
        ("content", json!("x".repeat(2_001))),
        ("content", json!("👩".repeat(1_001))),
        ("content", json!("```open")),
        ("content", json!("**open")),
        ("content", json!("`open")),
        ("content", json!("*em*")),
        ("content", json!("||hidden||")),
        ("content", json!("https://a.b")),
        ("content", json!("[a](https://a.b)")),
        ("content", json!("<@1>")),
        ("content", json!("`<@&1>`")),
        ("content", json!("a @here")),
        ("content", json!("a\u{202e}b")),
        ("content", json!("a\u{200b}b")),
        ("allowed_mentions", json!({ "parse": ["users"] })),
        ("allowed_mentions", Value::Null),
        ("flags", json!(32_768)),
        ("embeds", json!([{ "description": "x".repeat(4_097) }])),
        ("embeds", json!([{ "description": "x".repeat(4_000) }, { "description": "x".repeat(2_001) }])),
        ("embeds", json!([{ "title": "x".repeat(257), "description": "" }])),
        ("embeds", json!([{ "description": "" }])),
        ("embeds", json!([{ "description": "a", "url": "ftp://a" }])),
        ("attachments", json!([{ "id": "0", "filename": "" }])),
        ("components", Value::from(vec![row(vec![button("a", "")])])),
        ("components", Value::from(vec![row(vec![button("", "a")])])),
        ("components", Value::from(vec![row(vec![button("a", "a"), button("a", "b")])])),
        ("components", Value::from(vec![row(Vec::new())])),
        ("components", Value::from(vec![row((0..6).map(|n| button(&n.to_string(), "a")).collect())])),
        (
            "components",
            Value::from((0..6).map(|n| row(vec![button(&n.to_string(), "a")])).collect::<Vec<_>>()),
        ),
        ("components", Value::from(vec![row(vec![button("a", &"x".repeat(81))])])),
        ("components", Value::from(vec![row(vec![button(&"x".repeat(101), "a")])])),
    ] {
        let mut message = good.clone();
        message[at] = bad;
        assert!(!of_message(&message).is_empty(), "{message}");
    }
}
