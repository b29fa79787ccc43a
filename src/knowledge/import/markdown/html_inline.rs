//! HTML within sentences and table cells: bold becomes bold, links become links, placeholders stay readable.

use std::ops::Range;

use super::{
    edit::{self, Edits},
    escape,
    html_places::{Found, Scope, pair, read},
    lines::fence,
    links::destination,
    tags::Kind,
};

/// The text with its inline HTML said in Markdown.
pub(super) fn convert(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut edits = Edits::default();
    let (mut found, scopes) = read(text, &mut edits);
    pair(&mut found);
    for at in 0..found.len() {
        change(text, &found, at, &scopes, &mut edits);
    }
    edits.apply(text)
}

fn change(text: &str, found: &[Found<'_>], at: usize, scopes: &[Scope], edits: &mut Edits) {
    let Some(one) = found.get(at) else { return };
    let Some(scope) = scopes.get(one.scope) else { return };
    let range = one.range.clone();
    let extent = scope.text.clone().unwrap_or(range.clone());
    // The opening tag decides about both.
    if one.is_partner && !matches!(one.tag.kind, Kind::Unknown | Kind::Block | Kind::Structure | Kind::Item) {
        return;
    }
    let closed = one.partner.and_then(|partner| found.get(partner)).map(|closing| closing.range.clone());
    match one.tag.kind {
        Kind::Break => line_break(text, found, at, scope, edits),
        Kind::Unknown => edits.replace(range.clone(), escape::inline(text.get(range).unwrap_or_default())),
        Kind::Strong => mark(text, range, closed, "**", edits),
        Kind::Emphasis => mark(text, range, closed, "*", edits),
        Kind::Code => code(text, range, closed, edits),
        Kind::Anchor => anchor(text, one, closed, scope, edits),
        Kind::Image => edits.replace(range, one.tag.attribute("alt").map(escape::inline).unwrap_or_default()),
        Kind::Film => {
            let source = one.tag.attribute("src").filter(|source| source.starts_with("http"));
            let link = source.map(|source| format!("[Video]({})", destination(source)));
            edits.replace(range, link.unwrap_or_default());
            edits.remove_if(closed);
        }
        Kind::Raised => {
            edits.replace(range, if closed.is_some() { "^" } else { "" });
            edits.remove_if(closed);
        }
        Kind::Item if !one.tag.closes => {
            let apart = text
                .get(extent.start..range.start)
                .is_none_or(|before| before.is_empty() || before.ends_with([' ', '>']));
            edits.replace(range, if apart { "• " } else { " • " });
        }
        Kind::Block | Kind::Structure | Kind::Summary | Kind::Item => {
            edits.replace(range, " ");
            if matches!(one.tag.kind, Kind::Summary) {
                edits.replace_if(closed, " ");
            }
        }
        Kind::Hidden => {
            let end = closed.map_or(range.end, |closed| closed.end);
            edits.remove(range.start..end);
        }
        Kind::Silent => {
            edits.remove(range);
            edits.remove_if(closed);
        }
    }
}

/// Puts `mark` on both sides of what stands between two tags, where Markdown can read it there.
fn mark(text: &str, open: Range<usize>, close: Option<Range<usize>>, mark: &str, edits: &mut Edits) {
    let close = close.unwrap_or(open.end..open.end);
    let inner = text.get(open.end..close.start).unwrap_or_default();
    let trimmed = inner.trim();
    let lead = inner.len() - inner.trim_start().len();
    let trail = inner.len() - inner.trim_end().len();
    let before = text.get(..open.start).and_then(|text| text.chars().next_back()).unwrap_or(' ');
    let after = text.get(close.end..).and_then(|text| text.chars().next()).unwrap_or(' ');
    let edge = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
    // `x**"y"**z` is not bold: next to a letter, the marks must touch a letter inside too.
    let joins = (lead == 0 && before.is_alphanumeric() && edge(trimmed.chars().next()))
        || (trail == 0 && after.is_alphanumeric() && edge(trimmed.chars().next_back()));
    if trimmed.is_empty() || trimmed.contains('*') || trimmed.contains('<') || joins {
        edits.remove(open);
        return edits.remove(close);
    }
    let spaces = |width: usize| if width > 0 { " " } else { "" };
    edits.replace(open.start..open.end + lead, format!("{}{mark}", spaces(lead)));
    edits.replace(close.start - trail..close.end, format!("{mark}{}", spaces(trail)));
}

fn code(text: &str, open: Range<usize>, close: Option<Range<usize>>, edits: &mut Edits) {
    let inner = close.as_ref().and_then(|close| text.get(open.end..close.start)).unwrap_or_default();
    match close {
        Some(close) if !inner.trim().is_empty() && !inner.contains(['`', '\n', '<']) => {
            // What is between the tags is Markdown and may hold entities; code is taken literally.
            edits.replace(open.start..close.end, format!("`{}`", edit::plain(inner)));
        }
        close => {
            edits.remove(open);
            edits.remove_if(close);
        }
    }
}

fn anchor(text: &str, one: &Found<'_>, close: Option<Range<usize>>, scope: &Scope, edits: &mut Edits) {
    let close = close.unwrap_or(one.range.end..one.range.end);
    let inner = text.get(one.range.end..close.start).unwrap_or_default();
    let holds_link = scope.links.iter().any(|link| (one.range.end..close.start).contains(link));
    match one.tag.attribute("href") {
        Some(target) if !inner.trim().is_empty() && !holds_link => {
            edits.replace(one.range.clone(), "[");
            edits.replace(close, format!("]({})", destination(target)));
        }
        _ => {
            edits.remove(one.range.clone());
            edits.remove(close);
        }
    }
}

/// One break ends a line, two end a paragraph; in a cell or heading they are a space.
fn line_break(text: &str, found: &[Found<'_>], at: usize, scope: &Scope, edits: &mut Edits) {
    let Some(one) = found.get(at) else { return };
    let extent = scope.text.clone().unwrap_or(one.range.clone());
    let is_break = |one: &&Found<'_>| one.tag.kind == Kind::Break;
    let blank = |from: usize, to: usize| text.get(from..to).is_some_and(|between| between.trim().is_empty());
    if let Some(before) = at.checked_sub(1).and_then(|before| found.get(before)).filter(is_break)
        && blank(before.range.end, one.range.start)
    {
        return; // The first of a row stands for all.
    }
    let mut end = one.range.end;
    let mut count = 1;
    for next in found.iter().skip(at + 1).take_while(is_break) {
        if !blank(end, next.range.start) {
            break;
        }
        end = next.range.end;
        count += 1;
    }
    let rest = text.get(end..extent.end.max(end)).unwrap_or_default();
    let follows = rest.trim_start_matches([' ', '\t', '\n', '>']);
    let before = text.get(extent.start..one.range.start).unwrap_or_default();
    let start = extent.start + before.trim_end().len();
    let end = end + (rest.len() - follows.len());
    if before.trim().is_empty() || follows.is_empty() {
        let gap = if scope.one_line { " " } else { "" };
        return edits.replace(start..end.min(extent.end), gap);
    }
    if scope.one_line {
        return edits.replace(start..end, " ");
    }
    let prefix = edit::prefix_at(text, extent.start);
    let opens_block = follows.starts_with(['-', '*', '+', '#', '|'])
        || fence(follows).is_some()
        || follows.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')']);
    if count > 1 || opens_block {
        edits.replace(start..end, format!("\n{}\n{prefix}", prefix.trim_end()));
    } else {
        edits.replace(start..end, format!("  \n{prefix}"));
    }
}

#[cfg(test)]
mod tests {
    use super::convert;

    #[test]
    fn inline_html_is_said_in_markdown() {
        for (text, expected) in [
            ("a <b>b </b>c <i>d</i>", "a **b** c *d*"),
            ("x<b>\"y\"</b>z", "x\"y\"z"),
            ("a<br/>b<br>\nc", "a  \nb  \nc"),
            ("1. a<br/><br/>b", "1. a\n\n   b"),
            ("> a<br/>b", "> a  \n> b"),
            ("a<br/>- b", "a\n\n- b"),
            ("a<br/>", "a"),
            ("## a<br>b", "## a b"),
            ("|a<br/>b|<ul><li>x</li><li>y</li></ul>|\n|-|-|", "|a b| • x • y  |\n|-|-|"),
            ("see <a href=\"x y.md\">the *x*</a>", "see [the *x*](x%20y.md)"),
            ("<a id=\"x\"></a>Text", "Text"),
            ("run `<b>` as <server name> on <PC>", "run `<b>` as \\<server name> on \\<PC>"),
            ("10<sup>6</sup> <span style=\"x\">y</span> <img src=a alt=\"A*\">", "10^6 y A\\*"),
            ("use <code>a_b &lt;c&gt;</code>", "use `a_b <c>`"),
            ("a <script>alert(1)</script> b", "a  b"),
            ("a <!DOCTYPE html> b", "a \\<!DOCTYPE html> b"),
        ] {
            assert_eq!(convert(text), expected, "{text}");
        }
    }
}
