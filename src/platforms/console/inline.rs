//! Renders what stands within a line.

use crate::domain::Span;

use super::safe;
use super::style::{CODE, MATCH, QUIET, STRONG, paint};

/// The spans as one styled line of any length.
pub fn inline(spans: &[Span]) -> String {
    spans.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    let text = safe::line(span.text());
    match span {
        Span::Plain(_) => text.into_owned(),
        Span::Strong(_) => paint(STRONG, &text),
        Span::Match(_) => paint(MATCH, &text),
        Span::Code(_) => paint(CODE, &format!("`{text}`")),
        Span::Link { url, .. } => referring(&text, &safe::line(url)),
        Span::Article { id, .. } => referring(&text, id.as_str()),
    }
}

/// `text (where)`, or one of them when both say the same.
fn referring(text: &str, to: &str) -> String {
    let is_same = text.trim_end_matches('/') == to.trim_end_matches('/') || text.is_empty();
    if is_same { paint(QUIET, to) } else { format!("{text} {}", paint(QUIET, &format!("({to})"))) }
}
