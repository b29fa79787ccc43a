//! Buttons that never die: a choice's id names a verb and its subject, so that it can be read years later.

mod account;
mod decode;
mod identity;
mod kept;
mod question;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::account::OrgId;
use crate::domain::case::{CaseNumber, Priority, Score};
use crate::domain::{CountryCode, Handle, JobKey, Notify};

use super::flow::Pick;
use super::wish::Format;
use super::{ServerVerb, Ticket};

pub use account::AccountVerb;
pub use identity::IdentityVerb;
pub use question::{QuestionRef, Wording};

/// The longest id in bytes; Discord allows no more.
pub const MAX_CHOICE: usize = 100;
/// A place in the results is below this; nobody presses "more" as often.
pub const MAX_SKIP: usize = 999;

/// What a choice does, and to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// Open an article.
    Article(Handle),
    /// Show all of an article.
    Whole(Handle),
    /// Show one result of a question as the answer.
    Next {
        /// Which question.
        question: QuestionRef,
        /// How many results come before; at most [`MAX_SKIP`].
        skip: usize,
    },
    /// List further results of a question.
    More {
        /// Which question.
        question: QuestionRef,
        /// How many results come before; at most [`MAX_SKIP`].
        skip: usize,
    },
    /// Answer only about this product from now on.
    Product(Handle),
    /// Answer about all products from now on.
    AllProducts,
    /// List the products.
    Products,
    /// List the numbers to call.
    Phones,
    /// Name the numbers to call in this country.
    Phone(CountryCode),
    /// Say how to reach a person.
    Person,
    /// Explain what one can say.
    Help,
    /// Explain how to ask so that more is found.
    Rephrase,
    /// Say whether an answer solved it.
    Vote {
        /// Which answer of the person's.
        answer: Ticket,
        /// The place of the result among its results; at most [`MAX_SKIP`].
        at: usize,
        /// Whether it did.
        solved: bool,
    },
    /// Open a case, perhaps because an answer did not help, or because a case is closed for good.
    OpenCase(Cause),
    /// List one's own cases, those before a number.
    Cases(Option<CaseNumber>),
    /// Something with a case.
    Case(CaseNumber, CaseVerb),
    /// What waits for staff.
    Queue,
    /// What an agent has.
    Mine,
    /// What was given up.
    DeadLetters,
    /// Have it tried again.
    Retry(JobKey),
    /// See how one hears of news, or choose it.
    Notify(Option<Notify>),
    /// Give an address for news.
    Address,
    /// Walk through a guide of an article; one of them where it has several, the first being 0.
    Guide(Handle, Option<usize>),
    /// List the guides, those after so many.
    Guides {
        /// About which product; all where none is named.
        product: Option<Handle>,
        /// How many come before; at most [`MAX_SKIP`].
        skip: usize,
    },
    /// Choose a new password.
    Password,
    /// Something with one's chats and sessions.
    Identity(IdentityVerb),
    /// Something with a flow.
    Flow(Ticket, FlowVerb),
    /// Ask for a question; as a form's id: answer it.
    Ask,
    /// Go on in private with what was said in public.
    InPrivate(Ticket),
    /// Show an answer that could not be shown in private before.
    Kept(Ticket),
    /// Something with an account; with whichever the person is a contact of where none is named.
    Account(Option<OrgId>, AccountVerb),
    /// Something about the server that the button is on.
    Server(ServerVerb),
}

/// Why a case is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The person says so.
    Wish,
    /// This answer did not help.
    Answer(Ticket),
    /// This case is closed for good.
    Follows(CaseNumber),
    /// They got stuck in this guide.
    Guide(Ticket),
}

/// What a button does with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the commands of the same names explain them")]
pub enum CaseVerb {
    Show,
    Reply,
    AddFile,
    Close,
    Rate(Option<Score>),
    Priority(Option<Priority>),
    Transcript(Format),
    Take,
    Answer,
    Note,
    Solve,
    Reopen,
}

/// What a button does with a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlowVerb {
    /// Gives something to a step; it does nothing where the flow has moved on.
    Pick(String, Pick),
    /// Hands in the form of a step.
    Form(String),
    /// Goes back a step.
    Back,
    /// Gives it up.
    Cancel,
    /// Goes on with it.
    Continue,
    /// Sends the code again.
    Resend,
}

/// A choice as it travels through a platform and back. What comes back is never trusted: [`ChoiceId::verb`] checks all
/// of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(from = "String", into = "String")]
pub struct ChoiceId(String);

impl ChoiceId {
    /// The id of a choice: at most [`MAX_CHOICE`] bytes of ASCII, the same in every version of the desk.
    #[must_use]
    pub fn of(verb: &Verb) -> Self {
        let onward = |name: &str, question: &QuestionRef, skip: usize| {
            format!("v1:{name}:{}:{}", skip.min(MAX_SKIP), question.encode())
        };
        Self(match verb {
            Verb::Article(handle) => format!("v1:article:{handle}"),
            Verb::Whole(handle) => format!("v1:whole:{handle}"),
            Verb::Next { question, skip } => onward("next", question, *skip),
            Verb::More { question, skip } => onward("more", question, *skip),
            Verb::Product(handle) => format!("v1:product:{handle}"),
            Verb::AllProducts => "v1:all-products".to_owned(),
            Verb::Products => "v1:products".to_owned(),
            Verb::Phones => "v1:phone".to_owned(),
            Verb::Phone(country) => format!("v1:phone:{country}"),
            Verb::Person => "v1:person".to_owned(),
            Verb::Help => "v1:help".to_owned(),
            Verb::Rephrase => "v1:rephrase".to_owned(),
            Verb::Vote { .. }
            | Verb::OpenCase(_)
            | Verb::Cases(_)
            | Verb::Case(..)
            | Verb::Queue
            | Verb::Mine
            | Verb::DeadLetters
            | Verb::Retry(_)
            | Verb::Notify(_)
            | Verb::Address
            | Verb::Password
            | Verb::Guide(..)
            | Verb::Guides { .. }
            | Verb::Identity(_)
            | Verb::Flow(..)
            | Verb::Ask
            | Verb::InPrivate(_)
            | Verb::Kept(_)
            | Verb::Account(..)
            | Verb::Server(_) => format!("v1:{}", kept::encode(verb)),
        })
    }

    /// What the choice does; `None` when no version of the desk can have made it.
    #[must_use]
    pub fn verb(&self) -> Option<Verb> {
        decode::verb(&self.0)
    }

    /// The id as platforms carry it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for ChoiceId {
    /// Takes whatever a platform hands back.
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<ChoiceId> for String {
    fn from(id: ChoiceId) -> Self {
        id.0
    }
}

impl fmt::Display for ChoiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
