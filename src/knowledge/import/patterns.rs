//! Regular expressions that are constants of the program.

use regex::Regex;

/// Builds a constant pattern; every one is built by the tests of the module that holds it.
pub(super) fn pattern(source: &'static str) -> Regex {
    #[expect(clippy::expect_used, reason = "the patterns are constants, and tests build each of them")]
    Regex::new(source).expect("a constant pattern is valid")
}

/// The text of a group, empty where the group took no part.
pub(super) fn group<'a>(captures: &regex::Captures<'a>, name: &str) -> &'a str {
    captures.name(name).map_or("", |found| found.as_str())
}
