//! What is said when somebody wants the next answer or more of them.

use crate::chat::{Asked, QuestionRef, Reply, ReplyBlock};
use crate::domain::About;

use super::answers::{Found, show};
use super::card::mentions;
use super::words::{paragraph, quoted};
use super::{Locale, case_buttons as buttons, choices};

/// Whoever did not need so many answers is offered a case with the next one.
const ENOUGH: usize = 2;

/// The next best answer; or that there is none.
#[must_use]
pub fn next_best(locale: Locale, found: &Found<'_>) -> Reply {
    let Locale::English = locale;
    let Some(best) = found.best else { return no_more(locale, found.asked) };
    let case = found.asked.answer.filter(|_| found.asked.at >= ENOUGH);
    let words = match case {
        Some(_) => {
            "This is the next best I have. If it is not what you need either, open a case, and people of the support answer."
        }
        None => "This is the next best I have.",
    };
    let mut reply = Reply { blocks: vec![paragraph(words)], ..Reply::default() };
    show(locale, found, best, &mut reply);
    reply.choices.extend(case.map(|answer| buttons::open_case_about(locale, Some(answer))));
    reply.choices.push(choices::rephrase(locale));
    reply
}

/// Further results by title; or that there are none.
#[must_use]
pub fn more_results(locale: Locale, asked: &Asked, articles: &[&About], more: bool) -> Reply {
    let Locale::English = locale;
    if articles.is_empty() {
        return no_more(locale, asked);
    }
    let blocks = vec![
        paragraph(format!("Also found for {}:", quoted(&asked.text))),
        ReplyBlock::Articles(mentions(locale, articles.iter().copied())),
    ];
    let question = QuestionRef::new(&asked.text, asked.product.as_ref());
    let mut choices = Vec::new();
    if more {
        choices.push(choices::more_results(locale, question, asked.seen));
    }
    choices.push(choices::rephrase(locale));
    Reply { blocks, choices, ..Reply::default() }
}

fn no_more(locale: Locale, asked: &Asked) -> Reply {
    let Locale::English = locale;
    let text = format!("That was all I have for {}. Other words may find more.", quoted(&asked.text));
    let mut choices = vec![choices::rephrase(locale)];
    choices.extend(asked.product.as_ref().map(|_| choices::in_all_products(locale, &asked.text)));
    choices.extend(asked.answer.map(|answer| buttons::open_case_about(locale, Some(answer))));
    choices.push(choices::person(locale));
    Reply { blocks: vec![paragraph(text)], choices, ..Reply::default() }
}

/// Something was to go on, but nothing was asked before.
#[must_use]
pub fn nothing_asked(locale: Locale) -> Reply {
    let Locale::English = locale;
    let text = "You have not asked anything in this conversation yet. Type your question, and I'll look for the answer.";
    Reply { blocks: vec![paragraph(text)], choices: vec![choices::help(locale)], ..Reply::default() }
}

/// A button belongs to a question that was too long for it and is no longer remembered.
#[must_use]
pub fn question_forgotten(locale: Locale) -> Reply {
    let Locale::English = locale;
    let text =
        "I no longer have the question that this belongs to. Type it again, and I'll go on from there.";
    Reply { blocks: vec![paragraph(text)], ..Reply::default() }
}
