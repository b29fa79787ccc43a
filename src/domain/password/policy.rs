//! What a password must be: the rules of the article `change-password`, and no others.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Password;
use super::words::{contains_word, is_common_word};

/// The fewest characters.
pub const FEWEST: usize = 8;
/// The most characters. It is high enough for any sentence, and low enough that nobody keeps the desk busy with one.
pub const MOST: usize = 128;
/// The symbols of which a password needs one. Others are allowed, but don't count.
pub const SYMBOLS: &str = "!@#$%^*?+=-";

/// A rule that a password does not meet. They are told in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unmet {
    /// It has fewer than [`FEWEST`] characters.
    TooShort,
    /// It has more than [`MOST`] characters.
    TooLong,
    /// There is no number in it.
    NoNumber,
    /// There is no upper-case letter in it.
    NoUpperCase,
    /// There is none of the [`SYMBOLS`] in it.
    NoSymbol,
    /// There is a character in it that no keyboard types into a field, such as a line's end.
    ControlCharacter,
    /// There is a dictionary word in it.
    Word,
    /// It is in a database of compromised passwords. Whoever asks that database adds it: the policy does not.
    Compromised,
}

/// Every rule that a password does not meet; none for a good one.
///
/// Characters are Unicode's, after normalizing: what people count when they type. Numbers and upper-case letters are those of any
/// script. It takes about a millisecond, and a seventh of a second for the worst that somebody can make up, so it belongs where the
/// hashing is done: beside the conversations, not among them.
#[must_use]
pub fn unmet(password: &Password) -> BTreeSet<Unmet> {
    unmet_with(password, &is_common_word)
}

fn unmet_with(password: &Password, is_word: &impl Fn(&str) -> bool) -> BTreeSet<Unmet> {
    let text = password.expose();
    let length = text.chars().count();
    let rules = [
        (length < FEWEST, Unmet::TooShort),
        (length > MOST, Unmet::TooLong),
        (!text.contains(char::is_numeric), Unmet::NoNumber),
        (!text.contains(char::is_uppercase), Unmet::NoUpperCase),
        (!text.contains(|c| SYMBOLS.contains(c)), Unmet::NoSymbol),
        (text.contains(char::is_control), Unmet::ControlCharacter),
        // What is too long is not searched through.
        (length <= MOST && contains_word(text, is_word), Unmet::Word),
    ];
    rules.into_iter().filter(|(is_unmet, _)| *is_unmet).map(|(_, rule)| rule).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all_unmet(text: &str) -> Vec<Unmet> {
        unmet(&Password::typed(text)).into_iter().collect()
    }

    #[test]
    fn every_unmet_rule_is_named_at_once() {
        use Unmet::{ControlCharacter, NoNumber, NoSymbol, NoUpperCase, TooLong, TooShort, Word};
        let long = |length: usize| "Xq7!".chars().cycle().take(length).collect::<String>();
        for (text, expected) in [
            ("Xq7!vTz9", vec![]),
            ("xQ7=vTz9", vec![]),
            ("kV9*mmmm", vec![]),
            ("Ωq7!vtz9", vec![]),
            ("Xq٣!vTzz", vec![]),
            ("Xq7! vTz", vec![]),
            (" Xq7!vT ", vec![]),
            // Seven characters with an accent typed as one of its own: it counts as seven.
            ("Xq7!vTe\u{301}", vec![TooShort]),
            ("Xq7!vTz", vec![TooShort]),
            ("", vec![TooShort, NoNumber, NoUpperCase, NoSymbol]),
            ("xqzvtqxzv", vec![NoNumber, NoUpperCase, NoSymbol]),
            ("xq7!vtz9", vec![NoUpperCase]),
            ("XqX!vTzk", vec![NoNumber]),
            // Others are allowed, but don't count.
            ("Xq7&vTz9", vec![NoSymbol]),
            ("Xq7_.,;:~vTz9", vec![NoSymbol]),
            ("Xq7!\nvTz9", vec![ControlCharacter]),
            ("\u{0}", vec![TooShort, NoNumber, NoUpperCase, NoSymbol, ControlCharacter]),
            ("Password1!", vec![Word]),
            ("P@$$w0rd1!", vec![Word]),
            ("xq7!hOuSe9", vec![Word]),
            ("Xq9?m0nk3yZ", vec![Word]),
            ("Xq9?8l4nk3tZ", vec![]),
            ("Z9?we1c0me", vec![Word]),
            ("Z9?mi1l!0nX", vec![Word]),
            ("Z9?s1lv3r", vec![Word]),
            ("Z9?pässwörd", vec![Word]),
            ("Z9?ｈｏｕｓｅ", vec![Word]),
            ("Z9?Xlove", vec![Word]),
            ("love", vec![TooShort, NoNumber, NoUpperCase, NoSymbol, Word]),
            // Three letters are no word here, and neither is a word that another sign parts.
            ("Z9?cat-dogX", vec![]),
            ("Z9?hou.seX", vec![]),
            (&long(MOST), vec![]),
            (&long(MOST + 1), vec![TooLong]),
            (&"a".repeat(1_000_000), vec![TooLong, NoNumber, NoUpperCase, NoSymbol]),
        ] {
            assert_eq!(all_unmet(text), expected, "{}", text.chars().take(40).collect::<String>());
        }
    }

    #[test]
    fn each_of_the_eleven_symbols_counts_and_no_other_one_does() {
        for symbol in (' '..='~').filter(|c| !c.is_alphanumeric()) {
            let unmet = all_unmet(&format!("Xq7{symbol}vTz9"));
            assert_eq!(unmet.contains(&Unmet::NoSymbol), !SYMBOLS.contains(symbol), "{symbol}");
        }
        assert_eq!(SYMBOLS.chars().count(), 11);
    }

    /// Any text, and texts of what passwords are made of.
    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[ -~]{0,40}", "[a-z1]{0,140}", "[A-Za-z0-9!@#$%^*?+=-]{8,20}"]
    }

    proptest! {
        #[test]
        fn more_characters_never_bring_back_what_they_met(text in texts(), more in texts()) {
            let short = unmet_with(&Password::typed(&text), &|_| false);
            // A space keeps what follows from changing what was there when both are normalized.
            let long = unmet_with(&Password::typed(&format!("{text} {more}")), &|_| false);
            for rule in long.difference(&short) {
                prop_assert!(matches!(rule, Unmet::TooLong | Unmet::ControlCharacter), "{rule:?}");
            }
            prop_assert!(!short.contains(&Unmet::ControlCharacter) || long.contains(&Unmet::ControlCharacter));
        }

        #[test]
        fn a_word_is_found_wherever_it_stands(before in "[A-Z0-9=?]{0,20}", after in "[A-Z0-9=?]{0,20}") {
            for word in ["password", "dr4g0n", "Summ3r"] {
                let text = format!("{before}{word}{after}");
                prop_assert!(all_unmet(&text).contains(&Unmet::Word), "{}", text);
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            all_unmet(&text);
        }
    }
}
