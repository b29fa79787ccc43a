//! The id under which a person and the log speak of the same mishap.

use std::fmt;

/// Letters and digits that nobody confuses when they read them out.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Shown as `7F3K-22`. It names nothing and gives no right; it is only there to be found in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reference(u32);

impl Reference {
    /// A reference out of a random number.
    #[must_use]
    pub fn new(random: u64) -> Self {
        Self((random & 0x3fff_ffff) as u32)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..6).rev() {
            let letter = (self.0 >> (5 * place)) & 31;
            let letter = LETTERS.get(letter as usize).copied().unwrap_or(b'0');
            write!(f, "{}", char::from(letter))?;
            if place == 2 {
                f.write_str("-")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_short_and_easy_to_read_out() {
        assert_eq!(Reference::new(0).to_string(), "0000-00");
        assert_eq!(Reference::new(u64::MAX).to_string(), "ZZZZ-ZZ");
        assert_eq!(Reference::new(0x1234_5678).to_string(), "938N-KR");
    }
}
