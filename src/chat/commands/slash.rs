//! Commands as platforms offer them whose arguments are told apart: their words, their options, and what is meant by an answer to those.

use crate::chat::Input;
use crate::chat::text::{clean, cut};
use crate::domain::case::{CaseNumber, MOST_REASON, MOST_TEXT};

pub use super::menu::{Entry, Menu, menu};
use super::{COMMANDS, Command, Spec};

/// The most characters that are kept of the name of a command that is none.
pub(super) const MOST_NAME: usize = 80;

/// The words that begin several commands, with what these are about.
pub const GROUPS: [(&str, &str); 5] = [
    ("case", "Open a case, and see, change or close those you have."),
    ("contacts", "See and change the contacts of your company's account."),
    ("account", "See and change your company's account, or create one."),
    ("manage", "Change what is known of a case, and who sees it."),
    ("letters", "What the desk gave up after many tries, such as mail."),
];

/// A case, where the command can't do without.
pub(super) const CASE: SlashOption = must("case", "Which case.", Kind::Case);
/// As much as somebody may write.
pub(super) const LONG: Kind = Kind::Text { most: MOST_TEXT };
/// A remark of one line.
pub(super) const REASON: Kind = Kind::Text { most: MOST_REASON };

/// How a command is offered.
#[derive(Debug, Clone, Copy)]
pub struct Slash {
    /// Its words, one or two: the second is one of a [group](GROUPS).
    pub path: &'static [&'static str],
    /// What can be said with it, what it can't do without first.
    pub options: &'static [SlashOption],
    pub(super) make: Make,
}

/// Something that can be said with a command.
#[derive(Debug, Clone, Copy)]
pub struct SlashOption {
    /// Its name.
    pub name: &'static str,
    /// What it is, in one line.
    pub about: &'static str,
    /// Whether the command can't do without.
    pub required: bool,
    /// What is taken.
    pub kind: Kind,
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text {
        /// The most characters that make sense.
        most: usize,
    },
    /// A question; titles of articles are offered.
    Question,
    /// An article, by its number or id.
    Article,
    /// A product.
    Product,
    /// A case, by its number.
    Case,
    /// A contact of the account.
    Contact,
    /// A country.
    Country,
    /// A queue.
    Queue,
    /// Somebody who works for the desk.
    Agent,
    /// Somebody whom the platform knows, by their number there.
    Member,
    /// One of these names.
    Names(&'static [&'static str]),
    /// A number from 1 to 5.
    Score,
    /// A file. It comes with the turn, and nothing is said about it here.
    File,
}

/// How the values become a command.
#[derive(Debug, Clone, Copy)]
pub(super) enum Make {
    /// One after the other they are the argument that is typed elsewhere.
    Joined,
    /// What was said to each is needed by itself.
    Apart(fn(&Values<'_>) -> Option<Command>),
}

/// What was said to each option.
pub(super) struct Values<'a>(Vec<(&'a SlashOption, String)>);

impl Values<'_> {
    /// What was said to an option; none where nothing was.
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.iter().find(|(option, _)| option.name == name).map(|(_, value)| value.clone())
    }

    fn joined(&self) -> String {
        let words: Vec<&str> = self.0.iter().map(|(_, value)| value.as_str()).collect();
        words.join(" ")
    }
}

/// An option that the command can't do without.
pub(super) const fn must(name: &'static str, about: &'static str, kind: Kind) -> SlashOption {
    SlashOption { name, about, required: true, kind }
}

/// An option that may be left out.
pub(super) const fn may(name: &'static str, about: &'static str, kind: Kind) -> SlashOption {
    SlashOption { name, about, required: false, kind }
}

impl Slash {
    /// A command whose values, one after the other, are the argument that is typed elsewhere. Only the last of them may be left out.
    pub(super) const fn joined(path: &'static [&'static str], options: &'static [SlashOption]) -> Self {
        Self { path, options, make: Make::Joined }
    }

    /// A command that needs each value by itself.
    pub(super) const fn apart(
        path: &'static [&'static str],
        options: &'static [SlashOption],
        make: fn(&Values<'_>) -> Option<Command>,
    ) -> Self {
        Self { path, options, make: Make::Apart(make) }
    }

    /// How it is written: `/case reply case [text]`.
    #[must_use]
    pub fn usage(&self) -> String {
        let option = |option: &SlashOption| {
            if option.required { format!(" {}", option.name) } else { format!(" [{}]", option.name) }
        };
        format!("/{}{}", self.path.join(" "), self.options.iter().map(option).collect::<String>())
    }

    fn command(&self, spec: &'static Spec, said: &[(String, String)]) -> Command {
        let mut values = Values(Vec::new());
        for option in self.options.iter().filter(|option| option.kind != Kind::File) {
            let value = said.iter().find(|(name, _)| name == option.name).map(|(_, value)| clean(value));
            match value.filter(|value| !value.is_empty()) {
                Some(value) => match read(option.kind, value) {
                    Ok(value) => values.0.push((option, value)),
                    Err(command) => return command,
                },
                None if option.required => return Command::Incomplete(spec),
                None => {}
            }
        }
        let command = match self.make {
            Make::Joined => spec.command(&values.joined()),
            Make::Apart(make) => make(&values),
        };
        command.unwrap_or(Command::Incomplete(spec))
    }
}

/// A value as it is typed elsewhere; a command in its place where it can't be one.
fn read(kind: Kind, value: String) -> Result<String, Command> {
    match kind {
        Kind::Case => match CaseNumber::parse(&value) {
            Some(number) => Ok(number.to_string()),
            None => Err(Command::NoCase(value)),
        },
        Kind::Member if value.bytes().all(|b| b.is_ascii_digit()) => Ok(format!("discord:{value}")),
        Kind::Text { .. }
        | Kind::Question
        | Kind::Article
        | Kind::Product
        | Kind::Contact
        | Kind::Country
        | Kind::Queue
        | Kind::Agent
        | Kind::Member
        | Kind::Names(_)
        | Kind::Score
        | Kind::File => Ok(value),
    }
}

/// All commands that are offered, in the order of help.
pub fn offered() -> impl Iterator<Item = (&'static Spec, &'static Slash)> {
    COMMANDS.into_iter().filter_map(|spec| Some((spec, spec.slash.as_ref()?)))
}

/// What somebody did who used the command of these words, with what they said to its options. Whatever a platform hands in is safe.
#[must_use]
pub fn input(path: &[&str], options: &[(String, String)]) -> Input {
    Input::Command(match offered().find(|(_, slash)| slash.path == path) {
        Some((spec, slash)) => slash.command(spec, options),
        None => Command::Unknown(cut(path.join(" "), MOST_NAME).0),
    })
}

/// What an option of a command takes; `None` for one that is not offered.
#[must_use]
pub fn completes(path: &[&str], option: &str) -> Option<Kind> {
    let (_, slash) = offered().find(|(_, slash)| slash.path == path)?;
    slash.options.iter().find(|own| own.name == option).map(|own| own.kind)
}
