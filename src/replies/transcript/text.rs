//! A transcript as plain text of 80 columns.

use chrono_tz::Tz;
use textwrap::{Options, WordSplitter};

use crate::replies::Locale;

use super::model::{Entry, Transcript};
use super::{date_and_time, facts, file_line, heading, tried_lines};

/// The columns that nothing is wider than.
const COLUMNS: usize = 80;
/// The column at which the values of facts begin.
const VALUES: usize = 13;
/// What a text that somebody wrote is indented with.
const INDENT: &str = "    ";

/// A transcript as plain text of 80 columns, with times in this zone.
#[must_use]
pub fn text(locale: Locale, transcript: &Transcript, zone: Tz) -> String {
    let Locale::English = locale;
    let mut page = Page::default();
    page.put("", "", &format!("{}: {}", transcript.case.number, transcript.case.subject));
    page.rule('=');
    for line in heading(locale, transcript, zone) {
        page.put("", "", &line);
    }
    page.gap();
    for (name, value) in facts(locale, transcript, zone) {
        page.put(&format!("{name:VALUES$}"), &" ".repeat(VALUES), &value);
    }
    let tried = tried_lines(locale, &transcript.tried, zone);
    if !tried.is_empty() {
        page.title("What was tried before");
        for (what, result) in tried {
            page.put("- ", "  ", &what);
            page.put("  ", "  ", &result);
        }
    }
    page.title("What happened");
    for (n, entry) in transcript.events.iter().enumerate() {
        if n > 0 {
            page.gap();
        }
        page.entry(locale, entry, zone);
    }
    page.0
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn entry(&mut self, locale: Locale, entry: &Entry, zone: Tz) {
        let mark = if entry.internal { "[internal] " } else { "" };
        let time = date_and_time(locale, entry.at, zone);
        self.put("", INDENT, &format!("{mark}{time}: {}", entry.sentence));
        for line in entry.text.iter().flat_map(|text| text.lines()) {
            self.put(INDENT, INDENT, line);
        }
        for file in &entry.files {
            self.put(&format!("{INDENT}File: "), &format!("{INDENT}      "), &file_line(locale, file));
        }
    }

    fn title(&mut self, title: &str) {
        self.gap();
        self.put("", "", title);
        self.rule('-');
    }

    fn rule(&mut self, mark: char) {
        self.0.extend(std::iter::repeat_n(mark, COLUMNS));
        self.gap();
    }

    fn gap(&mut self) {
        self.0.push('\n');
    }

    /// A line of somebody's text as so many lines as it takes, without what would steer a terminal.
    fn put(&mut self, first: &str, others: &str, line: &str) {
        let line: String =
            line.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| !c.is_control()).collect();
        let options = Options::new(COLUMNS)
            .initial_indent(first)
            .subsequent_indent(others)
            .word_splitter(WordSplitter::NoHyphenation);
        for line in textwrap::wrap(&line, options) {
            self.0.push_str(line.trim_end());
            self.gap();
        }
    }
}
