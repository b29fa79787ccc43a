//! Keeps articles and people from steering the terminal: nothing that they wrote is printed without passing here.

use std::borrow::Cow;

/// A text of one line. Control characters, which may begin an escape sequence, are shown as `�`; line ends and tabs become
/// spaces.
pub fn line(text: &str) -> Cow<'_, str> {
    replaced(text, |c| match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ => harmless(c),
    })
}

/// A line of code: as [`line`], but tabs stay.
pub fn code(text: &str) -> Cow<'_, str> {
    replaced(text, |c| if c == '\t' { Some(c) } else { harmless(c) })
}

fn harmless(c: char) -> Option<char> {
    match c {
        // Overrides and isolates that nobody closes turn the rest of the screen around.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        _ if c.is_control() => Some(char::REPLACEMENT_CHARACTER),
        _ => Some(c),
    }
}

fn replaced(text: &str, with: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if text.chars().all(|c| with(c) == Some(c)) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter_map(with).collect())
    }
}
