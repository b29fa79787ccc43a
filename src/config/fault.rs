//! What can be wrong with a configuration, in sentences that say where, what is there and what should be.

use std::fmt::{self, Write as _};

use super::names::printable;
use super::secret::carries_password;

/// Beyond this many faults a file is not a configuration with slips but something else.
const MOST_SHOWN: usize = 50;

/// The configuration is refused. All faults are told at once, so that one round of corrections is enough.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// At least one.
    pub faults: Vec<Fault>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The configuration cannot be used.")?;
        for fault in self.faults.iter().take(MOST_SHOWN) {
            write!(f, "\n  {fault}")?;
        }
        match self.faults.len().saturating_sub(MOST_SHOWN) {
            0 => Ok(()),
            more => write!(f, "\n  … and {more} more."),
        }
    }
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct Fault {
    /// `config.toml:7`, an environment name or `--set`.
    pub place: String,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong. No variant holds the value of a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say what each is")]
pub enum Problem {
    #[error("There is no such file.")]
    Missing,
    #[error("The file cannot be read: {0}.")]
    Unreadable(String),
    #[error("This is not UTF-8 text.")]
    NotUtf8,
    #[error("This is not TOML: {0}.")]
    NotToml(String),
    #[error("[{section}] is not a section. {instead}")]
    UnknownSection { section: String, instead: String },
    #[error("{key} is not a setting. {instead}")]
    UnknownKey { key: String, instead: String },
    #[error("{key} stands outside of a section. {instead}")]
    OutsideSection { key: String, instead: String },
    #[error("{section} is a section. Write [{section}] once, on a line of its own, and its settings below.")]
    IsSection { section: String },
    #[error("No setting has this name. {instead}")]
    UnknownVariable { instead: String },
    #[error("{found} is not of the form section.key=value.")]
    NotAnAssignment { found: String },
    #[error("{key} must be {expected}, but is {found}.")]
    Value { key: String, expected: String, found: String },
    #[error("{key} cannot be used: {reason}.")]
    Refused { key: String, reason: String },
    #[error("{key} is a secret and does not belong here. Set {environment} in the environment instead.")]
    Secret { key: String, environment: String },
    #[error(
        "{key} contains a password, which does not belong here. Set {environment} in the environment instead."
    )]
    Password { key: String, environment: String },
}

/// A text as a message may show it: in quotes, short, and not at all when there is a password in it.
pub(super) fn quoted(text: &str) -> String {
    if text.is_empty() {
        "an empty text".to_owned()
    } else if carries_password(text) {
        "\"…\" (a password is not shown)".to_owned()
    } else {
        format!("\"{}\"", printable(text))
    }
}

/// `a, b and c`.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names = names.into_iter().peekable();
    let mut out = names.next().unwrap_or_default().to_owned();
    while let Some(name) = names.next() {
        let joint = if names.peek().is_some() { ", " } else { " and " };
        // Writing to a String cannot fail.
        let _ = write!(out, "{joint}{name}");
    }
    out
}
