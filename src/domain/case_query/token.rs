//! Cuts what somebody typed into words, phrases in quotes, and `field:value`.

/// A piece of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// Whether it began with a minus.
    pub is_excluded: bool,
    /// What stands before the colon, where it looks like the name of a field.
    pub name: Option<&'a str>,
    /// The rest, without quotes.
    pub text: &'a str,
    /// Whether the rest was in quotes.
    pub is_quoted: bool,
    /// All of it, without the minus.
    pub whole: &'a str,
}

/// The pieces, in order. Every text has some reading.
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let (token, after) = token(rest);
        rest = after;
        Some(token)
    })
}

fn token(rest: &str) -> (Token<'_>, &str) {
    let bare = rest.strip_prefix(['-', '\u{2212}', '\u{2013}']).filter(|bare| begins_something(bare));
    let (is_excluded, rest) = (bare.is_some(), bare.unwrap_or(rest));
    let (name, value) = match named(rest) {
        Some((name, value)) => (Some(name), value),
        None => (None, rest),
    };
    let (text, is_quoted, after) = value_of(value);
    let whole = rest.strip_suffix(after).unwrap_or(rest);
    (Token { is_excluded, name, text, is_quoted, whole }, after)
}

/// A minus that stands alone, or before another one, excludes nothing.
fn begins_something(bare: &str) -> bool {
    bare.chars().next().is_some_and(|c| c.is_alphanumeric() || is_quote(c) || c == '#')
}

/// A name of at least two letters before a colon. Not that of a URL, of a drive, or of a time.
fn named(rest: &str) -> Option<(&str, &str)> {
    let (name, value) = rest.split_once([':', '\u{FF1A}'])?;
    let is_name = (2..=24).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'_');
    (is_name && !value.starts_with("//") && !value.starts_with('\\')).then_some((name, value))
}

/// The value that a text begins with, whether it is in quotes, and what follows it.
fn value_of(text: &str) -> (&str, bool, &str) {
    if let Some(inside) = text.strip_prefix(is_quote) {
        return match inside.split_once(is_quote) {
            Some((inside, after)) => (inside, true, after),
            // A quote that is never closed reaches to the end.
            None => (inside, true, ""),
        };
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (value, after) = text.split_at_checked(end).unwrap_or((text, ""));
    (value, false, after)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{AB}' | '\u{BB}')
}
