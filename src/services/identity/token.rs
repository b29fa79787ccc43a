//! What the address of the page ends with on which a chat is claimed, and the code that the page shows.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};

use crate::chat::Ticket;
use crate::domain::PersonId;
use crate::services::codes::Codes;

/// What the marks of these tokens are for.
const PURPOSE: &str = "link-page-token";
/// The bytes of the numbers: the person, the flow, and the second until which it counts. So few that the address fits on a line.
const NUMBERS: [usize; 3] = [5, 8, 5];
/// How many bytes of the mark are kept.
const MARK: usize = 12;
/// The most characters of a token that came from outside.
const MOST: usize = 200;

/// Names a flow in which a chat waits to be linked, until when, and that the desk said so. It gives no right: what it leads to asks for a
/// sign-in and shows a code that only works in that chat.
#[derive(Clone, PartialEq, Eq)]
pub struct PageToken {
    text: String,
    person: PersonId,
    flow: Ticket,
    until: DateTime<Utc>,
}

impl PageToken {
    pub(super) fn new(codes: &Codes, person: PersonId, flow: Ticket, until: DateTime<Utc>) -> Self {
        let seconds = until.timestamp().unsigned_abs();
        let numbers = [person.0, flow.number(), seconds];
        let last = |(number, length): (u64, usize)| number.to_be_bytes().into_iter().skip(8 - length);
        let mut bytes: Vec<u8> = numbers.into_iter().zip(NUMBERS).flat_map(last).collect();
        bytes.extend(codes.mark(PURPOSE, &bytes, MARK));
        Self { text: URL_SAFE_NO_PAD.encode(bytes), person, flow, until }
    }

    /// Reads what came from outside; `None` where the desk never made it.
    pub(super) fn parse(codes: &Codes, text: &str) -> Option<Self> {
        let bytes = (text.len() <= MOST).then(|| URL_SAFE_NO_PAD.decode(text).ok()).flatten()?;
        let (mut said, mark) = bytes.split_at_checked(NUMBERS.iter().sum())?;
        if mark.len() != MARK || !codes.is_mark(mark, PURPOSE, said) {
            return None;
        }
        let mut numbers = NUMBERS.into_iter().filter_map(|length| {
            let (number, rest) = said.split_at_checked(length)?;
            said = rest;
            Some(number.iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte)))
        });
        let (person, flow) = (PersonId(numbers.next()?), Ticket::new(numbers.next()?));
        let until = DateTime::from_timestamp(i64::try_from(numbers.next()?).ok()?, 0)?;
        Some(Self { text: text.to_owned(), person, flow, until })
    }

    /// As it stands in the page's address.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whose flow it is.
    pub(super) fn person(&self) -> PersonId {
        self.person
    }

    /// The flow.
    pub(super) fn flow(&self) -> Ticket {
        self.flow
    }

    /// Until when it counts.
    pub(super) fn until(&self) -> DateTime<Utc> {
        self.until
    }
}

impl fmt::Debug for PageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageToken")
            .field("flow", &self.flow)
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
}

/// The code that a page shows to whoever claimed a chat, to be typed there. It is shown once and kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct ConfirmCode {
    digits: String,
    until: DateTime<Utc>,
}

impl ConfirmCode {
    pub(super) fn new(digits: String, until: DateTime<Utc>) -> Self {
        Self { digits, until }
    }

    /// Its six digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// Until when it can be typed.
    #[must_use]
    pub fn until(&self) -> DateTime<Utc> {
        self.until
    }
}

impl fmt::Debug for ConfirmCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfirmCode").field("until", &self.until).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::services::keeping::DeskKey;

    fn codes(half: &str) -> Codes {
        Codes::new(DeskKey::parse(&half.repeat(4)).unwrap())
    }

    proptest! {
        /// A token says what it was made of; changed anywhere, or made by another desk, it is none.
        #[test]
        fn only_what_this_desk_made_is_a_token(
            person in 1_u64..1_000_000, flow: u64, until in 0_i64..4_000_000_000, at in 0_usize..40, to: char
        ) {
            let (own, other) = (codes("0123456789abcdef"), codes("fedcba9876543210"));
            let until = DateTime::from_timestamp(until, 0).unwrap();
            let token = PageToken::new(&own, PersonId(person), Ticket::new(flow), until);
            let shown = format!("{token:?}");
            prop_assert!(token.text().len() == 40 && !shown.contains(token.text()));
            prop_assert_eq!(PageToken::parse(&own, token.text()), Some(token.clone()));
            prop_assert_eq!(PageToken::parse(&other, token.text()), None);
            let mut letters: Vec<char> = token.text().chars().collect();
            letters[at] = to;
            let changed: String = letters.into_iter().collect();
            prop_assert!(changed == token.text() || PageToken::parse(&own, &changed).is_none());
        }

        #[test]
        fn whatever_comes_from_outside_is_safe(text: String) {
            prop_assert_eq!(PageToken::parse(&codes("0123456789abcdef"), &text), None);
        }
    }
}
