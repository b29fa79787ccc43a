//! Passwords in what people write: found where they say that it is one, so that nothing of it is kept.
//!
//! It is told by the words before it ("my password is", "pw:"), and by what follows: a word that says something about a password
//! ("expired", "too short", "not accepted") is none. Where in doubt, what has digits or signs in it is taken for one.

use std::ops::Range;

use crate::domain::mention::article_numbers;

/// What stands in the place of a password. It says nothing of its length.
pub const MASK: &str = "••••••••";

/// What a password is called, in lower case.
const CALLED: [&str; 14] = [
    "password",
    "passwort",
    "passwd",
    "passcode",
    "passphrase",
    "pwd",
    "pw",
    "pass",
    "kennwort",
    "losungswort",
    "contraseña",
    "contrasena",
    "passe",
    "wachtwoord",
];
/// Words with which one says what it is.
const IS: [&str; 11] = ["is", "was", "ist", "war", "lautet", "es", "est", "=", ":", "->", "=>"];
/// What begins the words between, as in "my password for the portal is …".
const BETWEEN: [&str; 10] = ["for", "to", "on", "of", "at", "in", "für", "zu", "de", "pour"];
/// The most words between.
const MOST_BETWEEN: usize = 6;
/// Words that say something about a password, and are hardly one.
const ABOUT: &[&str] = &[
    "a",
    "about",
    "above",
    "accepted",
    "again",
    "all",
    "also",
    "always",
    "an",
    "and",
    "any",
    "as",
    "at",
    "available",
    "back",
    "bad",
    "because",
    "below",
    "blank",
    "broken",
    "but",
    "by",
    "case",
    "compromised",
    "correct",
    "default",
    "different",
    "easy",
    "empty",
    "enough",
    "expired",
    "expiring",
    "falsch",
    "fine",
    "for",
    "forgotten",
    "from",
    "gone",
    "good",
    "hard",
    "her",
    "here",
    "hidden",
    "his",
    "how",
    "if",
    "in",
    "incorrect",
    "insecure",
    "invalid",
    "it",
    "just",
    "known",
    "lang",
    "like",
    "locked",
    "long",
    "longer",
    "lost",
    "mandatory",
    "missing",
    "my",
    "needed",
    "never",
    "new",
    "nicht",
    "no",
    "not",
    "now",
    "of",
    "ok",
    "okay",
    "old",
    "on",
    "only",
    "optional",
    "or",
    "our",
    "out",
    "please",
    "possible",
    "private",
    "public",
    "ready",
    "really",
    "required",
    "reset",
    "right",
    "safe",
    "same",
    "secret",
    "secure",
    "sent",
    "set",
    "short",
    "shown",
    "simple",
    "so",
    "still",
    "stored",
    "strong",
    "stuck",
    "such",
    "temporary",
    "that",
    "the",
    "their",
    "then",
    "there",
    "this",
    "to",
    "too",
    "unable",
    "unacceptable",
    "under",
    "unknown",
    "unsafe",
    "unsecure",
    "valid",
    "very",
    "via",
    "visible",
    "wanted",
    "weak",
    "what",
    "when",
    "where",
    "which",
    "who",
    "why",
    "with",
    "without",
    "wrong",
    "your",
    "zu",
    "abgelaufen",
    "vergessen",
];
/// What is counted, after a number: "my password is 8 characters long".
const COUNTED: [&str; 14] = [
    "character",
    "characters",
    "char",
    "chars",
    "letter",
    "letters",
    "digit",
    "digits",
    "symbols",
    "signs",
    "days",
    "months",
    "years",
    "zeichen",
];

/// The text without its passwords; `None` where there is none.
#[must_use]
pub fn masked(text: &str) -> Option<String> {
    let found = find(text);
    if found.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for range in found {
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(MASK);
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Some(out)
}

/// Whether a text looks like a password, and not like words: for where one may be typed by mistake.
#[must_use]
pub fn looks_secret(text: &str) -> bool {
    let text = text.trim();
    !text.contains(char::is_whitespace) && is_strong(text)
}

/// A word with where it stands.
struct Word<'a> {
    text: &'a str,
    at: Range<usize>,
}

/// Where the passwords are, in order and apart from each other.
fn find(text: &str) -> Vec<Range<usize>> {
    let words = words(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match after_saying(&words, at) {
            Some((secret, is_near)) => match secret_at(text, &words, secret, is_near) {
                Some((range, next)) => {
                    found.push(range);
                    at = next;
                }
                None => at += 1,
            },
            None => at += 1,
        }
    }
    found
}

/// The words of a text. A colon or an equals sign at the end of a word, as in "pw:", is a word of its own; so is what follows it, as in "pw:x".
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut from = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim();
        let start = from + piece.len() - piece.trim_start().len();
        from += piece.len();
        if word.is_empty() {
            continue;
        }
        let parts = word.split_once([':', '=']).filter(|(before, _)| is_called(before));
        let Some((before, after)) = parts else {
            words.push(Word { text: word, at: start..start + word.len() });
            continue;
        };
        let sign = start + before.len();
        words.push(Word { text: before, at: start..sign });
        words.push(Word {
            text: word.get(before.len()..=before.len()).unwrap_or_default(),
            at: sign..sign + 1,
        });
        if !after.is_empty() {
            words.push(Word { text: after, at: sign + 1..start + word.len() });
        }
    }
    words
}

fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn is_called(word: &str) -> bool {
    let plain = plain(word);
    CALLED.contains(&plain.as_str())
}

/// Where the password would be that is announced by the word at `at`: its place, and whether the announcement stands right before it.
fn after_saying(words: &[Word<'_>], at: usize) -> Option<(usize, bool)> {
    let name = words.get(at).filter(|word| is_called(word.text))?;
    let next = words.get(at + 1)?.text;
    let is_sign = |text: &str| matches!(text, "=" | ":" | "->" | "=>");
    let says = |text: &str| {
        let lower = text.to_lowercase();
        let word = lower.strip_suffix(':').filter(|word| !word.is_empty()).unwrap_or(&lower);
        IS.contains(&word)
    };
    // "pass" is also a verb, and "es" and "est" are short words.
    if plain(name.text) == "pass" && !is_sign(next) {
        return None;
    }
    if says(next) {
        let is_doubled = words.get(at + 2).is_some_and(|word| is_sign(word.text));
        return Some((if is_doubled { at + 3 } else { at + 2 }, true));
    }
    if matches!(next.to_lowercase().as_str(), "to" | "auf")
        && words.get(at + 2).is_some_and(|word| is_strong(word.text))
    {
        // "Change my password to …".
        return Some((at + 2, false));
    }
    if !BETWEEN.contains(&next.to_lowercase().as_str()) {
        return None;
    }
    let says_later = |word: &Word<'_>| says(word.text) || word.text.ends_with(':');
    let later = words.iter().skip(at + 2).take(MOST_BETWEEN).position(says_later)?;
    Some((at + 3 + later, false))
}

/// The password at a place, with the place after it; none where it is none.
fn secret_at(text: &str, words: &[Word<'_>], at: usize, is_near: bool) -> Option<(Range<usize>, usize)> {
    let word = words.get(at)?;
    if let Some(range) = quoted(text, word.at.start) {
        let next = words.iter().position(|other| other.at.start >= range.end).unwrap_or(words.len());
        return Some((range, next));
    }
    let next = words.get(at + 1).map(|word| plain(word.text));
    let is_counted = next.as_deref().is_some_and(|next| COUNTED.contains(&next));
    if word.text.contains('•') || is_counted || is_name(word.text) {
        return None;
    }
    if is_strong(word.text) {
        // The rest of one that has spaces in it.
        let more = words.iter().skip(at + 1).take_while(|word| is_strong(word.text) && !is_name(word.text));
        let count = more.count();
        let end = words.get(at + count).map_or(word.at.end, |last| last.at.end);
        return Some((word.at.start..end, at + count + 1));
    }
    // A word of letters: only where nothing else is said of the password.
    let ends = next.is_none()
        || word.text.ends_with(['.', ',', ';', '!', '?'])
        || next
            .as_deref()
            .is_some_and(|next| matches!(next, "and" | "but" | "please" | "thanks" | "und" | "so"));
    let plain = plain(word.text);
    let says_something = ABOUT.contains(&plain.as_str()) || plain.ends_with("ed") || plain.ends_with("ing");
    (is_near && ends && !says_something && !plain.is_empty()).then(|| (word.at.clone(), at + 1))
}

/// What stands in quotes from here on, without them.
fn quoted(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let open = rest.chars().next()?;
    let close = match open {
        '"' | '\'' | '`' => open,
        '\u{201c}' | '\u{201e}' => '\u{201d}',
        '«' => '»',
        _ => return None,
    };
    let inner = from + open.len_utf8();
    let is_end = |c: char| c == close || (open == '\u{201e}' && c == '\u{201c}');
    let length = text.get(inner..)?.find(is_end)?;
    let within = text.get(inner..inner + length)?;
    (!within.trim().is_empty() && !within.contains(['\n', '•'])).then(|| inner..inner + length)
}

/// Whether a word has what passwords have and words don't: a digit, a sign within it, or capitals within it.
fn is_strong(word: &str) -> bool {
    let core = word.trim_end_matches(['.', ',', ';', ':', '?', ')', '"', '\'']);
    let letters = core.trim_matches(|c: char| matches!(c, '(' | '"' | '\'' | '-' | '!'));
    if letters.is_empty() {
        return core.chars().count() >= 3 && core.chars().any(|c| !matches!(c, '-' | '.' | '…' | '–'));
    }
    let digits = letters.chars().filter(char::is_ascii_digit).count();
    if digits == letters.chars().count() {
        return digits >= 4;
    }
    let is_word_sign = |c: char| matches!(c, '\'' | '\u{2019}' | '-' | '/' | '_');
    let has_sign = letters.chars().any(|c| !c.is_alphanumeric() && !is_word_sign(c));
    let has_capital =
        letters.chars().skip(1).any(char::is_uppercase) && letters.chars().any(char::is_lowercase);
    digits > 0 || has_sign || has_capital
}

/// What has digits and signs and is a name all the same: an article, a case, an error, a page.
fn is_name(word: &str) -> bool {
    let lower = word.to_lowercase();
    let digits = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    let core = lower.trim_end_matches(['.', ',', ';', ':', '?', '!', ')']);
    !article_numbers(word).is_empty()
        || core.strip_prefix("case-").is_some_and(digits)
        || core.strip_prefix("0x").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_hexdigit()))
        || lower.contains("://")
        || lower.starts_with("www.")
        || matches!(core, "e.g" | "i.e")
}
