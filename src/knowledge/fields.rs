//! Reads values out of a TOML table, and remarks with their line on those that are not what they should be.

use std::{borrow::Cow, ops::Range};

use chrono::NaiveDate;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    fault::Remark,
    lines::Lines,
    suggest::{Suggestions, did_you_mean},
    text::one_line,
};

type Value<'t> = Spanned<DeValue<'t>>;

/// Parses TOML. A text with a mistake in it is not used at all, since what follows the mistake may be misread.
pub(super) fn parse<'t>(text: &'t str, lines: &Lines, remarks: &mut Vec<Remark>) -> Option<DeTable<'t>> {
    match DeTable::parse(text) {
        Ok(table) => Some(table.into_inner()),
        Err(error) => {
            let line = lines.at(error.span().map_or(0, |span| span.start));
            let what = format!("this is no TOML: {}", error.message().trim().replace('\n', ", "));
            remarks.push(Remark::error(line, what, "write one `key = value` a line, with texts in quotes"));
            None
        }
    }
}

/// A table and the way from its values to their lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'t> {
    table: &'t DeTable<'t>,
    lines: &'t Lines,
    /// Where the table begins; what is missing is reported there.
    line: usize,
}

impl<'t> Fields<'t> {
    /// The fields of a whole document, what they lack being reported at `line`.
    pub fn new(table: &'t DeTable<'t>, lines: &'t Lines, line: usize) -> Self {
        Self { table, lines, line }
    }

    /// Where the table begins.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Warns about keys that nobody reads; `what` names them: "field", "section".
    pub fn refuse_unknown(&self, known: &[&str], what: &str, remarks: &mut Vec<Remark>) {
        for key in self.table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref();
            let suggestion = Suggestions::new(known.iter().copied()).nearest(name);
            let remedy =
                did_you_mean(suggestion, format!("leave it out, or use one of: {}", known.join(", ")));
            let line = self.line_at(&key.span());
            remarks.push(Remark::warning(line, format!("\"{name}\" is no known {what}"), remedy));
        }
    }

    /// A text that is not empty, with its line.
    pub fn text(&self, key: &str, remarks: &mut Vec<Remark>) -> Option<(usize, &'t str)> {
        let (line, value) = self.value(key)?;
        let remedy = format!("write {key} = \"…\"");
        let Some(text) = value.as_str() else {
            remarks.push(wrong_type(line, key, value, "a text", remedy));
            return None;
        };
        let text = text.trim();
        if text.is_empty() {
            remarks.push(Remark::error(
                line,
                format!("{key} is empty"),
                format!("{remedy}, or leave it out"),
            ));
            return None;
        }
        Some((line, text))
    }

    /// A text that has to be there; `example` shows how.
    pub fn required(&self, key: &str, example: &str, remarks: &mut Vec<Remark>) -> Option<(usize, &'t str)> {
        if !self.table.contains_key(key) {
            remarks.push(Remark::error(self.line, format!("{key} is missing"), format!("add {example}")));
            return None;
        }
        self.text(key, remarks)
    }

    /// A text in which line breaks and runs of spaces do not count.
    pub fn phrase(&self, key: &str, remarks: &mut Vec<Remark>) -> Option<String> {
        self.text(key, remarks).map(|(_, text)| one_line(text))
    }

    /// The texts of a list, with their lines; none where there is no such key.
    pub fn texts(&self, key: &str, remarks: &mut Vec<Remark>) -> Vec<(usize, String)> {
        let Some((line, value)) = self.value(key) else { return Vec::new() };
        let remedy = format!("write {key} = [\"…\", \"…\"]");
        let Some(items) = value.as_array() else {
            remarks.push(wrong_type(line, key, value, "a list of texts", remedy));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            let line = self.line_at(&item.span());
            match item.get_ref().as_str().map(one_line) {
                None => {
                    remarks.push(wrong_type(line, key, item.get_ref(), "a list of texts", remedy.as_str()));
                }
                Some(text) if text.is_empty() => {
                    remarks.push(Remark::warning(line, format!("{key} has an empty text"), "leave it out"));
                }
                Some(text) => texts.push((line, text)),
            }
        }
        texts
    }

    /// A day.
    pub fn date(&self, key: &str, remarks: &mut Vec<Remark>) -> Option<NaiveDate> {
        let (line, value) = self.value(key)?;
        // A time of day would have to be put into some time zone before its day is known.
        let date = value.as_datetime().filter(|when| when.time.is_none()).and_then(|when| when.date);
        let day = date.and_then(|d| NaiveDate::from_ymd_opt(d.year.into(), d.month.into(), d.day.into()));
        if day.is_none() {
            let remedy = format!("write the day without quotes: {key} = 2026-01-31");
            remarks.push(wrong_type(line, key, value, "a day", remedy));
        }
        day
    }

    /// The line of a key that is there.
    pub fn line_of(&self, key: &str) -> Option<usize> {
        self.value(key).map(|(line, _)| line)
    }

    /// The tables written as `[[key]]`, in order.
    pub fn tables(&self, key: &str, remarks: &mut Vec<Remark>) -> Vec<Fields<'t>> {
        let Some((line, value)) = self.value(key) else { return Vec::new() };
        let remedy = format!("write [[{key}]] above it");
        let Some(items) = value.as_array() else {
            remarks.push(wrong_type(line, key, value, "a section", remedy));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            let line = self.line_at(&item.span());
            if let Some(table) = item.get_ref().as_table() {
                tables.push(Self { table, lines: self.lines, line });
            } else {
                remarks.push(wrong_type(line, key, item.get_ref(), "a section", remedy.as_str()));
            }
        }
        tables
    }

    fn value(&self, key: &str) -> Option<(usize, &'t DeValue<'t>)> {
        let value: &Value<'t> = self.table.get(key)?;
        Some((self.line_at(&value.span()), value.get_ref()))
    }

    fn line_at(&self, span: &Range<usize>) -> usize {
        self.lines.at(span.start)
    }
}

fn wrong_type(
    line: usize,
    key: &str,
    value: &DeValue<'_>,
    wanted: &str,
    remedy: impl Into<String>,
) -> Remark {
    let found: Cow<'_, str> = match value {
        DeValue::String(_) => "a text".into(),
        DeValue::Integer(_) | DeValue::Float(_) => "a number".into(),
        DeValue::Boolean(_) => "true or false".into(),
        DeValue::Datetime(when) if when.time.is_some() => "a time".into(),
        DeValue::Datetime(_) => "a day".into(),
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a table".into(),
    };
    Remark::error(line, format!("{key} should be {wanted}, and here is {found}"), remedy)
}
