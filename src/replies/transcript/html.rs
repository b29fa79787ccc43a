//! A transcript as one page that needs nothing else: no script, no picture, no address to load from.

use chrono_tz::Tz;

use crate::replies::Locale;

use super::model::{Author, Entry, Transcript};
use super::{date_and_time, facts, file_line, heading, tried_lines};

/// Nothing is loaded and nothing runs, whatever somebody wrote and whatever a mistake of ours would let through.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE: &str = "
:root { color-scheme: light dark; --line: #8886; --soft: #666; --own: #8881; --mark: #b50; }
@media (prefers-color-scheme: dark) { :root { --soft: #aaa; --mark: #fa5; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.125rem; margin-top: 2rem; border-bottom: 1px solid var(--line); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
dt, time, .soft { color: var(--soft); }
dd, p { margin: 0; }
ol, ul { padding: 0; list-style: none; }
li { margin: 0 0 1rem; padding: .5rem .75rem; border-left: 3px solid var(--line); }
.customer { background: var(--own); }
.internal { border-left: 3px dashed var(--mark); }
.mark { color: var(--mark); font-weight: bold; }
.text { white-space: pre-wrap; margin-top: .25rem; }
@media print { body { margin: 0; max-width: none; } li { break-inside: avoid; } }
";

/// A transcript as a page, with times in this zone.
#[must_use]
pub fn html(locale: Locale, transcript: &Transcript, zone: Tz) -> String {
    let Locale::English = locale;
    let title = escaped(&format!("{}: {}", transcript.case.number, transcript.case.subject));
    let mut page = vec![format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <h1 dir=\"auto\">{title}</h1>\n"
    )];
    for line in heading(locale, transcript, zone) {
        page.push(format!("<p class=\"soft\">{}</p>\n", escaped(&line)));
    }
    page.push("<dl>\n".to_owned());
    for (name, value) in facts(locale, transcript, zone) {
        page.push(format!("<dt>{name}</dt><dd dir=\"auto\">{}</dd>\n", escaped(&value)));
    }
    page.push("</dl>\n".to_owned());
    let tried = tried_lines(locale, &transcript.tried, zone);
    if !tried.is_empty() {
        page.push("<h2>What was tried before</h2>\n<ul>\n".to_owned());
        for (what, result) in tried {
            let (what, result) = (escaped(&what), escaped(&result));
            page.push(format!("<li><p dir=\"auto\">{what}</p><p class=\"soft\">{result}</p></li>\n"));
        }
        page.push("</ul>\n".to_owned());
    }
    page.push("<h2>What happened</h2>\n<ol>\n".to_owned());
    page.extend(transcript.events.iter().map(|entry| item(locale, entry, zone)));
    page.push("</ol>\n</body>\n</html>\n".to_owned());
    page.concat()
}

fn item(locale: Locale, entry: &Entry, zone: Tz) -> String {
    let Locale::English = locale;
    let side = match entry.by {
        Author::Customer => "customer",
        Author::Staff => "staff",
        Author::Desk => "desk",
    };
    let (class, mark) = if entry.internal {
        (format!("{side} internal"), "<span class=\"mark\">Internal.</span> ")
    } else {
        (side.to_owned(), "")
    };
    let (exact, time) = (entry.at.to_rfc3339(), escaped(&date_and_time(locale, entry.at, zone)));
    let mut item = vec![format!(
        "<li class=\"{class}\">\n<p dir=\"auto\">{mark}{} <time datetime=\"{exact}\">{time}</time></p>\n",
        escaped(&entry.sentence)
    )];
    if let Some(text) = &entry.text {
        item.push(format!("<p class=\"text\" dir=\"auto\">{}</p>\n", escaped(text)));
    }
    for file in &entry.files {
        item.push(format!(
            "<p class=\"soft\" dir=\"auto\">File: {}</p>\n",
            escaped(&file_line(locale, file))
        ));
    }
    item.push("</li>\n".to_owned());
    item.concat()
}

/// A text as a page shows it, within an element or a quoted attribute. Control characters other than tab and line's end go.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out
}
