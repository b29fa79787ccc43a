//! Article numbers in any spelling: found exactly, and never by likeness.

use crate::domain::About;

/// The folded names under which an article is found: its id and aliases, numbers also without their letters.
#[must_use]
pub fn keys(about: &About) -> Vec<String> {
    let mut keys = Vec::new();
    for name in std::iter::once(about.id.as_str()).chain(about.aliases.iter().map(String::as_str)) {
        let key = fold(name);
        if let Some(digits) = trailing_number(&key) {
            keys.push(digits.to_owned());
        }
        keys.push(key);
    }
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| !key.is_empty());
    keys
}

/// Letters and digits in lower case: `CTX-120355` and `ctx 120355` are the same.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The digits of `ctx120355` or `kb2556390`: a few letters, then only digits.
fn trailing_number(key: &str) -> Option<&str> {
    let digits = key.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let is_number = digits.len() >= 4 && digits.bytes().all(|b| b.is_ascii_digit());
    (is_number && digits.len() < key.len() && key.len() - digits.len() <= 4).then_some(digits)
}

/// The keys to look a question up by, most telling first; empty when the question names no article number.
///
/// `CTX120355` anywhere in a sentence names an article. Bare digits and other prefixes do only when nothing but the
/// number is asked ("KB 2556390", "article no. 317965"): "error 1603" is a question, not an article.
#[must_use]
pub fn asked(question: &str) -> Vec<String> {
    let question: String = question.chars().take(400).collect();
    let lower = question.to_lowercase();
    let tokens: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|t| !t.is_empty()).collect();
    let mut keys = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if let Some(digits) = token.strip_prefix("ctx").filter(|d| is_number(d)) {
            keys.push(format!("ctx{digits}"));
        } else if *token == "ctx" {
            // "CTX 130 452": the groups belong together.
            let groups: String = tokens.iter().skip(at + 1).take_while(|d| is_number(d)).copied().collect();
            keys.extend((!groups.is_empty()).then(|| format!("ctx{groups}")));
        }
    }
    if keys.is_empty() {
        let content: Vec<&str> = tokens.into_iter().filter(|t| !FILLERS.contains(t)).collect();
        match content.as_slice() {
            [one] if one.bytes().any(|b| b.is_ascii_digit()) => keys.push((*one).to_owned()),
            [prefix, digits] if is_number(digits) && prefix.len() <= 4 && !is_number(prefix) => {
                keys.push(format!("{prefix}{digits}"));
            }
            _ => {}
        }
    }
    keys
}

/// Words that may stand around a number without making it a question.
const FILLERS: &[&str] = &[
    "article",
    "articles",
    "number",
    "no",
    "nr",
    "num",
    "id",
    "doc",
    "document",
    "show",
    "open",
    "see",
    "read",
    "me",
    "the",
    "please",
    "find",
    "get",
    "knowledge",
    "base",
    "support",
    "original",
];

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_any_spelling() {
        for (question, expected) in [
            ("CTX120355", "ctx120355"),
            ("ctx 120355", "ctx120355"),
            ("CTX 130 452", "ctx130452"),
            ("what does CTX-120355 say?", "ctx120355"),
            ("article 317965", "317965"),
            ("Article no. 317965 please", "317965"),
            ("KB10066", "kb10066"),
            ("kb 10066", "kb10066"),
            ("how to fix error 1603", ""),
            ("windows 10 update", ""),
            ("", ""),
        ] {
            assert_eq!(asked(question).join(" "), expected, "{question}");
        }
    }
}
