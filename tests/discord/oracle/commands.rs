//! The rules of commands.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Flaw, Flaws};

const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// What is wrong with a whole set of commands.
pub fn commands(body: &Value) -> Vec<Flaw> {
    let mut flaws = Flaws::default();
    let mut seen = BTreeSet::new();
    for (n, command) in list(body).iter().enumerate() {
        let (at, kind) = (n.to_string(), command["type"].as_u64().unwrap_or(1));
        flaws.unless(seen.insert((kind, command["name"].as_str())), &at, "the command is there twice");
        match kind {
            1 => slash(command, &at, &mut flaws),
            2 | 3 => menu(command, &at, &mut flaws),
            _ => flaws.push(format!("{at}.type"), "is no kind of command"),
        }
    }
    for (kind, most) in [(1, 100), (2, 15), (3, 15)] {
        let there = seen.iter().filter(|(other, _)| *other == kind).count();
        flaws.unless(there <= most, "", format!("{there} commands of type {kind}, {most} are the most"));
    }
    flaws.0
}

/// An entry of a context menu: any letters, no description, no options.
fn menu(command: &Value, at: &str, flaws: &mut Flaws) {
    flaws.text(&command["name"], &format!("{at}.name"), 32);
    let described = command["description"].as_str().is_some_and(|text| !text.is_empty());
    flaws.unless(!described, format!("{at}.description"), "an entry of a menu has no description");
    flaws.unless(
        list(&command["options"]).is_empty(),
        format!("{at}.options"),
        "an entry of a menu has no options",
    );
}

fn slash(command: &Value, at: &str, flaws: &mut Flaws) {
    named(command, at, flaws);
    options(command, at, 0, flaws);
    let all = letters(command);
    flaws.unless(all <= 8000, at, format!("{all} characters in all, 8000 are the most"));
}

fn named(thing: &Value, at: &str, flaws: &mut Flaws) {
    flaws.text(&thing["name"], &format!("{at}.name"), 32);
    flaws.text(&thing["description"], &format!("{at}.description"), 100);
    let name = thing["name"].as_str().unwrap_or_default();
    let fits = |letter: char| {
        matches!(letter, '-' | '_' | '\'') || (letter.is_alphanumeric() && !letter.is_uppercase())
    };
    flaws.unless(
        name.chars().all(fits),
        format!("{at}.name"),
        "is not in lower-case letters, digits, - and _",
    );
}

fn options(thing: &Value, at: &str, depth: usize, flaws: &mut Flaws) {
    let options = list(&thing["options"]);
    flaws.unless(options.len() <= 25, format!("{at}.options"), "more than 25 options");
    let nested = |option: &&Value| matches!(option["type"].as_u64(), Some(SUBCOMMAND | GROUP));
    let count = options.iter().filter(nested).count();
    flaws.unless(count == 0 || count == options.len(), at, "sub-commands and options stand side by side");
    let (mut seen, mut optional) = (BTreeSet::new(), false);
    for (n, option) in options.iter().enumerate() {
        let at = format!("{at}.options.{n}");
        named(option, &at, flaws);
        flaws.unless(seen.insert(option["name"].as_str()), &at, "the name is there twice");
        match option["type"].as_u64() {
            Some(SUBCOMMAND) if depth < 2 => self::options(option, &at, 2, flaws),
            Some(GROUP) if depth == 0 => self::options(option, &at, 1, flaws),
            Some(3..=11) => {
                let required = option["required"] == true;
                flaws.unless(!required || !optional, &at, "a required option comes after an optional one");
                optional |= !required;
                choices(option, &at, flaws);
            }
            _ => flaws.push(format!("{at}.type"), "is no kind of option here"),
        }
    }
}

fn choices(option: &Value, at: &str, flaws: &mut Flaws) {
    let choices = list(&option["choices"]);
    flaws.unless(choices.len() <= 25, at, "more than 25 choices");
    let both = option["autocomplete"] == true && !choices.is_empty();
    flaws.unless(!both, at, "choices and autocomplete exclude each other");
    let mut names = BTreeSet::new();
    for (n, choice) in choices.iter().enumerate() {
        let at = format!("{at}.choices.{n}");
        flaws.text(&choice["name"], &format!("{at}.name"), 100);
        flaws.short(&choice["value"], &format!("{at}.value"), 100);
        flaws.unless(names.insert(choice["name"].as_str()), at, "the choice is there twice");
    }
}

/// Every letter of names, descriptions and values.
fn letters(thing: &Value) -> usize {
    let own = ["name", "description", "value"]
        .map(|part| thing[part].as_str().map_or(0, |text| text.chars().count()));
    let within = list(&thing["options"]).iter().chain(list(&thing["choices"])).map(letters);
    own.iter().sum::<usize>() + within.sum::<usize>()
}
