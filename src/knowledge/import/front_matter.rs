//! The block of fields that a Markdown file opens with: YAML between `---`, TOML between `+++`, or none.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;
use serde_json::{Map, Value};

use super::patterns::{group, pattern};

static FIELD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?<key>[A-Za-z_][\w.-]*)\s*[:=]\s*(?<value>.*?)\s*$"));
static ITEM: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*-\s+(?<value>.*?)\s*$"));

/// The fields of a file, by their names in lower case.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Fields {
    values: BTreeMap<String, Vec<String>>,
    /// Whether they were no valid YAML or TOML and had to be read line by line.
    pub loose: bool,
}

impl Fields {
    /// The first text of the first of these fields that has one.
    pub(super) fn text(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.values.get(*name)?.first()).map(String::as_str)
    }

    /// All texts of these fields; those that are one text are split at commas.
    pub(super) fn list(&self, names: &[&str]) -> Vec<String> {
        let values = names.iter().filter_map(|name| self.values.get(*name));
        values.flat_map(|values| separated(values)).collect()
    }

    /// Whether there is a field whose name begins like this.
    pub(super) fn has_any(&self, prefix: &str) -> bool {
        self.values.keys().any(|name| name.starts_with(prefix))
    }

    /// Whether this field says yes.
    pub(super) fn is_true(&self, name: &str) -> bool {
        self.text(&[name]).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// Whether this field says no.
    pub(super) fn is_false(&self, name: &str) -> bool {
        self.text(&[name]).is_some_and(|value| value.eq_ignore_ascii_case("false"))
    }

    fn insert(&mut self, key: &str, values: Vec<String>) {
        let values: Vec<String> = values.into_iter().filter(|value| !value.trim().is_empty()).collect();
        if !values.is_empty() {
            self.values.entry(key.to_ascii_lowercase()).or_insert(values);
        }
    }
}

fn separated(values: &[String]) -> Vec<String> {
    let [one] = values else { return values.to_vec() };
    one.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Where a file's fields end and its body begins. A file without fields is all body.
pub(super) fn split(text: &str) -> (Option<Fields>, &str) {
    let read = || {
        let (first, rest) = text.split_once('\n')?;
        let fence = first.trim_end();
        if !matches!(fence, "---" | "+++") {
            return None;
        }
        let mut end = 0;
        for line in rest.split_inclusive('\n') {
            let closes = line.trim_end() == fence || (fence == "---" && line.trim_end() == "...");
            if closes {
                let (source, body) = (rest.get(..end)?, rest.get(end + line.len()..)?);
                return Some((parse(source, fence == "+++")?, body));
            }
            end += line.len();
        }
        None
    };
    match read() {
        Some((fields, body)) => (Some(fields), body),
        None => (None, text),
    }
}

/// `None` where the block holds no fields at all: a rule between paragraphs, for one.
fn parse(source: &str, is_toml: bool) -> Option<Fields> {
    let map = if is_toml { from_toml(source) } else { from_yaml(source) };
    let mut fields = Fields::default();
    match map {
        Some(map) => map.iter().for_each(|(key, value)| fields.insert(key, texts(value))),
        None => fields = line_by_line(source),
    }
    (!fields.values.is_empty() || source.trim().is_empty()).then_some(fields)
}

fn from_yaml(source: &str) -> Option<Map<String, Value>> {
    let options = serde_saphyr::options! {
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::FirstWins,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        strict_booleans: true,
    };
    match serde_saphyr::from_str_with_options::<Value>(source, options).ok()? {
        Value::Object(map) => Some(map),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => None,
    }
}

fn from_toml(source: &str) -> Option<Map<String, Value>> {
    let table: toml::Table = source.parse().ok()?;
    Some(table.into_iter().map(|(key, value)| (key, json(value))).collect())
}

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(yes) => Value::Bool(yes),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => Value::Array(values.into_iter().map(json).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect())
        }
    }
}

/// The texts in a value: one for a plain value, several for a list, those of the values for a table.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Bool(yes) => vec![yes.to_string()],
        Value::Number(number) => vec![number.to_string()],
        Value::String(text) => vec![text.split_whitespace().collect::<Vec<_>>().join(" ")],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(map) => map.values().flat_map(texts).collect(),
    }
}

/// `title: It's a colon: yes` is no YAML, but everybody knows what it means.
fn line_by_line(source: &str) -> Fields {
    let mut fields = Fields { loose: true, ..Fields::default() };
    let mut key: Option<&str> = None;
    for line in source.lines() {
        if let Some(field) = FIELD.captures(line) {
            let name = field.name("key").map_or("", |key| key.as_str());
            key = Some(name);
            fields.insert(name, vec![unquoted(group(&field, "value"))]);
        } else if let (Some(item), Some(key)) = (ITEM.captures(line), key) {
            let value = unquoted(group(&item, "value"));
            fields.values.entry(key.to_ascii_lowercase()).or_default().push(value);
        }
    }
    fields
}

fn unquoted(value: &str) -> String {
    let quoted = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
    quoted.unwrap_or(value).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> (Fields, String) {
        let (fields, body) = split(text);
        (fields.unwrap_or_default(), body.to_owned())
    }

    #[test]
    fn yaml_and_toml_give_the_same_fields() {
        let yaml =
            "--- \ntitle: A \"b\"\nDate: 2020-01-02\ntags: [x, \"y, z\"]\nkb: 0123\ndraft: true\n---\n# A\n";
        let toml = "+++\ntitle = 'A \"b\"'\ndate = 2020-01-02\ntags = [\"x\", \"y, z\"]\nkb = \"0123\"\ndraft = true\n+++\n# A\n";
        for text in [yaml, toml] {
            let (fields, body) = fields(text);
            assert_eq!(fields.text(&["missing", "title"]), Some("A \"b\""));
            assert_eq!(fields.text(&["date"]), Some("2020-01-02"));
            assert_eq!(fields.list(&["tags"]), ["x", "y, z"]);
            assert_eq!(fields.text(&["kb"]), Some("0123"));
            assert!(fields.is_true("draft") && !fields.loose);
            assert_eq!(body, "# A\n");
        }
    }

    #[test]
    fn invalid_yaml_is_read_line_by_line() {
        let (fields, _) = fields("---\ntitle: It's: broken\ntags:\n  - a\n  - \"b\"\n---\n");
        assert!(fields.loose);
        assert_eq!(fields.text(&["title"]), Some("It's: broken"));
        assert_eq!(fields.list(&["tags"]), ["a", "b"]);
    }

    #[test]
    fn a_file_without_fields_is_all_body() {
        for text in ["# A\n", "---\nJust a rule.\n---\n", "---\nnever closed", ""] {
            assert_eq!(split(text), (None, text));
        }
    }
}
