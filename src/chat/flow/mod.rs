//! Flows: what takes more than one turn. A flow is kept with all that was said in it, so it goes on after any interruption.
//!
//! A flow asks for one thing at a time ([`Flow::step`]), takes what it is given ([`Flow::give`]), goes back ([`Flow::back`]), and is
//! [ready](Step::Ready) when nothing is missing: then a handler does what it is for. It does nothing by itself.

pub mod account;
mod address;
mod link;
mod open_case;
mod refuse;
mod reset;
mod walk;
mod way;
mod writing;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::account::{Faults, OrgId, RequestId};
use crate::domain::case::{CaseNumber, NoText};
use crate::domain::{ArticleId, Handle, MailAddress, Place, Product};

use super::Ticket;
pub use account::{AccountDraft, Asks};
pub use address::{Address, CODE_LASTS, MOST_CODES, MOST_GUESSES, SentCode};
pub use link::{Claim, Link};
pub use open_case::{Found, OpenCase, ProductAnswer, SimilarAnswer};
pub use refuse::RefuseRequest;
pub use reset::{MOST_LINKS, Reset, ResetAt, ResetWish};
pub use walk::{At, Followed, Walk};
pub use way::Way;
pub use writing::{Said, Writing, WritingKind};

/// Something that takes more than one turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// Its name among the person's flows.
    pub id: Ticket,
    /// Where it was begun.
    pub place: Place,
    /// When.
    pub begun: DateTime<Utc>,
    /// What it is for, and what was said so far.
    pub draft: Draft,
    /// Whether it goes on.
    pub state: FlowState,
}

/// What a flow is for, with what was said so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Draft {
    /// Opening a case.
    OpenCase(OpenCase),
    /// Writing something in a case.
    Writing(Writing),
    /// Proving that an e-mail address is one's own.
    Address(Address),
    /// Linking a chat.
    Link(Link),
    /// Being walked through a guide.
    Walk(Walk),
    /// Choosing a new password in place of a forgotten one.
    Reset(Reset),
    /// Changing an account, or creating one.
    Account(Box<AccountDraft>),
    /// Refusing what somebody asked for.
    RefuseRequest(RefuseRequest),
}

impl Draft {
    /// The proof of an address that is part of it, where one is.
    #[must_use]
    pub fn proof(&self) -> Option<&Address> {
        match self {
            Self::Address(proof) | Self::Link(Link { proof, .. }) => Some(proof),
            Self::OpenCase(_)
            | Self::Writing(_)
            | Self::Walk(_)
            | Self::Reset(_)
            | Self::Account(_)
            | Self::RefuseRequest(_) => None,
        }
    }

    /// The same with how far the proof is now.
    #[must_use]
    pub fn proving(self, proof: Address) -> Self {
        match self {
            Self::Address(_) => Self::Address(proof),
            Self::Link(link) => Self::Link(Link { proof, ..link }),
            Self::OpenCase(_)
            | Self::Writing(_)
            | Self::Walk(_)
            | Self::Reset(_)
            | Self::Account(_)
            | Self::RefuseRequest(_) => self,
        }
    }
}

/// Whether a flow goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlowState {
    /// It waits for the person.
    Going,
    /// It came to its end.
    Done(Outcome),
    /// The person gave it up.
    Cancelled,
}

/// How a flow ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// With this case, opened or written in.
    Case(CaseNumber),
    /// An article solved it before there was a case: a deflection.
    Solved(ArticleId),
    /// With a proved address.
    Address(MailAddress),
    /// With a chat that is linked.
    Linked,
    /// At the end of a guide.
    Walked {
        /// Whether it helped.
        solved: bool,
    },
    /// With all said that there is to say about a forgotten password.
    Reset,
    /// With an account that was changed or created.
    Account(OrgId),
    /// With a request to the administrators of an account, sent or decided about.
    Request(OrgId, RequestId),
}

/// What a flow asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Which case it is about.
    WhichCase,
    /// What is the matter, or what is to be written.
    Text {
        /// Whether nothing may be said.
        optional: bool,
    },
    /// Whether one of these articles solves it.
    Articles(Vec<ArticleId>),
    /// Whether it is the same as this case, which is not over.
    Similar(CaseNumber),
    /// Which product it is about.
    Product,
    /// Files.
    Files,
    /// The address.
    Address,
    /// The code that was sent there.
    Code,
    /// Nothing but to do what a guide says here.
    Walk(At),
    /// What a new password needs.
    Reset(ResetAt),
    /// Something about a change of an account.
    Account(Asks),
    /// Nothing: all is known.
    Ready,
}

impl Step {
    /// Its name in the id of a button or form.
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::WhichCase => "which",
            Self::Text { .. } => "text",
            Self::Articles(_) => "articles",
            Self::Similar(_) => "similar",
            Self::Product => "product",
            Self::Files => "files",
            Self::Address => "address",
            Self::Code => "code",
            Self::Walk(At::Opening) => "opening",
            Self::Walk(At::Step(at)) => return Cow::Owned(format!("s{at}")),
            Self::Walk(At::End) => "end",
            Self::Reset(ResetAt::Address) => "forgot",
            Self::Reset(ResetAt::Sent) => "sent",
            Self::Reset(ResetAt::List) => "check",
            Self::Reset(ResetAt::Company) => "company",
            Self::Account(asks) => return Cow::Owned(asks.name()),
            Self::Ready => "ready",
        })
    }

    /// Whether any text is an answer to it.
    #[must_use]
    pub const fn takes_any_text(&self) -> bool {
        match self {
            Self::Text { .. } | Self::Address | Self::Code | Self::Account(Asks::Form(_)) => true,
            Self::WhichCase
            | Self::Articles(_)
            | Self::Similar(_)
            | Self::Product
            | Self::Files
            | Self::Walk(_)
            | Self::Reset(_)
            | Self::Account(_)
            | Self::Ready => false,
        }
    }
}

/// What a person gives to the present step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Typed text.
    Text(String),
    /// A button.
    Pick(Pick),
    /// Fields of a form, by their names.
    Fields(Vec<(String, String)>),
    /// Files alone came.
    Files,
}

/// The buttons of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// Nothing to say; no files after all.
    Skip,
    /// None of the articles helps.
    Neither,
    /// This article solved it.
    Solved(Handle),
    /// It is the same case.
    Same,
    /// It is another one.
    Another,
    /// This product.
    Product(Handle),
    /// Another product, or unknown.
    NoProduct,
    /// This case.
    Case(CaseNumber),
    /// On to the next step of a guide.
    Next,
    /// They don't get on with it.
    Stuck,
    /// From the beginning.
    Restart,
    /// The guide helped.
    Worked,
    /// It did not.
    Failed,
    /// They sign in with their company's credentials.
    Company,
    /// This one of a list.
    With(Handle),
    /// No longer this one.
    Without(Handle),
    /// This one of a few ways.
    Way(Way),
    /// Show a list from here on.
    From(usize),
    /// Show all of a list.
    All,
    /// What stands in the field may stay.
    Keep,
    /// What stands in it and in all after it may stay.
    KeepRest,
    /// The field is to be empty.
    Empty,
    /// Send it to those who may do it.
    Request,
    /// All is right.
    Confirm,
}

/// Why a step did not take what it was given. Nothing was changed, but that a form keeps what was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTaken {
    /// It is no answer to this step; it may be a question.
    NoAnswer,
    /// The text can't be taken.
    Text(NoText),
    /// It is no e-mail address.
    NoAddress,
    /// It is no address of a website.
    NoWebAddress,
    /// It is not the code that was sent.
    WrongCode {
        /// How many tries are left.
        left: u8,
    },
    /// These fields can't be taken.
    Form(Faults),
    /// Nobody, and nothing, on the list is called so.
    Nobody(String),
}

impl Flow {
    /// A flow that begins.
    #[must_use]
    pub fn begin(id: Ticket, place: Place, draft: Draft, now: DateTime<Utc>) -> Self {
        Self { id, place, begun: now, draft, state: FlowState::Going }
    }

    /// What it asks for now.
    #[must_use]
    pub fn step(&self) -> Step {
        match &self.draft {
            Draft::OpenCase(draft) => draft.step(),
            Draft::Writing(draft) => draft.step(),
            Draft::Address(draft) => draft.step(),
            Draft::Link(draft) => draft.step(),
            Draft::Walk(walk) => walk.step(),
            Draft::Reset(draft) => draft.step(),
            Draft::Account(draft) => draft.step(),
            Draft::RefuseRequest(draft) => draft.step(),
        }
    }

    /// Whether it waits for the person.
    #[must_use]
    pub fn is_going(&self) -> bool {
        self.state == FlowState::Going
    }

    /// Takes what the present step is given.
    pub fn give(&mut self, given: &Given, products: &[Product]) -> Result<(), NotTaken> {
        match &mut self.draft {
            Draft::OpenCase(draft) => draft.give(given, products),
            Draft::Writing(draft) => draft.give(given),
            Draft::Address(draft) => draft.give(given),
            Draft::Link(draft) => draft.give(given),
            Draft::Walk(walk) => walk.give(given),
            Draft::Reset(draft) => draft.give(given),
            Draft::Account(draft) => draft.give(given),
            Draft::RefuseRequest(draft) => draft.give(given),
        }
    }

    /// Asks for the last thing again; `false` where nothing was given yet.
    pub fn back(&mut self) -> bool {
        match &mut self.draft {
            Draft::OpenCase(draft) => draft.back(),
            Draft::Writing(draft) => draft.back(),
            Draft::Address(draft) => draft.back(),
            Draft::Link(draft) => draft.back(),
            Draft::Walk(walk) => walk.back(),
            Draft::Reset(draft) => draft.back(),
            Draft::Account(draft) => draft.back(),
            Draft::RefuseRequest(draft) => draft.back(),
        }
    }

    /// Whether there is something to go back to.
    #[must_use]
    pub fn can_go_back(&self) -> bool {
        self.clone().back()
    }
}
