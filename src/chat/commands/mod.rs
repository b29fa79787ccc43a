//! The one table of commands: the parser reads by it, help is made from it, and so the two can't drift apart.

mod accounts;
mod articles;
mod cases;
mod contacts;
mod flows;
mod guides;
mod identity;
mod letters;
mod menu;
mod news;
mod opening;
mod password;
mod servers;
pub mod slash;
#[cfg(test)]
mod slash_tests;
mod staff;

pub use articles::{ARTICLE, ASK, HELP, MORE, NEXT, PERSON, PHONE, PRODUCT, WHOLE};
pub use contacts::about_somebody;
pub use news::NOTIFY;
pub use opening::opening;

use super::flow::WritingKind;
use super::wish::{AccountWish, CaseWish, FlowWish, GuideWish, IdentityWish, NewsWish, StaffWish};
use crate::chat::ServerWish;
use crate::domain::case::CaseNumber;
use slash::Slash;

/// A command with its arguments, as a person gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Answer a question.
    Ask {
        /// What is asked.
        question: String,
        /// Only from the articles of this product: its id or name.
        product: Option<String>,
    },
    /// Open an article.
    Article {
        /// Its number or id.
        name: String,
    },
    /// Show all of an article.
    Whole {
        /// Its number or id; none for the one that was shown last.
        name: Option<String>,
    },
    /// Show the next best answer.
    Next,
    /// List what else was found.
    More,
    /// Choose a product, or list them.
    Product {
        /// Its id or name, or "all"; none to list them.
        name: Option<String>,
    },
    /// Name the numbers to call.
    Phone {
        /// In which country, as people call it; none for all.
        country: Option<String>,
    },
    /// Say how to reach a person.
    Person,
    /// Explain what one can say.
    Help,
    /// Something about one's cases.
    Case(CaseWish),
    /// Something that staff do.
    Staff(StaffWish),
    /// Something about what was begun.
    Flow(FlowWish),
    /// Something about news.
    News(NewsWish),
    /// Something about one's chats and sessions.
    Identity(IdentityWish),
    /// Be walked through a procedure.
    Guide(GuideWish),
    /// Choose a new password.
    Password {
        /// The address that one signs in with; to be asked where it is not said.
        address: Option<String>,
    },
    /// Something about an account.
    Account(AccountWish),
    /// Something about the server that they are on.
    Server(ServerWish),
    /// Something about a case, but this is no case number.
    NoCase(String),
    /// A command without what it needs.
    Incomplete(&'static Spec),
    /// This is no command.
    Unknown(String),
}

/// What may follow a command's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    None,
    /// Something that it can't do without.
    Required(&'static str),
    /// Something that may be left out.
    Optional(&'static str),
}

/// What a command needs to be there; without it, it is neither understood nor explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// A desk that keeps what it is told.
    Keeping,
    /// Somebody who works for the desk.
    Staff,
    /// A server that one manages: nobody types it, only a platform that has servers offers it.
    Managing,
}

/// How a command is called and what it does.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Its name, without the slash.
    pub name: &'static str,
    /// Other names that work as well.
    pub aliases: &'static [&'static str],
    /// What it needs to be there.
    pub needs: Needs,
    /// What may follow.
    pub argument: Argument,
    /// What it does, in one line.
    pub about: &'static str,
    /// How it may look.
    pub example: &'static str,
    /// What people say instead when they say nothing else; as [`fold`](super::text::fold) writes it.
    pub phrases: &'static [&'static str],
    /// How platforms offer it that tell arguments apart; none for what has a button wherever it makes sense.
    pub slash: Option<Slash>,
    make: fn(Option<String>) -> Option<Command>,
}

impl PartialEq for Spec {
    fn eq(&self, other: &Self) -> bool {
        // Names are unique in the table.
        self.name == other.name
    }
}

impl Eq for Spec {}

impl Spec {
    /// The command with what follows its name; `None` when something is missing.
    #[must_use]
    pub fn command(&self, argument: &str) -> Option<Command> {
        let argument = argument.trim();
        (self.make)((!argument.is_empty()).then(|| argument.to_owned()))
    }

    /// How it is written: `/article NUMBER`.
    #[must_use]
    pub fn usage(&self) -> String {
        match self.argument {
            Argument::None => format!("/{}", self.name),
            Argument::Required(what) => format!("/{} {what}", self.name),
            Argument::Optional(what) => format!("/{} [{what}]", self.name),
        }
    }

    /// Whether this is one of its names.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        std::iter::once(&self.name).chain(self.aliases).any(|own| own.eq_ignore_ascii_case(name))
    }
}

/// All commands, in the order of help.
pub static COMMANDS: [&Spec; 65] = [
    &ASK,
    &ARTICLE,
    &WHOLE,
    &NEXT,
    &MORE,
    &PRODUCT,
    &PHONE,
    &guides::GUIDE,
    &PERSON,
    &cases::OPEN,
    &cases::CASES,
    &cases::CASE,
    &cases::REPLY,
    &cases::FILE,
    &cases::CLOSE,
    &cases::PRIORITY,
    &cases::RATE,
    &cases::TRANSCRIPT,
    &contacts::CONTACTS,
    &contacts::ADD,
    &contacts::EDIT,
    &contacts::REMOVE,
    &contacts::SECURITY,
    &contacts::RESTRICT,
    &contacts::REQUESTS,
    &accounts::ACCOUNT,
    &accounts::COMPANY,
    &accounts::MODEL,
    &accounts::RENEWALS,
    &accounts::CREATE,
    &accounts::LOG,
    &news::NOTIFY,
    &news::MAIL,
    &password::PASSWORD,
    &identity::LINK,
    &identity::LINKS,
    &identity::UNLINK,
    &identity::SIGN_OUT,
    &flows::CONTINUE,
    &flows::BACK,
    &flows::SKIP,
    &flows::CANCEL,
    &staff::QUEUE,
    &staff::MINE,
    &staff::TAKE,
    &staff::ANSWER,
    &staff::NOTE,
    &staff::SOLVE,
    &staff::ASSIGN,
    &staff::WAIT,
    &staff::REOPEN,
    &staff::MOVE,
    &staff::RENAME,
    &staff::TAG,
    &staff::UNTAG,
    &staff::LINK,
    &staff::UNLINK,
    &staff::FOLLOW,
    &staff::UNFOLLOW,
    &letters::DEAD,
    &letters::RETRY,
    &letters::DISCARD,
    &servers::SETUP,
    &servers::PANEL,
    &HELP,
];

/// The command with this name, without its slash; case does not matter.
#[must_use]
pub fn named(name: &str) -> Option<&'static Spec> {
    COMMANDS.into_iter().find(|spec| spec.is_called(name))
}

/// The command that a folded phrase means when nothing else is said.
#[must_use]
pub fn meant_by(phrase: &str) -> Option<&'static Spec> {
    COMMANDS.into_iter().find(|spec| spec.phrases.contains(&phrase))
}

/// The first word of a text, and what follows it.
fn split(text: &str) -> (&str, Option<String>) {
    let (first, rest) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
    let rest = rest.trim();
    // "case 42" is a number of two words.
    if first.eq_ignore_ascii_case("case") && !rest.is_empty() {
        return split(rest);
    }
    (first, (!rest.is_empty()).then(|| rest.to_owned()))
}

/// What is wanted of the case whose number comes first, with what follows it.
fn numbered(text: &str, wish: impl Fn(CaseNumber, Option<String>) -> Option<CaseWish>) -> Option<Command> {
    let (first, rest) = split(text);
    match CaseNumber::parse(first) {
        Some(number) => wish(number, rest).map(Command::Case),
        None => Some(Command::NoCase(first.to_owned())),
    }
}

/// The command that is meant whatever a flow's step takes: going back, giving up, leaving out, and what nobody says as an answer.
#[must_use]
pub fn steering(phrase: &str) -> Option<&'static Spec> {
    let steering = [
        &flows::BACK,
        &flows::CANCEL,
        &flows::SKIP,
        &flows::CONTINUE,
        &cases::OPEN,
        &cases::CASES,
        &HELP,
        &PERSON,
    ];
    steering.into_iter().find(|spec| spec.phrases.contains(&phrase))
}

/// Files, with what was said with them.
#[must_use]
pub fn file(text: &str) -> Command {
    let (first, rest) = split(text);
    let (case, text) = match CaseNumber::parse(first) {
        Some(case) => (Some(case), rest),
        None => (None, (!text.is_empty()).then(|| text.to_owned())),
    };
    Command::Case(CaseWish::Write { kind: WritingKind::Files, case, text })
}

/// Whether a text begins with a case's number.
#[must_use]
pub fn begins_with_case(text: &str) -> bool {
    CaseNumber::parse(split(text).0).is_some()
}
