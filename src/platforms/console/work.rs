//! Renders cases: lists of them, what happened in one, and documents made of one.

use crate::chat::{CaseLine, Document, TimelineEntry};
use crate::domain::TimeStyle;
use crate::replies::{Locale, terminal, times};

use super::render::Page;
use super::safe;
use super::style::{NUMBER, QUIET, STRONG, paint};
use super::wrap::{columns, hang, wrap};

/// Fewer columns are not worth a column of their own: then a case takes two lines.
const FEWEST: usize = 24;
/// Between two columns.
const GAP: usize = 2;

/// Cases to choose from: in columns where they fit, else each in two lines. What is too long is cut; the case itself shows all of it.
pub fn cases(page: &mut Page, cases: &[CaseLine]) {
    let view = page.view;
    let when: Vec<String> = cases
        .iter()
        .map(|case| times::moment(Locale::English, case.updated, TimeStyle::Moment, view.now, view.zone))
        .collect();
    let numbers = cases.iter().map(|case| columns(&case.number.to_string())).max().unwrap_or(0);
    let about = cases.iter().map(|case| columns(&safe::line(&case.about))).max().unwrap_or(0);
    let times = when.iter().map(|when| columns(when)).max().unwrap_or(0);
    let left = view.width.checked_sub(3 + numbers + 3 * GAP + about + times).filter(|left| *left >= FEWEST);
    for (case, when) in cases.iter().zip(&when) {
        let number = page.number(&case.press);
        let mark = paint(NUMBER, &format!("{number:>2}"));
        let name = case.number.to_string();
        let (subject, about_it) = (safe::line(&case.subject), safe::line(&case.about));
        if let Some(left) = left {
            let gap = |text: &str, width: usize| " ".repeat((width + GAP).saturating_sub(columns(text)));
            let subject = cut(&subject, left);
            page.lines.push(format!(
                "{mark} {}{}{subject}{}{}{}{}",
                paint(STRONG, &name),
                gap(&name, numbers),
                gap(&subject, left),
                about_it,
                gap(&about_it, about),
                paint(QUIET, when)
            ));
        } else {
            let subject = cut(&subject, view.width.saturating_sub(4 + columns(&name)));
            page.lines.push(format!("{mark} {} {subject}", paint(STRONG, &name)));
            let below = format!("{about_it} · {}", paint(QUIET, when));
            page.lines.extend(hang(&below, view.width, "   ", "   "));
        }
    }
}

/// What happened in a case. What people wrote keeps its lines, and stands apart from what the desk says about it.
pub fn timeline(page: &mut Page, entries: &[TimelineEntry]) {
    let view = page.view;
    for TimelineEntry { at, title, text, files, internal } in entries {
        page.space();
        let when = times::moment(Locale::English, *at, TimeStyle::Moment, view.now, view.zone);
        let mut head = format!("{} · {}", paint(QUIET, &when), paint(STRONG, &safe::line(title)));
        if *internal {
            head = format!("{head} · {}", terminal::internal(Locale::English));
        }
        page.lines.extend(hang(&head, view.width, "", "  "));
        for line in text.iter().flat_map(|text| text.lines()) {
            let lines = hang(&safe::line(line), view.width, "  ", "  ");
            page.lines.extend(lines.into_iter().map(|line| line.trim_end().to_owned()));
        }
        for file in files {
            let file = format!("{} {}", terminal::file(Locale::English), safe::line(file));
            page.lines.extend(hang(&file, view.width, "  ", "    "));
        }
    }
    page.space();
}

/// A document of text as it is. Others are for programs: where they are not saved, only their name is shown.
pub fn document(page: &mut Page, document: &Document) {
    page.space();
    if is_text(document) {
        page.lines.extend(document.text.lines().map(|line| safe::code(line).into_owned()));
    } else {
        let file = format!("{} {}", terminal::file(Locale::English), safe::line(&document.name));
        page.lines.extend(wrap(&file, page.width));
    }
    page.space();
}

/// Whether a document is to be read here and now.
pub fn is_text(document: &Document) -> bool {
    document.media.split(';').next().is_some_and(|media| media.trim() == "text/plain")
}

/// At most so many columns of a text, an ellipsis included.
fn cut(text: &str, most: usize) -> String {
    if columns(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut left = most.saturating_sub(1);
    for c in text.chars() {
        let wide = columns(c.encode_utf8(&mut [0; 4]));
        if wide > left {
            break;
        }
        left -= wide;
        kept.push(c);
    }
    kept.truncate(kept.trim_end().len());
    kept + "…"
}
