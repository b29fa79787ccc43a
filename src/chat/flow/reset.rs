//! The flow of a forgotten password: the address, the link that is sent there, and what helps where it does not come. The password itself
//! is typed on the page behind the link and nowhere else: whatever is typed here and is no answer may be one, and nothing of it is kept.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::chat::{forgotten, looks_like_question, secret};
use crate::domain::MailAddress;
use crate::domain::account::WebAddress;

use super::super::text::fold;
use super::{Given, NotTaken, Pick, Step};

/// How many links one flow sends.
pub const MOST_LINKS: u8 = 3;

/// What was said so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reset {
    /// The address.
    pub address: Option<MailAddress>,
    /// Where it stands.
    pub at: ResetAt,
    /// Until when the last link works.
    pub until: Option<DateTime<Utc>>,
    /// How many links were sent.
    pub sent: u8,
    /// Whether they saw what to check where no mail comes.
    pub checked: bool,
    /// What is to be done next; it is done at once and never kept.
    #[serde(skip)]
    pub wish: Option<ResetWish>,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResetAt {
    /// The address is asked for.
    #[default]
    Address,
    /// A link was sent.
    Sent,
    /// They did not get it, and are told what to check.
    List,
    /// Their company's sign-in URL is asked for.
    Company,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResetWish {
    /// Send a link.
    Send,
    /// Say that no password is typed here: what was typed may have been one.
    Advise,
    /// Say where their company signs in; none where they don't know it.
    Company(Option<WebAddress>),
    /// Open a case.
    Case,
    /// Nothing more: they have a new password.
    End,
}

impl Reset {
    /// The beginning, perhaps with the address.
    #[must_use]
    pub fn of(address: Option<MailAddress>) -> Self {
        let wish = address.is_some().then_some(ResetWish::Send);
        Self { address, wish, ..Self::default() }
    }

    pub(super) fn step(&self) -> Step {
        Step::Reset(self.at)
    }

    pub(super) fn give(&mut self, given: &Given) -> Result<(), NotTaken> {
        let text = match given {
            Given::Pick(pick) => return self.pick(pick),
            Given::Files | Given::Fields(_) => return Err(NotTaken::NoAnswer),
            Given::Text(text) => text,
        };
        if let Some(pick) = said(text, self.at) {
            return self.pick(&pick);
        }
        if self.at == ResetAt::Company
            && let Ok(url) = WebAddress::parse(text)
        {
            self.wish = Some(ResetWish::Company(Some(url)));
        } else if let Some(address) = address_in(text) {
            self.address = Some(address);
            self.wish = Some(ResetWish::Send);
        } else if is_said_besides(text) {
            return Err(NotTaken::NoAnswer);
        } else if self.at == ResetAt::Company && !secret::looks_secret(text) {
            return Err(NotTaken::NoWebAddress);
        } else {
            self.wish = Some(ResetWish::Advise);
        }
        Ok(())
    }

    fn pick(&mut self, pick: &Pick) -> Result<(), NotTaken> {
        match (pick, self.at) {
            (Pick::Company, ResetAt::Address | ResetAt::Sent | ResetAt::List) => self.at = ResetAt::Company,
            (Pick::Skip, ResetAt::Company) => self.wish = Some(ResetWish::Company(None)),
            (Pick::Stuck, ResetAt::Sent) => {
                self.at = ResetAt::List;
                self.checked = true;
            }
            (Pick::Restart, ResetAt::Sent | ResetAt::List) => self.at = ResetAt::Address,
            (Pick::Worked, ResetAt::Sent | ResetAt::List) => self.wish = Some(ResetWish::End),
            (Pick::Failed, ResetAt::List) => self.wish = Some(ResetWish::Case),
            (
                Pick::Company
                | Pick::Skip
                | Pick::Stuck
                | Pick::Restart
                | Pick::Worked
                | Pick::Failed
                | Pick::Next
                | Pick::Neither
                | Pick::Solved(_)
                | Pick::Same
                | Pick::Another
                | Pick::Product(_)
                | Pick::NoProduct
                | Pick::Case(_)
                | Pick::With(_)
                | Pick::Without(_)
                | Pick::Way(_)
                | Pick::From(_)
                | Pick::All
                | Pick::Keep
                | Pick::KeepRest
                | Pick::Empty
                | Pick::Request
                | Pick::Confirm,
                ResetAt::Address | ResetAt::Sent | ResetAt::List | ResetAt::Company,
            ) => return Err(NotTaken::NoAnswer),
        }
        Ok(())
    }

    /// Sends a link again to the same address.
    pub fn again(&mut self) {
        if self.address.is_some() {
            self.wish = Some(ResetWish::Send);
        }
    }

    pub(super) fn back(&mut self) -> bool {
        self.at = match self.at {
            ResetAt::Address => return false,
            ResetAt::Company if self.sent == 0 => ResetAt::Address,
            ResetAt::List | ResetAt::Company => ResetAt::Sent,
            ResetAt::Sent => ResetAt::Address,
        };
        true
    }
}

/// The one address in a text. One without a dot behind the @ may be a password with an @ in it, and nobody has such an address.
fn address_in(text: &str) -> Option<MailAddress> {
    let is_sign = |c: char| matches!(c, ',' | ';' | '.' | '<' | '>' | '"' | '(' | ')');
    let parsed =
        text.split_whitespace().filter_map(|word| MailAddress::parse(word.trim_matches(is_sign)).ok());
    let mut found = parsed.filter(|address| address.domain().contains('.'));
    let only = found.next()?;
    (found.next().is_none() && !text.contains('\n')).then_some(only)
}

/// What is said besides: a question, the wish that began it, a word in passing. It is nobody's password.
fn is_said_besides(text: &str) -> bool {
    let is_asked = looks_like_question(text) || forgotten::wants_reset(text);
    (is_asked && secret::masked(text).is_none())
        || matches!(
            fold(text).as_str(),
            "" | "ok"
                | "okay"
                | "yes"
                | "no"
                | "thanks"
                | "thank you"
                | "thx"
                | "hi"
                | "hello"
                | "hey"
                | "bye"
                | "wait"
                | "one moment"
        )
}

/// What is said instead of pressing a button.
fn said(text: &str, at: ResetAt) -> Option<Pick> {
    let folded = fold(text);
    let is_about = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let is_short = folded.chars().count() <= 80;
    match at {
        ResetAt::Company => matches!(
            folded.as_str(),
            "i don't know"
                | "i don't know it"
                | "i dont know"
                | "i dont know it"
                | "don't know"
                | "dont know"
                | "no idea"
                | "unknown"
                | "not sure"
                | "i have no idea"
                | "skip"
        )
        .then_some(Pick::Skip),
        ResetAt::Address | ResetAt::Sent | ResetAt::List => {
            let is_company = is_about(&["my company", "company credentials", "single sign-on", "sso"])
                && is_about(&["sign in", "log in", "login", "credentials", "sso", "single sign-on"]);
            if is_company && is_short {
                return Some(Pick::Company);
            }
            let is_missing = is_about(&[
                "didn't get",
                "did not get",
                "didnt get",
                "haven't got",
                "have not got",
                "never got",
                "didn't receive",
                "did not receive",
                "not received",
                "no mail",
                "no e-mail",
                "no email",
                "nothing came",
                "nothing arrived",
                "didn't arrive",
                "did not arrive",
                "hasn't arrived",
                "not arrive",
                "not arrived",
                "no link",
                "where is the mail",
                "where is the link",
            ]);
            let is_over = matches!(
                folded.as_str(),
                "done"
                    | "it worked"
                    | "that worked"
                    | "got it"
                    | "i got it"
                    | "i have it"
                    | "i'm in"
                    | "im in"
                    | "solved"
                    | "it works"
                    | "i have a new password"
            );
            match at {
                ResetAt::Sent if is_short && is_missing => Some(Pick::Stuck),
                ResetAt::List if is_short && is_missing => Some(Pick::Failed),
                ResetAt::Sent | ResetAt::List if is_over => Some(Pick::Worked),
                ResetAt::List if matches!(folded.as_str(), "open a case" | "case" | "customer service") => {
                    Some(Pick::Failed)
                }
                ResetAt::Address | ResetAt::Sent | ResetAt::List | ResetAt::Company => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(at: ResetAt) -> Reset {
        let address = MailAddress::parse("ada@example.org").ok();
        Reset { at, address, sent: u8::from(at != ResetAt::Address), ..Reset::default() }
    }

    fn give(at_step: ResetAt, text: &str) -> (Result<(), NotTaken>, Reset) {
        let mut draft = at(at_step);
        (draft.give(&Given::Text(text.to_owned())), draft)
    }

    #[test]
    fn every_step_takes_its_answer_and_calls_nothing_else_an_answer() {
        use ResetAt::{Address, Company, List, Sent};
        for (step, text, expected) in [
            (Address, "ada@example.net", Some(ResetWish::Send)),
            (Address, "it's <ada@example.net>.", Some(ResetWish::Send)),
            (Sent, "ada@example.net", Some(ResetWish::Send)),
            (Address, "Hunter2!", Some(ResetWish::Advise)),
            (Address, "P@ssw0rd", Some(ResetWish::Advise)),
            (Address, "correct horse battery staple", Some(ResetWish::Advise)),
            (Address, "what is my password is Hunter2!", Some(ResetWish::Advise)),
            (Sent, "dragon", Some(ResetWish::Advise)),
            (List, "Xq7!vTz9", Some(ResetWish::Advise)),
            (Sent, "it worked", Some(ResetWish::End)),
            (List, "I still have not got it", Some(ResetWish::Case)),
            (
                Company,
                "login.acme.example",
                Some(ResetWish::Company(WebAddress::parse("login.acme.example").ok())),
            ),
            (Company, "I don't know it", Some(ResetWish::Company(None))),
            (Company, "Hunter2!", Some(ResetWish::Advise)),
        ] {
            let (given, draft) = give(step, text);
            assert_eq!((given, draft.wish), (Ok(()), expected), "{step:?} {text}");
        }
        for (step, text, expected) in [
            (Sent, "I didn't get the mail", List),
            (Address, "I sign in with my company", Company),
            (List, "we use SSO", Company),
        ] {
            let (given, draft) = give(step, text);
            assert_eq!((given, draft.at, draft.wish), (Ok(()), expected, None), "{text}");
        }
        for (step, text, expected) in [
            (Address, "how long does it take?", NotTaken::NoAnswer),
            (Sent, "thanks", NotTaken::NoAnswer),
            (Company, "Acme", NotTaken::NoWebAddress),
        ] {
            assert_eq!(give(step, text).0, Err(expected), "{text}");
        }
    }

    proptest! {
        /// Whatever is typed: none of it is kept but an address, and going back comes to an end.
        #[test]
        fn nothing_but_an_address_is_kept(texts in prop::collection::vec("[ -~]{0,30}|[a-z]{1,8}@[a-z]{1,8}\\.org", 1..8)) {
            let mut draft = Reset::default();
            for text in &texts {
                let _ = draft.give(&Given::Text(text.clone()));
                let kept = serde_json::to_string(&draft).unwrap();
                let read: Reset = serde_json::from_str(&kept).unwrap();
                prop_assert_eq!(&read, &Reset { wish: None, ..draft.clone() });
                prop_assert!(draft.address.is_some() || !kept.contains('@'));
                draft = read;
            }
            for _ in 0..4 {
                draft.back();
            }
            prop_assert!(!draft.back());
        }
    }
}
