//! A case's number, and finding it in what people write.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// How much of a text is read; who names a case does so early.
const READ: usize = 400;
/// The most digits; no desk has more cases.
const MOST_DIGITS: usize = 12;
/// Words that may stand between "case" and its number.
const FILLERS: &[&str] = &["no", "nr", "num", "number", "id", "case"];

/// Words before "case" that make it a figure of speech.
const FIGURES: &[&str] = &["in", "any", "each", "worst", "best", "use", "edge", "test"];

/// A case's permanent number, shown as `CASE-000042`. It is a name and no secret: who may see a case is decided each time.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(transparent)]
pub struct CaseNumber(pub u64);

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CASE-{:06}", self.0)
    }
}

impl CaseNumber {
    /// Reads a number where one is expected: `CASE-000042` in any spelling, `#42`, `42`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        number(text.strip_prefix('#').unwrap_or(text)).or_else(|| match Self::named_in(text).as_slice() {
            [only] => Some(*only),
            [] | [_, ..] => None,
        })
    }

    /// The cases that a text names, each once, in order: "case 42", "CASE-000042", "case no. 42".
    #[must_use]
    pub fn named_in(text: &str) -> Vec<Self> {
        let folded: String = text.chars().take(READ).nfkc().flat_map(char::to_lowercase).collect();
        let words: Vec<&str> =
            folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let mut found = Vec::new();
        let mut rest = words.as_slice();
        let mut before = "";
        while let Some((word, after)) = rest.split_first() {
            rest = after;
            // "in case 10 users sign in" speaks of no case, "what happened in case 10" does.
            let is_figure = FIGURES.contains(&before) && after.len() > 1;
            before = word;
            if is_figure {
                continue;
            }
            let named = match word.strip_prefix("case") {
                Some("") => {
                    after.iter().take(3).find(|word| !FILLERS.contains(word)).and_then(|word| number(word))
                }
                Some(digits) => number(digits),
                None => None,
            };
            found.extend(named.filter(|named| !found.contains(named)));
        }
        found
    }
}

fn number(digits: &str) -> Option<CaseNumber> {
    let fits = (1..=MOST_DIGITS).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten().filter(|number| *number > 0).map(CaseNumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_any_spelling() {
        for (text, expected) in [
            ("CASE-000042", Some(42)),
            ("case 42", Some(42)),
            ("Case #42", Some(42)),
            ("case no. 42", Some(42)),
            ("case42", Some(42)),
            ("#42", Some(42)),
            ("42", Some(42)),
            ("ＣＡＳＥ－４２", Some(42)),
            ("CASE-1234567", Some(1_234_567)),
            ("four", None),
            ("0", None),
            ("-42", None),
            ("case 42 and case 43", None),
            ("999999999999999999999", None),
            ("", None),
        ] {
            assert_eq!(CaseNumber::parse(text), expected.map(CaseNumber), "{text}");
        }
        assert_eq!(CaseNumber(42).to_string(), "CASE-000042");
    }

    #[test]
    fn a_case_that_is_no_number_is_none() {
        for text in [
            "in case 10 users sign in",
            "in case 42a happens",
            "the worst case is 3 days",
            "casework 42",
            "uppercase 42",
            "",
        ] {
            assert_eq!(CaseNumber::named_in(text), [], "{text}");
        }
        assert_eq!(CaseNumber::named_in("case 7, CASE-9 and case 7"), [CaseNumber(7), CaseNumber(9)]);
    }
}
