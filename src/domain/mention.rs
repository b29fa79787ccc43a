//! Article numbers in what people write, in any spelling.

use unicode_normalization::UnicodeNormalization;

/// How much of a text is read; who names an article does so early.
const READ: usize = 400;
/// The most digits that are repeated back; no number is nearly as long.
const MOST_DIGITS: usize = 20;
/// Bare digits after "article" are a number from this length on: "article 2 of the licence" is no article of ours.
const FEWEST_BARE_DIGITS: usize = 4;

/// Words that may stand between what announces a number and the number.
const FILLERS: &[&str] = &["no", "nr", "num", "number", "id", "article"];

/// The article numbers that a text names, each once, in order: `CTX120355` for "ctx-120355", and the digits alone where
/// only "article 120355" is said.
#[must_use]
pub fn article_numbers(text: &str) -> Vec<String> {
    let folded: String = text.chars().take(READ).nfkc().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut found: Vec<String> = Vec::new();
    let mut rest = words.as_slice();
    while let Some((word, after)) = rest.split_first() {
        rest = after;
        let number = match *word {
            "ctx" => announced(after).map(|digits| format!("CTX{digits}")),
            "article" => announced(after).filter(|d| d.len() >= FEWEST_BARE_DIGITS).map(str::to_owned),
            _ => word.strip_prefix("ctx").filter(|d| is_number(d)).map(|digits| format!("CTX{digits}")),
        };
        if let Some(number) = number.filter(|number| !found.contains(number)) {
            found.push(number);
        }
    }
    found
}

/// The number that follows, with at most two words before it.
fn announced<'a>(words: &[&'a str]) -> Option<&'a str> {
    let word = words.iter().take(3).find(|word| !FILLERS.contains(word))?;
    Some(*word).filter(|word| is_number(word))
}

fn is_number(text: &str) -> bool {
    (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_any_spelling() {
        for (text, expected) in [
            ("CTX120355", "CTX120355"),
            ("ctx 120355", "CTX120355"),
            ("CTX-120355", "CTX120355"),
            ("ctx\u{2011}120355", "CTX120355"),
            ("CTX#120355!", "CTX120355"),
            ("ctx no. 120355", "CTX120355"),
            ("ＣＴＸ１２０３５５", "CTX120355"),
            ("what does CTX120355 say?", "CTX120355"),
            ("https://support.citrix.com/article/CTX120355/add-contacts", "CTX120355"),
            ("show me article 120355", "120355"),
            ("article no. 120355 please", "120355"),
            ("CTX120355 or ctx130993, and ctx120355", "CTX120355 CTX130993"),
            ("article CTX120355", "CTX120355"),
            ("how to fix error 1603", ""),
            ("article 2 of the licence", ""),
            ("the article says 1200 users", ""),
            ("windows 10 ctx", ""),
            ("", ""),
        ] {
            assert_eq!(article_numbers(text).join(" "), expected, "{text}");
        }
    }
}
