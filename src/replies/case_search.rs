//! What a search for cases found, and what was not understood of it.

use crate::chat::{CaseLine, Reply, ReplyBlock};
use crate::domain::Span;
use crate::domain::case::Case;
use crate::domain::case_query::Note;

use super::cases::{line, status};
use super::words::{listed, paragraph, private, quoted, sentence};
use super::{Locale, case_buttons as buttons, staff};

/// A case that was found.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'a> {
    /// The case.
    pub case: &'a Case,
    /// The piece that matches best.
    pub piece: &'a [Span],
    /// Whether only staff may read the piece.
    pub is_noted: bool,
}

/// What was found.
#[must_use]
pub fn found(locale: Locale, hits: &[Hit<'_>], total: usize, notes: &[Note], as_staff: bool) -> Reply {
    let Locale::English = locale;
    let mut blocks: Vec<ReplyBlock> = notes.iter().map(|one| paragraph(note(locale, one))).collect();
    if hits.is_empty() {
        blocks.push(paragraph("No case fits. Fewer words, or others, may find it."));
        let mut reply = private(blocks);
        reply.choices = vec![buttons::my_cases(locale), buttons::open_case(locale)];
        return reply;
    }
    let title = match (total, hits.len()) {
        (1, _) => "One case fits:".to_owned(),
        (total, shown) if total > shown => format!("{total} cases fit; these fit best:"),
        (total, _) => format!("{total} cases fit, the best first:"),
    };
    blocks.push(paragraph(title));
    let lines: Vec<CaseLine> = hits.iter().map(|hit| hit_line(locale, *hit, as_staff)).collect();
    blocks.push(ReplyBlock::Cases(lines));
    private(blocks)
}

fn hit_line(locale: Locale, hit: Hit<'_>, as_staff: bool) -> CaseLine {
    let Locale::English = locale;
    let case = hit.case;
    let mut about =
        if as_staff { staff::status(locale, &case.status) } else { status(locale, &case.status) }.to_owned();
    let piece: String = hit.piece.iter().map(|span| span.text().into_owned()).collect();
    if !piece.is_empty() && piece != case.subject.as_str() {
        let noted = if hit.is_noted { "in a note: " } else { "" };
        about = format!("{about} · {noted}{piece}");
    }
    line(locale, case, about)
}

fn note(locale: Locale, note: &Note) -> String {
    let Locale::English = locale;
    match note {
        Note::UnknownField { typed, meant: Some(meant) } => {
            format!("There is no field {}; did you mean {meant}? I looked for it as words.", quoted(typed))
        }
        Note::UnknownField { typed, meant: None } => {
            format!("There is no field {}; I looked for it as words.", quoted(typed))
        }
        Note::UnknownValue { field, typed, meant: Some(meant) } => {
            format!("{} is nothing that {field} can be; did you mean {meant}? I left it out.", quoted(typed))
        }
        Note::UnknownValue { field, typed, meant: None } => {
            format!("{} is nothing that {field} can be; I left it out.", quoted(typed))
        }
        Note::UnknownTime { field, typed } => format!(
            "I don't understand {} as a time for {field} and left it out. Days look like 2026-01-31, \"today\" or \"7d\".",
            quoted(typed)
        ),
        Note::OnlyStaff(field) => format!("Only staff can look for {field}; I left it out."),
        Note::CutAt { characters } => format!("I read the first {characters} characters of this."),
        Note::Only { parts } => format!("I used the first {parts} words and fields of this."),
        Note::NotAll => "No case has all of these words; these have some of them.".to_owned(),
        Note::ReadAs { typed, read } => {
            let read: Vec<String> = read.iter().map(|word| quoted(word)).collect();
            format!("Read {} as {}.", quoted(typed), listed(locale, &read))
        }
        Note::Building => "The index of cases is being built: there may be more than these.".to_owned(),
    }
}

/// Cases can't be searched here.
#[must_use]
pub fn no_search(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![buttons::my_cases(locale)];
    Reply {
        choices,
        ..sentence("Cases can't be searched at this desk just now. Your own are listed under \"my cases\".")
    }
}
