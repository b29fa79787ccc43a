//! Which values of a setting are possible, where its type allows more.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::str::FromStr;

use chrono_tz::Tz;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;
use url::Url;

use crate::domain::account::Toolbox;
use crate::domain::case::QueueId;
use crate::domain::{MailServer, PublicUrl};

use super::names::Name;
use super::value::Value;

/// What a setting's value must be. Where a field's own type refuses a value, no rule is needed.
enum Rule {
    /// A whole number within these limits, both included.
    Range(i64, i64),
    /// 0, which stands for something else, or a whole number within these limits.
    ZeroOr(i64, i64),
    /// A text that is not empty; what it is.
    Filled(&'static str),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// What the log's filter understands.
    LogFilter,
    /// The name of a time zone.
    TimeZone,
    /// Names in lower case with hyphens, at least one.
    Names,
    /// Ends of file names in lower case, without the dot.
    Extensions,
    /// Nothing, or the address of a server that is spoken to over HTTP.
    Address,
    /// Empty, or a network address with a port.
    Listen,
    /// Empty, or scheme, host and port.
    PublicUrl,
    /// Nothing, or the address of a server that takes mail.
    MailServer,
    /// Numbers of servers on Discord.
    Servers,
    /// Toolboxes, each with an id of its own.
    Toolboxes,
}

const RULES: &[(&str, Rule)] = &[
    ("desk.name", Rule::Filled("a name")),
    ("desk.time_zone", Rule::TimeZone),
    ("knowledge.path", Rule::Filled("a folder")),
    ("index.path", Rule::Filled("a folder")),
    ("index.writer_memory_mb", Rule::Range(15, 4096)),
    ("search.results", Rule::Range(1, 10)),
    ("store.engine", Rule::OneOf(&["sled", "postgres"])),
    ("store.path", Rule::Filled("a folder")),
    ("files.path", Rule::Filled("a folder")),
    ("mail.smtp", Rule::MailServer),
    ("mail.outbox", Rule::Filled("a folder")),
    ("mail.from", Rule::Filled("a name and an address, as \"Support <support@example.org>\"")),
    ("cases.queues", Rule::Names),
    ("cases.most_active", Rule::Range(1, 1000)),
    ("cases.cooldown_s", Rule::Range(0, 86_400)),
    ("web.api_per_minute", Rule::Range(0, 1_000_000)),
    ("cases.most_files", Rule::Range(0, 20)),
    ("cases.max_file_mb", Rule::Range(1, 100)),
    ("cases.file_types", Rule::Extensions),
    ("cases.remind_after_h", Rule::Range(1, 8760)),
    ("cases.close_after_h", Rule::Range(1, 8760)),
    ("cases.warn_before_h", Rule::Range(1, 8760)),
    ("cases.settle_after_h", Rule::Range(1, 8760)),
    ("cases.reopen_within_h", Rule::Range(0, 8760)),
    ("accounts.toolboxes", Rule::Toolboxes),
    ("sign_in.memory_kib", Rule::Range(7168, 1_048_576)),
    ("sign_in.passes", Rule::Range(1, 20)),
    ("sign_in.lanes", Rule::Range(1, 16)),
    ("sign_in.compromised", Rule::Address),
    ("sign_in.compromised_timeout_ms", Rule::Range(100, 60_000)),
    ("sign_in.when_unknown", Rule::OneOf(&["accept", "refuse"])),
    ("sign_in.session_idle_h", Rule::Range(1, 8760)),
    ("sign_in.session_most_h", Rule::Range(1, 8760)),
    ("web.listen", Rule::Listen),
    ("web.public_url", Rule::PublicUrl),
    ("discord.api_base", Rule::Address),
    ("discord.guilds", Rule::Servers),
    ("log.level", Rule::LogFilter),
    ("import.max_page_mb", Rule::Range(1, 100)),
    ("import.retries", Rule::Range(0, 10)),
    ("import.timeout_s", Rule::Range(1, 600)),
    ("console.width", Rule::ZeroOr(40, 200)),
];

/// Accepts a possible value; else the answer is what it must be.
pub(super) fn check(name: &Name, value: &Value) -> Result<(), String> {
    // Names and paths go to terminals, headers and file systems, none of which takes a line break well.
    if value.texts().iter().any(|text| text.contains(char::is_control)) {
        return Err("text in one line, without control characters".to_owned());
    }
    match rule(name) {
        Some(rule) if !rule.accepts(value) => Err(rule.expected()),
        Some(_) | None => Ok(()),
    }
}

/// What the setting's rule expects, for the sentence "must be …"; `None` without a rule.
pub(super) fn expected(name: &Name) -> Option<String> {
    rule(name).map(Rule::expected)
}

fn rule(name: &Name) -> Option<&'static Rule> {
    let path = name.to_string();
    RULES.iter().find(|(key, _)| *key == path).map(|(_, rule)| rule)
}

impl Rule {
    fn accepts(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Range(low, high), Value::Whole(number)) => (low..=high).contains(&number),
            (Self::ZeroOr(low, high), Value::Whole(number)) => *number == 0 || (low..=high).contains(&number),
            (Self::Filled(_), Value::Text(text)) => !text.trim().is_empty(),
            (Self::OneOf(words), Value::Text(text)) => words.contains(&text.as_str()),
            (Self::LogFilter, Value::Text(text)) => is_log_filter(text),
            (Self::TimeZone, Value::Text(text)) => Tz::from_str(text).is_ok(),
            (Self::Names, Value::List(names)) => {
                !names.is_empty() && names.iter().all(|name| QueueId::parse(name).is_ok())
            }
            (Self::Extensions, Value::List(ends)) => {
                let is_end = |end: &String| {
                    !end.is_empty() && end.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
                };
                ends.iter().all(is_end)
            }
            (Self::Address, Value::Text(text)) => text.is_empty() || is_address(text),
            (Self::Listen, Value::Text(text)) => text.is_empty() || SocketAddr::from_str(text).is_ok(),
            (Self::PublicUrl, Value::Text(text)) => text.is_empty() || PublicUrl::parse(text).is_ok(),
            (Self::MailServer, Value::Text(text)) => text.is_empty() || MailServer::parse(text).is_ok(),
            (Self::Servers, Value::List(numbers)) => numbers.iter().all(|number| is_server(number)),
            (Self::Toolboxes, Value::List(texts)) => are_toolboxes(texts),
            (
                Self::Range(..)
                | Self::ZeroOr(..)
                | Self::Filled(_)
                | Self::OneOf(_)
                | Self::LogFilter
                | Self::TimeZone
                | Self::Names
                | Self::Extensions
                | Self::Address
                | Self::Listen
                | Self::PublicUrl
                | Self::MailServer
                | Self::Servers
                | Self::Toolboxes,
                _,
            ) => false,
        }
    }

    fn expected(&self) -> String {
        match self {
            Self::Range(low, high) => format!("a whole number from {low} to {high}"),
            Self::ZeroOr(low, high) => format!("0 or a whole number from {low} to {high}"),
            Self::Filled(what) => (*what).to_owned(),
            Self::OneOf(words) => words.join(" or "),
            Self::Names => "at least one name, each in lower case with single hyphens".to_owned(),
            Self::Extensions => "ends of file names in lower case without the dot, such as png".to_owned(),
            Self::Listen => "empty, or an address and a port, as 127.0.0.1:8080".to_owned(),
            Self::PublicUrl => {
                "empty, or a scheme and a host without a path, as https://desk.example.org".to_owned()
            }
            Self::Address => {
                "empty, or an http or https address without name and password, such as http://127.0.0.1:8080"
                    .to_owned()
            }
            Self::MailServer => {
                "empty, or smtp://host:port or smtps://user:password@host:port, with signs such as @ in name and password encoded (%40)"
                    .to_owned()
            }
            Self::Servers => {
                "a list of servers by their numbers, such as [\"81384788765712384\"]".to_owned()
            }
            Self::Toolboxes => {
                "at most 20 toolboxes, each an id of its own and a name of at most 40 characters, such as [\"renewals: Renewals\"]"
                    .to_owned()
            }
            Self::TimeZone => "the name of a time zone, such as Europe/Berlin".to_owned(),
            Self::LogFilter => {
                "error, warn, info, debug, trace, off or a filter without spaces, such as warn,guidepost=debug"
                    .to_owned()
            }
        }
    }
}

/// Stricter than the filter's own parser. That one takes any single word for a module's name and would silently log all
/// of it, so a misspelt level is refused here; and spaces around a part make it cut at wrong places and even panic.
fn is_log_filter(text: &str) -> bool {
    let is_level = |part: &str| !part.is_empty() && LevelFilter::from_str(part).is_ok();
    let is_part = |part: &str| part == part.trim() && (part.contains(['=', '[']) || is_level(part));
    text.split(',').all(is_part) && EnvFilter::from_str(text).is_ok()
}

/// Paths are added to it, so it has neither query nor fragment. The parser alone would correct much that nobody means.
fn is_address(text: &str) -> bool {
    let is_spelt_out = text.starts_with("http://") || text.starts_with("https://");
    let Ok(url) = Url::parse(text) else { return false };
    let is_plain = url.query().is_none() && url.fragment().is_none() && !text.contains(char::is_whitespace);
    let is_anonymous = url.username().is_empty() && url.password().is_none();
    is_spelt_out && is_plain && is_anonymous
}

/// So many that the changes of all contacts of an account fit into one batch of the store.
const MOST_TOOLBOXES: usize = 20;

fn are_toolboxes(texts: &[String]) -> bool {
    let read: Option<Vec<Toolbox>> = texts.iter().map(|text| Toolbox::parse(text).ok()).collect();
    read.is_some_and(|all| {
        let ids: BTreeSet<_> = all.iter().map(|toolbox| &toolbox.id).collect();
        ids.len() == all.len() && all.len() <= MOST_TOOLBOXES
    })
}

/// Discord gives no number 0.
fn is_server(number: &str) -> bool {
    number.bytes().all(|b| b.is_ascii_digit()) && number.parse::<u64>().is_ok_and(|number| number > 0)
}

/// The names of all settings that have a rule; a test compares them with `config.toml`.
#[cfg(test)]
pub(super) fn ruled() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|(key, _)| *key)
}
