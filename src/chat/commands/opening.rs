//! Finds what is the matter in the sentence that asks for a case.

use super::cases;

/// What is the matter, where somebody says that they want to open a case and, in the same breath, why: "open a case, the console shows
/// error 0x80".
#[must_use]
pub fn opening(text: &str) -> Option<String> {
    const JOINTS: [&str; 8] =
        ["about ", "because ", "for ", "regarding ", "as ", "since ", "that ", "saying "];
    let plain = without_courtesy_words(text);
    let phrases = cases::OPEN.phrases.iter().filter(|phrase| phrase.contains(' '));
    let rest = phrases.filter_map(|phrase| after(plain, phrase)).min_by_key(|rest| rest.len())?;
    let rest = match rest.chars().next()? {
        ',' | ':' | ';' | '.' | '-' | '\u{2013}' | '\u{2014}' | '\n' => rest,
        ' ' => JOINTS.iter().find_map(|joint| after(rest.trim_start(), joint))?,
        _ => return None,
    };
    let rest = rest
        .trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '"' | '\'' | '/' | '('))
        .trim();
    (!rest.is_empty()).then(|| rest.to_owned())
}

/// What follows a phrase with which a text begins, whatever its case.
fn after<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let (front, rest) = text.split_at_checked(phrase.len())?;
    front.eq_ignore_ascii_case(phrase).then_some(rest)
}

/// A text without "please" and "I want to" before it.
fn without_courtesy_words(text: &str) -> &str {
    const WORDS: [&str; 8] = [
        "please ",
        "can you ",
        "could you ",
        "i want to ",
        "i'd like to ",
        "i would like to ",
        "i need to ",
        "can i ",
    ];
    WORDS.iter().fold(text.trim(), |text, word| after(text, word).unwrap_or(text).trim_start())
}
