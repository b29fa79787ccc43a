//! Keeps what people and articles say from being Discord's markup, a mention, an emoji or a preview.
//!
//! A backslash before a sign takes its meaning away and is not shown. Two things are beyond it. Discord's server looks for
//! `@everyone` and `@here` in the raw text, where a backslash means nothing, and in code a backslash is shown; and three
//! backticks end a block of code, whatever stands before them. There, and only there, a zero-width space is put between.
//! Nothing pings in any case: every message says that it mentions nobody ([`super::Message::body`]).

use super::link;

/// Put where nothing else breaks a mention or a fence.
pub const BREAK: char = '\u{200b}';

/// A piece of a text that is not taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// As it is sent.
    pub markdown: String,
    /// As it is read.
    pub text: String,
}

/// A text of one line, escaped. Where it opens the line, signs that make a heading, a list or a quote are escaped as well.
pub fn escaped(text: &str, opens_line: bool) -> String {
    units(text, opens_line).into_iter().map(|unit| unit.markdown).collect()
}

/// The same in its smallest pieces.
pub fn units(text: &str, opens_line: bool) -> Vec<Unit> {
    let mut out = Vec::new();
    let mut rest = if opens_line { opening(text, &mut out) } else { text };
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        if let Some(url) = link::bare(rest) {
            // In angle brackets it can be followed, and has no preview.
            out.push(Unit { markdown: format!("<{url}>"), text: url.to_owned() });
            before = url.chars().next_back();
            rest = rest.get(url.len()..).unwrap_or_default();
            continue;
        }
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let read = text.get(..text.len() - rest.len()).unwrap_or_default();
        let mut markdown = String::new();
        if is_markup(c, before, read, after) {
            markdown.push('\\');
        }
        markdown.push(c);
        if c == '@' && mentions_all(after) {
            markdown.push(BREAK);
        }
        out.push(Unit { markdown, text: c.to_string() });
        before = Some(c);
        rest = after;
    }
    out
}

/// Takes what opens a heading, a list, a quote or small print, escaped; answers what is after it.
fn opening<'a>(text: &'a str, out: &mut Vec<Unit>) -> &'a str {
    let inner = text.trim_start();
    let digits = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = digits.len() < inner.len() && digits.starts_with(['.', ')']);
    let mark = if is_numbered { digits } else { inner };
    let Some(c) = mark.chars().next().filter(|c| is_numbered || matches!(c, '#' | '>' | '-' | '+')) else {
        return text;
    };
    let before = text.get(..text.len() - mark.len()).unwrap_or_default();
    out.extend(before.chars().map(|c| Unit { markdown: c.to_string(), text: c.to_string() }));
    out.push(Unit { markdown: format!("\\{c}"), text: c.to_string() });
    mark.get(c.len_utf8()..).unwrap_or_default()
}

/// Whether a sign would mean something where it stands.
fn is_markup(c: char, before: Option<char>, read: &str, after: &str) -> bool {
    match c {
        '\\' | '*' | '_' | '`' | '[' | ']' | '<' => true,
        // Only two of them hide or strike out.
        '|' | '~' => before == Some(c) || after.starts_with(c),
        // What follows `<`: `\<@1>` is no mention for who reads it, but the server would still find `<@1>` in it.
        '@' | '#' | '/' => before == Some('<'),
        ':' => before == Some('<') || is_emoji(after) || after.starts_with("//"),
        '.' => is_invitation(read, after),
        _ => false,
    }
}

/// Whether what follows a colon is an emoji's name and a colon.
fn is_emoji(after: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
    let end = after.find(|c| !is_name(c)).unwrap_or(after.len());
    end > 0 && after.get(end..).is_some_and(|rest| rest.starts_with(':'))
}

/// Whether this is the full stop of an address that shows an invitation even without `https://`.
fn is_invitation(read: &str, after: &str) -> bool {
    let ends = |name: &str| {
        let at = read.len().checked_sub(name.len());
        at.and_then(|at| read.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    let begins = |name: &str| after.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
    (ends("discord") || ends("discordapp")) && (begins("gg/") || begins("com/"))
}

/// Whether what follows an `@` makes it a mention of everybody.
pub fn mentions_all(after: &str) -> bool {
    ["everyone", "here"]
        .iter()
        .any(|name| after.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name)))
}

/// A stretch of code within a line. Its own backticks stay single, since three are a block of code wherever they stand.
pub fn code_span(text: &str) -> String {
    let text = unbroken(text, 2);
    if text.contains('`') {
        let open = if text.starts_with('`') { " " } else { "" };
        let close = if text.ends_with('`') { " " } else { "" };
        format!("``{open}{text}{close}``")
    } else {
        format!("`{text}`")
    }
}

/// A line within a block of code.
pub fn code_line(text: &str) -> String {
    unbroken(text, 3)
}

/// Code without mentions and without so many backticks in a row.
fn unbroken(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        run = if c == '`' { run + 1 } else { 0 };
        if run == most {
            out.push(BREAK);
            run = 1;
        }
        out.push(c);
        let after = rest.as_str();
        let of_somebody = |after: &str| {
            let number = after.trim_start_matches(['!', '&']);
            out.ends_with("<@") && number.starts_with(|c: char| c.is_ascii_digit())
        };
        if c == '@' && (mentions_all(after) || of_somebody(after)) {
            out.push(BREAK);
        }
    }
    out
}
