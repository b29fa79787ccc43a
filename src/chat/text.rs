//! The door for people's text: what can do harm is taken out, and nothing else.

/// The text without control characters other than tab and newline, and without space around it.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // A line's end is written in three ways.
            '\r' if chars.peek() != Some(&'\n') => out.push('\n'),
            '\t' | '\n' => out.push(c),
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    let trimmed = out.trim();
    if trimmed.len() == out.len() { out } else { trimmed.to_owned() }
}

/// A text of one line as phrases are compared: lower-case, single spaces, straight apostrophes, no punctuation at the end.
#[must_use]
pub fn fold(text: &str) -> String {
    let lower = text.to_lowercase().replace('\u{2019}', "'").replace(',', " ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ").trim_end_matches(['.', '!', '?', '…', ' ']).to_owned()
}

/// At most `most` characters of a text, and whether there were more.
#[must_use]
pub fn cut(text: String, most: usize) -> (String, bool) {
    match text.char_indices().nth(most) {
        Some((end, _)) => (text.get(..end).unwrap_or_default().trim_end().to_owned(), true),
        None => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn control_characters_stay_outside() {
        for (text, expected) in [
            ("  how do I\tsign in\r\nhere \u{0}\u{7}\u{1b}[31m?", "how do I\tsign in\nhere [31m?"),
            ("a\rb", "a\nb"),
            ("\u{85}\u{9b}x\u{7f}", "x"),
            ("\u{0} \u{1}", ""),
            ("👩\u{200d}💻 שלום", "👩\u{200d}💻 שלום"),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in any::<String>()) {
            let once = clean(&text);
            prop_assert!(once.chars().all(|c| matches!(c, '\t' | '\n') || !c.is_control()));
            prop_assert_eq!(&clean(&once), &once);
        }

        #[test]
        fn a_cut_is_a_beginning(text in any::<String>(), most in 0_usize..20) {
            let (kept, was_cut) = cut(text.clone(), most);
            prop_assert!(text.starts_with(&kept));
            prop_assert_eq!(was_cut, text.chars().count() > most);
        }
    }
}
