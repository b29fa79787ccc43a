//! The flow of proving that an e-mail address is one's own: the address, and the code that was sent there.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::MailAddress;

use super::{Given, NotTaken, Step};

/// How long a code can be used.
pub const CODE_LASTS: TimeDelta = TimeDelta::minutes(10);
/// How often a code may be guessed.
pub const MOST_GUESSES: u8 = 3;
/// How many codes one flow sends.
pub const MOST_CODES: u8 = 3;

/// What was said so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// The address.
    pub address: Option<MailAddress>,
    /// The code that was sent there.
    pub code: Option<SentCode>,
    /// How many codes were sent in this flow.
    pub sent: u8,
    /// What was typed as the code and waits to be compared; it is never kept.
    #[serde(skip)]
    pub typed: Option<String>,
    /// Whether the code was right.
    pub proved: bool,
}

/// A code on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentCode {
    /// Which of the codes of this flow it is; the code itself is derived and never kept.
    pub generation: u8,
    /// Until when it can be used.
    pub until: DateTime<Utc>,
    /// How often it was guessed wrong.
    pub guesses: u8,
}

impl Address {
    /// An address to prove, if one was given with the wish.
    #[must_use]
    pub fn of(address: Option<MailAddress>) -> Self {
        Self { address, ..Self::default() }
    }

    pub(super) fn step(&self) -> Step {
        match (&self.address, self.proved) {
            (None, _) => Step::Address,
            (Some(_), false) => Step::Code,
            (Some(_), true) => Step::Ready,
        }
    }

    pub(super) fn give(&mut self, given: &Given) -> Result<(), NotTaken> {
        match (self.step(), given) {
            (Step::Address, Given::Text(text)) => {
                self.address = Some(MailAddress::parse(text).map_err(|_| NotTaken::NoAddress)?);
                self.code = None;
            }
            // Whether it is right, only who has the desk's key can tell.
            (Step::Code, Given::Text(text)) => self.typed = Some(text.clone()),
            (
                Step::Address
                | Step::Code
                | Step::Walk(_)
                | Step::Reset(_)
                | Step::Account(_)
                | Step::Ready
                | Step::WhichCase
                | Step::Text { .. }
                | Step::Files
                | Step::Articles(_)
                | Step::Similar(_)
                | Step::Product,
                Given::Text(_) | Given::Fields(_) | Given::Pick(_) | Given::Files,
            ) => return Err(NotTaken::NoAnswer),
        }
        Ok(())
    }

    pub(super) fn back(&mut self) -> bool {
        if self.proved || self.address.is_none() {
            return false;
        }
        self.address = None;
        self.code = None;
        true
    }
}
