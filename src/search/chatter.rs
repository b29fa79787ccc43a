//! Words that people use to tell a story and that seldom name its subject.
//!
//! In a few hundred articles "yesterday" or "wife" may be rarer than "password", and would count for more. General
//! English knows better: these words count for less, however rare they are in the articles.

use std::collections::HashSet;
use std::sync::LazyLock;

/// What such a word counts against another that is as rare.
pub const WEIGHT: f32 = 0.65;

/// Whether a folded word is one of them.
#[must_use]
pub fn is_chatter(form: &str) -> bool {
    CHATTER.contains(form)
}

/// General English, chosen by hand; no names of things that a product could have.
static CHATTER: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("chatter.txt").split_ascii_whitespace().collect());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_stories_and_no_subjects() {
        assert!(is_chatter("yesterday") && !is_chatter("password"));
    }
}
