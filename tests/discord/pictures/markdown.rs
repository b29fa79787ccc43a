//! Discord's markup as HTML: lines, lists, quotes, headings, code, and what stands within a line.

use std::fmt::Write as _;

use super::inline::{escaped, inline};

/// A text of several lines. All of it is escaped.
pub fn html(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("```") {
            // What stands after the fence names the language, which is not shown.
            let code: Vec<&str> = lines.by_ref().take_while(|line| line.trim() != "```").collect();
            write!(out, "<pre>{}</pre>", escaped(&code.join("\n"))).unwrap();
        } else if let Some(quoted) = line.strip_prefix("> ") {
            let mut all = vec![quoted];
            while let Some(more) = lines.next_if(|line| line.starts_with("> ")) {
                all.push(&more[2..]);
            }
            write!(out, "<blockquote>{}</blockquote>", html(&all.join("\n"))).unwrap();
        } else {
            out += &self::line(line);
        }
    }
    out
}

/// A line that stands for itself.
fn line(line: &str) -> String {
    if line.trim().is_empty() {
        return "<p class=\"gap\"></p>".to_owned();
    }
    for (mark, tag) in [("### ", "h3"), ("## ", "h2"), ("# ", "h1"), ("-# ", "small")] {
        if let Some(rest) = line.strip_prefix(mark) {
            return format!("<{tag}>{}</{tag}>", inline(rest));
        }
    }
    let inner = line.trim_start_matches(' ');
    let indent = line.len() - inner.len();
    match item(inner) {
        Some((mark, rest)) => format!(
            "<div class=\"item\" style=\"margin-left:{}px\"><span>{mark}</span><p>{}</p></div>",
            indent * 8,
            inline(rest)
        ),
        None => format!("<p style=\"margin-left:{}px\">{}</p>", indent * 8, inline(inner)),
    }
}

/// The mark of a list's item, and its text.
fn item(line: &str) -> Option<(String, &str)> {
    if let Some(rest) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return Some(("•".to_owned(), rest));
    }
    let (number, rest) = line.split_once(". ")?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| (format!("{number}."), rest))
}

#[test]
fn lines_become_paragraphs_lists_quotes_headings_and_code() {
    for (given, expected) in [
        (
            "one\n\ntwo",
            "<p style=\"margin-left:0px\">one</p><p class=\"gap\"></p><p style=\"margin-left:0px\">two</p>",
        ),
        ("# Big", "<h1>Big</h1>"),
        ("-# small", "<small>small</small>"),
        (
            "12. go\n   - on",
            "<div class=\"item\" style=\"margin-left:0px\"><span>12.</span><p>go</p></div>\
            <div class=\"item\" style=\"margin-left:24px\"><span>•</span><p>on</p></div>",
        ),
        (
            "> a\n> b",
            "<blockquote><p style=\"margin-left:0px\">a</p><p style=\"margin-left:0px\">b</p></blockquote>",
        ),
        ("```\n<b> **x**\n```", "<pre>&lt;b&gt; **x**</pre>"),
        ("\\- no list", "<p style=\"margin-left:0px\">- no list</p>"),
    ] {
        assert_eq!(html(given), expected, "{given}");
    }
}
