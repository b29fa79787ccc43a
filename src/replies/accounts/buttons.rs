//! The texts on buttons about accounts.

use crate::chat::choice::{AccountVerb, FlowVerb};
use crate::chat::flow::account::{AccountDraft, Item};
use crate::chat::flow::{Flow, Pick, Way};
use crate::chat::{Choice, Verb};
use crate::domain::account::{OrgId, Organisation, Procedure, RequestId};
use crate::domain::{ArticleId, Handle};
use crate::replies::Locale;
use crate::replies::choices::MOST;
use crate::replies::words::shortened;

/// What a procedure is called where it is offered.
pub const fn procedure(locale: Locale, procedure: Procedure) -> &'static str {
    let Locale::English = locale;
    match procedure {
        Procedure::AddContact => "Add a contact",
        Procedure::CreateAccount => "Create an account",
        Procedure::Company => "Change company information",
        Procedure::Contact => "Change a contact",
        Procedure::SecurityContacts => "Security contacts",
        Procedure::Rights => "Administrators and restrictions",
        Procedure::Model => "Access model",
        Procedure::Renewals => "Renewal contacts",
        Procedure::RemoveContact => "Remove a contact",
    }
}

fn of(org: Option<OrgId>, verb: AccountVerb, label: impl Into<String>) -> Choice {
    Choice::new(&Verb::Account(org, verb), label)
}

pub fn begin(locale: Locale, org: OrgId, what: Procedure) -> Choice {
    let Locale::English = locale;
    of(Some(org), AccountVerb::Begin(what), procedure(locale, what))
}

/// Beside an article: the same without leaving the conversation.
pub fn do_it_here(locale: Locale, what: Procedure) -> Choice {
    let Locale::English = locale;
    of(None, AccountVerb::Begin(what), "Do it here")
}

/// The same wish, with the account that it is about.
pub fn this_account(organisation: &Organisation, verb: AccountVerb) -> Choice {
    let name = shortened(&organisation.company.name, MOST - 11);
    of(Some(organisation.id), verb, format!("{name} ({})", organisation.id))
}

pub fn contacts(locale: Locale, org: OrgId, skip: usize) -> Choice {
    let Locale::English = locale;
    of(Some(org), AccountVerb::Contacts(skip), if skip == 0 { "Show the contacts" } else { "More contacts" })
}

pub fn account(locale: Locale, org: OrgId) -> Choice {
    let Locale::English = locale;
    of(Some(org), AccountVerb::Show, "Show the account")
}

pub fn log(locale: Locale, org: OrgId, before: Option<u64>) -> Choice {
    let Locale::English = locale;
    of(Some(org), AccountVerb::Log(before), if before.is_some() { "Older entries" } else { "Show the log" })
}

pub fn requests(locale: Locale, org: OrgId, skip: usize, waiting: usize) -> Choice {
    let Locale::English = locale;
    let label = if skip == 0 { format!("Requests ({waiting})") } else { "More requests".to_owned() };
    of(Some(org), AccountVerb::Requests(skip), label)
}

pub fn approve(locale: Locale, org: OrgId, request: RequestId, is_alone: bool) -> Choice {
    let Locale::English = locale;
    let label = if is_alone { "Approve".to_owned() } else { format!("Approve request {request}") };
    of(Some(org), AccountVerb::Approve(request), label)
}

pub fn refuse(locale: Locale, org: OrgId, request: RequestId, is_alone: bool) -> Choice {
    let Locale::English = locale;
    let label = if is_alone { "Refuse".to_owned() } else { format!("Refuse request {request}") };
    of(Some(org), AccountVerb::Refuse(request), label)
}

/// The guide of the article that describes a procedure.
pub fn guide(locale: Locale, article: &str) -> Option<Choice> {
    let Locale::English = locale;
    let id = ArticleId::parse(article).ok()?;
    Some(Choice::new(&Verb::Guide(Handle::from(&id), None), "Walk me through it"))
}

fn pick(flow: &Flow, pick: Pick, label: impl Into<String>) -> Choice {
    Choice::new(&Verb::Flow(flow.id, FlowVerb::Pick(flow.step().name().into_owned(), pick)), label)
}

pub fn request(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::Request, "Send it as a request")
}

pub fn way(locale: Locale, flow: &Flow, way: Way) -> Choice {
    let Locale::English = locale;
    let label = match way {
        Way::Customer => "Customer",
        Way::Partner => "Partner",
        Way::Open => "Open",
        Way::Secure => "Secure",
        Way::Administrator => "An administrator",
        Way::NoAdministrator => "No administrator any more",
        Way::Toolboxes => "Only some toolboxes",
    };
    pick(flow, Pick::Way(way), label)
}

/// One of a list: to be taken, or, where it is among what is chosen, to be taken away.
pub fn item(flow: &Flow, item: &Item, label: &str, is_chosen: bool) -> Choice {
    if is_chosen {
        let label = shortened(&format!("✓ {label}"), MOST);
        return pick(flow, Pick::Without(item.handle.clone()), label);
    }
    pick(flow, Pick::With(item.handle.clone()), shortened(label, MOST))
}

pub fn from(locale: Locale, flow: &Flow, from: usize) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::From(from), if from == 0 { "From the beginning" } else { "Show more" })
}

pub fn all(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::All, "Show all")
}

pub fn that_is_all(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::Next, "That's all")
}

pub fn keep(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::Keep, "Keep it")
}

pub fn keep_rest(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::KeepRest, "Keep the rest")
}

pub fn leave_empty(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::Empty, "Leave it empty")
}

pub fn confirm(locale: Locale, flow: &Flow, draft: &AccountDraft) -> Choice {
    let Locale::English = locale;
    pick(flow, Pick::Confirm, if draft.as_request { "Send the request" } else { "Confirm" })
}

pub fn change_something(locale: Locale, flow: &Flow) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Flow(flow.id, FlowVerb::Back), "Change something")
}
