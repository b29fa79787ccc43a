//! Article numbers that Microsoft's articles name as their own: "Original KB number: 2556390".

use std::sync::LazyLock;

use regex::Regex;

use super::patterns::{group, pattern};

static LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:>\s*)?[*_]*\s*(?:original\s+kb(?:\s+(?:article|document))?(?:\s+(?:numbers?|id|no\.?))?|kb\s+(?:article\s+)?numbers?\s*[*_]*\s*:)\s*[*_]*\s*:?\s*[*_]*\s*:?\s*(?<numbers>(?:(?:KB|Q)?\s?\d{3,9}(?:\s*(?:,|;|/|&|and)?\s*))+)[*_.]*\s*\\?$",
    )
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d{3,9}"));
static NAMED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bKB\s?-?(?<number>\d{3,9})\b"));

/// Takes the lines that name the article's own numbers out of a body; the numbers become aliases and so stay searchable.
pub(super) fn take(text: &str) -> (String, Vec<String>) {
    let mut numbers = Vec::new();
    let mut kept: Vec<&str> = Vec::new();
    for line in text.split('\n') {
        match LINE.captures(line) {
            Some(found) => numbers
                .extend(NUMBER.find_iter(group(&found, "numbers")).map(|number| alias(number.as_str()))),
            None => kept.push(line),
        }
    }
    (if numbers.is_empty() { text.to_owned() } else { kept.join("\n") }, numbers)
}

/// The numbers in a front-matter field that may hold other things as well (`ms.custom: sap:x, KB3177312`).
pub(super) fn named(text: &str) -> Vec<String> {
    NAMED.captures_iter(text).map(|found| alias(group(&found, "number"))).collect()
}

/// The numbers in a front-matter field made for them (`kb: 2556390`).
pub(super) fn all(text: &str) -> Vec<String> {
    NUMBER.find_iter(text).map(|number| alias(number.as_str())).collect()
}

fn alias(number: &str) -> String {
    format!("KB{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_lines_are_read_in_every_spelling() {
        for (line, expected) in [
            ("_Original KB number:_ 2556390", vec!["KB2556390"]),
            ("_Original KB number:_  2556390  ", vec!["KB2556390"]),
            ("*Original KB number:* 12345, 67890", vec!["KB12345", "KB67890"]),
            ("**Original KB number**: KB 123456", vec!["KB123456"]),
            ("Original KB ID: 123456.", vec!["KB123456"]),
            ("KB number: 4614634", vec!["KB4614634"]),
            ("_Original KB numbers:_ 4009936 and 4009937", vec!["KB4009936", "KB4009937"]),
        ] {
            assert_eq!(
                take(line),
                (String::new(), expected.into_iter().map(str::to_owned).collect()),
                "{line}"
            );
        }
        for line in ["The original KB number is unknown.", "See KB 12345.", "Original KB number: see below"] {
            assert_eq!(take(line), (line.to_owned(), vec![]), "{line}");
        }
    }

    #[test]
    fn fields_name_numbers() {
        assert_eq!(named("sap:x, kb3177312, KB 99"), ["KB3177312"]);
        assert_eq!(all("2556390, KB12345"), ["KB2556390", "KB12345"]);
    }
}
