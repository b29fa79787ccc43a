//! Takes HTML comments out, which no reader was meant to see.

use pulldown_cmark::{Event, Tag};

use super::{edit, edit::Edits, lines};

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// The text without its comments; those in code stay.
pub(super) fn remove(text: &str) -> String {
    if !text.contains(OPEN) {
        return text.to_owned();
    }
    let code = code_ranges(text);
    let mut edits = Edits::default();
    for (event, range) in edit::parse(text) {
        if !matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            continue;
        }
        let html = text.get(range.clone()).unwrap_or_default();
        // A block that is one comment may hold fences: they are commented out with the rest.
        let is_comment = html.trim_start().starts_with(OPEN);
        let closes: Vec<usize> = html.match_indices(CLOSE).map(|(at, _)| at).collect();
        for (at, _) in html.match_indices(OPEN) {
            let start = range.start + at;
            if !is_comment && code.iter().any(|code| code.contains(&start)) {
                continue;
            }
            // One that never ends would hide the rest of the article: only its mark goes.
            let end =
                closes.get(closes.partition_point(|close| *close < at)).map(|close| close + CLOSE.len());
            edits.remove(start..end.map_or(start + OPEN.len(), |end| range.start + end));
        }
    }
    edits.apply(text)
}

fn code_ranges(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut at = 0;
    let mut ranges = Vec::new();
    for line in lines::of(text) {
        let end = at + line.text.len() + 1;
        if line.code {
            ranges.push(at..end);
        }
        at = end;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::remove;

    #[test]
    fn comments_go_and_code_stays() {
        assert_eq!(remove("a <!-- x --> b"), "a  b");
        assert_eq!(remove("a\n\n<!--\nx\n\n```\ny\n```\n-->\n\nb"), "a\n\n\n\nb");
        assert_eq!(remove("`<!-- x -->`\n\n```\n<!-- y -->\n```"), "`<!-- x -->`\n\n```\n<!-- y -->\n```");
        assert_eq!(remove("<div>\n```\n<!-- y -->\n```\n</div>"), "<div>\n```\n<!-- y -->\n```\n</div>");
        assert_eq!(remove("a\n\n<!-- never closed"), "a\n\n never closed");
    }
}
