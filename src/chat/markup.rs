//! What a text says in its writer's own words, and what it only shows: code, and what others said.
//!
//! Where a platform has marks for them, people paste commands, case numbers and "thanks" that they do not mean.

use std::borrow::Cow;

/// Stands in a writer's own words for a piece of code between them, so that what is around it is not taken for a phrase.
const PIECE: char = '\u{FFFC}';

/// A text as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said<'a> {
    /// The writer's own words: without blocks of code and without quotes. Empty where there are none.
    pub own: Cow<'a, str>,
    /// The text from where the own words begin, as it was written: the argument of a command may hold code.
    pub rest: &'a str,
    /// All of it, without the marks.
    pub whole: Cow<'a, str>,
}

impl<'a> Said<'a> {
    /// A text of a platform that has no marks.
    pub fn plain(text: &'a str) -> Self {
        Self { own: Cow::Borrowed(text), rest: text, whole: Cow::Borrowed(text) }
    }

    /// A text in which code stands within backticks, and quotes behind `> `.
    pub fn marked(text: &'a str) -> Self {
        let (mut own, mut whole, mut rest, mut has_words) = (String::new(), String::new(), None, false);
        let mut reader = Reader { rest: text, at_line_start: true };
        loop {
            let before = reader.rest;
            let Some(piece) = reader.next() else { break };
            let begins = match piece {
                Piece::Own(c) => {
                    own.push(c);
                    whole.push(c);
                    has_words |= !c.is_whitespace();
                    !c.is_whitespace()
                }
                Piece::Span(code) => {
                    own.push(PIECE);
                    whole.push_str(code);
                    true
                }
                Piece::Block(shown) => {
                    own.push('\n');
                    whole.push_str(shown);
                    false
                }
            };
            if begins {
                rest.get_or_insert(before);
            }
        }
        let whole = Cow::Owned(whole.trim().to_owned());
        if !has_words {
            return Self { own: Cow::Borrowed(""), rest: "", whole };
        }
        Self { own: Cow::Owned(own.trim().to_owned()), rest: rest.unwrap_or_default(), whole }
    }
}

enum Piece<'a> {
    /// A character of the writer's own words.
    Own(char),
    /// Code within a line.
    Span(&'a str),
    /// Code or quotes on lines of their own.
    Block(&'a str),
}

struct Reader<'a> {
    rest: &'a str,
    at_line_start: bool,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<Piece<'a>> {
        if self.at_line_start
            && let Some(quote) = self.quote()
        {
            return Some(Piece::Block(quote));
        }
        if let Some((code, after)) = between(self.rest, "```") {
            self.go_on(after);
            return Some(Piece::Block(without_language(code)));
        }
        if let Some((code, after)) = between(self.rest, "``").or_else(|| between(self.rest, "`")) {
            self.go_on(after);
            return Some(Piece::Span(code));
        }
        let mut chars = self.rest.chars();
        let first = chars.next()?;
        self.go_on(chars.as_str());
        self.at_line_start = first == '\n';
        Some(Piece::Own(first))
    }

    /// One line of a quote; where it is marked so, all lines to the end.
    fn quote(&mut self) -> Option<&'a str> {
        if let Some(quote) = self.rest.strip_prefix(">>> ") {
            self.go_on("");
            return Some(quote);
        }
        let quote = self.rest.strip_prefix("> ")?;
        let end = quote.find('\n').map_or(quote.len(), |at| at + 1);
        let (line, after) = quote.split_at_checked(end)?;
        self.go_on(after);
        self.at_line_start = true;
        Some(line)
    }

    fn go_on(&mut self, after: &'a str) {
        self.rest = after;
        self.at_line_start = false;
    }
}

/// What stands between a mark with which a text begins and the next one, and what follows that.
fn between<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let (within, after) = text.strip_prefix(mark)?.split_once(mark)?;
    (!within.is_empty()).then_some((within, after))
}

/// A block of code without the name of its language.
fn without_language(code: &str) -> &str {
    match code.split_once('\n') {
        Some((first, lines)) if !first.contains(char::is_whitespace) => lines,
        Some(_) | None => code,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn own_words_are_told_from_code_and_quotes() {
        for (text, own, rest, whole) in [
            ("my cases", "my cases", "my cases", "my cases"),
            ("> close case 42\nmy cases", "my cases", "my cases", "close case 42\nmy cases"),
            ("> one\n> two\nthanks", "thanks", "thanks", "one\ntwo\nthanks"),
            ("thanks\n> close case 42", "thanks", "thanks\n> close case 42", "thanks\nclose case 42"),
            ("thanks\n>>> one\ntwo", "thanks", "thanks\n>>> one\ntwo", "thanks\none\ntwo"),
            ("```\n/close 1\n```", "", "", "/close 1"),
            ("```rust\nlet x = 1;\n```\nwhy?", "why?", "why?", "let x = 1;\n\nwhy?"),
            ("```one line```", "", "", "one line"),
            ("see ```/close 1``` there", "see \n there", "see ```/close 1``` there", "see /close 1 there"),
            (
                "/reply 1 look:\n```\nlog\n```",
                "/reply 1 look:",
                "/reply 1 look:\n```\nlog\n```",
                "/reply 1 look:\nlog",
            ),
            ("`/help`", "", "", "/help"),
            ("what is `/help`", "what is \u{FFFC}", "what is `/help`", "what is /help"),
            ("``a`b`` fails", "\u{FFFC} fails", "``a`b`` fails", "a`b fails"),
            ("a ` b", "a ` b", "a ` b", "a ` b"),
            ("``` never closed", "``` never closed", "``` never closed", "``` never closed"),
            (">no quote", ">no quote", ">no quote", ">no quote"),
            ("a > b", "a > b", "a > b", "a > b"),
            ("> `a`\n", "", "", "`a`"),
            ("``````", "``````", "``````", "``````"),
            ("", "", "", ""),
        ] {
            let said = Said::marked(text);
            assert_eq!((&*said.own, said.rest, &*said.whole), (own, rest, whole), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_one_without_marks_is_all_own(text in "[a-z`> \n]{0,40}", any in any::<String>()) {
            let said = Said::marked(&text);
            prop_assert!(text.ends_with(said.rest));
            prop_assert_eq!(said.own.is_empty(), said.rest.is_empty());
            let _ = Said::marked(&any);
            let plain: String = any.chars().filter(|c| !matches!(c, '`' | '>')).collect();
            let said = Said::marked(plain.trim());
            prop_assert_eq!((&*said.own, said.rest, &*said.whole), (plain.trim(), plain.trim(), plain.trim()));
        }
    }
}
