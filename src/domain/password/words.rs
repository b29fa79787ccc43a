//! Finding dictionary words in a password.
//!
//! The dictionary is that of `zxcvbn`: the commonest words of English texts and films, names, and what people use as passwords. It is
//! asked for one word at a time. All that it knows would refuse one of 15 random passwords by accident, so short words have to be commoner.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zxcvbn::matching::patterns::MatchPattern;

/// The letters of a word: a shorter one stands in everything, and a longer one has a shorter one in it, but for a handful.
const FEWEST: usize = 4;
const MOST: usize = 14;
/// How common a word of four letters is: among the first so many of its list. With this many, about one in 50 of the passwords that
/// managers make has a word in it by accident (a test below counts them); with all of them, one in 16.
const MOST_OF_FOUR: usize = 700;
/// How common a longer one is. Up to here a word is always the library's best explanation for its letters; rarer ones compete with
/// guessing letter by letter.
const MOST_OF_MORE: usize = 9_999;
/// Where one sign may be read as several letters, so many of them in one word are read in every mixture; more are read alike.
const MIXED: usize = 2;

/// Whether a word stands anywhere in a text, its case, its accents and the usual substitutions undone.
pub(super) fn contains_word(text: &str, is_word: &impl Fn(&str) -> bool) -> bool {
    let letters: Vec<&[char]> =
        text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(readings).collect();
    // What stands between two signs that are no letters, however they are read.
    letters.split(|readings| readings.is_empty()).any(|run| {
        let starts = 0..run.len().saturating_sub(FEWEST - 1);
        starts.filter_map(|start| run.get(start..)).any(|rest| {
            let lengths = FEWEST..=MOST.min(rest.len());
            lengths.filter_map(|length| rest.get(..length)).any(|part| any_reading(part, is_word))
        })
    })
}

/// The letters that a sign may stand for; none for one that stands for itself only.
fn readings(c: char) -> &'static [char] {
    const LETTERS: &[char; 26] = &[
        'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't',
        'u', 'v', 'w', 'x', 'y', 'z',
    ];
    match c {
        '0' => &['o'],
        '1' => &['i', 'l'],
        '3' => &['e'],
        '4' | '@' => &['a'],
        '5' | '$' => &['s'],
        '7' => &['t'],
        '!' => &['i'],
        letter => {
            let at = LETTERS.iter().position(|own| *own == letter);
            at.and_then(|at| LETTERS.get(at..=at)).unwrap_or_default()
        }
    }
}

fn any_reading(part: &[&'static [char]], is_word: &impl Fn(&str) -> bool) -> bool {
    let open = part.iter().filter(|readings| readings.len() > 1).count();
    // Each bit says which letter one of these signs is; all bits the same is all of them alike.
    let choices: &[u32] = match open {
        0 => &[0],
        1 => &[0, 1],
        _ if open <= MIXED => &[0, 1, 2, 3],
        _ => &[0, u32::MAX],
    };
    choices.iter().any(|choice| {
        let mut seen = 0;
        let word: String = part
            .iter()
            .filter_map(|readings| match readings {
                [first, second, ..] => {
                    let bit = choice >> seen & 1;
                    seen += 1;
                    Some(if bit == 0 { *first } else { *second })
                }
                [only] => Some(*only),
                [] => None,
            })
            .collect();
        may_be_word(&word) && is_word(&word)
    })
}

/// Whether it is worth asking: a word has a vowel, and no letter three times in a row.
fn may_be_word(word: &str) -> bool {
    let has_vowel = word.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let is_thrice = |three: &[u8]| matches!(three, [a, b, c] if a == b && b == c);
    has_vowel && !word.as_bytes().windows(3).any(is_thrice)
}

/// Whether lower-case letters are a common word.
pub(super) fn is_common_word(letters: &str) -> bool {
    let most = if letters.len() <= FEWEST { MOST_OF_FOUR } else { MOST_OF_MORE };
    let estimate = zxcvbn::zxcvbn(letters, &[]);
    let [only] = estimate.sequence() else { return false };
    let MatchPattern::Dictionary(found) = &only.pattern else { return false };
    !found.reversed && !found.l33t && found.rank <= most
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::password::{Password, Unmet, unmet};

    #[test]
    fn the_dictionary_knows_common_words_and_nothing_else() {
        for word in [
            "love",
            "test",
            "pass",
            "king",
            "rose",
            "house",
            "white",
            "summer",
            "welcome",
            "dragon",
            "password",
            "qwerty",
            "football",
            "international",
            "communication",
            "responsibility",
        ] {
            assert!(is_common_word(word), "{word}");
        }
        for text in ["xqzv", "abcdefg", "aeiouy", "drowssap", "housse", "lovehouse", "zebu", "aaaa", ""] {
            assert!(!is_common_word(text), "{text}");
        }
    }

    #[test]
    fn a_sign_that_may_be_two_letters_is_read_as_both() {
        for (text, word) in
            [("b1ll", "bill"), ("1ittle", "little"), ("m1l1on", "milion"), ("bi11ion", "billion")]
        {
            assert!(contains_word(text, &|read| read == word), "{text}");
        }
        // More than two are read alike.
        assert!(contains_word("1a1a1a", &|read| read == "lalala"));
        assert!(!contains_word("1a1a1a", &|read| read == "ialala"));
        assert!(!contains_word("8ook", &|read| read == "book"), "that is no usual one");
    }

    /// The worst that somebody can make up asks for a bounded number of words, which grows with the length and not faster.
    #[test]
    fn the_work_grows_with_the_length() {
        let asked = |text: &str| {
            let count = Cell::new(0_u32);
            contains_word(text, &|_| {
                count.set(count.get() + 1);
                false
            });
            count.get()
        };
        for worst in ["a", "ab", "a1", "1a1b", "ab1cd1ef"] {
            let long = |length: usize| worst.chars().cycle().take(length).collect::<String>();
            let (half, whole) = (asked(&long(64)), asked(&long(128)));
            assert!(whole <= 128 * 4 * (MOST - FEWEST + 1) as u32, "{worst}: {whole}");
            assert!(whole <= half * 5 / 2, "{worst}: {half} and {whole}");
        }
    }

    /// How many of the passwords that managers make are refused for a word that they have by accident.
    #[test]
    fn hardly_any_random_password_is_refused_by_accident() {
        const EACH: u32 = 2_000;
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let mut random = 42_u64;
        for (symbols, most) in
            [("!@#$%^*?+=-", 50), ("!@#$%^&*", 60), ("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", 25)]
        {
            let all: Vec<char> = letters.chars().chain(symbols.chars()).collect();
            let mut next = || {
                random =
                    random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                all[(random >> 33) as usize % all.len()]
            };
            let refused = (0..EACH).filter(|_| {
                let password: String = (0..16).map(|_| next()).collect();
                unmet(&Password::typed(&password)).contains(&Unmet::Word)
            });
            let refused = refused.count();
            assert!(refused <= most, "{refused} of {EACH} with {symbols}");
        }
    }

    proptest! {
        #[test]
        fn every_word_is_found_in_any_spelling_of_it(
            word in prop::sample::select(vec!["silver", "castle", "little", "princess", "million"]),
            how in prop::collection::vec(any::<bool>(), 8),
        ) {
            let typed: String = word.chars().zip(how).map(|(c, leet)| match c {
                _ if !leet => c.to_ascii_uppercase(),
                'i' => '!',
                'l' => '1',
                'e' => '3',
                'a' => '@',
                's' => '$',
                't' => '7',
                'o' => '0',
                other => other,
            }).collect();
            prop_assert!(contains_word(&typed, &|read| read == word), "{}", typed);
        }
    }
}
