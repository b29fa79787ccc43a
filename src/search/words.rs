//! Cuts text into words: folded, lower-case, each with its stem. Articles and questions go through the same cut.

use std::ops::Range;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest word that is looked up; what is longer is no word that anybody types twice.
const MAX_WORD: usize = 64;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes of the text.
    pub place: Range<usize>,
    /// Lower-case, without accents and apostrophes.
    pub form: String,
}

/// Identifiers, error codes and versions: never matched by likeness, only as they are.
#[must_use]
pub fn has_digit(form: &str) -> bool {
    form.bytes().any(|b| b.is_ascii_digit())
}

/// The words of `text`, in order. Never fails; text in other scripts gives its letters' runs.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 6);
    let mut start = None;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || is_combining_mark(c) {
            start.get_or_insert(at);
        } else if is_apostrophe(c) && start.is_some() {
            // Within a word ("can't"); at its end it is trimmed by `fold`.
        } else if let Some(from) = start.take() {
            push(&mut out, text, from..at);
        }
    }
    if let Some(from) = start {
        push(&mut out, text, from..text.len());
    }
    out
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

fn push(out: &mut Vec<Word>, text: &str, place: Range<usize>) {
    let Some(raw) = text.get(place.clone()) else { return };
    let form = fold(raw);
    if !form.is_empty() && form.len() <= MAX_WORD {
        out.push(Word { place, form });
    }
}

/// Lower-case without accents; the possessive `'s` and other apostrophes are dropped.
#[must_use]
pub fn fold(raw: &str) -> String {
    let bare = raw.trim_end_matches(is_apostrophe);
    let bare = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("\u{2019}s")).unwrap_or(bare);
    if bare.is_ascii() {
        return bare.bytes().filter(|b| *b != b'\'').map(|b| b.to_ascii_lowercase() as char).collect();
    }
    bare.nfkd().filter(|c| !is_combining_mark(*c) && !is_apostrophe(*c)).flat_map(char::to_lowercase).fold(
        String::with_capacity(bare.len()),
        |mut out, c| {
            match plain(c) {
                Some(plain) => out.push_str(plain),
                None => out.push(c),
            }
            out
        },
    )
}

/// Letters that Unicode does not take apart, as people type them who don't have them.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        _ => return None,
    })
}

/// Reduces words to stems (Porter 2), so that "signing" finds "sign".
pub struct Stems(Stemmer);

impl Default for Stems {
    fn default() -> Self {
        Self(Stemmer::new(Algorithm::English))
    }
}

impl Stems {
    /// The stem of a folded word; words with digits stay as they are.
    #[must_use]
    pub fn of(&self, form: &str) -> String {
        if has_digit(form) || !form.is_ascii() {
            return form.to_owned();
        }
        self.0.stem(form).into_owned()
    }
}

/// Words so common that they say nothing about what a text is about.
#[must_use]
pub fn is_stop(form: &str) -> bool {
    STOP.binary_search(&form).is_ok()
}

/// Sorted. Function words only: nothing that a product, a button or an error could be called.
const STOP: &[&str] = &[
    "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by", "can",
    "could", "did", "do", "does", "doing", "for", "from", "had", "has", "have", "having", "he", "her",
    "hers", "him", "his", "how", "i", "id", "if", "ill", "im", "in", "into", "is", "it", "its", "ive",
    "just", "may", "me", "might", "mine", "my", "myself", "of", "on", "or", "our", "ours", "please", "shall",
    "she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "those", "to", "us", "very", "was", "we", "were", "what", "when", "where", "which",
    "while", "who", "whom", "whose", "why", "will", "with", "would", "you", "your", "yours",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        words(text).into_iter().map(|w| w.form).collect()
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            forms("Can't sign-in to José's naïve E‑Mail?"),
            ["cant", "sign", "in", "to", "jose", "naive", "e", "mail"]
        );
        assert_eq!(forms("0x80070005: KB2556390"), ["0x80070005", "kb2556390"]);
        assert_eq!(
            forms("Straße STRASSE Ørsted Łódź ＡＢＣ １２"),
            ["strasse", "strasse", "orsted", "lodz", "abc", "12"]
        );
        assert_eq!(forms("''' — 🙂"), Vec::<String>::new());
    }

    #[test]
    fn stop_words_are_sorted() {
        assert!(STOP.is_sorted());
    }

    proptest::proptest! {
        #[test]
        fn every_place_is_a_slice_of_the_text(text in ".*") {
            for word in words(&text) {
                proptest::prop_assert!(text.get(word.place.clone()).is_some());
                proptest::prop_assert!(!word.form.is_empty());
            }
        }
    }
}
