//! Values: JSON of limited size, without characters that an engine would refuse.

use serde::Serialize;
use serde_json::Value;

/// The largest value, in bytes of JSON. With it no page of sled is written to a file of its own, which it does not
/// sync; longer texts are split by their table.
pub const MAX_VALUE: usize = 6 * 1024;

/// A state of one record; no two changes of the store have the same one, ever.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Version(pub u64);

/// A value with the version that it got when it was put.
#[derive(Debug, Clone, PartialEq)]
pub struct Versioned {
    /// Its version.
    pub version: Version,
    /// The JSON.
    pub value: Value,
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

/// The JSON of a value, cleaned and within its limit.
pub fn value_of(value: &impl Serialize) -> Result<Value, NoValue> {
    let mut value = serde_json::to_value(value).map_err(|error| NoValue::NoJson(error.to_string()))?;
    clean(&mut value);
    let length = length(&value);
    if length > MAX_VALUE { Err(NoValue::TooLong(length)) } else { Ok(value) }
}

/// How long the JSON of a value is, in bytes.
#[must_use]
pub fn length(value: &Value) -> usize {
    /// Counts what is written to it.
    struct Counter(usize);
    impl std::io::Write for Counter {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut counter = Counter(0);
    // A value can always be written.
    let _ = serde_json::to_writer(&mut counter, value);
    counter.0
}

/// Removes C0 controls other than tab and newline: PostgreSQL's `jsonb` refuses U+0000, and no door needs the others.
pub fn clean(value: &mut Value) {
    match value {
        Value::String(text) => clean_text(text),
        Value::Array(all) => all.iter_mut().for_each(clean),
        Value::Object(map) => {
            if map.keys().any(|key| key.contains(is_unwanted)) {
                let all = std::mem::take(map);
                map.extend(all.into_iter().map(|(mut key, value)| {
                    clean_text(&mut key);
                    (key, value)
                }));
            }
            map.values_mut().for_each(clean);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn clean_text(text: &mut String) {
    if text.contains(is_unwanted) {
        text.retain(|c| !is_unwanted(c));
    }
}

fn is_unwanted(c: char) -> bool {
    c < ' ' && c != '\t' && c != '\n'
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn controls_are_removed() {
        let value = value_of(&json!({"a\u{0}": ["x\u{0}y\tz\n\u{1b}[0m", 1]})).unwrap();
        assert_eq!(value, json!({"a": ["xy\tz\n[0m", 1]}));
    }

    #[test]
    fn long_values_are_refused() {
        assert_eq!(value_of(&"x".repeat(MAX_VALUE)), Err(NoValue::TooLong(MAX_VALUE + 2)));
        assert!(value_of(&"x".repeat(MAX_VALUE - 2)).is_ok());
    }
}
