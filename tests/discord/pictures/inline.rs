//! What stands within a line of Discord's markup, as HTML.

/// Marks that are put around words, and what they become; the longer ones first.
const AROUND: [(&str, &str); 5] = [("**", "b"), ("__", "u"), ("~~", "s"), ("*", "i"), ("_", "i")];

/// A text of one line, escaped, with its marks as tags.
pub fn inline(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if let Some((html, used)) = marked(rest) {
            out += &html;
            rest = &rest[used..];
        } else {
            out += &escaped(&rest[..next.len_utf8()]);
            rest = &rest[next.len_utf8()..];
        }
    }
    out
}

/// What the beginning of a text means beyond its letters, and how long it is.
fn marked(text: &str) -> Option<(String, usize)> {
    if let Some(literal) = text.strip_prefix('\\').and_then(|rest| rest.chars().next()) {
        return literal.is_ascii_punctuation().then(|| (escaped(&literal.to_string()), 2));
    }
    if text.starts_with('`') {
        let ticks = if text.starts_with("``") { "``" } else { "`" };
        let (code, _) = text[ticks.len()..].split_once(ticks)?;
        return Some((format!("<code>{}</code>", escaped(code.trim())), code.len() + 2 * ticks.len()));
    }
    if let Some(inside) =
        text.strip_prefix('<').and_then(|rest| rest.split_once('>')).map(|(inside, _)| inside)
    {
        return angled(inside).map(|html| (html, inside.len() + 2));
    }
    if text.starts_with("https://") || text.starts_with("http://") {
        let end = text.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(text.len());
        return Some((format!("<a>{}</a>", escaped(&text[..end])), end));
    }
    if let Some(rest) = text.strip_prefix('[') {
        let label = closing(rest, "]")?;
        let target = rest[label + 1..].strip_prefix('(').and_then(|rest| rest.find(')'))?;
        return Some((format!("<a>{}</a>", inline(&rest[..label])), label + target + 4));
    }
    AROUND.into_iter().find_map(|(mark, tag)| {
        let rest = text.strip_prefix(mark)?;
        let end = closing(rest, mark).filter(|end| *end > 0)?;
        Some((format!("<{tag}>{}</{tag}>", inline(&rest[..end])), end + 2 * mark.len()))
    })
}

/// A time, a mention or an address. Times are the same words in every picture, since the real ones differ from run to run.
fn angled(inside: &str) -> Option<String> {
    if let Some(time) = inside.strip_prefix("t:") {
        let words = match time.split_once(':').map_or("f", |(_, style)| style) {
            "R" => "a minute ago",
            "D" => "22 November 2026",
            "d" => "22/11/2026",
            "t" => "09:41",
            _ => "22 November 2026 09:41",
        };
        return Some(format!("<span class=\"time\">{words}</span>"));
    }
    if inside.starts_with(['@', '#']) {
        return Some(format!("<span class=\"mention\">{}</span>", escaped(inside)));
    }
    let is_address = inside.starts_with("https://") || inside.starts_with("http://");
    is_address.then(|| format!("<a>{}</a>", escaped(inside)))
}

/// Where a mark closes: not where it is escaped or stands in code.
fn closing(text: &str, mark: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        if text[at..].starts_with(mark) {
            return Some(at);
        }
        at += match next {
            '\\' => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            '`' => text[at + 1..].find('`').map_or(1, |end| end + 2),
            other => other.len_utf8(),
        };
    }
    None
}

/// A text that means nothing in HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[test]
fn words_become_bold_links_times_and_code_and_all_the_rest_is_escaped() {
    for (given, expected) in [
        ("**Log *in* now** \\*so\\*", "<b>Log <i>in</i> now</b> *so*"),
        ("**a \\** b**", "<b>a ** b</b>"),
        ("see <https://a.example/?x=1&y>", "see <a>https://a.example/?x=1&amp;y</a>"),
        ("[**My** page](<https://a.example>).", "<a><b>My</b> page</a>."),
        (
            "<t:1795000000:R> <@Alice>",
            "<span class=\"time\">a minute ago</span> <span class=\"mention\">@Alice</span>",
        ),
        ("`! @ *x*` ``a`b``", "<code>! @ *x*</code> <code>a`b</code>"),
        (
            "<script>alert(\"1\")</script> & [x] 2 * 3",
            "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; [x] 2 * 3",
        ),
        ("\\<b> \\", "&lt;b&gt; \\"),
    ] {
        assert_eq!(inline(given), expected, "{given}");
    }
}
