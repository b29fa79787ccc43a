//! HTML that nothing understood: broken tags, half a table. It becomes text, so that a reader sees it rather than nothing.

use pulldown_cmark::Event;

use super::edit::{self, Edits};

/// More rounds than tags can stand inside one another.
const ROUNDS: usize = 16;

/// The text with a backslash before every `<` that would still begin HTML.
pub(super) fn escape(mut text: String) -> String {
    for _ in 0..ROUNDS {
        let mut edits = Edits::default();
        let mut found = false;
        for (event, range) in edit::parse(&text) {
            if !matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
                continue;
            }
            let html = text.get(range.clone()).unwrap_or_default();
            for (at, _) in html.match_indices('<') {
                found = true;
                edits.replace(range.start + at..range.start + at, "\\");
            }
        }
        if !found {
            break;
        }
        text = edits.apply(&text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_is_left_becomes_text() {
        assert_eq!(escape("a <b\nc> d".to_owned()), "a \\<b\nc> d");
        assert_eq!(escape("<div>\n<x> `<y>`\n\n`<z>`".to_owned()), "\\<div>\n\\<x> `\\<y>`\n\n`<z>`");
    }
}
