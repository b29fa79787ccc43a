//! The commands as Discord has them registered: made from the one table of commands, the same each time.

use serde_json::{Value, json};

use crate::chat::commands::slash::{self, Entry, GROUPS, Kind, Slash, SlashOption};
use crate::chat::commands::{Needs, Spec};
use crate::domain::Digest;
use crate::domain::case::QueueId;

/// The most choices of an option, and the most offers while somebody types.
pub const MOST_CHOICES: usize = 25;
/// The most characters of a choice.
pub const MOST_CHOICE: usize = 100;
/// The most characters of an option's text.
const MOST_TEXT: usize = 6_000;
/// The right to manage threads: who has it sees what is for staff. The desk decides anew who may.
const MANAGE_THREADS: u64 = 1 << 34;
/// The right to manage a server.
const MANAGE_SERVER: u64 = 1 << 5;

// Discord's numbers for kinds of commands and options, and for where a command can be used.
const SLASH_COMMAND: u8 = 1;
const OF_A_PERSON: u8 = 2;
const OF_A_MESSAGE: u8 = 3;
const SUBCOMMAND: u8 = 1;
const STRING: u8 = 3;
const INTEGER: u8 = 4;
const USER: u8 = 6;
const ATTACHMENT: u8 = 11;
const ON_A_SERVER: u8 = 0;
const WITH_THE_BOT: u8 = 1;
const BY_A_SERVER: u8 = 0;

/// All commands, as they are put at `/applications/{id}/commands`.
#[must_use]
pub fn registration(queues: &[QueueId]) -> Vec<Value> {
    let mut all = Vec::new();
    let mut begun: Vec<&str> = Vec::new();
    for (spec, slash) in slash::offered() {
        match slash.path {
            [name] => {
                all.push(command(name, spec.about, spec.needs, options(slash, queues)));
            }
            [group, _] if !begun.contains(group) => {
                begun.push(group);
                all.push(grouped(group, spec.needs, queues));
            }
            _ => {}
        }
    }
    all.extend(Entry::ALL.into_iter().map(of_menu));
    all
}

/// What tells one registration from another: where it is the same, nothing has to be registered anew.
#[must_use]
pub fn digest(registration: &[Value]) -> Digest {
    Digest::of(&Value::from(registration.to_vec()).to_string())
}

fn command(name: &str, about: &str, needs: Needs, options: Vec<Value>) -> Value {
    let mut command = json!({ "type": SLASH_COMMAND, "name": name, "description": about });
    if !options.is_empty() {
        set(&mut command, "options", options);
    }
    for_whom(command, needs)
}

fn of_menu(entry: Entry) -> Value {
    let kind = if entry.is_of_a_message() { OF_A_MESSAGE } else { OF_A_PERSON };
    for_whom(json!({ "type": kind, "name": entry.name() }), entry.needs())
}

/// Who sees a command, and where. Members see what their rights on the server allow, which its managers can change.
fn for_whom(mut command: Value, needs: Needs) -> Value {
    let (rights, contexts) = match needs {
        Needs::Nothing | Needs::Keeping => (Value::Null, vec![ON_A_SERVER, WITH_THE_BOT]),
        Needs::Staff => (Value::from(MANAGE_THREADS), vec![ON_A_SERVER]),
        Needs::Managing => (Value::from(MANAGE_SERVER), vec![ON_A_SERVER]),
    };
    set(&mut command, "default_member_permissions", rights);
    set(&mut command, "contexts", contexts);
    set(&mut command, "integration_types", vec![BY_A_SERVER]);
    command
}

fn grouped(group: &str, needs: Needs, queues: &[QueueId]) -> Value {
    let about = GROUPS.iter().find(|(name, _)| *name == group).map_or("", |(_, about)| about);
    let of_group = slash::offered().filter_map(|(spec, slash)| match slash.path {
        [own, name] if *own == group => Some(subcommand(name, spec, slash, queues)),
        _ => None,
    });
    command(group, about, needs, of_group.collect())
}

fn subcommand(name: &str, spec: &Spec, slash: &Slash, queues: &[QueueId]) -> Value {
    let mut subcommand = json!({ "type": SUBCOMMAND, "name": name, "description": spec.about });
    let options = options(slash, queues);
    if !options.is_empty() {
        set(&mut subcommand, "options", options);
    }
    subcommand
}

fn options(slash: &Slash, queues: &[QueueId]) -> Vec<Value> {
    slash.options.iter().map(|own| option(own, queues)).collect()
}

fn option(option: &SlashOption, queues: &[QueueId]) -> Value {
    let kind = match option.kind {
        Kind::Score => INTEGER,
        Kind::Member => USER,
        Kind::File => ATTACHMENT,
        Kind::Text { .. }
        | Kind::Question
        | Kind::Article
        | Kind::Product
        | Kind::Case
        | Kind::Contact
        | Kind::Country
        | Kind::Queue
        | Kind::Agent
        | Kind::Names(_) => STRING,
    };
    let mut value = json!({
        "type": kind, "name": option.name, "description": option.about, "required": option.required
    });
    match option.kind {
        Kind::Text { most } => set(&mut value, "max_length", most.min(MOST_TEXT)),
        Kind::Question
        | Kind::Article
        | Kind::Product
        | Kind::Case
        | Kind::Contact
        | Kind::Country
        | Kind::Agent => {
            set(&mut value, "autocomplete", true);
        }
        Kind::Queue => match choices(queues) {
            Some(choices) => set(&mut value, "choices", choices),
            // More than fit are offered while somebody types.
            None => set(&mut value, "autocomplete", true),
        },
        Kind::Names(names) => {
            let names = names.iter().map(|name| json!({ "name": name, "value": name }));
            set(&mut value, "choices", names.collect::<Vec<_>>());
        }
        Kind::Score => {
            set(&mut value, "min_value", 1);
            set(&mut value, "max_value", 5);
        }
        Kind::Member | Kind::File => {}
    }
    value
}

/// The queues to choose from; `None` where they don't fit, or there are none.
fn choices(queues: &[QueueId]) -> Option<Vec<Value>> {
    let fit = (1..=MOST_CHOICES).contains(&queues.len())
        && queues.iter().all(|queue| queue.as_str().len() <= MOST_CHOICE);
    let choice = |queue: &QueueId| json!({ "name": queue.as_str(), "value": queue.as_str() });
    fit.then(|| queues.iter().map(choice).collect())
}

fn set(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(name.to_owned(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write;

    use super::*;

    fn queues(count: usize) -> Vec<QueueId> {
        (1..=count).map(|number| QueueId::parse(&format!("queue-{number}")).unwrap()).collect()
    }

    fn of<'a>(value: &'a Value, field: &str) -> &'a [Value] {
        value[field].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// Options, and those of subcommands.
    fn lines(value: &Value, depth: usize, out: &mut String) {
        let mut shown = value.clone();
        shown.as_object_mut().unwrap().shift_remove("options");
        writeln!(out, "{}{shown}", "    ".repeat(depth)).unwrap();
        for option in of(value, "options") {
            lines(option, depth + 1, out);
        }
    }

    #[test]
    fn all_commands() {
        let mut out = String::new();
        for command in registration(&queues(2)) {
            lines(&command, 0, &mut out);
        }
        insta::assert_snapshot!(out);
    }

    /// The rules of Discord's documentation that a registration is refused for.
    fn assert_named(value: &Value, is_shown_as_typed: bool) {
        let name = value["name"].as_str().unwrap();
        assert!((1..=32).contains(&name.chars().count()), "{name}");
        if is_shown_as_typed {
            let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(name.chars().all(allowed), "{name}");
            let about = value["description"].as_str().unwrap();
            assert!((1..=100).contains(&about.chars().count()), "{about}");
        } else {
            assert_eq!(value.get("description"), None, "{name}");
            assert_eq!(value.get("options"), None, "{name}");
        }
    }

    fn assert_option(option: &Value) {
        assert_named(option, true);
        let choices = of(option, "choices");
        assert!(choices.len() <= MOST_CHOICES, "{option}");
        assert!(choices.is_empty() || option.get("autocomplete").is_none(), "{option}");
        for choice in choices {
            for field in ["name", "value"] {
                let length = choice[field].as_str().unwrap().chars().count();
                assert!((1..=MOST_CHOICE).contains(&length), "{option}");
            }
        }
        if let Some(most) = option.get("max_length") {
            assert!((1..=6_000).contains(&most.as_u64().unwrap()), "{option}");
        }
    }

    fn assert_options(options: &[Value]) {
        assert!(options.len() <= 25);
        assert!(
            options.is_sorted_by_key(|option| option["required"] != true),
            "what is required comes first"
        );
        assert_unique(options);
        options.iter().for_each(assert_option);
    }

    fn assert_unique(values: &[Value]) {
        let names: BTreeSet<String> =
            values.iter().map(|value| format!("{} {}", value["name"], value["type"])).collect();
        assert_eq!(names.len(), values.len(), "{names:?}");
    }

    #[test]
    fn the_registration_keeps_discords_rules() {
        for count in [0, 1, 25, 26, 100] {
            let commands = registration(&queues(count));
            let of_kind = |kind: u8| commands.iter().filter(|command| command["type"] == kind).count();
            assert!(of_kind(SLASH_COMMAND) <= 100);
            assert!(of_kind(OF_A_PERSON) <= 5 && of_kind(OF_A_MESSAGE) <= 5);
            assert_unique(&commands);
            for command in &commands {
                assert_named(command, command["type"] == SLASH_COMMAND);
                // All that is shown of one command may have 8,000 characters.
                assert!(command.to_string().chars().count() <= 8_000, "{}", command["name"]);
                let options = of(command, "options");
                if options.iter().any(|option| option["type"] == SUBCOMMAND) {
                    assert!(options.len() <= 25);
                    assert_unique(options);
                    for subcommand in options {
                        assert_eq!(subcommand["type"], SUBCOMMAND, "subcommands stand alone");
                        assert_named(subcommand, true);
                        assert_options(of(subcommand, "options"));
                    }
                } else {
                    assert_options(options);
                }
            }
        }
    }

    #[test]
    fn queues_that_fit_are_choices_and_others_are_offered_while_typing() {
        let option = |count: usize| {
            let commands = registration(&queues(count));
            let queue = commands.into_iter().find(|command| command["name"] == "queue").unwrap();
            queue["options"][0].clone()
        };
        assert_eq!(of(&option(25), "choices").len(), 25);
        for count in [0, 26] {
            assert_eq!(option(count)["autocomplete"], true, "{count}");
        }
        let long = [QueueId::parse(&"a".repeat(101)).unwrap()];
        assert_eq!(choices(&long), None);
    }

    #[test]
    fn customers_see_what_is_theirs_and_staff_the_rest() {
        let names = |rights: Value| -> String {
            let commands = registration(&queues(1)).into_iter();
            let fits = commands.filter(|command| command["default_member_permissions"] == rights);
            fits.map(|command| command["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(
            names(Value::Null),
            "ask, article, product, phone, guide, person, case, contacts, account, notify, mail, password, link, links, unlink, sign-out, continue, help, Open a case from this, Find an article for this"
        );
        assert_eq!(
            names(Value::from(17_179_869_184_u64)),
            "queue, mine, take, answer, note, solve, assign, manage, letters, Open a case for this person, Open a case for this person"
        );
        assert_eq!(names(Value::from(32)), "setup, panel");
    }

    #[test]
    fn the_same_registration_has_the_same_digest() {
        let of = |count| digest(&registration(&queues(count)));
        assert_eq!(of(2), of(2));
        assert_ne!(of(2), of(3));
    }
}
