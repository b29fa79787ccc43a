//! What is chosen from the menu of a message or of a person, where a platform has such menus.

use crate::chat::Input;
use crate::chat::text::cut;
use crate::chat::wish::{CaseWish, NewCase, StaffWish};
use crate::domain::Identity;

use super::slash::MOST_NAME;
use super::{Command, Needs};

/// The message or the person that a menu was opened on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// What the message says; none where it was opened on a person.
    pub text: Option<String>,
    /// The person, or whoever wrote the message.
    pub person: Identity,
    /// What the platform calls them.
    pub called: Option<String>,
    /// Whether that is a person at all, and no program.
    pub is_person: bool,
}

/// An entry of a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Opens a case with the words of a message.
    CaseFrom,
    /// Asks the words of a message.
    ArticleFor,
    /// Opens a case for whoever wrote a message, with its words.
    CaseForAuthor,
    /// Opens a case for a person.
    CaseForPerson,
}

impl Entry {
    /// All entries, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::CaseFrom, Self::ArticleFor, Self::CaseForAuthor, Self::CaseForPerson];

    /// What stands in the menu, and names the entry when it comes back.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CaseFrom => "Open a case from this",
            Self::ArticleFor => "Find an article for this",
            Self::CaseForAuthor | Self::CaseForPerson => "Open a case for this person",
        }
    }

    /// Whether it stands in the menu of a message, and not of a person.
    #[must_use]
    pub const fn is_of_a_message(self) -> bool {
        match self {
            Self::CaseFrom | Self::ArticleFor | Self::CaseForAuthor => true,
            Self::CaseForPerson => false,
        }
    }

    /// What it needs to be there.
    #[must_use]
    pub const fn needs(self) -> Needs {
        match self {
            Self::CaseFrom => Needs::Keeping,
            Self::ArticleFor => Needs::Nothing,
            Self::CaseForAuthor | Self::CaseForPerson => Needs::Staff,
        }
    }

    fn command(self, menu: &Menu) -> Command {
        let text = menu.text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let who = menu.is_person.then(|| menu.person.clone());
        let called = menu.called.clone();
        match self {
            Self::CaseFrom => Command::Case(CaseWish::Open(NewCase { text, ..NewCase::default() })),
            Self::ArticleFor => Command::Ask { question: text.unwrap_or_default(), product: None },
            Self::CaseForAuthor | Self::CaseForPerson => {
                Command::Staff(StaffWish::OpenFor { who, called, text })
            }
        }
    }
}

/// What somebody did who chose the entry with this name. Whatever a platform hands in is safe.
#[must_use]
pub fn menu(name: &str, menu: &Menu) -> Input {
    let fits = |entry: &Entry| entry.name() == name && entry.is_of_a_message() == menu.text.is_some();
    Input::Command(match Entry::ALL.into_iter().find(fits) {
        Some(entry) => entry.command(menu),
        None => Command::Unknown(cut(name.to_owned(), MOST_NAME).0),
    })
}
