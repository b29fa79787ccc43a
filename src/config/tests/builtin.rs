//! The shipped `config.toml` is complete, commented and in step with the code.

use std::collections::HashSet;

use crate::config::builtin::{Builtin, TEXT};
use crate::config::{Origin, check, names};

use super::merged;

#[test]
fn every_key_has_a_comment_directly_above_it() {
    let lines: Vec<&str> = TEXT.lines().collect();
    let keys = lines.windows(2).filter(|pair| pair[1].contains(" = ") && !pair[1].starts_with('#'));
    let commented = keys.inspect(|pair| assert!(pair[0].starts_with("# "), "no comment above {}", pair[1]));
    assert_eq!(commented.count(), Builtin::parse(TEXT).unwrap().settings().len());
}

#[test]
fn the_defaults_are_typed_and_possible() {
    let builtin = Builtin::parse(TEXT).unwrap();
    for setting in builtin.settings() {
        assert_eq!(check::check(&setting.name, &setting.default), Ok(()), "{}", setting.name);
    }
    let empty = merged("", &[], &[]).unwrap();
    assert!(empty.entries.iter().all(|entry| entry.origin == Origin::Default));
    // The copy that operators start from says the same, only with its own lines as the origin.
    assert_eq!(merged(TEXT, &[], &[]).unwrap().settings, empty.settings);
}

#[test]
fn every_rule_is_about_a_setting() {
    let builtin = Builtin::parse(TEXT).unwrap();
    for key in check::ruled() {
        assert!(builtin.settings().iter().any(|setting| setting.name.to_string() == key), "{key}");
    }
}

#[test]
fn environment_names_are_unique_and_not_those_of_tests() {
    let builtin = Builtin::parse(TEXT).unwrap();
    let mut seen = HashSet::new();
    for setting in builtin.settings() {
        let name = setting.name.environment();
        assert!(!names::is_for_tests(&name), "{name}");
        assert_eq!(names::printable(&name), name, "shown in full");
        assert!(seen.insert(name), "{}", setting.name);
    }
}

#[test]
fn units_are_converted_in_one_place() {
    let settings = merged("", &[], &[]).unwrap().settings;
    assert_eq!(settings.index.writer_memory(), 50_000_000);
    assert_eq!(settings.import.max_page(), 10_000_000);
    assert_eq!(settings.import.timeout().as_secs(), 30);
}
