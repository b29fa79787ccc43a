//! What a button that was pressed means, and a form that was filled in.

use crate::domain::account::OrgId;
use crate::domain::case::CaseNumber;

use super::choice::{AccountVerb, CaseVerb, Cause, FlowVerb, IdentityVerb};
use super::flow::WritingKind;
use super::parse::of_question;
use super::text::clean;
use super::wish::{
    AccountAsk, AccountWish, CaseWish, FlowWish, GuideWish, IdentityWish, NewCase, NewsWish, StaffVerb,
    StaffWish,
};
use super::{ChoiceId, Country, Intent, Name, Onward, PICKED, ServerVerb, ServerWish, Verb, Whole};

/// The field in which a question comes back.
pub const QUESTION: &str = "question";

pub(super) fn of_form(id: &ChoiceId, fields: &[(String, String)]) -> Intent {
    let field = |name: &str| fields.iter().find(|(own, _)| own == name).map(|(_, text)| clean(text));
    match id.verb() {
        Some(Verb::Flow(flow, FlowVerb::Form(step))) => {
            let fields = fields.iter().map(|(name, text)| (name.clone(), clean(text))).collect();
            Intent::Flow(FlowWish::Fill { flow, step, fields })
        }
        Some(Verb::Ask) => match field(QUESTION).unwrap_or_default() {
            text if text.is_empty() => Intent::Ask,
            text => of_question(text, None),
        },
        Some(Verb::Server(ServerVerb::Pick(setting))) => {
            let picked = field(PICKED).unwrap_or_default();
            let numbers = picked.split(',').map(str::trim).filter(|number| !number.is_empty());
            // What is no number is none that can be chosen; left out, it would pass for nothing picked.
            let numbers = numbers.map(|number| number.parse().unwrap_or(0));
            Intent::Server(ServerWish::Set(setting, numbers.collect()))
        }
        Some(_) | None => Intent::UnknownChoice,
    }
}

pub(super) fn of_press(choice: &ChoiceId) -> Intent {
    let Some(verb) = choice.verb() else { return Intent::UnknownChoice };
    match verb {
        Verb::Article(handle) => Intent::Article(Name::Handle(handle)),
        Verb::Whole(handle) => Intent::Whole(Whole::Of(Name::Handle(handle))),
        Verb::Next { question, skip } => Intent::NextBest(Onward::Of { question, skip }),
        Verb::More { question, skip } => Intent::More(Onward::Of { question, skip }),
        Verb::Product(handle) => Intent::ChooseProduct(Name::Handle(handle)),
        Verb::AllProducts => Intent::AllProducts,
        Verb::Products => Intent::Products,
        Verb::Phones => Intent::PhoneNumbers,
        Verb::Phone(country) => Intent::PhoneNumber(Country::Code(country)),
        Verb::Person => Intent::Person,
        Verb::Help => Intent::Help,
        Verb::Rephrase => Intent::Rephrase,
        Verb::Vote { answer, at, solved } => Intent::Vote { answer, at, solved },
        Verb::OpenCase(cause) => Intent::Case(open(cause)),
        Verb::Cases(before) => Intent::Case(CaseWish::List { before }),
        Verb::Case(case, verb) => of_case_button(case, verb),
        Verb::Queue => Intent::Staff(StaffWish::Queue(None)),
        Verb::Mine => Intent::Staff(StaffWish::Mine),
        Verb::DeadLetters => Intent::Staff(StaffWish::DeadLetters),
        Verb::Retry(key) => Intent::Staff(StaffWish::Retry(key)),
        Verb::Notify(None) => Intent::News(NewsWish::Show),
        Verb::Notify(Some(notify)) => Intent::News(NewsWish::Set(notify)),
        Verb::Address => Intent::News(NewsWish::Address(None)),
        Verb::Password => Intent::Password { address: None },
        Verb::Guide(article, guide) => {
            Intent::Guide(GuideWish::Start { article: Name::Handle(article), guide })
        }
        Verb::Guides { product, skip } => {
            Intent::Guide(GuideWish::List { product: product.map(Name::Handle), skip })
        }
        Verb::Ask => Intent::Ask,
        Verb::InPrivate(held) => Intent::InPrivate(held),
        Verb::Kept(kept) => Intent::Kept(kept),
        Verb::Account(org, verb) => of_account_button(org, verb),
        Verb::Server(ServerVerb::Show | ServerVerb::Pick(_)) => Intent::Server(ServerWish::Show),
        Verb::Server(ServerVerb::Panel) => Intent::Server(ServerWish::Panel),
        Verb::Identity(verb) => Intent::Identity(match verb {
            IdentityVerb::Link => IdentityWish::Link(None),
            IdentityVerb::List => IdentityWish::List,
            IdentityVerb::Unlink(chat) => IdentityWish::Unlink(chat),
            IdentityVerb::SignOut { sure } => IdentityWish::SignOut { sure },
        }),
        Verb::Flow(flow, verb) => Intent::Flow(match verb {
            FlowVerb::Pick(step, pick) => FlowWish::Pick { flow, step, pick },
            // A form's id comes back with its fields; pressed alone it shows the step.
            FlowVerb::Form(_) | FlowVerb::Continue => FlowWish::Continue(Some(flow)),
            FlowVerb::Back => FlowWish::Back(Some(flow)),
            FlowVerb::Cancel => FlowWish::Cancel(Some(flow)),
            FlowVerb::Resend => FlowWish::Resend(flow),
        }),
    }
}

fn open(cause: Cause) -> CaseWish {
    CaseWish::Open(match cause {
        Cause::Wish => NewCase::default(),
        Cause::Answer(ticket) => NewCase { answer: Some(ticket), ..NewCase::default() },
        Cause::Follows(number) => NewCase { follows: Some(number), ..NewCase::default() },
        Cause::Guide(flow) => NewCase { guide: Some(flow), ..NewCase::default() },
    })
}

fn of_case_button(case: CaseNumber, verb: CaseVerb) -> Intent {
    let write = |kind| Intent::Case(CaseWish::Write { kind, case: Some(case), text: None });
    match verb {
        CaseVerb::Show => Intent::Case(CaseWish::Show(case)),
        CaseVerb::Reply => write(WritingKind::Reply),
        CaseVerb::AddFile => write(WritingKind::Files),
        CaseVerb::Close => write(WritingKind::Close),
        CaseVerb::Rate(score) => Intent::Case(CaseWish::Rate(case, score)),
        CaseVerb::Priority(priority) => Intent::Case(CaseWish::Prioritise(case, priority)),
        CaseVerb::Transcript(format) => Intent::Case(CaseWish::Transcript(case, format)),
        CaseVerb::Take => Intent::Staff(StaffWish::Do(case, StaffVerb::Take)),
        CaseVerb::Reopen => Intent::Staff(StaffWish::Do(case, StaffVerb::Reopen)),
        CaseVerb::Answer => write(WritingKind::Answer),
        CaseVerb::Note => write(WritingKind::Note),
        CaseVerb::Solve => write(WritingKind::Solve),
    }
}

fn of_account_button(org: Option<OrgId>, verb: AccountVerb) -> Intent {
    let what = match verb {
        AccountVerb::Show => AccountAsk::Show,
        AccountVerb::Contacts(skip) => AccountAsk::Contacts { words: None, skip },
        AccountVerb::Log(before) => AccountAsk::Log { before },
        AccountVerb::Requests(skip) => AccountAsk::Requests { skip },
        AccountVerb::Approve(request) => AccountAsk::Approve(request),
        AccountVerb::Refuse(request) => AccountAsk::Refuse(request),
        AccountVerb::Begin(procedure) => AccountAsk::begin(procedure),
    };
    Intent::Account(AccountWish { org, what, said: None })
}
