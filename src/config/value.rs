//! The value of a setting, read from TOML or from plain text into the type that its default has.

use std::fmt;

use serde::Serialize;
use toml::de::DeValue;

use super::secret::carries_password;

/// A setting's value. The type of its default decides which of these it is.
#[derive(Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// `true` or `false`.
    Switch(bool),
    /// A whole number.
    Whole(i64),
    /// A number with a fraction.
    Number(f64),
    /// A text.
    Text(String),
    /// A list of texts; whole numbers in it (a file may hold Discord's ids so) are kept as texts.
    List(Vec<String>),
}

impl Value {
    /// What TOML says; `None` for dates, tables, lists of lists and numbers beyond 64 bits.
    pub(super) fn from_toml(value: &DeValue<'_>) -> Option<Self> {
        match value {
            DeValue::Boolean(on) => Some(Self::Switch(*on)),
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).ok().map(Self::Whole)
            }
            DeValue::Float(number) => parse_number(number.as_str()),
            DeValue::String(text) => Some(Self::Text(text.to_string())),
            DeValue::Array(items) => {
                let texts = items.iter().map(|item| match Self::from_toml(item.get_ref())? {
                    Self::Text(text) => Some(text),
                    Self::Whole(number) => Some(number.to_string()),
                    Self::Switch(_) | Self::Number(_) | Self::List(_) => None,
                });
                texts.collect::<Option<Vec<_>>>().map(Self::List)
            }
            DeValue::Datetime(_) | DeValue::Table(_) => None,
        }
    }

    /// This value as the type of `default`; `None` where it is of another type.
    pub(super) fn like(self, default: &Self) -> Option<Self> {
        match (default, self) {
            // `0` is a fine way to write the number 0.0; beyond 2^53 nobody means it exactly.
            (Self::Number(_), Self::Whole(number)) => Some(Self::Number(number as f64)),
            (default, value) => value.has_type_of(default).then_some(value),
        }
    }

    /// What the environment or `--set` says, as the type of `default`.
    pub(super) fn parse(text: &str, default: &Self) -> Option<Self> {
        match default {
            Self::Switch(_) => text.trim().parse().ok().map(Self::Switch),
            Self::Whole(_) => text.trim().parse().ok().map(Self::Whole),
            Self::Number(_) => parse_number(text.trim()),
            Self::Text(_) => Some(Self::Text(text.to_owned())),
            Self::List(_) => {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                Some(Self::List(items.map(str::to_owned).collect()))
            }
        }
    }

    /// What a value of this type looks like, for the sentence "must be …".
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Switch(_) => "true or false",
            Self::Whole(_) => "a whole number",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list of texts",
        }
    }

    /// The texts in this value.
    pub(super) fn texts(&self) -> &[String] {
        match self {
            Self::Text(text) => std::slice::from_ref(text),
            Self::List(items) => items,
            Self::Switch(_) | Self::Whole(_) | Self::Number(_) => &[],
        }
    }

    /// Whether a URL in this value contains a password.
    pub(super) fn carries_password(&self) -> bool {
        self.texts().iter().any(|text| carries_password(text))
    }

    fn has_type_of(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// Only finite numbers: no setting means infinity, and JSON could not show it.
fn parse_number(text: &str) -> Option<Value> {
    text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Number)
}

/// As it would be written in `config.toml`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Switch(on) => write!(f, "{on}"),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Number(number) => write!(f, "{number:?}"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::List(items) => write!(f, "{items:?}"),
        }
    }
}

/// By hand, so that no log line prints a password.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.carries_password() { f.write_str("…") } else { fmt::Display::fmt(self, f) }
    }
}

impl From<Value> for toml::Value {
    fn from(value: Value) -> Self {
        match value {
            Value::Switch(on) => Self::Boolean(on),
            Value::Whole(number) => Self::Integer(number),
            Value::Number(number) => Self::Float(number),
            Value::Text(text) => Self::String(text),
            Value::List(items) => Self::Array(items.into_iter().map(Self::String).collect()),
        }
    }
}
