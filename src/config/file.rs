//! Reads the operator's `config.toml`: every setting in it with its line, and everything that is wrong with it.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::builtin::{Builtin, Setting};
use super::fault::{Problem, quoted};
use super::layers::{Laid, Reading};
use super::origin::Origin;
use super::secret::misplaced;
use super::syntax::{self, Lines};
use super::value::Value;

/// The settings and faults of a file, in the order of its lines.
pub(super) fn read(builtin: &Builtin, file: &str, text: &str) -> Vec<Reading> {
    let errors = syntax::errors(text);
    let text = syntax::without(text, &errors);
    let broken = errors.keys().copied().chain(syntax::errors(&text).into_keys()).collect();
    let found = errors.into_iter().map(|(line, error)| (line, Err(Problem::NotToml(error)))).collect();
    let (root, _) = DeTable::parse_recoverable(&text);
    let mut reader = Reader { builtin, numbers: Lines::of(text.as_bytes()), broken, found };
    for (key, value) in root.get_ref() {
        reader.top(key, value);
    }
    reader.found.sort_by_key(|(line, _)| *line);
    let place = |(line, found)| (Origin::File { file: file.to_owned(), line }, found);
    reader.found.into_iter().map(place).collect()
}

struct Reader<'a> {
    builtin: &'a Builtin,
    numbers: Lines,
    /// Lines that are not TOML: what was understood of them is a guess.
    broken: BTreeSet<usize>,
    found: Vec<(usize, Result<Laid, Problem>)>,
}

impl Reader<'_> {
    /// A section, or something outside of all sections.
    fn top(&mut self, key: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) {
        let name: &str = key.get_ref();
        let is_known = self.builtin.has_section(name);
        let problem = match value.get_ref().as_table() {
            Some(table) if is_known => return self.section(name, table),
            Some(table) => {
                let secrets = self.secrets(name, table);
                if secrets > 0 && secrets == table.len() {
                    return;
                }
                self.builtin.unknown_section(name)
            }
            None if is_known => Problem::IsSection { section: name.to_owned() },
            None => misplaced(name).unwrap_or_else(|| self.builtin.outside_section(name)),
        };
        self.push(&self.lines(key, value), Err(problem));
    }

    fn section(&mut self, section: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let lines = self.lines(key, value);
            let key: &str = key.get_ref();
            let read = match self.builtin.find(section, key) {
                Some(setting) => read_setting(setting, value.get_ref()),
                None => Err(misplaced(&format!("{section}.{key}"))
                    .unwrap_or_else(|| self.builtin.unknown_key(section, key))),
            };
            self.push(&lines, read);
        }
    }

    /// Tells each secret in an unknown section, and how many there are; of all the rest the section's own fault says
    /// enough.
    fn secrets(&mut self, section: &str, table: &DeTable<'_>) -> usize {
        let mut secrets = 0;
        for (key, value) in table {
            if let Some(problem) = misplaced(&format!("{section}.{}", key.get_ref())) {
                self.push(&self.lines(key, value), Err(problem));
                secrets += 1;
            }
        }
        secrets
    }

    fn push(&mut self, lines: &RangeInclusive<usize>, read: Result<Laid, Problem>) {
        if self.broken.range(lines.clone()).next().is_none() {
            self.found.push((*lines.start(), read));
        }
    }

    /// From the line of a key to the last line of its value; a section is its heading only.
    fn lines<K>(&self, key: &Spanned<K>, value: &Spanned<DeValue<'_>>) -> RangeInclusive<usize> {
        let first = self.numbers.at(key.span().start);
        first..=self.numbers.at(value.span().end).max(first)
    }
}

fn read_setting(setting: &Setting, value: &DeValue<'_>) -> Result<Laid, Problem> {
    let read = setting.accept_in_public(Value::from_toml(value), || found(value, &setting.default));
    read.map(|value| Laid::Setting(setting.name.clone(), value))
}

/// What stands there, where something like `default` should.
fn found(value: &DeValue<'_>, default: &Value) -> String {
    match value {
        // Said in full, as the quotes are easily overlooked.
        DeValue::String(text) if !text.is_empty() && !matches!(default, Value::Text(_)) => {
            format!("the text {}", quoted(text))
        }
        DeValue::String(text) => quoted(text),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(on) => on.to_string(),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) if matches!(default, Value::List(_)) => "a list of other things".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
