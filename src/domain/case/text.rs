//! What people write into cases, checked once where it comes in.

use serde::{Deserialize, Serialize};

/// The most characters of a message or a note.
pub const MOST_TEXT: usize = 10_000;
/// The most characters of a subject.
pub const MOST_SUBJECT: usize = 150;
/// The most characters of a reason, and of whom a case waits for.
pub const MOST_REASON: usize = 500;

/// What stands where somebody's words were erased.
pub const ERASED: &str = "[erased]";

/// Why a text can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoText {
    /// Nothing is left of it without control characters and space.
    #[error("there is nothing in it")]
    Empty,
    /// It is too long.
    #[error("it has {length} characters and may have {most}")]
    TooLong {
        /// How long it is, in characters.
        length: usize,
        /// How long it may be.
        most: usize,
    },
}

/// What somebody wrote: at most [`MOST_TEXT`] characters, without control characters but tab and line's end, and not empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// Checks a text.
    pub fn parse(text: &str) -> Result<Self, NoText> {
        limited(&clean(text), MOST_TEXT).map(Self)
    }

    /// What stands where somebody's words were erased.
    #[must_use]
    pub fn erased() -> Self {
        Self(ERASED.to_owned())
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a case is about: one line of at most [`MOST_SUBJECT`] characters, and not empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Subject(String);

impl Subject {
    /// Checks a subject.
    pub fn parse(text: &str) -> Result<Self, NoText> {
        limited(&one_line(text), MOST_SUBJECT).map(Self)
    }

    /// What stands where somebody's words were erased.
    #[must_use]
    pub fn erased() -> Self {
        Self(ERASED.to_owned())
    }

    /// The subject that a description has when nobody wrote one: its first line or as much of it as fits, cut at a word.
    #[must_use]
    pub fn of(description: &Text) -> Self {
        let line =
            one_line(description.as_str().lines().find(|line| !line.trim().is_empty()).unwrap_or_default());
        if line.chars().count() <= MOST_SUBJECT {
            return Self(line);
        }
        let fits: String = line.chars().take(MOST_SUBJECT - 1).collect();
        let cut = fits.rsplit_once(' ').map_or(fits.as_str(), |(words, _)| words);
        Self(format!("{cut}…"))
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A short remark of one line: why a case was closed, whom it waits for. Nothing where nothing was said.
pub fn remark(text: &str) -> Result<Option<String>, NoText> {
    match limited(&one_line(text), MOST_REASON) {
        Ok(text) => Ok(Some(text)),
        Err(NoText::Empty) => Ok(None),
        Err(error @ NoText::TooLong { .. }) => Err(error),
    }
}

fn limited(text: &str, most: usize) -> Result<String, NoText> {
    let length = text.chars().count();
    match length {
        0 => Err(NoText::Empty),
        _ if length > most => Err(NoText::TooLong { length, most }),
        _ => Ok(text.to_owned()),
    }
}

/// Lines stay; other control characters, and what turns the direction of writing for a whole page, go.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|c| matches!(c, '\t' | '\n') || !is_unwanted(*c)).collect();
    kept.trim().to_owned()
}

fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let words: Vec<&str> = spaced.split(' ').filter(|word| !word.is_empty()).collect();
    clean(&words.join(" "))
}

fn is_unwanted(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_subject_is_the_first_line_cut_at_a_word() {
        let of = |text: &str| Subject::of(&Text::parse(text).unwrap()).0;
        assert_eq!(of("\n  The console \t shows 0x80\nsince this morning"), "The console shows 0x80");
        let long = "word ".repeat(100);
        let subject = of(&long);
        assert!(subject.ends_with("word…") && subject.chars().count() <= MOST_SUBJECT, "{subject}");
        assert_eq!(of(&"x".repeat(400)).chars().count(), MOST_SUBJECT);
    }

    #[test]
    fn what_is_empty_or_too_long_is_refused() {
        assert_eq!(Text::parse(" \u{0}\u{202E}\n"), Err(NoText::Empty));
        let length = 1_000_000;
        assert_eq!(Text::parse(&"x".repeat(length)), Err(NoText::TooLong { length, most: MOST_TEXT }));
        assert_eq!(remark("  "), Ok(None));
        assert_eq!(remark("two\nlines"), Ok(Some("two lines".to_owned())));
    }

    proptest! {
        #[test]
        fn what_was_accepted_is_accepted_as_it_is(text in any::<String>()) {
            if let Ok(once) = Text::parse(&text) {
                prop_assert_eq!(Text::parse(once.as_str()).unwrap(), once.clone());
                let subject = Subject::of(&once);
                prop_assert_eq!(Subject::parse(subject.as_str()).unwrap(), subject);
            }
        }
    }
}
