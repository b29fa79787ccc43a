//! What the search says.

use crate::chat::parse::MAX_QUESTION;
use crate::domain::{Block, Passage};
use crate::replies::Locale;
use crate::replies::excerpt::glimpse;
use crate::replies::words::{listed, quoted};

/// How much of a passage is shown, in lines.
const LINES: usize = 5;

/// Its heading.
#[must_use]
pub const fn title(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Search"
}

/// What the browser calls it.
#[must_use]
pub fn title_for(locale: Locale, query: &str) -> String {
    let Locale::English = locale;
    format!("Search: {}", quoted(query))
}

/// Nothing was asked yet.
#[must_use]
pub const fn nothing_asked(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Type a question as you would ask a person, an error message as it is shown, or the number of an article, for example CTX120355."
}

/// The heading of what was found.
#[must_use]
pub const fn results(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Results"
}

/// Which of them are shown.
#[must_use]
pub fn shown(locale: Locale, first: usize, last: usize) -> String {
    let Locale::English = locale;
    if first == last { format!("Result {first}.") } else { format!("Results {first} to {last}, best first.") }
}

/// Nothing was found.
#[must_use]
pub fn nothing(locale: Locale, is_limited: bool) -> &'static str {
    let Locale::English = locale;
    if is_limited {
        "I found nothing about this in the product and kind that you chose. Other words may find it, or a search in all of them."
    } else {
        "I found nothing about this. Other words may find it."
    }
}

/// There are no results so far down.
#[must_use]
pub const fn no_more(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "There are no further results."
}

/// What was found may not be it.
#[must_use]
pub const fn unsure(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "I found nothing that answers this well. These come closest, but may not help."
}

/// The same search without its limits.
#[must_use]
pub const fn everywhere(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Search all products and kinds"
}

/// Leads into the question that was probably meant.
#[must_use]
pub const fn did_you_mean(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Did you mean"
}

/// How words were read.
#[must_use]
pub fn read_as<'a>(locale: Locale, words: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let Locale::English = locale;
    let read: Vec<String> =
        words.into_iter().map(|(typed, read)| format!("{} as {}", quoted(typed), quoted(read))).collect();
    format!("Read {}.", listed(locale, &read))
}

/// Only the beginning was read.
#[must_use]
pub fn cut(locale: Locale) -> String {
    let Locale::English = locale;
    format!("I read the first {MAX_QUESTION} characters of this.")
}

/// Leads to the chat.
#[must_use]
pub const fn ask(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Ask the desk"
}

/// What is shown of the passage that answers, from the block where the best part begins.
#[must_use]
pub fn glimpse_of(passage: &Passage, best: usize) -> Vec<Block> {
    glimpse(&passage.blocks, best, LINES)
}
