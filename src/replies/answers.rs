//! What is said to a question.

use crate::chat::{Asked, QuestionRef, Reply, ReplyBlock, forgotten};
use crate::domain::{About, Passage, Product};

use super::card::{also, card, rest};
use super::excerpt::{Rest, excerpt};
use super::guides::{self, Ways};
use super::length::lines_of_all;
use super::opening::opening;
use super::words::{article, listed, paragraph, quoted};
use super::{Locale, case_buttons as buttons, choices, secrets};

/// An introduction of at most so many lines is shown together with the section after it.
const MOST_LEAD: usize = 8;

/// What was found for a question.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The question, with the place that this answer has among its results.
    pub asked: &'a Asked,
    /// The result at that place; none when there is nothing.
    pub best: Option<Best<'a>>,
    /// The results after it that are named.
    pub further: &'a [&'a About],
    /// Whether there are results after those.
    pub more: bool,
    /// Words that were read as others.
    pub corrections: &'a [Correction<'a>],
    /// The product that the results were limited to.
    pub product: Option<&'a Product>,
    /// Of a longer text only this much was read, in characters.
    pub cut_at: Option<usize>,
}

/// An article with the passage that answers.
#[derive(Debug, Clone, Copy)]
pub struct Best<'a> {
    /// The article.
    pub about: &'a About,
    /// The passage.
    pub passage: &'a Passage,
    /// The block of the passage where the best part begins.
    pub block_at: usize,
    /// The article's passages after this one, marked or not.
    pub after: &'a [Passage],
    /// Whether the article says more than the passage.
    pub longer: bool,
    /// What can be done with the article.
    pub ways: Ways,
}

/// A word that was read as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction<'a> {
    /// As it was typed.
    pub typed: &'a str,
    /// As it was read.
    pub read: &'a str,
}

impl Found<'_> {
    pub(super) fn question(&self) -> QuestionRef {
        QuestionRef::new(&self.asked.text, self.asked.product.as_ref())
    }
}

/// The passage answers.
#[must_use]
pub fn answer(locale: Locale, found: &Found<'_>) -> Reply {
    let Some(best) = found.best else { return nothing(locale, found) };
    let mut reply = Reply { blocks: understood(locale, found), ..Reply::default() };
    show(locale, found, best, &mut reply);
    reply
}

/// Something was found, but nothing that answers well: only the closest is named.
#[must_use]
pub fn no_good_answer(locale: Locale, found: &Found<'_>) -> Reply {
    let Locale::English = locale;
    let Some(best) = found.best else { return nothing(locale, found) };
    let within = within(locale, found.product);
    let closest = article(best.about);
    let mut blocks = understood(locale, found);
    blocks.push(paragraph(format!(
        "I found nothing{within} that answers this well. The closest is {closest}, but it may not help."
    )));
    let mut choices = vec![choices::rephrase(locale), choices::read(locale, best.about)];
    if found.more || !found.further.is_empty() {
        choices.push(choices::more_results(locale, found.question(), found.asked.seen));
    }
    choices.extend(found.product.map(|_| choices::in_all_products(locale, &found.asked.text)));
    choices.extend(found.asked.answer.map(|answer| buttons::open_case_about(locale, Some(answer))));
    choices.push(choices::person(locale));
    Reply { blocks, choices, ..Reply::default() }
}

/// Nothing at all was found.
fn nothing(locale: Locale, found: &Found<'_>) -> Reply {
    let Locale::English = locale;
    let within = within(locale, found.product);
    let mut blocks = understood(locale, found);
    blocks.push(paragraph(format!("I found nothing{within} about this. Other words may find it.")));
    let mut choices = vec![choices::rephrase(locale)];
    choices.extend(found.product.map(|_| choices::in_all_products(locale, &found.asked.text)));
    choices.extend(found.asked.answer.map(|answer| buttons::open_case_about(locale, Some(answer))));
    choices.push(choices::person(locale));
    Reply { blocks, choices, ..Reply::default() }
}

/// Puts an article's card, what can be done with it and what else there is into a reply.
pub(super) fn show(locale: Locale, found: &Found<'_>, best: Best<'_>, reply: &mut Reply) {
    let (sections, left_out, is_all) = passage(&best);
    reply.blocks.push(card(locale, best.about, sections));
    reply.blocks.extend(rest(locale, &left_out));
    reply.blocks.extend(also(locale, found.further.iter().copied()));
    reply.choices.extend(guides::ways(locale, best.about, best.ways));
    if !is_all {
        reply.choices.push(choices::whole(locale, &best.about.id));
    }
    if found.asked.answer.is_some() && forgotten::is_about_reset(&found.asked.text) {
        reply.choices.push(secrets::reset_here(locale));
    }
    if let Some(answer) = found.asked.answer {
        reply.choices.push(buttons::solved(locale, answer, found.asked.at));
        reply.choices.push(buttons::not_solved(locale, answer, found.asked.at));
    } else if found.more || !found.further.is_empty() {
        reply.choices.push(choices::not_what_i_need(locale, found.question(), found.asked.at + 1));
    }
    if found.more {
        reply.choices.push(choices::more_results(locale, found.question(), found.asked.seen));
    }
}

/// What is shown of an article, what is left out at its end, and whether it is all that the article says.
fn passage(best: &Best<'_>) -> (Vec<Passage>, Rest, bool) {
    let Passage { heading, blocks } = best.passage;
    if heading.is_none() && !best.after.is_empty() && lines_of_all(blocks) <= MOST_LEAD {
        // An introduction says that the article answers; how, is said by what comes after it.
        let all: Vec<Passage> = std::iter::once(best.passage).chain(best.after).cloned().collect();
        let (sections, left_out) = opening(&all, 1);
        let is_all = sections.len() == all.len() && left_out == Rest::Nothing;
        return (sections, left_out, is_all);
    }
    let shown = excerpt(blocks, best.block_at);
    let is_all = !best.longer && shown.blocks.len() == blocks.len() && shown.rest == Rest::Nothing;
    (vec![Passage { heading: heading.clone(), blocks: shown.blocks }], shown.rest, is_all)
}

/// How the question was read, where that is not as it was written.
fn understood(locale: Locale, found: &Found<'_>) -> Vec<ReplyBlock> {
    let Locale::English = locale;
    let mut out = Vec::new();
    if let Some(most) = found.cut_at {
        out.push(paragraph(format!("I read the first {most} characters of this.")));
    }
    let read = |c: &Correction<'_>| format!("{} as {}", quoted(c.typed), quoted(c.read));
    let corrections: Vec<String> = found.corrections.iter().map(read).collect();
    if !corrections.is_empty() {
        out.push(paragraph(format!("Read {}.", listed(locale, &corrections))));
    }
    out
}

fn within(locale: Locale, product: Option<&Product>) -> String {
    let Locale::English = locale;
    product.map(|product| format!(" on {}", product.name)).unwrap_or_default()
}
