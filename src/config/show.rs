//! What `guidepost config show` prints: every setting, its value and where it came from.

use std::fmt::{self, Write as _};

use serde::{Serialize, Serializer};
use textwrap::core::display_width;

use super::load::Loaded;
use super::origin::Origin;
use super::value::Value;

/// A longer value pushes its own origin to the right, but not everybody else's.
const WIDEST: usize = 40;

/// One setting as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// `section.key`.
    pub key: String,
    /// The value that is in force.
    pub value: ShownValue,
    /// Where it came from.
    pub origin: Origin,
}

/// A value as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum ShownValue {
    /// As it is.
    Plain(Value),
    /// A secret, or a URL with a password: only that it is set.
    Hidden,
}

impl fmt::Display for ShownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(value) => fmt::Display::fmt(value, f),
            Self::Hidden => f.write_str("set, not shown"),
        }
    }
}

impl Serialize for ShownValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(value) => value.serialize(serializer),
            Self::Hidden => serializer.collect_str(self),
        }
    }
}

impl Loaded {
    /// All settings in the order of `config.toml`, then the secrets that are set.
    #[must_use]
    pub fn show(&self) -> Vec<Shown> {
        let settings = self.entries.iter().map(|entry| Shown {
            key: entry.name.to_string(),
            value: if entry.value.carries_password() {
                ShownValue::Hidden
            } else {
                ShownValue::Plain(entry.value.clone())
            },
            origin: entry.origin.clone(),
        });
        let secrets = self.secrets.names().map(|secret| Shown {
            key: secret.key().to_owned(),
            value: ShownValue::Hidden,
            origin: Origin::Environment(secret.environment().to_owned()),
        });
        settings.chain(secrets).collect()
    }
}

/// One line for each setting, in columns: `key = value`, then the origin.
#[must_use]
pub fn render(shown: &[Shown]) -> String {
    let values: Vec<String> = shown.iter().map(|shown| shown.value.to_string()).collect();
    let keys = shown.iter().map(|shown| display_width(&shown.key)).max().unwrap_or(0);
    let widest =
        values.iter().map(|value| display_width(value)).filter(|width| *width <= WIDEST).max().unwrap_or(0);
    let mut out = String::new();
    for (Shown { key, origin, .. }, value) in shown.iter().zip(&values) {
        let gap = " ".repeat(widest.saturating_sub(display_width(value)));
        let key_gap = " ".repeat(keys.saturating_sub(display_width(key)));
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{key}{key_gap} = {value}{gap}  {origin}");
    }
    out
}
