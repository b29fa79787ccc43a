//! The words of a mail, and how they stand in plain text and on a page. A mail is both; the reader's program chooses.

use std::borrow::Cow;

use url::{Host, Url};

/// The words of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub paragraphs: Vec<Paragraph>,
}

/// A part of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paragraph {
    /// The desk's own words.
    Words(String),
    /// What somebody wrote: told as theirs, and nothing in it is a link of ours.
    Quoted(String),
    /// A link of the desk's own, with what it is for.
    Link {
        /// What it is for, as a sentence that ends with a colon.
        label: String,
        /// Where it leads.
        url: String,
    },
}

impl From<String> for Paragraph {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&str> for Paragraph {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

/// Plain, small, and with its style in every element: readers of mail drop everything else.
const BODY: &str = "margin:0;padding:24px;background:#ffffff;color:#1f2328;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif";
const SHEET: &str = "max-width:36em";
const WORDS: &str = "margin:0 0 16px";
const QUOTE: &str = "margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #d0d7de";
const ANCHOR: &str = "color:#0550ae;word-break:break-all";

impl Letter {
    /// What it says, as plain text: an empty line between paragraphs.
    #[must_use]
    pub fn text(&self) -> String {
        let paragraphs: Vec<Cow<'_, str>> = self
            .paragraphs
            .iter()
            .map(|paragraph| match paragraph {
                Paragraph::Words(text) | Paragraph::Quoted(text) => Cow::Borrowed(text.as_str()),
                Paragraph::Link { label, url } => Cow::Owned(format!("{label}\n{url}")),
            })
            .collect();
        format!("{}\n", paragraphs.join("\n\n"))
    }

    /// The same as a page.
    #[must_use]
    pub fn html(&self) -> String {
        let paragraphs: Vec<String> = self
            .paragraphs
            .iter()
            .map(|paragraph| match paragraph {
                Paragraph::Words(text) => format!("<p style=\"{WORDS}\">{}</p>", lines(text)),
                Paragraph::Quoted(text) => {
                    format!("<blockquote style=\"{QUOTE}\">{}</blockquote>", lines(text))
                }
                Paragraph::Link { label, url } => {
                    format!("<p style=\"{WORDS}\">{}<br>\n{}</p>", lines(label), anchor(url))
                }
            })
            .collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n</head>\n<body style=\"{BODY}\">\n<div style=\"{SHEET}\">\n{}\n</div>\n</body>\n</html>\n",
            escaped(&self.subject),
            paragraphs.join("\n")
        )
    }
}

/// A text with its line breaks.
fn lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(escaped).collect();
    lines.join("<br>\n")
}

/// A text that means nothing but itself.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A link where it leads to the web, and can be read as what it is; else only its text.
fn anchor(url: &str) -> String {
    let text = escaped(url);
    if leads_to_the_web(url) { format!("<a href=\"{text}\" style=\"{ANCHOR}\">{text}</a>") } else { text }
}

/// Encrypted; or to this machine, as while trying things out.
fn leads_to_the_web(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(number)) => number.is_loopback(),
        Some(Host::Ipv6(number)) => number.is_loopback(),
        None => false,
    };
    let is_anonymous = url.username().is_empty() && url.password().is_none();
    is_anonymous && (text.starts_with("https://") || (text.starts_with("http://") && is_here))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn letter(paragraphs: Vec<Paragraph>) -> Letter {
        Letter { subject: "A <b>subject</b>".to_owned(), paragraphs }
    }

    #[test]
    fn a_mail_is_a_text_and_a_page() {
        let letter = letter(vec![
            "CASE-000042 has news:".into(),
            Paragraph::Quoted(
                "Use <script>alert(1)</script> & \"this\".\nSee https://evil.example/?a=1&b='2'".to_owned(),
            ),
            Paragraph::Link {
                label: "Choose a new password:".to_owned(),
                url: "https://desk.example.org/reset?a=1&b=2".to_owned(),
            },
        ]);
        insta::assert_snapshot!(letter.text(), @r#"
        CASE-000042 has news:

        Use <script>alert(1)</script> & "this".
        See https://evil.example/?a=1&b='2'

        Choose a new password:
        https://desk.example.org/reset?a=1&b=2
        "#);
        insta::assert_snapshot!(letter.html(), @r##"
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>A &lt;b&gt;subject&lt;/b&gt;</title>
        </head>
        <body style="margin:0;padding:24px;background:#ffffff;color:#1f2328;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
        <div style="max-width:36em">
        <p style="margin:0 0 16px">CASE-000042 has news:</p>
        <blockquote style="margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #d0d7de">Use &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;this&quot;.<br>
        See https://evil.example/?a=1&amp;b=&#39;2&#39;</blockquote>
        <p style="margin:0 0 16px">Choose a new password:<br>
        <a href="https://desk.example.org/reset?a=1&amp;b=2" style="color:#0550ae;word-break:break-all">https://desk.example.org/reset?a=1&amp;b=2</a></p>
        </div>
        </body>
        </html>
        "##);
    }

    #[test]
    fn only_what_leads_to_the_web_is_a_link() {
        for (url, expected) in [
            ("https://desk.example.org/reset?token=x", true),
            ("http://localhost:8080/reset", true),
            ("http://127.0.0.1:8080/reset", true),
            ("http://[::1]/reset", true),
            ("http://desk.example.org/reset", false),
            ("https://desk.example.org@evil.example/", false),
            ("javascript:alert(1)", false),
            (" https://desk.example.org", false),
            ("https://", false),
            ("data:text/html,x", false),
        ] {
            assert_eq!(anchor(url).starts_with("<a href"), expected, "{url}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_markup(text in "(.|<|>|\"|'|&|\n|<a href=\"x\">|</div>|\u{0}){0,60}", subject in ".{0,30}") {
            let paragraphs = vec![
                Paragraph::Words(text.clone()),
                Paragraph::Quoted(text.clone()),
                Paragraph::Link { label: text.clone(), url: text.clone() },
            ];
            let with = Letter { subject, paragraphs }.html();
            let paragraphs = vec![
                Paragraph::Words(String::new()),
                Paragraph::Quoted(String::new()),
                Paragraph::Link { label: String::new(), url: String::new() },
            ];
            let without = Letter { subject: String::new(), paragraphs }.html();
            let tags = |html: &str| html.replace("<br>", "").matches(['<', '>', '"', '\'']).count();
            prop_assert_eq!(tags(&with), tags(&without));
        }
    }
}
