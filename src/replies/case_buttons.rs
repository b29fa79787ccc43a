//! The texts on buttons about cases, flows and news, each with what the button does.

use crate::chat::choice::{CaseVerb, Cause, FlowVerb};
use crate::chat::flow::{Flow, Pick};
use crate::chat::wish::Format;
use crate::chat::{Choice, Ticket, Verb};
use crate::domain::case::{Case, CaseNumber, Priority, Score};
use crate::domain::{About, Handle, JobKey, Notify, Product};

use super::Locale;
use super::choices::MOST;
use super::words::{priority_name, shortened};

/// A key that is longer does not fit into a button's id.
const MOST_KEY: usize = 90;

pub fn solved(locale: Locale, answer: Ticket, at: usize) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Vote { answer, at, solved: true }, "That solved it")
}

pub fn not_solved(locale: Locale, answer: Ticket, at: usize) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Vote { answer, at, solved: false }, "Not what I need")
}

pub fn open_case(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::OpenCase(Cause::Wish), "Open a case")
}

/// Opens a case about the question that this answer was given to.
pub fn open_case_about(locale: Locale, answer: Option<Ticket>) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::OpenCase(answer.map_or(Cause::Wish, Cause::Answer)), "Open a case")
}

pub fn open_case_after(locale: Locale, case: CaseNumber) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::OpenCase(Cause::Follows(case)), "Open a new case")
}

pub fn my_cases(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Cases(None), "My cases")
}

pub fn more_cases(locale: Locale, before: CaseNumber) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Cases(Some(before)), "Older cases")
}

pub fn queue(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Queue, "The queue")
}

/// A button that does something with a case.
pub fn case(locale: Locale, case: CaseNumber, verb: CaseVerb) -> Choice {
    let Locale::English = locale;
    let label = match verb {
        CaseVerb::Show => "Show the case".to_owned(),
        CaseVerb::Reply => "Reply".to_owned(),
        CaseVerb::AddFile => "Add a file".to_owned(),
        CaseVerb::Close => "Close it".to_owned(),
        CaseVerb::Rate(None) => "Rate it".to_owned(),
        CaseVerb::Rate(Some(score)) => score_name(locale, score).to_owned(),
        CaseVerb::Priority(None) => "Change the priority".to_owned(),
        CaseVerb::Priority(Some(priority)) => priority_label(locale, priority),
        CaseVerb::Transcript(Format::Text) => "Transcript".to_owned(),
        CaseVerb::Transcript(Format::Html) => "As a page".to_owned(),
        CaseVerb::Transcript(Format::Json) => "As JSON".to_owned(),
        CaseVerb::Take => "Take it".to_owned(),
        CaseVerb::Answer => "Answer".to_owned(),
        CaseVerb::Note => "Note".to_owned(),
        CaseVerb::Solve => "Solve".to_owned(),
        CaseVerb::Reopen => "Reopen".to_owned(),
    };
    Choice::new(&Verb::Case(case, verb), label)
}

/// The same for a reply where the case is new: more to say about it.
pub fn add_details(locale: Locale, case: CaseNumber) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Case(case, CaseVerb::Reply), "Add details")
}

fn priority_label(locale: Locale, priority: Priority) -> String {
    let name = priority_name(locale, priority);
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// How content somebody was, in words.
pub fn score_name(locale: Locale, score: Score) -> &'static str {
    let Locale::English = locale;
    match score.number() {
        1 => "Not at all",
        2 => "Hardly",
        3 => "So so",
        4 => "Mostly",
        _ => "Entirely",
    }
}

pub fn retry(locale: Locale, key: &JobKey) -> Option<Choice> {
    let Locale::English = locale;
    let label = shortened(&format!("Try again: {key}"), MOST);
    (key.as_str().len() <= MOST_KEY).then(|| Choice::new(&Verb::Retry(key.clone()), label))
}

pub fn notify(locale: Locale, notify: Notify) -> Choice {
    let Locale::English = locale;
    let label = match notify {
        Notify::MailWhenUnseen => "Mail me what I have not seen",
        Notify::MailAlways => "Mail me everything",
        Notify::NoMail => "Never mail me",
    };
    Choice::new(&Verb::Notify(Some(notify)), label)
}

pub fn news_by_mail(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Address, "Get news by mail")
}

pub fn other_address(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Address, "Another address")
}

/// A button for the present step of a flow.
fn pick(flow: &Flow, pick: Pick, label: impl Into<String>) -> Choice {
    Choice::new(&Verb::Flow(flow.id, FlowVerb::Pick(flow.step().name().into_owned(), pick)), label)
}

pub fn skip(locale: Locale, flow: &Flow, label: &str) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::Skip, label)
}

pub fn article_solved(locale: Locale, flow: &Flow, about: &About) -> Choice {
    let Locale::English = locale;
    let label = shortened(&format!("Solved by: {}", about.title), MOST);
    pick(flow, Pick::Solved(Handle::from(&about.id)), label)
}

pub fn neither_helps(locale: Locale, flow: &Flow, count: usize) -> Choice {
    let Locale::English = locale;
    let label = if count == 1 { "It does not help, open the case" } else { "Neither helps, open the case" };
    pick(flow, Pick::Neither, label)
}

pub fn same_case(locale: Locale, flow: &Flow, case: CaseNumber) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::Same, format!("Add it to {case}"))
}

pub fn another_case(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::Another, "Open a new case")
}

pub fn about_product(flow: &Flow, product: &Product) -> Choice {
    pick(flow, Pick::Product(Handle::from(&product.id)), shortened(&product.name, MOST))
}

pub fn no_product(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::NoProduct, "Something else")
}

pub fn this_case(flow: &Flow, case: &Case) -> Choice {
    let label = shortened(&format!("{}: {}", case.number, case.subject.as_str()), MOST);
    pick(flow, Pick::Case(case.number), label)
}

pub fn next_step(locale: Locale, flow: &Flow, first: bool) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::Next, if first { "Start" } else { "Done, next" })
}

pub fn stuck(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::Stuck, "I'm stuck")
}

pub fn restart(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::Restart, "Start over")
}

pub fn worked(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::Worked, "Yes, solved")
}

pub fn failed(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::Failed, "No")
}

/// Leaves a guide for now; its place is kept.
pub fn stop_here(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Flow(flow.id, FlowVerb::Cancel), "Stop here")
}

pub fn open_case_from_guide(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::OpenCase(Cause::Guide(flow.id)), "Open a case")
}

pub fn back(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Flow(flow.id, FlowVerb::Back), "Back")
}

pub fn cancel(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Flow(flow.id, FlowVerb::Cancel), "Cancel")
}

pub fn go_on(flow: &Flow, label: &str) -> Choice {
    Choice::new(&Verb::Flow(flow.id, FlowVerb::Continue), shortened(label, MOST))
}

pub fn resend(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Flow(flow.id, FlowVerb::Resend), "Send another code")
}
