//! All that a person can ask for.

use crate::domain::case::CaseNumber;
use crate::domain::{CountryCode, Handle};

use super::commands::Spec;
use super::wish::{AccountWish, CaseWish, FlowWish, GuideWish, IdentityWish, NewsWish, StaffWish};
use super::{QuestionRef, ServerWish, Ticket};

/// What a person asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Nothing: the text was empty. It is not answered.
    Nothing,
    /// Something that the articles may answer.
    Question(Question),
    /// "Not what I need": the next best answer.
    NextBest(Onward),
    /// What else was found.
    More(Onward),
    /// An article.
    Article(Name),
    /// All of an article, however long.
    Whole(Whole),
    /// Which products there are.
    Products,
    /// From now on only answers about this product.
    ChooseProduct(Name),
    /// From now on answers about all products.
    AllProducts,
    /// Which numbers there are to call.
    PhoneNumbers,
    /// The number to call in this country.
    PhoneNumber(Country),
    /// How to reach a person.
    Person,
    /// What one can say here.
    Help,
    /// How to ask so that more is found.
    Rephrase,
    /// Say whether an answer solved it.
    Vote {
        /// Which answer of the person's.
        answer: Ticket,
        /// The place of the result among its results.
        at: usize,
        /// Whether it did.
        solved: bool,
    },
    /// The same about the answer that was shown last.
    VoteLast {
        /// Whether it did.
        solved: bool,
    },
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
    /// Choose a new password in place of a forgotten one.
    Password {
        /// The address, as it was typed; to be asked where it is not said.
        address: Option<String>,
    },
    /// Something about an account.
    Account(AccountWish),
    /// Ask a question, which is not said yet.
    Ask,
    /// Go on in private with what was said in public.
    InPrivate(Ticket),
    /// See an answer that could not be shown in private before.
    Kept(Ticket),
    /// Something about the server that they are on.
    Server(ServerWish),
    /// Say something in the room of a case.
    InRoom {
        /// The case.
        case: CaseNumber,
        /// What; nothing where only files were sent.
        text: String,
    },
    /// Change what was said there, or take it back.
    Correct {
        /// The id of the turn in which it was said.
        of: String,
        /// What it says now.
        text: Option<String>,
    },
    /// Something about a case, but what was typed is no case number.
    NoCase(String),
    /// No question at all.
    SmallTalk(SmallTalk),
    /// A command without what it needs.
    Incomplete(&'static Spec),
    /// `/something` that is no command.
    UnknownCommand {
        /// The word, without its slash.
        typed: String,
    },
    /// A button that this desk never made.
    UnknownChoice,
}

impl Intent {
    /// What is wanted of an account, where that is what is asked for; else the same again.
    pub fn account(self) -> Result<AccountWish, Box<Self>> {
        if let Self::Account(wish) = self { Ok(wish) } else { Err(Box::new(self)) }
    }
}

/// Something to be answered from the articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// As the person typed it, without control characters.
    pub text: String,
    /// The product that it was asked about with a command; none when none was given.
    pub product: Option<Name>,
    /// Whether the person wrote more than is read.
    pub cut: bool,
}

/// Which question's results are to go on, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Onward {
    /// The last question of the conversation, from where it stands.
    Last,
    /// The question that a button names.
    Of {
        /// Which question.
        question: QuestionRef,
        /// How many results come before.
        skip: usize,
    },
}

/// Which article is to be shown whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whole {
    /// The one that was shown last.
    Last,
    /// This one.
    Of(Name),
}

/// How an article or a product was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// In the person's own words: an id, a number, a name.
    Typed(String),
    /// By a button.
    Handle(Handle),
}

/// How a country was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Country {
    /// In the person's own words.
    Typed(String),
    /// By a button.
    Code(CountryCode),
}

/// What people say that is no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmallTalk {
    /// "hi"
    Greeting,
    /// "thanks"
    Thanks,
    /// "bye"
    Farewell,
}
