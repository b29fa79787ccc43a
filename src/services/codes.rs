//! One-time codes: six digits that are derived from the desk's key, so that every try of a mail sends the same one and none is kept.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::keeping::DeskKey;

/// How many digits a code has.
const DIGITS: usize = 6;

/// What makes codes and compares them. Cheap to clone.
#[derive(Clone)]
pub struct Codes {
    key: DeskKey,
}

impl Codes {
    /// The codes of a desk.
    #[must_use]
    pub fn new(key: DeskKey) -> Self {
        Self { key }
    }

    /// The code for a purpose and what it is about. Another purpose, subject or generation has another code.
    #[must_use]
    pub fn code(&self, purpose: &str, subject: &str, generation: u8) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.key.expose()) else {
            // HMAC takes keys of any length.
            return String::new();
        };
        for part in [purpose.as_bytes(), &[0], subject.as_bytes(), &[0, generation]] {
            mac.update(part);
        }
        let bytes = mac.finalize().into_bytes();
        let number = bytes.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        format!("{:0width$}", number % 10_u64.pow(DIGITS as u32), width = DIGITS)
    }

    /// Whether what somebody typed is the code; it takes as long for a wrong one as for the right one. Spaces and hyphens don't matter.
    #[must_use]
    pub fn is_right(&self, typed: &str, purpose: &str, subject: &str, generation: u8) -> bool {
        let digits: String =
            typed.chars().filter(|c| !c.is_whitespace() && *c != '-').take(DIGITS + 1).collect();
        let code = self.code(purpose, subject, generation);
        code.len() == DIGITS && bool::from(code.as_bytes().ct_eq(digits.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_right_for_its_own_purpose_only() {
        let codes = Codes::new(DeskKey::parse(&"0123456789abcdef".repeat(4)).unwrap());
        let code = codes.code("address", "17/flow", 1);
        assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
        assert_eq!(code, codes.code("address", "17/flow", 1), "every try of a mail sends the same one");
        let (front, back) = code.split_at(3);
        assert!(codes.is_right(&format!(" {front} {back}\n"), "address", "17/flow", 1));
        for (typed, purpose, subject, generation) in [
            (code.as_str(), "address", "17/flow", 2),
            (code.as_str(), "address", "18/flow", 1),
            (code.as_str(), "password", "17/flow", 1),
            ("", "address", "17/flow", 1),
            (&format!("{code}0"), "address", "17/flow", 1),
        ] {
            assert!(
                !codes.is_right(typed, purpose, subject, generation),
                "{typed} {purpose} {subject} {generation}"
            );
        }
    }
}
