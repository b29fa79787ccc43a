//! What is said while something takes more than one turn: the questions of its steps, and where it stands.

mod about_case;
mod codes;
mod ended;
mod forms;
pub mod reset;

use crate::chat::flow::{Address, Draft, Flow, NotTaken, OpenCase, Step, Writing, WritingKind};
use crate::chat::{Choice, Reply, ReplyBlock};
use crate::domain::account::Refusal;
use crate::domain::case::{Case, NoText};
use crate::domain::{About, Product};

use about_case::{doing, what_is_the_matter, what_to_write, which_case};
pub use codes::{code_ran_out, too_many_codes, too_many_guesses};
pub use ended::{cancelled, over};
use forms::{form, title};

use super::guides::Page;
use super::words::{article, case_span, paragraph, plain, private, quoted, sentence};
use super::{Locale, accounts, case_buttons as buttons, choices, guides, identity};

/// What the question of a step names.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The articles that are offered.
    pub articles: Vec<About>,
    /// The cases that may be meant.
    pub cases: Vec<Case>,
    /// The products to choose from.
    pub products: Vec<Product>,
    /// The guide, as its article has it now.
    pub page: Option<Page>,
    /// Where a chat can be linked by signing in, where it can.
    pub sign_in: Option<String>,
}

/// What the present step of a flow asks.
#[must_use]
pub fn prompt(locale: Locale, flow: &Flow, facts: &Facts) -> Reply {
    let mut reply = private(question(locale, flow, facts));
    reply.choices = choices_of(locale, flow, facts, When::First);
    reply.form = form(locale, flow);
    reply
}

/// The same after an answer to something else.
#[must_use]
pub fn reminder(locale: Locale, flow: &Flow, facts: &Facts) -> Reply {
    let Locale::English = locale;
    let text = match (&flow.draft, flow.step()) {
        (Draft::OpenCase(OpenCase { on_behalf: Some(_), .. }), _) => "The case is not open yet.".to_owned(),
        (Draft::OpenCase(_), Step::Text { .. }) => {
            "Your case is not open yet: say what is the matter, and I'll go on.".to_owned()
        }
        (Draft::OpenCase(_), _) => "Your case is not open yet.".to_owned(),
        (Draft::Writing(writing), _) => format!("You are still {}.", doing(locale, writing)),
        (Draft::Address(_), _) => "Your e-mail address is not proved yet.".to_owned(),
        (Draft::Link(_), _) => "This chat is not linked yet.".to_owned(),
        (Draft::Walk(walk), _) => guides::still_there(locale, walk),
        (Draft::Reset(draft), _) => reset::still(locale, draft),
        (Draft::Account(_) | Draft::RefuseRequest(_), _) => {
            format!("You are still at \"{}\"; nothing is changed yet.", title(locale, flow))
        }
    };
    let mut reply = private(vec![paragraph(text)]);
    reply.choices = choices_of(locale, flow, facts, When::Again);
    reply.form = form(locale, flow);
    reply
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    First,
    Again,
}

fn question(locale: Locale, flow: &Flow, facts: &Facts) -> Vec<ReplyBlock> {
    let Locale::English = locale;
    match (&flow.draft, flow.step()) {
        (Draft::OpenCase(draft), Step::Text { .. }) => vec![paragraph(what_is_the_matter(locale, draft))],
        (_, Step::Articles(_)) => {
            let text = match facts.articles.as_slice() {
                [only] => format!("Before I open it: {} looks close.", article(only)),
                _ => format!("Before I open it: {} articles look close.", count_word(facts.articles.len())),
            };
            vec![paragraph(text)]
        }
        (_, Step::Similar(number)) => {
            let subject = facts.cases.first().map(|case| quoted(case.subject.as_str()));
            let mut spans = plain("You already have ");
            spans.push(case_span(number));
            spans.extend(plain(format!(
                " about much the same: {}. Is it the same?",
                subject.unwrap_or_default()
            )));
            vec![ReplyBlock::Paragraph(spans)]
        }
        (_, Step::Product) => vec![paragraph("Which product is it about?")],
        (Draft::Writing(writing), Step::WhichCase) => vec![paragraph(which_case(locale, writing))],
        (Draft::Writing(writing), Step::Text { .. }) => vec![what_to_write(locale, writing)],
        (Draft::Writing(writing), Step::Files) => {
            let mut spans = plain("Send the file for ");
            spans.extend(writing.case.map(case_span));
            spans.extend(plain(
                " now. In a terminal: \"attach\" and its path, for example \"attach ~/trace.log\".",
            ));
            vec![ReplyBlock::Paragraph(spans)]
        }
        (Draft::Walk(walk), Step::Walk(_)) => {
            facts.page.as_ref().map(|page| guides::page(locale, walk, page)).unwrap_or_default()
        }
        (Draft::Reset(draft), _) => reset::question(locale, draft),
        (Draft::Link(link), step) => identity::question(locale, link, &step, facts.sign_in.as_deref()),
        (Draft::Account(draft), Step::Account(_)) => accounts::asked::question(locale, flow, draft),
        (Draft::RefuseRequest(draft), Step::Text { .. }) => vec![paragraph(format!(
            "Why is request {} refused? Whoever asked reads it; leaving it out is fine.",
            draft.request
        ))],
        (_, Step::Address) => {
            vec![paragraph(
                "Which e-mail address shall news of your cases go to? I'll send a code there first.",
            )]
        }
        (Draft::Address(Address { address: Some(address), .. }), Step::Code) => {
            vec![paragraph(format!(
                "A code of six digits is on its way to {address}. Type it here; it works for ten minutes."
            ))]
        }
        (Draft::OpenCase(_) | Draft::RefuseRequest(_), Step::WhichCase | Step::Files)
        | (
            Draft::Address(_) | Draft::Walk(_) | Draft::Account(_),
            Step::WhichCase | Step::Files | Step::Text { .. },
        )
        | (_, Step::Code | Step::Walk(_) | Step::Reset(_) | Step::Account(_) | Step::Ready) => Vec::new(),
    }
}

fn choices_of(locale: Locale, flow: &Flow, facts: &Facts, when: When) -> Vec<Choice> {
    let Locale::English = locale;
    if let Draft::Walk(walk) = &flow.draft {
        return guides::buttons_of(locale, flow, walk);
    }
    if let Draft::Reset(draft) = &flow.draft {
        return reset::choices(locale, flow, draft);
    }
    if let Draft::Account(draft) = &flow.draft {
        return accounts::asked::choices(locale, flow, draft);
    }
    let mut out = Vec::new();
    match flow.step() {
        Step::Articles(_) => {
            out.extend(facts.articles.iter().map(|about| choices::read(locale, about)));
            if when == When::Again {
                out.extend(facts.articles.iter().map(|about| buttons::article_solved(locale, flow, about)));
            }
            out.push(buttons::neither_helps(locale, flow, facts.articles.len()));
        }
        Step::Similar(number) => {
            out.extend([buttons::same_case(locale, flow, number), buttons::another_case(locale, flow)]);
        }
        Step::Product => {
            out.extend(facts.products.iter().map(|product| buttons::about_product(flow, product)));
            out.push(buttons::no_product(locale, flow));
        }
        Step::WhichCase => out.extend(facts.cases.iter().map(|case| buttons::this_case(flow, case))),
        Step::Text { optional: true } => out.push(buttons::skip(locale, flow, leave_out(locale, flow))),
        Step::Code => out.push(buttons::resend(locale, flow)),
        Step::Text { optional: false }
        | Step::Files
        | Step::Address
        | Step::Walk(_)
        | Step::Reset(_)
        | Step::Account(_)
        | Step::Ready => {}
    }
    if flow.can_go_back() {
        out.push(buttons::back(locale, flow));
    }
    // A rating is kept already: leaving out why is all that can be given up.
    if !matches!(&flow.draft, Draft::Writing(Writing { kind: WritingKind::Rate(_), .. })) {
        out.push(buttons::cancel(locale, flow));
    }
    out
}

fn leave_out(locale: Locale, flow: &Flow) -> &'static str {
    let Locale::English = locale;
    match &flow.draft {
        Draft::Writing(Writing { kind: WritingKind::Close, .. }) => "Close it without a reason",
        Draft::Writing(Writing { kind: WritingKind::Solve, .. }) => "Solve it without a word",
        Draft::RefuseRequest(_) => "Refuse it without a reason",
        Draft::Writing(_)
        | Draft::OpenCase(_)
        | Draft::Address(_)
        | Draft::Link(_)
        | Draft::Walk(_)
        | Draft::Reset(_)
        | Draft::Account(_) => "Leave it out",
    }
}

/// A step did not take what it was given.
#[must_use]
pub fn not_taken(locale: Locale, flow: &Flow, why: &NotTaken) -> Reply {
    let Locale::English = locale;
    let text = match why {
        NotTaken::NoAnswer => return Reply::default(),
        NotTaken::Text(NoText::Empty) => "There was nothing in it that I could read.".to_owned(),
        NotTaken::Text(NoText::TooLong { length, most }) => format!(
            "That has {length} characters, and {most} are possible; nothing was kept of it. Shorten it, or add it as a file."
        ),
        NotTaken::NoAddress => "That is no e-mail address. They look like ada@example.org.".to_owned(),
        NotTaken::NoWebAddress => {
            "That is no web address. They look like https://login.example.com.".to_owned()
        }
        NotTaken::WrongCode { left: 1 } => "That is not the code. You have one more try.".to_owned(),
        NotTaken::Form(faults) => accounts::refused(locale, &Refusal::Form(faults.clone()), None),
        NotTaken::Nobody(typed) => return accounts::nobody(locale, typed),
        NotTaken::WrongCode { left } => format!("That is not the code. You have {left} more tries."),
    };
    let _ = flow;
    sentence(text)
}

/// Files came before the case is open.
#[must_use]
pub fn files_later(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence("Files come into the case once it is open; nothing of this was kept. Send them again then.")
}

/// A button of a flow that is long forgotten, or never was this person's.
#[must_use]
pub fn gone(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![buttons::my_cases(locale), buttons::open_case(locale)];
    Reply { choices, ..sentence("I no longer have what this button belongs to. Nothing was changed.") }
}

/// There is nothing to go on with, to go back in or to give up.
#[must_use]
pub fn nothing_begun(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![choices::help(locale)];
    Reply {
        choices,
        ..sentence("There is nothing that you began and did not finish. What would you like to do?")
    }
}

/// There is no step before this one.
#[must_use]
pub fn at_the_beginning(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence("This is the first step.")
}

/// Something else was begun: the earlier one waits.
#[must_use]
pub fn kept_your_place(locale: Locale, earlier: &Flow) -> Reply {
    let Locale::English = locale;
    sentence(format!(
        "I keep what you began before ({}). Say \"continue\" whenever you like.",
        title(locale, earlier)
    ))
}

/// Several things wait.
#[must_use]
pub fn choose(locale: Locale, going: &[Flow]) -> Reply {
    let Locale::English = locale;
    let choices = going.iter().map(|flow| buttons::go_on(flow, &title(locale, flow))).collect();
    Reply { choices, ..sentence("Several things wait for you. Which one shall we go on with?") }
}

fn count_word(count: usize) -> String {
    match count {
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        _ => count.to_string(),
    }
}
