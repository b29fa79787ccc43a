//! What people and staff want of cases, flows and news: the same whether it was typed, pressed or chosen from a menu.

use crate::domain::account::{OrgId, Procedure, RequestId};
use crate::domain::case::{CaseNumber, Priority, QueueId, Score, Subject, Tag};
use crate::domain::{Digest, Identity, JobKey, Notify};

use super::flow::{Pick, Way, WritingKind};
use super::{Name, Ticket};

/// What a person wants of their cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseWish {
    /// Open one.
    Open(NewCase),
    /// List their own, those before this one; for staff not the queue, but their own, too.
    List {
        /// Those before this one.
        before: Option<CaseNumber>,
    },
    /// Find cases by words and fields.
    Find {
        /// As it was typed.
        query: String,
    },
    /// Show one.
    Show(CaseNumber),
    /// Say how their case is: the only one, or the list.
    HowIsIt,
    /// Write something in one.
    Write {
        /// What it is to be.
        kind: WritingKind,
        /// In which; to be asked where it is not said.
        case: Option<CaseNumber>,
        /// What; to be asked where it is not said.
        text: Option<String>,
    },
    /// Say how much it matters; to be asked where it is not said.
    Prioritise(CaseNumber, Option<Priority>),
    /// Say how content they were; to be asked where it is not said.
    Rate(CaseNumber, Option<Score>),
    /// Take the transcript.
    Transcript(CaseNumber, Format),
}

/// What is said of a case together with the wish to open it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewCase {
    /// What is the matter, where they said so.
    pub text: Option<String>,
    /// The answer that did not help, where it began with one.
    pub answer: Option<Ticket>,
    /// The case that was closed too long ago to go on with.
    pub follows: Option<CaseNumber>,
    /// The product, by its id or name.
    pub product: Option<String>,
    /// The queue.
    pub queue: Option<QueueId>,
    /// The guide in which they got stuck.
    pub guide: Option<Ticket>,
}

/// How a transcript is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// A page.
    Html,
    /// For programs.
    Json,
}

impl Format {
    /// Its name in a command and a button's id.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Json => "json",
        }
    }

    /// The format with this name; case does not matter.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Text, Self::Html, Self::Json]
            .into_iter()
            .find(|format| format.name().eq_ignore_ascii_case(name))
    }
}

/// What staff want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffWish {
    /// What waits, in one queue or in all.
    Queue(Option<QueueId>),
    /// What they have themselves.
    Mine,
    /// Do something to a case.
    Do(CaseNumber, StaffVerb),
    /// Open a case on somebody's behalf.
    OpenFor {
        /// Whose it is to be; none where that is no person.
        who: Option<Identity>,
        /// What the platform calls them.
        called: Option<String>,
        /// What is the matter; to be asked where it is not said.
        text: Option<String>,
    },
    /// What was given up after many tries.
    DeadLetters,
    /// Have it tried again.
    Retry(JobKey),
    /// Give it up for good.
    Discard(JobKey),
}

/// What staff do to a case without writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffVerb {
    /// Take it.
    Take,
    /// Give it to somebody, as they are called; "me" and "nobody" work, too.
    Assign(String),
    /// Wait for somebody else.
    WaitForThirdParty(Option<String>),
    /// Go on with it.
    Reopen,
    /// Put it into another queue.
    Move(QueueId),
    /// Say better what it is about.
    Rename(Subject),
    /// File it.
    Tag(Tag),
    /// Take a tag away.
    Untag(Tag),
    /// Note that it has to do with another one.
    Link(CaseNumber),
    /// Take that back.
    Unlink(CaseNumber),
    /// Have somebody hear of it, as they are called.
    Follow(String),
    /// No longer.
    Unfollow(String),
}

/// What a person wants of a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlowWish {
    /// Say this to the flow that goes on here.
    Say(String),
    /// Send the files that came with the turn.
    Files,
    /// Fill in the form of a step.
    Fill {
        /// Of which flow.
        flow: Ticket,
        /// The step's name.
        step: String,
        /// What was filled in, by the fields' names.
        fields: Vec<(String, String)>,
    },
    /// Press a button of a step.
    Pick {
        /// Of which flow.
        flow: Ticket,
        /// The step's name.
        step: String,
        /// Which button.
        pick: Pick,
    },
    /// Say nothing to what may be left out, in the flow that goes on here.
    Skip,
    /// Go back a step, in this flow or the one that goes on here.
    Back(Option<Ticket>),
    /// Give it up.
    Cancel(Option<Ticket>),
    /// Go on with it; the list where several wait.
    Continue(Option<Ticket>),
    /// Send the code again.
    Resend(Ticket),
}

/// What a person wants of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewsWish {
    /// See how they hear of news.
    Show,
    /// Hear of them in this way.
    Set(Notify),
    /// Have an address; to be asked where it is not said.
    Address(Option<String>),
    /// Have none any more.
    NoAddress,
}

/// What a person wants of the chats by which they come, and of their sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentityWish {
    /// Link this chat to whoever has this address; to be asked where it is not said.
    Link(Option<String>),
    /// See what is linked, and where they are signed in.
    List,
    /// Unlink this chat.
    UnlinkThis,
    /// Unlink the one with this fingerprint.
    Unlink(Digest),
    /// Sign out everywhere; to be asked once whether that is meant.
    SignOut {
        /// Whether it is meant.
        sure: bool,
    },
}

/// What a person wants of guides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuideWish {
    /// See which there are, about one product or about all.
    List {
        /// The product.
        product: Option<Name>,
        /// How many were shown before.
        skip: usize,
    },
    /// Be walked through one of an article.
    Start {
        /// The article.
        article: Name,
        /// Which of its guides, the first being 0; to be asked where it has several.
        guide: Option<usize>,
    },
    /// Be walked through what these words are about.
    Through(String),
}

/// What a person wants of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountWish {
    /// Which; to be asked where it is not said and they are a contact of several.
    pub org: Option<OrgId>,
    /// What.
    pub what: AccountAsk,
    /// What they typed, where it may be a question as well: whoever is on no account asks how it is done.
    pub said: Option<String>,
}

/// What is wanted of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountAsk {
    /// See it.
    Show,
    /// See its contacts, those after so many.
    Contacts {
        /// Only those who are called so.
        words: Option<String>,
        /// How many were shown before.
        skip: usize,
    },
    /// See who changed what and when, the newest first.
    Log {
        /// Only what came before this entry.
        before: Option<u64>,
    },
    /// See the requests that wait, those after so many.
    Requests {
        /// How many were shown before.
        skip: usize,
    },
    /// Make the change that somebody asked for.
    Approve(RequestId),
    /// Don't make it.
    Refuse(RequestId),
    /// Change it.
    Begin {
        /// How.
        procedure: Procedure,
        /// Whom it is about, as they are called; to be asked where it is not said.
        who: Option<String>,
        /// What they are to be.
        way: Option<Way>,
    },
}

impl AccountAsk {
    /// The wish to do something, of which nothing else is said.
    #[must_use]
    pub const fn begin(procedure: Procedure) -> Self {
        Self::Begin { procedure, who: None, way: None }
    }

    /// The same as a wish, of whichever account they are a contact of.
    #[must_use]
    pub const fn anywhere(self) -> AccountWish {
        AccountWish { org: None, what: self, said: None }
    }
}
