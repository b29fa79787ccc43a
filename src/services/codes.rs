//! One-time codes and the seals of links: derived from the desk's key, so that every try of a mail sends the same one and none is kept.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::keeping::DeskKey;

/// How many digits a code has.
const DIGITS: usize = 6;
/// How many bytes a seal has.
pub const SEAL: usize = 32;

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

    /// What proves that a text of this purpose was made by this desk: nobody else can make it.
    #[must_use]
    pub fn seal(&self, purpose: &str, subject: &str) -> [u8; SEAL] {
        let parts: [&[u8]; 5] = [b"seal", &[0], purpose.as_bytes(), &[0], subject.as_bytes()];
        self.mac(&parts).try_into().unwrap_or([0; SEAL])
    }

    /// Whether it is the seal; it takes as long for a wrong one as for the right one.
    #[must_use]
    pub fn is_sealed(&self, seal: &[u8; SEAL], purpose: &str, subject: &str) -> bool {
        bool::from(self.seal(purpose, subject).ct_eq(seal))
    }

    /// A mark that only this desk can put on some bytes, for a purpose, so many bytes long.
    #[must_use]
    pub fn mark(&self, purpose: &str, of: &[u8], length: usize) -> Vec<u8> {
        self.mac(&[b"mark", &[0], purpose.as_bytes(), &[0], of]).into_iter().take(length).collect()
    }

    /// Whether a mark is the one of these bytes; it takes as long for a wrong one as for the right one. How long it has to be is for
    /// whoever asks.
    #[must_use]
    pub fn is_mark(&self, mark: &[u8], purpose: &str, of: &[u8]) -> bool {
        let right = self.mark(purpose, of, mark.len());
        !mark.is_empty() && bool::from(right.ct_eq(mark))
    }

    /// Nothing where there is no key, and so no right code or mark.
    fn mac(&self, parts: &[&[u8]]) -> Vec<u8> {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.key.expose()) else {
            // HMAC takes keys of any length.
            return Vec::new();
        };
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().to_vec()
    }

    /// The code for a purpose and what it is about. Another purpose, subject or generation has another code.
    #[must_use]
    pub fn code(&self, purpose: &str, subject: &str, generation: u8) -> String {
        let bytes = self.mac(&[purpose.as_bytes(), &[0], subject.as_bytes(), &[0, generation]]);
        if bytes.is_empty() {
            return String::new();
        }
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
