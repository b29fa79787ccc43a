//! The fields without which the client does not know an event, and drops it without a word.

use std::{collections::HashMap, sync::OnceLock};

use serde_json::Value;

/// By kind of event, the paths of its fields, as they were found by leaving out one after the other.
fn required() -> &'static HashMap<&'static str, Vec<Vec<&'static str>>> {
    static REQUIRED: OnceLock<HashMap<&'static str, Vec<Vec<&'static str>>>> = OnceLock::new();
    REQUIRED.get_or_init(|| {
        let text = include_str!("../../data/discord/required_fields.txt");
        let sections = text.split("## gw:").skip(1).filter_map(|section| {
            let (name, rest) = section.split_once('\n')?;
            let paths = rest.lines().find_map(|line| line.trim().strip_prefix("required: "))?;
            let paths = paths.split(' ').map(|path| path.split('/').skip(1).collect());
            Some((name, paths.collect()))
        });
        sections.collect()
    })
}

/// The section that speaks of this event.
fn section(frame: &Value) -> Option<&'static str> {
    match (frame["t"].as_str()?, frame["d"]["type"].as_u64()) {
        ("INTERACTION_CREATE", Some(2)) => Some("INTERACTION_CREATE2"),
        ("INTERACTION_CREATE", Some(3)) if frame["d"]["data"]["component_type"] == 2 => {
            Some("INTERACTION_CREATE3")
        }
        ("INTERACTION_CREATE", Some(3)) => Some("INTERACTION_CREATE3s"),
        ("INTERACTION_CREATE", Some(4)) => Some("INTERACTION_CREATE4"),
        ("INTERACTION_CREATE", Some(5)) => Some("INTERACTION_CREATE5"),
        ("MESSAGE_CREATE" | "MESSAGE_UPDATE", _) => Some("MESSAGE_CREATE"),
        ("THREAD_CREATE" | "THREAD_UPDATE", _) => Some("THREAD_CREATE"),
        ("GUILD_CREATE", _) => Some("GUILD_CREATE"),
        ("READY", _) => Some("READY"),
        _ => None,
    }
}

/// The fields that an event lacks. A field of something that is not there is not lacking.
pub fn lacking(frame: &Value) -> Vec<String> {
    let paths = section(frame).and_then(|section| required().get(section)).map_or(&[][..], Vec::as_slice);
    paths.iter().filter(|path| lacks(frame, path)).map(|path| path.join("/")).collect()
}

fn lacks(value: &Value, path: &[&str]) -> bool {
    match path {
        [] => false,
        // One element was looked at; what it needed, all need.
        ["0", rest @ ..] => value.as_array().is_some_and(|all| all.iter().any(|one| lacks(one, rest))),
        // A subcommand brings options and has no value.
        ["value"] if matches!(value["type"].as_u64(), Some(1 | 2)) => false,
        [last] => value.get(last).is_none_or(Value::is_null),
        [first, rest @ ..] => value.get(first).is_some_and(|inner| !inner.is_null() && lacks(inner, rest)),
    }
}
