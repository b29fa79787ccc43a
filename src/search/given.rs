//! Hands the words of a text to tantivy, which were cut before ([`super::words`]): in one text, as its tokenizer expects them.
//!
//! tantivy has a form for texts that were cut before, which it writes as JSON and reads again: indexing took twice as long.

use tantivy::Index as TantivyIndex;
use tantivy::schema::{IndexRecordOption, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The tokenizer's name within an index.
const NAME: &str = "given";
/// What stands after each word: no word has a control character in it, though some letters become a space when they are folded.
const WORD: char = '\u{1f}';
/// What stands after each text.
const TEXT: char = '\u{1e}';
/// So many places lie between two texts, so that no phrase reaches from one into the other.
const GAP: usize = 100;

/// How a field of given words is indexed.
pub fn options(record: IndexRecordOption, norms: bool) -> TextOptions {
    let indexing =
        TextFieldIndexing::default().set_tokenizer(NAME).set_index_option(record).set_fieldnorms(norms);
    TextOptions::default().set_indexing_options(indexing)
}

/// Teaches an index that is written what given words are.
pub fn teach(index: &TantivyIndex) {
    index.tokenizers().register(NAME, Given);
}

/// Two words side by side, as one of 65,536 marks. Pairs themselves would be millions of words, and an index twice as large; what has
/// the mark of a pair is still to be looked at.
pub fn pair(one: &str, next: &str) -> String {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(one.as_bytes());
    hasher.update(&[0]);
    hasher.update(next.as_bytes());
    format!("{:04x}", hasher.finalize() & 0xFFFF)
}

/// Words, and where a text ends.
pub struct Words(String);

impl Words {
    /// None yet.
    pub const fn new() -> Self {
        Self(String::new())
    }

    /// Adds a word.
    pub fn word(&mut self, word: &str) {
        self.0.push_str(word);
        self.0.push(WORD);
    }

    /// Says that the next word is another text's.
    pub fn end_text(&mut self) {
        self.0.push(TEXT);
    }

    /// As the index takes them; `None` where there are none.
    pub fn as_str(&self) -> Option<&str> {
        self.0.contains(WORD).then_some(self.0.as_str())
    }
}

#[derive(Clone)]
struct Given;

impl Tokenizer for Given {
    type TokenStream<'a> = GivenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GivenStream<'a> {
        GivenStream { rest: text, next: 0, token: Token::default() }
    }
}

struct GivenStream<'a> {
    rest: &'a str,
    /// The place of the next word.
    next: usize,
    token: Token,
}

impl TokenStream for GivenStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(rest) = self.rest.strip_prefix(TEXT) {
            self.rest = rest;
            self.next += GAP;
        }
        let Some((word, rest)) = self.rest.split_once(WORD) else { return false };
        self.rest = rest;
        self.token.text.clear();
        self.token.text.push_str(word);
        self.token.position = self.next;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::words::words;
    use super::*;

    fn taken(words: &Words) -> Vec<(usize, String)> {
        let mut tokens = Vec::new();
        Given.token_stream(words.as_str().unwrap_or_default()).process(&mut |token| {
            tokens.push((token.position, token.text.clone()));
        });
        tokens
    }

    proptest! {
        #[test]
        fn words_come_as_they_were_given(texts in prop::collection::vec(any::<String>(), 0..4)) {
            let (mut given, mut expected, mut place) = (Words::new(), Vec::new(), 0);
            for text in &texts {
                for word in words(text) {
                    given.word(&word.form);
                    expected.push((place, word.form));
                    place += 1;
                }
                given.end_text();
                place += GAP;
            }
            prop_assert_eq!(given.as_str().is_none(), expected.is_empty());
            prop_assert_eq!(taken(&given), expected);
        }
    }
}
