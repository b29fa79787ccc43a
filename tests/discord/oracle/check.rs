//! Looks at everything that a double has recorded.

use std::fmt;

use serde_json::Value;

use super::{
    super::double::{Entry, State},
    Flaw, Whole, answers, commands, message, modal,
    schema::{Operation, operation},
};

/// So many refusals within ten minutes, and Discord blocks the bot.
const MOST_REFUSED: usize = 10_000;

/// Something that was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The request or the event.
    pub of: String,
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.of, self.what)
    }
}

/// Everything that was wrong.
pub fn check(state: &State) -> Vec<Violation> {
    let mut violations: Vec<Violation> = state.log.entries.iter().flat_map(entry).collect();
    let of = |of: &str, what: &String| Violation { of: of.to_owned(), what: what.clone() };
    violations.extend(state.pinged.iter().map(|what| of("a message pings", what)));
    violations.extend(state.lacking.iter().map(|what| of("an event of the double lacks", what)));
    let refused = |entry: &&Entry| matches!(entry.status, Some(401 | 403 | 429));
    let refused = state.log.entries.iter().filter(refused).count();
    if refused >= MOST_REFUSED {
        violations.push(of("the bot", &format!("was refused {refused} times")));
    }
    violations
}

pub fn entry(entry: &Entry) -> Vec<Violation> {
    let mut wrong = Vec::new();
    match operation(&entry.method, entry.route()) {
        None => wrong.push("is not in Discord's description".to_owned()),
        Some(operation) => wrong.extend(described(entry, &operation)),
    }
    wrong.extend(rules(entry).into_iter().map(|flaw| format!("{} {}", flaw.path, flaw.what)));
    if let Some(data) = message_of(entry) {
        wrong.extend(mentions(data).map(str::to_owned));
    }
    // Ids and tokens are of no interest to whoever reads this.
    let of = format!("{} {}", entry.method, entry.path.chars().take(120).collect::<String>());
    wrong.into_iter().map(|what| Violation { of: of.clone(), what }).collect()
}

fn described(entry: &Entry, operation: &Operation) -> Vec<String> {
    let mut wrong = operation.of_request(&entry.body);
    wrong.extend(operation.of_query(&entry.query));
    if let Some(status) = entry.status.filter(|status| *status < 500) {
        let said = operation.of_answer(status, &entry.response);
        wrong.extend(said.into_iter().map(|what| format!("the double's answer {what}")));
    }
    wrong
}

/// The parts of a route, with what is not a word of the API left out.
fn shape(entry: &Entry) -> Vec<&str> {
    let word = |part: &&str| part.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
    entry.route().split('/').filter(|part| !part.is_empty()).filter(word).collect()
}

/// The message that a request carries.
fn message_of(entry: &Entry) -> Option<&Value> {
    match (entry.method.as_str(), shape(entry).as_slice()) {
        ("POST" | "PATCH", ["channels", "messages"])
        | ("PATCH", ["webhooks", "messages"])
        | ("POST", ["webhooks"]) => Some(&entry.body),
        ("POST", ["interactions", "callback"]) => {
            let data = &entry.body["data"];
            match entry.body["type"].as_u64() {
                Some(4 | 7) => Some(data),
                Some(5) => data.as_object().is_some_and(|data| !data.is_empty()).then_some(data),
                _ => None,
            }
        }
        _ => None,
    }
}

/// What is wrong by the rules beside the description.
fn rules(entry: &Entry) -> Vec<Flaw> {
    let (body, files) = (&entry.body, entry.files.len());
    match (entry.method.as_str(), shape(entry).as_slice()) {
        ("POST", ["channels", "messages"] | ["webhooks"]) => message(body, Whole::Message, files),
        ("PATCH", ["channels" | "webhooks", "messages"]) => message(body, Whole::Change, files),
        ("PUT", ["applications", "commands"] | ["applications", "guilds", "commands"]) => commands(body),
        ("POST", ["interactions", "callback"]) => match body["type"].as_u64() {
            Some(4) => message(&body["data"], Whole::Message, files),
            Some(7) => message(&body["data"], Whole::Change, files),
            Some(8) => answers(&body["data"]),
            Some(9) => modal(&body["data"]),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Every message says that nobody is to be pinged.
fn mentions(message: &Value) -> impl Iterator<Item = &'static str> {
    let allowed = &message["allowed_mentions"];
    let some = |part: &str| allowed[part].as_array().is_some_and(|all| !all.is_empty());
    let nobody = allowed["parse"].as_array().is_some_and(Vec::is_empty);
    [
        (!nobody, "allowed_mentions does not say \"parse\": []"),
        (some("users") || some("roles"), "allowed_mentions lists somebody"),
        (allowed["replied_user"] == true, "allowed_mentions lets a reply ping"),
    ]
    .into_iter()
    .filter_map(|(wrong, what)| wrong.then_some(what))
}
