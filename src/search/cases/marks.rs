//! Shows where a case matched: its subject with the words marked, and a piece of what was written.

use std::collections::HashSet;
use std::ops::Range;

use crate::domain::Span;

use super::super::highlight::Marker;
use super::super::words::{Stems, Word, words};

/// The most words of a piece.
const WORDS: usize = 28;
/// How many words of it come before the first that matched.
const BEFORE: usize = 6;
/// The most bytes that are looked through for the best piece of one case.
const READ: usize = 100_000;

/// Knows which words a search was answered by.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    pub(super) stems: HashSet<String>,
}

impl Marks {
    /// A text with what matched marked.
    #[must_use]
    pub fn mark(&self, text: &str) -> Vec<Span> {
        let stems = Stems::default();
        let mut spans = Vec::new();
        Marker::of(self.stems.clone(), &stems).split(text, &mut spans);
        spans
    }

    /// The piece of these texts that has the most of the words, marked, with the text it is of: the beginning of the first where none
    /// has any. `None` where there is no text.
    #[must_use]
    pub fn piece<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Option<(usize, Vec<Span>)> {
        let stems = Stems::default();
        let marker = Marker::of(self.stems.clone(), &stems);
        let mut best: Option<(usize, usize, String)> = None;
        let mut read = 0;
        for (at, text) in texts.into_iter().enumerate() {
            read += text.len();
            let found = words(text);
            let (matched, from) = self.densest(&found, &marker, &stems);
            if best.as_ref().is_none_or(|(_, most, _)| matched > *most) {
                best = Some((at, matched, cut(text, &found, from)));
            }
            if matched == self.stems.len() || read > READ {
                break;
            }
        }
        let (at, _, piece) = best?;
        let mut spans = Vec::new();
        marker.split(&piece, &mut spans);
        Some((at, spans))
    }

    /// How many different words the best piece has, and with which word it begins.
    fn densest(&self, found: &[Word], marker: &Marker<'_>, stems: &Stems) -> (usize, usize) {
        let hits: Vec<(usize, String)> = found
            .iter()
            .enumerate()
            .filter(|(_, word)| marker.matches(word.form.clone()))
            .map(|(at, word)| (at, stems.of(&word.form)))
            .collect();
        let mut best = (0, 0);
        for (nth, (from, _)) in hits.iter().enumerate() {
            let near = hits.iter().skip(nth).take_while(|(at, _)| at - from < WORDS - BEFORE);
            let different: HashSet<&str> = near.map(|(_, stem)| stem.as_str()).collect();
            if different.len() > best.0 {
                best = (different.len(), *from);
            }
            if best.0 == self.stems.len() {
                break;
            }
        }
        (best.0, best.1.saturating_sub(BEFORE))
    }
}

/// The words of a text from one on, on one line, with dots where something is left out.
fn cut(text: &str, found: &[Word], from: usize) -> String {
    let until = (from + WORDS).min(found.len());
    let place = |at: usize| found.get(at).map_or(0..0, |word| word.place.clone());
    let Range { start, .. } = if from == 0 { 0..0 } else { place(from) };
    let end = if until == found.len() { text.len() } else { place(until.saturating_sub(1)).end };
    // A text without a space is one word, or none.
    let piece: String = text.get(start..end).unwrap_or_default().chars().take(WORDS * 12).collect();
    let is_cut = end < text.len() || piece.len() < end - start;
    let line: Vec<&str> = piece.split_whitespace().collect();
    let (before, after) = (if start > 0 { "… " } else { "" }, if is_cut { " …" } else { "" });
    format!("{before}{}{after}", line.join(" "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marks(stems: &[&str]) -> Marks {
        Marks { stems: stems.iter().map(|stem| (*stem).to_owned()).collect() }
    }

    fn shown(spans: &[Span]) -> String {
        let one = |span: &Span| match span {
            Span::Match(text) => format!("[{text}]"),
            Span::Plain(_)
            | Span::Strong(_)
            | Span::Code(_)
            | Span::Link { .. }
            | Span::Article { .. }
            | Span::Case(_)
            | Span::Time { .. } => span.text().into_owned(),
        };
        spans.iter().map(one).collect()
    }

    #[test]
    fn the_piece_with_the_most_words_is_shown() {
        let filler = "nothing of interest here at all ".repeat(10);
        let first = format!("The printer hums. {filler}");
        let second = format!("{filler} In the end Printers showed a blank page. {filler}");
        let (at, spans) = marks(&["printer", "blank"]).piece([first.as_str(), second.as_str()]).unwrap();
        assert_eq!(at, 1);
        let text = shown(&spans);
        assert!(text.starts_with("… ") && text.ends_with(" …"), "{text}");
        assert!(text.contains("[Printers] showed a [blank] page"), "{text}");
    }

    #[test]
    fn without_a_match_the_beginning_is_shown() {
        let (at, spans) = marks(&["absent"]).piece(["One line\nand another.", "More."]).unwrap();
        assert_eq!((at, shown(&spans).as_str()), (0, "One line and another."));
        assert_eq!(marks(&[]).piece([]), None);
    }

    proptest! {
        #[test]
        fn a_piece_is_short_whatever_was_written(text in any::<String>(), many in 1_usize..50) {
            let text = text.repeat(many);
            let (_, spans) = marks(&["a", "printer"]).piece([text.as_str()]).unwrap();
            prop_assert!(shown(&spans).chars().count() <= 2 * (WORDS * 12 + 4));
        }
    }
}
