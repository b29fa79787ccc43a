//! What a platform calls somebody, made fit to be read by others.

/// The most characters of a name; Discord allows fewer.
pub const MOST_NAME: usize = 60;

/// A name as others may read it: one line of at most [`MOST_NAME`] characters, each of which is seen. `None` where nothing is left.
#[must_use]
pub fn display_name(text: &str) -> Option<String> {
    let name: String = one_seen_line(text)?.chars().take(MOST_NAME).collect();
    Some(name.trim_end().to_owned())
}

/// A text as one line of characters each of which is seen, however long. `None` where nothing is left.
#[must_use]
pub fn one_seen_line(text: &str) -> Option<String> {
    let seen: String = text
        .chars()
        .filter(|c| c.is_whitespace() || !is_unseen(*c))
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let words: Vec<&str> = seen.split(' ').filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// What nobody sees but what changes what they see: control characters, what turns the direction of writing, and what has no width
/// or no ink.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_what_is_seen_of_it() {
        for (text, expected) in [
            ("Ada", Some("Ada")),
            ("  Ada \t\n Lovelace ", Some("Ada Lovelace")),
            ("Zoë Ünal-Çelik 李", Some("Zoë Ünal-Çelik 李")),
            ("\u{202E}adA\u{202C}", Some("adA")),
            ("A\u{200B}d\u{2060}a\u{FEFF}\u{E0041}", Some("Ada")),
            ("Ada\u{2028}Support", Some("Ada Support")),
            ("\u{1b}[31mAda\u{7}", Some("[31mAda")),
            ("\u{3164}\u{2800}\u{200D} \u{A0}", None),
            ("", None),
        ] {
            assert_eq!(display_name(text).as_deref(), expected, "{text:?}");
        }
        assert_eq!(display_name(&"é".repeat(1_000_000)).unwrap().chars().count(), MOST_NAME);
        assert_eq!(display_name(&format!("{} b", "a".repeat(MOST_NAME - 1))).unwrap().len(), MOST_NAME - 1);
    }

    /// Any text, and texts of what is unseen with a little between.
    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[\u{0}-\u{20}a\u{61C}\u{200B}-\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{3164}\u{FEFF}]{0,100}",
        ]
    }

    proptest! {
        #[test]
        fn a_name_is_short_seen_and_stays_itself(text in texts()) {
            let Some(name) = display_name(&text) else {
                prop_assert!(text.chars().all(|c| c.is_whitespace() || is_unseen(c)));
                return Ok(());
            };
            prop_assert!(!name.trim().is_empty() && name.chars().count() <= MOST_NAME);
            prop_assert!(!name.chars().any(|c| is_unseen(c) || (c.is_whitespace() && c != ' ')));
            prop_assert_eq!(display_name(&name), Some(name));
        }
    }
}
