//! A password's SHA-1 in the two parts of the range protocol of Have I Been Pwned: only the first leaves the desk.

use sha1::{Digest as _, Sha1};
use zeroize::Zeroizing;

use super::Password;

/// How many characters the hash has.
const LENGTH: usize = 40;
/// How many of them are sent.
const SENT: usize = 5;

/// The SHA-1 of a password, in capitals. As good as the password to whoever can guess, so it has no `Debug`.
#[derive(Clone)]
pub struct Fingerprint(Zeroizing<String>);

impl Fingerprint {
    /// The password's.
    #[must_use]
    pub fn of(password: &Password) -> Self {
        let hash = Sha1::digest(password.expose().as_bytes());
        Self(Zeroizing::new(
            hash.iter().fold(String::with_capacity(LENGTH), |hex, byte| hex + &format!("{byte:02X}")),
        ))
    }

    /// All forty characters, for a database that is at hand. They are never sent.
    #[must_use]
    pub fn whole(&self) -> &str {
        &self.0
    }

    /// What is asked for: the first five characters, which half a thousand passwords share.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.0.split_at_checked(SENT).map_or("", |(prefix, _)| prefix)
    }

    /// What is looked for in the answer, and never sent.
    #[must_use]
    pub fn suffix(&self) -> &str {
        self.0.split_at_checked(SENT).map_or("", |(_, suffix)| suffix)
    }

    /// Whether it is in an answer: lines of a suffix, a colon and how often it was seen. Padding was seen 0 times. A line without a
    /// count, as in a local file, counts.
    #[must_use]
    pub fn is_in(&self, answer: &str) -> bool {
        answer.lines().any(|line| {
            let (suffix, count) = line.trim().split_once(':').unwrap_or((line.trim(), "1"));
            suffix.eq_ignore_ascii_case(self.suffix()) && count.trim() != "0"
        })
    }
}

/// Whether a text is an answer of such a database: at least one line, each a suffix with a count. Whatever else a server says, such as the
/// page of a hotel's network, tells nothing about a password.
#[must_use]
pub fn is_range(answer: &str) -> bool {
    let is_line = |line: &str| {
        line.trim().split_once(':').is_some_and(|(suffix, count)| {
            let is_suffix = suffix.len() == LENGTH - SENT && suffix.bytes().all(|b| b.is_ascii_hexdigit());
            is_suffix && !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let answer = answer.trim_end();
    !answer.is_empty() && answer.lines().all(is_line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_five_characters_are_asked_for() {
        // The SHA-1 of "password", as everywhere on the web.
        let print = Fingerprint::of(&Password::typed("password"));
        assert_eq!((print.prefix(), print.suffix()), ("5BAA6", "1E4C9B93F3F0682250B6CF8331B7EE68FD8"));
        for (answer, expected) in [
            (
                "0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n1E4C9B93F3F0682250B6CF8331B7EE68FD8:3861493\r\n",
                true,
            ),
            ("1e4c9b93f3f0682250b6cf8331b7ee68fd8:1", true),
            ("1E4C9B93F3F0682250B6CF8331B7EE68FD8", true),
            ("1E4C9B93F3F0682250B6CF8331B7EE68FD8:0", false),
            ("1E4C9B93F3F0682250B6CF8331B7EE68FD:5", false),
            ("", false),
        ] {
            assert_eq!(print.is_in(answer), expected, "{answer}");
        }
        assert_eq!(print.whole(), "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8");
    }

    #[test]
    fn whatever_else_a_server_says_is_no_answer() {
        let line = "0018A45C4D1DEF81644B54AB7F969B88D65:1";
        for (answer, expected) in [
            (line.to_owned(), true),
            (format!("{line}\r\n{line}\r\n"), true),
            (format!("{line}\n{}:0\n", "f".repeat(35)), true),
            (String::new(), false),
            ("\r\n".to_owned(), false),
            ("<html>Please sign in to this network.</html>".to_owned(), false),
            (format!("{line}\n{line}9"), true),
            (format!("{line}\n0018A45C4D1DEF81644B"), false),
            (format!("{line}\n\n{line}"), false),
            (format!("{}:x", "0".repeat(35)), false),
            (format!("{}:", "0".repeat(35)), false),
            (format!("{}:1", "0".repeat(40)), false),
        ] {
            assert_eq!(is_range(&answer), expected, "{answer}");
        }
    }
}
