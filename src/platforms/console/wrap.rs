//! Breaks lines at the width of the terminal.

use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter};

/// However narrow the terminal, this many columns are used: what is narrower can't be read anyway.
pub const NARROWEST: usize = 10;

/// The lines of a text that is already safe and styled.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    hang(text, width, "", "")
}

/// The lines of a text, the first one with a mark before it and the others indented as far.
pub fn hang(text: &str, width: usize, first: &str, others: &str) -> Vec<String> {
    let options = Options::new(width.max(NARROWEST))
        .initial_indent(first)
        .subsequent_indent(others)
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// Words of any script; but an address stays in one piece as long as a line can hold it, so that it can be copied.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    Box::new(line.split_inclusive(' ').flat_map(|piece| {
        let separator = if piece.contains("://") {
            WordSeparator::AsciiSpace
        } else {
            WordSeparator::UnicodeBreakProperties
        };
        separator.find_words(piece)
    }))
}

/// The columns that a text takes, its styles left aside.
pub fn columns(text: &str) -> usize {
    textwrap::core::display_width(text)
}
