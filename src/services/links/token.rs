//! What stands in the address of a single-use link: the ticket of the link, and what proves that this desk made it.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::chat::Ticket;
use crate::services::codes::SEAL;

/// How many characters a ticket has.
const TICKET: usize = 16;

/// A token as it was handed in or is sent. Whoever has it can use the link, so its `Debug` is "…" and it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkToken {
    pub(super) ticket: Ticket,
    pub(super) seal: [u8; SEAL],
}

impl LinkToken {
    /// Reads what stood in an address; `None` when it can't be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (ticket, seal) = text.split_at_checked(TICKET)?;
        Some(Self { ticket: Ticket::parse(ticket)?, seal: read_seal(seal)? })
    }

    /// As it stands in an address: letters, digits, hyphens and underscores. For a page's path and nothing else.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.ticket, written(&self.seal))
    }
}

/// A seal in letters that are safe in a path.
pub(in crate::services) fn written(seal: &[u8; SEAL]) -> String {
    URL_SAFE_NO_PAD.encode(seal)
}

/// A seal as it was written; `None` when it can't be one.
pub(in crate::services) fn read_seal(text: &str) -> Option<[u8; SEAL]> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

impl fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_token_is_one_safe_word_that_reads_as_itself(ticket: u64, seal: [u8; SEAL]) {
            let token = LinkToken { ticket: Ticket::new(ticket), seal };
            let text = token.text();
            prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
            prop_assert_eq!(LinkToken::parse(&text), Some(token.clone()));
            prop_assert_eq!(format!("{token:?} {:?}", Some(&token)), "… Some(…)");
        }

        #[test]
        fn nothing_else_reads_as_one(text in any::<String>()) {
            if let Some(token) = LinkToken::parse(&text) {
                prop_assert_eq!(token.text(), text);
            }
        }
    }
}
