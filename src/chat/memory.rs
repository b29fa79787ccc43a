//! What a conversation remembers between two turns.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::domain::account::OrgId;
use crate::domain::case::CaseNumber;
use crate::domain::{ArticleId, Digest, ProductId};

use super::{QuestionRef, Ticket, Wording};

/// How many questions are kept: the buttons of that many answers work when a question is too long for its buttons.
const MOST_QUESTIONS: usize = 8;
/// How much of what was said in public is held.
const MOST_HELD: usize = 4;

/// The memory of one conversation. An empty one is a conversation that begins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// Which products questions are about.
    pub scope: Scope,
    /// The article that was shown last.
    pub article: Option<ArticleId>,
    /// The case that was last spoken of.
    pub case: Option<CaseNumber>,
    /// The account that they speak of; chosen once, where they are a contact of several.
    pub org: Option<OrgId>,
    /// The last questions, newest last.
    questions: VecDeque<Asked>,
    /// What was said in public and is to be gone on with in private, newest last.
    held: VecDeque<Held>,
}

/// Something that was said in public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Held {
    id: Ticket,
    text: String,
}

/// Which products questions are about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// What the operator has set.
    #[default]
    Usual,
    /// All of them; the person wants it so.
    All,
    /// The one that the person chose.
    Only(ProductId),
}

/// A question that was answered, and how far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What was asked.
    pub text: String,
    /// The product that the answer was limited to.
    pub product: Option<ProductId>,
    /// The place of the answer that was shown last, counted from 0.
    pub at: usize,
    /// How many results were shown or named.
    pub seen: usize,
    /// The name of the answer, where answers are kept: votes are about it.
    #[serde(default)]
    pub answer: Option<Ticket>,
}

impl Memory {
    /// Keeps a question as the last one. The oldest is forgotten when there are too many.
    pub fn remember(&mut self, asked: Asked) {
        self.questions.retain(|other| other.text != asked.text || other.product != asked.product);
        self.questions.push_back(asked);
        while self.questions.len() > MOST_QUESTIONS {
            self.questions.pop_front();
        }
    }

    /// The last question.
    #[must_use]
    pub fn last(&self) -> Option<&Asked> {
        self.questions.back()
    }

    /// Holds what was said in public. The oldest is forgotten when there is too much.
    pub fn hold(&mut self, id: Ticket, text: &str) {
        self.held.retain(|held| held.id != id);
        self.held.push_back(Held { id, text: text.to_owned() });
        while self.held.len() > MOST_HELD {
            self.held.pop_front();
        }
    }

    /// What is held under this name.
    #[must_use]
    pub fn held(&self, id: Ticket) -> Option<&str> {
        self.held.iter().find(|held| held.id == id).map(|held| held.text.as_str())
    }

    /// The names of the answers that were given, the oldest first.
    pub fn answers(&self) -> impl Iterator<Item = Ticket> {
        self.questions.iter().filter_map(|asked| asked.answer)
    }

    /// A question that is still remembered.
    #[must_use]
    pub fn recall(&self, text: &str, product: Option<&ProductId>) -> Option<&Asked> {
        self.questions.iter().find(|asked| asked.text == text && asked.product.as_ref() == product)
    }

    /// The text of the question that a button names; `None` when it was too long for the button and is forgotten.
    #[must_use]
    pub fn text_of(&self, question: &QuestionRef) -> Option<String> {
        match question.wording() {
            Wording::Text(text) => Some(text.clone()),
            Wording::Digest(digest) => {
                let mut texts = self.questions.iter().rev().map(|asked| &asked.text);
                texts.find(|text| Digest::of(text) == *digest).cloned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Asked {
        Asked { text: text.to_owned(), product: None, at: 0, seen: 3, answer: None }
    }

    #[test]
    fn the_last_questions_are_remembered_and_older_ones_forgotten() {
        let long = |n: usize| format!("question {n} {}", "and more ".repeat(20));
        let mut memory = Memory::default();
        for n in 0..10 {
            memory.remember(asked(&long(n)));
        }
        memory.remember(Asked { at: 1, ..asked(&long(5)) });
        assert_eq!(memory.last().map(|a| (a.text.clone(), a.at)), Some((long(5), 1)));
        let text_of = |n| memory.text_of(&QuestionRef::new(&long(n), None));
        assert_eq!(text_of(9), Some(long(9)));
        assert_eq!(text_of(0), None);
        assert_eq!(memory.text_of(&QuestionRef::new("short", None)).as_deref(), Some("short"));
        assert_eq!(memory.questions.len(), MOST_QUESTIONS);
    }

    #[test]
    fn a_memory_from_an_older_desk_can_be_read() {
        assert_eq!(serde_json::from_str::<Memory>("{}").unwrap(), Memory::default());
    }
}
