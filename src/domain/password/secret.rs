//! A typed password, which is never printed.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// How much of what was typed is read. Normalizing makes at most one character of four, so what is cut off is too long in any case.
const READ: usize = 4 * (super::MOST + 1);

/// A password as it was typed: its `Debug` is "…", it has neither `Display` nor `Serialize`, and its memory is overwritten at its end.
///
/// It is normalized (NFC, as RFC 8265 has it), so that the same keys give the same password on every system: one writes `é` as one
/// character, another as `e` and an accent. Nothing else is changed, spaces at the ends included.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes what was typed, whatever it is; [`super::unmet`] says what is wrong with it.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        // Grown while it is filled, it would leave copies behind in memory.
        let mut own = Zeroizing::new(String::with_capacity(text.len().min(READ * 4) * 3));
        own.extend(text.chars().take(READ).nfc());
        Self(own)
    }

    /// The password itself, for the one place that hashes it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether both are the same: a password that is typed twice.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_the_same_on_every_system_and_never_printed() {
        let (composed, decomposed) = (Password::typed("Pass\u{e9}1!"), Password::typed("Passe\u{301}1!"));
        assert!(composed.is(&decomposed) && !composed.is(&Password::typed("Passe1!")));
        assert_eq!(Password::typed(" a ").expose(), " a ");
        assert_eq!(format!("{composed:?} {:?}", Some(&decomposed)), "… Some(…)");
    }
}
