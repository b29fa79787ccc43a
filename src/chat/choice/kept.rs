//! The ids of choices about what is kept: answers, cases, flows, news.

use crate::chat::flow::{Pick, Way};
use crate::chat::wish::Format;
use crate::chat::{ServerSetting, ServerVerb, Ticket};
use crate::domain::case::{CaseNumber, Priority, Score};
use crate::domain::{Handle, JobKey, Notify};

use super::decode::number;
use super::{CaseVerb, Cause, FlowVerb, MAX_SKIP, Verb, account, identity};

/// What follows the version. Verbs that are about nothing that is kept have no name here.
pub(super) fn encode(verb: &Verb) -> String {
    match verb {
        Verb::Vote { answer, at, solved } => {
            format!("{}:{answer}:{}", if *solved { "solved" } else { "unsolved" }, at.min(&MAX_SKIP))
        }
        Verb::OpenCase(Cause::Wish) => "open".to_owned(),
        Verb::OpenCase(Cause::Answer(answer)) => format!("open:answer:{answer}"),
        Verb::OpenCase(Cause::Follows(case)) => format!("open:after:{}", case.0),
        Verb::OpenCase(Cause::Guide(flow)) => format!("open:guide:{flow}"),
        Verb::Cases(None) => "cases".to_owned(),
        Verb::Cases(Some(before)) => format!("cases:{}", before.0),
        Verb::Case(case, verb) => format!("case:{}:{}", case.0, case_verb(*verb)),
        Verb::Queue => "queue".to_owned(),
        Verb::Mine => "mine".to_owned(),
        Verb::DeadLetters => "dead".to_owned(),
        Verb::Retry(key) => format!("retry:{key}"),
        Verb::Notify(None) => "notify".to_owned(),
        Verb::Notify(Some(notify)) => format!("notify:{}", notify_name(*notify)),
        Verb::Address => "address".to_owned(),
        Verb::Password => "password".to_owned(),
        Verb::Guide(article, None) => format!("guide:{article}"),
        Verb::Guide(article, Some(guide)) => format!("guide:{article}:{}", guide.min(&MAX_SKIP)),
        Verb::Guides { product: None, skip } => format!("guides:{}", skip.min(&MAX_SKIP)),
        Verb::Guides { product: Some(product), skip } => format!("guides:{}:{product}", skip.min(&MAX_SKIP)),
        Verb::Identity(verb) => identity::encode(verb),
        Verb::Flow(flow, verb) => format!("flow:{flow}:{}", flow_verb(verb)),
        Verb::Ask => "ask".to_owned(),
        Verb::InPrivate(held) => format!("private:{held}"),
        Verb::Kept(kept) => format!("kept:{kept}"),
        Verb::Account(org, verb) => account::encode(*org, *verb),
        Verb::Server(ServerVerb::Show) => "server".to_owned(),
        Verb::Server(ServerVerb::Pick(setting)) => format!("server:pick:{}", setting.name()),
        Verb::Server(ServerVerb::Panel) => "server:panel".to_owned(),
        Verb::Article(_)
        | Verb::Whole(_)
        | Verb::Next { .. }
        | Verb::More { .. }
        | Verb::Product(_)
        | Verb::AllProducts
        | Verb::Products
        | Verb::Phones
        | Verb::Phone(_)
        | Verb::Person
        | Verb::Help
        | Verb::Rephrase => String::new(),
    }
}

fn case_verb(verb: CaseVerb) -> String {
    match verb {
        CaseVerb::Show => "show".to_owned(),
        CaseVerb::Reply => "reply".to_owned(),
        CaseVerb::AddFile => "file".to_owned(),
        CaseVerb::Close => "close".to_owned(),
        CaseVerb::Rate(None) => "rate".to_owned(),
        CaseVerb::Rate(Some(score)) => format!("rate:{}", score.number()),
        CaseVerb::Priority(None) => "priority".to_owned(),
        CaseVerb::Priority(Some(priority)) => format!("priority:{}", priority.name()),
        CaseVerb::Transcript(format) => format!("transcript:{}", format.name()),
        CaseVerb::Take => "take".to_owned(),
        CaseVerb::Answer => "answer".to_owned(),
        CaseVerb::Note => "note".to_owned(),
        CaseVerb::Solve => "solve".to_owned(),
        CaseVerb::Reopen => "reopen".to_owned(),
    }
}

fn flow_verb(verb: &FlowVerb) -> String {
    match verb {
        FlowVerb::Pick(step, pick) => format!("{step}:{}", pick_name(pick)),
        FlowVerb::Form(step) => format!("{step}:form"),
        FlowVerb::Back => "back".to_owned(),
        FlowVerb::Cancel => "cancel".to_owned(),
        FlowVerb::Continue => "continue".to_owned(),
        FlowVerb::Resend => "resend".to_owned(),
    }
}

fn pick_name(pick: &Pick) -> String {
    match pick {
        Pick::Skip => "skip".to_owned(),
        Pick::Neither => "neither".to_owned(),
        Pick::Solved(handle) => format!("a.{handle}"),
        Pick::Same => "same".to_owned(),
        Pick::Another => "another".to_owned(),
        Pick::Product(handle) => format!("p.{handle}"),
        Pick::NoProduct => "none".to_owned(),
        Pick::Case(case) => format!("c.{}", case.0),
        Pick::Next => "next".to_owned(),
        Pick::Stuck => "stuck".to_owned(),
        Pick::Restart => "restart".to_owned(),
        Pick::Worked => "worked".to_owned(),
        Pick::Failed => "failed".to_owned(),
        Pick::Company => "company".to_owned(),
        Pick::With(handle) => format!("w.{handle}"),
        Pick::Without(handle) => format!("x.{handle}"),
        Pick::Way(way) => format!("is.{}", way.name()),
        Pick::From(from) => format!("from.{}", from.min(&MAX_SKIP)),
        Pick::All => "all".to_owned(),
        Pick::Keep => "keep".to_owned(),
        Pick::KeepRest => "rest".to_owned(),
        Pick::Empty => "empty".to_owned(),
        Pick::Request => "request".to_owned(),
        Pick::Confirm => "confirm".to_owned(),
    }
}

const fn notify_name(notify: Notify) -> &'static str {
    match notify {
        Notify::MailWhenUnseen => "unseen",
        Notify::MailAlways => "always",
        Notify::NoMail => "never",
    }
}

/// What the parts after the version mean; `None` for everything that was never made here.
pub(super) fn decode(parts: &[&str]) -> Option<Verb> {
    Some(match parts {
        ["solved", answer, at] => {
            Verb::Vote { answer: Ticket::parse(answer)?, at: number(at)?, solved: true }
        }
        ["unsolved", answer, at] => {
            Verb::Vote { answer: Ticket::parse(answer)?, at: number(at)?, solved: false }
        }
        ["open"] => Verb::OpenCase(Cause::Wish),
        ["open", "answer", answer] => Verb::OpenCase(Cause::Answer(Ticket::parse(answer)?)),
        ["open", "guide", flow] => Verb::OpenCase(Cause::Guide(Ticket::parse(flow)?)),
        ["open", "after", number] => Verb::OpenCase(Cause::Follows(case(number)?)),
        ["cases"] => Verb::Cases(None),
        ["cases", before] => Verb::Cases(Some(case(before)?)),
        ["case", number, verb @ ..] => Verb::Case(case(number)?, case_verb_of(verb)?),
        ["queue"] => Verb::Queue,
        ["mine"] => Verb::Mine,
        ["dead"] => Verb::DeadLetters,
        ["retry", key] => Verb::Retry(JobKey::parse(key).ok()?),
        ["notify"] => Verb::Notify(None),
        ["notify", "unseen"] => Verb::Notify(Some(Notify::MailWhenUnseen)),
        ["notify", "always"] => Verb::Notify(Some(Notify::MailAlways)),
        ["notify", "never"] => Verb::Notify(Some(Notify::NoMail)),
        ["address"] => Verb::Address,
        ["password"] => Verb::Password,
        ["guide", article] => Verb::Guide(Handle::parse(article)?, None),
        ["guide", article, guide] => Verb::Guide(Handle::parse(article)?, Some(number(guide)?)),
        ["guides", skip] => Verb::Guides { product: None, skip: number(skip)? },
        ["guides", skip, product] => {
            Verb::Guides { product: Some(Handle::parse(product)?), skip: number(skip)? }
        }
        ["ask"] => Verb::Ask,
        ["private", held] => Verb::InPrivate(Ticket::parse(held)?),
        ["kept", kept] => Verb::Kept(Ticket::parse(kept)?),
        ["server"] => Verb::Server(ServerVerb::Show),
        ["server", "pick", setting] => Verb::Server(ServerVerb::Pick(ServerSetting::named(setting)?)),
        ["server", "panel"] => Verb::Server(ServerVerb::Panel),
        ["account", org, verb @ ..] => account::decode(org, verb)?,
        ["flow", flow, verb @ ..] => Verb::Flow(Ticket::parse(flow)?, flow_verb_of(verb)?),
        parts => Verb::Identity(identity::decode(parts)?),
    })
}

fn case_verb_of(parts: &[&str]) -> Option<CaseVerb> {
    Some(match parts {
        ["show"] => CaseVerb::Show,
        ["reply"] => CaseVerb::Reply,
        ["file"] => CaseVerb::AddFile,
        ["close"] => CaseVerb::Close,
        ["rate"] => CaseVerb::Rate(None),
        ["rate", score] => CaseVerb::Rate(Some(Score::new(number(score)?.try_into().ok()?)?)),
        ["priority"] => CaseVerb::Priority(None),
        ["priority", name] => {
            CaseVerb::Priority(Some(Priority::ALL.into_iter().find(|priority| priority.name() == *name)?))
        }
        ["transcript", name] => {
            CaseVerb::Transcript(Format::named(name).filter(|format| format.name() == *name)?)
        }
        ["take"] => CaseVerb::Take,
        ["answer"] => CaseVerb::Answer,
        ["note"] => CaseVerb::Note,
        ["solve"] => CaseVerb::Solve,
        ["reopen"] => CaseVerb::Reopen,
        _ => return None,
    })
}

fn flow_verb_of(parts: &[&str]) -> Option<FlowVerb> {
    Some(match parts {
        ["back"] => FlowVerb::Back,
        ["cancel"] => FlowVerb::Cancel,
        ["continue"] => FlowVerb::Continue,
        ["resend"] => FlowVerb::Resend,
        [step, "form"] => FlowVerb::Form(step_name(step)?),
        [step, pick] => FlowVerb::Pick(step_name(step)?, pick_of(pick)?),
        _ => return None,
    })
}

fn step_name(text: &str) -> Option<String> {
    let is_letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let fits = (1..=8).contains(&text.len()) && text.bytes().all(is_letter);
    fits.then(|| text.to_owned())
}

fn pick_of(text: &str) -> Option<Pick> {
    Some(match text.split_once('.') {
        None => match text {
            "skip" => Pick::Skip,
            "neither" => Pick::Neither,
            "same" => Pick::Same,
            "another" => Pick::Another,
            "none" => Pick::NoProduct,
            "next" => Pick::Next,
            "stuck" => Pick::Stuck,
            "restart" => Pick::Restart,
            "worked" => Pick::Worked,
            "failed" => Pick::Failed,
            "company" => Pick::Company,
            "all" => Pick::All,
            "keep" => Pick::Keep,
            "rest" => Pick::KeepRest,
            "empty" => Pick::Empty,
            "request" => Pick::Request,
            "confirm" => Pick::Confirm,
            _ => return None,
        },
        Some(("a", handle)) => Pick::Solved(Handle::parse(handle)?),
        Some(("p", handle)) => Pick::Product(Handle::parse(handle)?),
        Some(("c", number)) => Pick::Case(case(number)?),
        Some(("w", handle)) => Pick::With(Handle::parse(handle)?),
        Some(("x", handle)) => Pick::Without(Handle::parse(handle)?),
        Some(("is", name)) => Pick::Way(Way::ALL.into_iter().find(|way| way.name() == name)?),
        Some(("from", from)) => Pick::From(number(from)?),
        Some(_) => return None,
    })
}

/// A case's number as buttons have it: digits without leading zeros.
fn case(text: &str) -> Option<CaseNumber> {
    let number: u64 = text.parse().ok()?;
    (number > 0 && number.to_string() == text).then_some(CaseNumber(number))
}
