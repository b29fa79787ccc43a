//! Values: JSON of limited size, without characters that an engine would refuse.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::sync::Arc;

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::key::Key;

/// The largest value, in bytes of JSON. With it no page of sled is written to a file of its own, which it does not
/// sync; longer texts are split by their table.
pub const MAX_VALUE: usize = 6 * 1024;

/// Few values are longer, in bytes: room that is taken at once need not grow.
const USUAL: usize = 1024;

/// A state of one record; no two changes of the store have the same one, ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(pub u64);

/// A value with the version that it got when it was put.
#[derive(Debug, Clone, PartialEq)]
pub struct Versioned {
    /// Its version.
    pub version: Version,
    /// The JSON.
    pub value: Json,
}

/// Why something is no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoValue {
    /// Its JSON is longer than [`MAX_VALUE`].
    #[error("its JSON has {0} bytes and may have {MAX_VALUE}")]
    TooLong(usize),
    /// It can't be JSON, for example a map with keys that are no texts.
    #[error("it is no JSON: {0}")]
    NoJson(String),
}

/// A value as it is kept: its JSON as text, which is read where somebody needs what it says.
#[derive(Clone)]
pub struct Json(Arc<str>);

impl Json {
    /// The JSON of a value, of any length, without C0 controls other than tab and newline: PostgreSQL's `jsonb` refuses U+0000,
    /// and no door needs the others.
    pub fn of(value: &impl Serialize) -> Result<Self, NoValue> {
        let mut bytes = Vec::with_capacity(USUAL);
        serde_json::to_writer(&mut bytes, value).map_err(|error| NoValue::NoJson(error.to_string()))?;
        let text = std::str::from_utf8(&bytes).map_err(|error| NoValue::NoJson(error.to_string()))?;
        Ok(Self(clean(text).into()))
    }

    /// The same, within the limit.
    pub fn within_limit(value: &impl Serialize) -> Result<Self, NoValue> {
        let json = Self::of(value)?;
        if json.0.len() > MAX_VALUE { Err(NoValue::TooLong(json.0.len())) } else { Ok(json) }
    }

    /// What an engine kept, read when it is needed.
    #[must_use]
    pub(super) fn kept(text: &str) -> Self {
        Self(text.into())
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it says.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.0)
    }

    /// The text that it says, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        self.read().ok()
    }

    /// The key that it says, if it is one: what stands in an index.
    #[must_use]
    pub fn key(&self) -> Option<Key> {
        Key::from_bytes(self.text()?.as_bytes())
    }

    /// The number that it says, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<u64> {
        self.read().ok()
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Self(number.to_string().into())
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether both say the same: an engine may write a number as `1e15` and the other as `1000000000000000`, set spaces, and keep the keys
/// of an object in another order.
impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.read::<Value>().is_ok_and(|value| *other == value)
    }
}

impl PartialEq<Value> for Json {
    fn eq(&self, other: &Value) -> bool {
        self.read().is_ok_and(|value| same(&value, other))
    }
}

fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || ((a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64())
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (one, other) => one == other,
    }
}

/// As a part of other JSON, on one line and without the spaces of an engine; refused where what was kept is no JSON.
impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.read::<Value>().map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// JSON without the escapes of unwanted characters: within JSON they can't stand otherwise.
fn clean(json: &str) -> Cow<'_, str> {
    let Some(first) = json.find('\\') else { return Cow::Borrowed(json) };
    let (before, mut rest) = json.split_at(first);
    let mut out = before.to_owned();
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let length = if escape.starts_with("\\u") { 6 } else { 2 };
        let (escape, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        if !is_unwanted(escape) {
            out.push_str(escape);
        }
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whether an escape, as `serde_json` writes them, is of a C0 control other than tab and newline.
fn is_unwanted(escape: &str) -> bool {
    matches!(escape, "\\b" | "\\f" | "\\r") || escape.starts_with("\\u00")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn controls_are_removed() {
        let value = Json::of(&json!({"a\u{0}": ["x\u{0}y\tz\n\u{1b}[0m\r", "\\u0000 \"\\r\"", 1]})).unwrap();
        assert_eq!(value, json!({"a": ["xy\tz\n[0m", "\\u0000 \"\\r\"", 1]}));
    }

    proptest! {
        #[test]
        fn only_controls_are_removed(text in any::<String>(), escapes in "[\\\\\"u0-9a-f\\r\\n\\t\u{0}\u{1f}\u{7f}]{0,20}") {
            let text = format!("{text}{escapes}");
            let kept = |c: &char| *c >= ' ' || *c == '\t' || *c == '\n';
            let clean: String = text.chars().filter(kept).collect();
            prop_assert_eq!(Json::of(&text).unwrap().text(), Some(clean));
        }
    }

    #[test]
    fn long_values_are_refused() {
        let long = |bytes: usize| "x".repeat(bytes - 2);
        assert_eq!(Json::within_limit(&long(MAX_VALUE + 1)), Err(NoValue::TooLong(MAX_VALUE + 1)));
        assert!(Json::within_limit(&long(MAX_VALUE)).is_ok());
    }

    #[test]
    fn values_that_mean_the_same_are_the_same() {
        for (one, other, is_same) in [
            ("1e15", "1000000000000000", true),
            (r#"{"a": 1, "b": [2.5]}"#, r#"{"b":[2.5],"a":1}"#, true),
            ("9007199254740993", "9007199254740992", false),
            ("[1, 2]", "[1]", false),
            (r#"{"a": 1}"#, r#"{"b": 1}"#, false),
            (r#""1""#, "1", false),
            ("{", "[", false),
        ] {
            assert_eq!(Json::kept(one) == Json::kept(other), is_same, "{one} {other}");
        }
    }
}
