//! What is said when a case was opened or changed by those whose it is.

use crate::chat::choice::CaseVerb;
use crate::chat::flow::WritingKind;
use crate::chat::{Choice, Reply, ReplyBlock};
use crate::domain::case::{Case, CaseNumber, Event, Priority, Score, Standing, Status, Tried, What};
use crate::domain::{Span, TimeStyle};

use super::about_case;
use super::refused::{closed_already, not_over};
use crate::replies::words::{case_span, plain, priority_name, private, quoted, sentence};
use crate::replies::{Locale, case_buttons as buttons};

/// There is a new case.
#[must_use]
pub fn opened(locale: Locale, case: &Case, tried: &Tried, has_mail: bool) -> Reply {
    let Locale::English = locale;
    let files = counted(case.files as usize, "file", "files").map(|files| format!(" with {files}"));
    let tried = what_was_tried(locale, tried).map(|tried| format!(", and what you tried: {tried}"));
    let spans = [
        vec![case_span(case.number), Span::Strong(" is open.".to_owned())],
        plain(format!(
            " Support has what you wrote{}{}. I'll write here when there is news.",
            files.unwrap_or_default(),
            tried.unwrap_or_default()
        )),
    ]
    .concat();
    let mut reply = private(vec![ReplyBlock::Paragraph(spans)]);
    reply.choices = vec![
        buttons::case(locale, case.number, CaseVerb::AddFile),
        buttons::add_details(locale, case.number),
        buttons::case(locale, case.number, CaseVerb::Show),
    ];
    if !has_mail {
        reply.choices.push(buttons::news_by_mail(locale));
    }
    reply
}

/// "1 question, 2 articles"; nothing where nothing was tried.
pub(in crate::replies) fn what_was_tried(locale: Locale, tried: &Tried) -> Option<String> {
    let Locale::English = locale;
    let articles: usize = tried.questions.iter().map(|question| question.shown.len()).sum();
    let counted =
        [counted(tried.questions.len(), "question", "questions"), counted(articles, "article", "articles")];
    let stopped = tried.guides.iter().map(|guide| {
        let name = if guide.name.is_empty() { guide.article.as_str() } else { &guide.name };
        format!("step {} of {} of {}", guide.step, guide.of, quoted(name))
    });
    let parts: Vec<String> = counted.into_iter().flatten().chain(stopped).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    }
}

/// The same was asked for before.
#[must_use]
pub fn already_open(locale: Locale, case: &Case) -> Reply {
    let Locale::English = locale;
    let mut reply = about_case(case, "", " is open already; nothing was opened twice.");
    reply.choices = vec![buttons::case(locale, case.number, CaseVerb::Show)];
    reply
}

/// An article solved it before there was a case.
#[must_use]
pub fn solved_before_opening(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![buttons::open_case(locale)];
    Reply { choices, ..sentence("Good to hear. No case was opened; I noted that the article solved it.") }
}

/// A reply was added to a case, perhaps to one that was over.
#[must_use]
pub fn replied(locale: Locale, case: &Case, reopened: bool) -> Reply {
    let Locale::English = locale;
    let after = if reopened { " has what you wrote, and is open." } else { " has what you wrote." };
    let mut reply = about_case(case, "", after);
    reply.choices = vec![
        buttons::case(locale, case.number, CaseVerb::Show),
        buttons::case(locale, case.number, CaseVerb::AddFile),
    ];
    reply
}

/// Something was written in a case.
#[must_use]
pub fn written(locale: Locale, kind: WritingKind, case: &Case, events: &[Event]) -> Reply {
    let Locale::English = locale;
    let reopened = events.iter().any(|event| event.what == What::Became(Status::Open));
    let files = events.iter().map(|event| event.what.files().len()).sum::<usize>();
    match kind {
        WritingKind::Reply if files == 0 => replied(locale, case, reopened),
        WritingKind::Reply | WritingKind::Files => {
            let files = counted(files, "file", "files").unwrap_or_else(|| "what you sent".to_owned());
            let after = if reopened { ", and is open." } else { "." };
            let has_words =
                events.iter().any(|event| matches!(&event.what, What::Message(said) if said.text.is_some()));
            let words = if has_words { "what you wrote and " } else { "" };
            let mut reply = about_case(case, "", &format!(" has {words}{files}{after}"));
            reply.choices = vec![buttons::case(locale, case.number, CaseVerb::Show)];
            reply
        }
        WritingKind::Close => closed(locale, case),
        WritingKind::Rate(_) => {
            let mut reply = sentence("Thank you, I kept it with your rating.");
            reply.choices = vec![buttons::case(locale, case.number, CaseVerb::Show)];
            reply
        }
        WritingKind::Answer => staff_did(locale, case, " is answered, and waits for the requester."),
        WritingKind::Note => staff_did(locale, case, " has your note. Only staff can read it."),
        WritingKind::Solve => staff_did(locale, case, " is solved. The requester was told."),
    }
}

fn staff_did(locale: Locale, case: &Case, after: &str) -> Reply {
    let mut reply = about_case(case, "", after);
    reply.choices = vec![buttons::case(locale, case.number, CaseVerb::Show), buttons::queue(locale)];
    reply
}

/// A case was closed by its requester.
#[must_use]
pub fn closed(locale: Locale, case: &Case) -> Reply {
    let Locale::English = locale;
    let Status::Closed { reopens_until, .. } = &case.status else {
        return about_case(case, "", " is closed.");
    };
    let spans = [
        vec![case_span(case.number)],
        plain(" is closed. A reply opens it again until "),
        vec![Span::Time { at: *reopens_until, style: TimeStyle::Day }],
        plain(". How content were you?"),
    ]
    .concat();
    let mut reply = private(vec![ReplyBlock::Paragraph(spans)]);
    reply.choices = scores(locale, case.number);
    reply
}

fn scores(locale: Locale, case: CaseNumber) -> Vec<Choice> {
    let scores = (1..=5).filter_map(Score::new);
    scores.map(|score| buttons::case(locale, case, CaseVerb::Rate(Some(score)))).collect()
}

/// A rating is kept.
#[must_use]
pub fn rated(locale: Locale, case: &Case) -> Reply {
    let Locale::English = locale;
    let score = case.rating.as_ref().map_or(0, |rating| rating.score.number());
    about_case(case, "Thank you. Your rating of ", &format!(" is kept: {score} of 5."))
}

/// Which rating it is to be.
#[must_use]
pub fn which_rating(locale: Locale, case: &Case) -> Reply {
    let Locale::English = locale;
    if case.status.is_active() {
        return not_over(locale, case);
    }
    let mut reply = about_case(case, "How content were you with ", "?");
    reply.choices = scores(locale, case.number);
    reply
}

/// Which priority it is to be.
#[must_use]
pub fn which_priority(locale: Locale, case: &Case) -> Reply {
    let Locale::English = locale;
    if case.standing() == Standing::Closed {
        return closed_already(locale, case);
    }
    let now = format!("? Now it is {}.", priority_name(locale, case.priority));
    let mut reply = about_case(case, "How much does ", &format!(" matter{now}"));
    let others = Priority::ALL.into_iter().filter(|priority| *priority != case.priority);
    reply.choices = others
        .map(|priority| buttons::case(locale, case.number, CaseVerb::Priority(Some(priority))))
        .collect();
    reply
}

/// The priority was changed.
#[must_use]
pub fn prioritised(locale: Locale, case: &Case) -> Reply {
    let Locale::English = locale;
    let name = priority_name(locale, case.priority);
    let mut reply = about_case(case, "The priority of ", &format!(" is {name} now."));
    reply.choices = vec![buttons::case(locale, case.number, CaseVerb::Show)];
    reply
}
