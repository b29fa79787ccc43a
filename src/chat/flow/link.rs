//! The flow of linking a chat to the person whose it is: they prove their address with a code, or sign in on a page and type the code
//! that it shows.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Identity, PersonId};

use super::{Address, Given, MOST_GUESSES, NotTaken, Step};

/// What was said so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The chat that is to be linked: by it the flow was begun.
    pub chat: Identity,
    /// The proof by mail.
    #[serde(default)]
    pub proof: Address,
    /// Who signed in on the page and says that the chat is theirs. It counts for nothing until the code is typed here.
    #[serde(default)]
    pub claim: Option<Claim>,
    /// How many codes the page showed.
    #[serde(default)]
    pub claims: u8,
    /// Whom the typed code proved; it is never kept.
    #[serde(skip)]
    pub to: Option<PersonId>,
}

/// Somebody's word that a chat is theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Whose.
    pub person: PersonId,
    /// Which of the codes of this flow the page showed; the code itself is derived and never kept.
    pub generation: u8,
    /// Until when it can be used.
    pub until: DateTime<Utc>,
    /// How often it was guessed wrong.
    pub guesses: u8,
}

impl Link {
    /// Linking a chat, to whoever has an address if one was given with the wish.
    #[must_use]
    pub fn of(chat: Identity, proof: Address) -> Self {
        Self { chat, proof, claim: None, claims: 0, to: None }
    }

    /// The code that the page shows now counts, where one does.
    #[must_use]
    pub fn claimed(&self, now: DateTime<Utc>) -> Option<&Claim> {
        self.claim.as_ref().filter(|claim| claim.until > now)
    }

    /// A code was guessed wrong, whichever was meant: no more guesses for having two.
    pub fn guessed(&mut self) {
        let more = self.claim.take().map(|claim| Claim { guesses: claim.guesses.saturating_add(1), ..claim });
        self.claim = more.filter(|claim| claim.guesses < MOST_GUESSES);
    }

    pub(super) fn step(&self) -> Step {
        if self.to.is_some() { Step::Ready } else { self.proof.step() }
    }

    pub(super) fn give(&mut self, given: &Given) -> Result<(), NotTaken> {
        match (self.step(), given) {
            // Whoever signed in instead needs no address.
            (Step::Address, Given::Text(text)) if self.claim.is_some() && is_code(text) => {
                self.proof.typed = Some(text.clone());
                Ok(())
            }
            (_, given) => self.proof.give(given),
        }
    }

    pub(super) fn back(&mut self) -> bool {
        self.to.is_none() && self.proof.back()
    }
}

/// Whether a text can only be a code.
fn is_code(text: &str) -> bool {
    let is_between = |c: char| c.is_whitespace() || c == '-';
    text.chars().any(|c| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || is_between(c))
}
