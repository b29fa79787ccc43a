//! Makes a [`CaseQuery`] of what somebody typed.

use chrono::{DateTime, Utc};

use crate::domain::case::CaseNumber;
use crate::domain::nearest::nearest;

use super::token::{Token, tokens};
use super::{CaseQuery, Condition, FieldName, MOST_CHARACTERS, MOST_PARTS, Note, Sought};

/// The most cases that are looked up because they are named.
const MOST_NAMED: usize = 10;

/// Reads what somebody looks for. Every text has some reading; what was not understood is noted.
#[must_use]
pub fn parse(text: &str, now: DateTime<Utc>) -> CaseQuery {
    let mut query = CaseQuery::default();
    let end = text.char_indices().nth(MOST_CHARACTERS).map(|(at, _)| at);
    if end.is_some() {
        query.notes.push(Note::CutAt { characters: MOST_CHARACTERS });
    }
    let (text, _) = end.and_then(|end| text.split_at_checked(end)).unwrap_or((text, ""));
    let mut pieces = tokens(text);
    let mut parts = 0;
    while let Some(token) = pieces.next() {
        if parts == MOST_PARTS {
            query.notes.push(Note::Only { parts: MOST_PARTS });
            break;
        }
        parts += 1;
        match token.name.and_then(FieldName::named) {
            // "status: open", with a space.
            Some(field) if token.text.is_empty() && !token.is_quoted => {
                let value = pieces.next();
                query.condition(field, &token, value.as_ref().map_or("", |value| value.whole), now);
            }
            Some(field) => query.condition(field, &token, token.text, now),
            None => query.word(&token),
        }
    }
    query.names();
    query
}

impl CaseQuery {
    fn condition(&mut self, field: FieldName, token: &Token<'_>, value: &str, now: DateTime<Utc>) {
        if let Some(any) = field.means(value, now) {
            self.conditions.push(Condition { any, is_excluded: token.is_excluded });
            return;
        }
        let typed = value.to_owned();
        self.notes.push(match field {
            FieldName::Created | FieldName::Updated => Note::UnknownTime { field, typed },
            FieldName::Status
            | FieldName::Assignee
            | FieldName::Requester
            | FieldName::Queue
            | FieldName::Tag
            | FieldName::Product
            | FieldName::Priority
            | FieldName::Number
            | FieldName::Has
            | FieldName::Is => {
                let meant = nearest(value, field.values()).map(str::to_owned);
                Note::UnknownValue { field, typed, meant }
            }
        });
    }

    fn word(&mut self, token: &Token<'_>) {
        if let Some(name) = token.name.filter(|_| !token.text.is_empty()) {
            self.notes.push(Note::UnknownField { typed: name.to_owned(), meant: FieldName::near(name) });
        }
        let text = if token.name.is_none() { token.text } else { token.whole };
        if text.chars().any(char::is_alphanumeric) {
            self.words.push(Sought {
                text: text.to_owned(),
                is_phrase: token.is_quoted && token.name.is_none(),
                is_excluded: token.is_excluded,
            });
        }
    }

    /// Finds the cases that the words name. Where a number is all that was written, it is a phrase, too: other cases may mention it.
    fn names(&mut self) {
        let wanted: Vec<&str> =
            self.words.iter().filter(|word| !word.is_excluded).map(|word| word.text.as_str()).collect();
        let text = wanted.join(" ");
        self.named = CaseNumber::named_in(&text);
        self.named.truncate(MOST_NAMED);
        let Some(only) = CaseNumber::parse(&text).filter(|_| says_a_number_only(&text)) else { return };
        if self.named.is_empty() {
            self.named.push(only);
        }
        let is_excluded = false;
        self.words.retain(|word| word.is_excluded);
        self.words.insert(0, Sought { text, is_phrase: true, is_excluded });
    }
}

/// Whether a text is nothing but a number, and words that say of what.
fn says_a_number_only(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| {
        let word = word.to_lowercase();
        let rest = word.strip_prefix("case").unwrap_or(&word);
        rest.bytes().all(|b| b.is_ascii_digit()) || ["no", "nr", "num", "number", "id"].contains(&rest)
    })
}
