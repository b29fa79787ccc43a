//! Renders what stands within a line.

use crate::domain::Span;
use crate::replies::{Locale, times};

use super::safe;
use super::style::{CODE, MATCH, QUIET, STRONG, paint};
use super::view::View;

/// The spans as one styled line of any length.
pub fn inline(spans: &[Span], view: View) -> String {
    spans.iter().map(|stretch| span(stretch, view)).collect()
}

fn span(span: &Span, view: View) -> String {
    let text = span.text();
    let text = safe::line(&text);
    match span {
        Span::Plain(_) => text.into_owned(),
        Span::Strong(_) | Span::Case(_) => paint(STRONG, &text),
        Span::Match(_) => paint(MATCH, &text),
        Span::Code(_) => paint(CODE, &format!("`{text}`")),
        Span::Link { url, .. } => referring(&text, &safe::line(url)),
        Span::Article { id, .. } => referring(&text, id.as_str()),
        Span::Time { at, style } => times::moment(Locale::English, *at, *style, view.now, view.zone),
    }
}

/// `text (where)`, or one of them when both say the same.
fn referring(text: &str, to: &str) -> String {
    let is_same = text.trim_end_matches('/') == to.trim_end_matches('/') || text.is_empty();
    if is_same { paint(QUIET, to) } else { format!("{text} {}", paint(QUIET, &format!("({to})"))) }
}
