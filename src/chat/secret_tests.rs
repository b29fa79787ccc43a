//! What is taken for a password, and what is not.

use proptest::prelude::*;

use super::secret::{MASK, masked};

#[test]
fn a_password_is_masked_where_it_is_called_one() {
    for (text, expected) in [
        ("my password is Hunter2!", "my password is ••••••••"),
        ("My Password is: dragon", "My Password is: ••••••••"),
        ("my password is dragon, and I can't sign in", "my password is •••••••• and I can't sign in"),
        ("mein Passwort ist Geheim1", "mein Passwort ist ••••••••"),
        ("Passwort: geheim", "Passwort: ••••••••"),
        ("pw:abc123", "pw:••••••••"),
        ("pw: abc123 does not work", "pw: •••••••• does not work"),
        ("password=letmein", "password=••••••••"),
        ("user ann@example.org pass: S3cret!", "user ann@example.org pass: ••••••••"),
        (
            "it fails, the password was \"correct horse battery\" before",
            "it fails, the password was \"••••••••\" before",
        ),
        ("my password for the portal is Tr0ub4dor&3, why?", "my password for the portal is •••••••• why?"),
        ("please change my password to Summer2024!", "please change my password to ••••••••"),
        ("my password is Tr0ub 4dor&3", "my password is ••••••••"),
        ("my password is 1234", "my password is ••••••••"),
        ("my password is P@ss.word1", "my password is ••••••••"),
        ("error 0x80 since noon\npw: x9!k\nthanks", "error 0x80 since noon\npw: ••••••••\nthanks"),
        ("my pw is Xq7!v and the old pw was Yq8!w", "my pw is •••••••• and the old pw was ••••••••"),
    ] {
        assert_eq!(masked(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_said_about_a_password_is_none() {
    for text in [
        "my password is not accepted",
        "the password is expired",
        "my password is too short",
        "my password is wrong",
        "my password is 8 characters long and still refused",
        "my password is being rejected",
        "the password is the same as before",
        "my password is no longer valid",
        "my password is case sensitive",
        "is my password is compromised?",
        "password: how do I reset it?",
        "how do i reset my password",
        "I forgot my password",
        "password reset link does not work",
        "the password is described in CTX120355",
        "my password is in CTX120355",
        "the passage is Hunter2!",
        "password requirements: length, number, upper-case letter, symbol",
        "the password to the portal is gone",
        "can I change my password to something shorter",
        "I can't pass: the gateway",
        "passwords must have 8 characters",
        "Mein Passwort ist abgelaufen",
        "Mein Passwort ist falsch",
        "my password is ••••••••",
        "the password is \"\"",
        "",
    ] {
        assert_eq!(masked(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn a_good_password_is_never_left_after_the_words(
        before in "[a-z ]{0,20}",
        saying in prop::sample::select(vec!["my password is ", "pw: ", "password=", "Passwort lautet ", "my password is: "]),
        password in "[A-Za-z]{4,8}[0-9][!#$%*?+]",
        after in "( [a-z]{1,8}){0,4}",
    ) {
        let text = format!("{before} {saying}{password}{after}");
        let masked = masked(&text).unwrap();
        prop_assert!(!masked.contains(&password), "{}", masked);
        prop_assert!(masked.starts_with(&before) && masked.ends_with(&after));
    }

    #[test]
    fn masking_twice_is_masking_once_and_touches_nothing_else(text in any::<String>(), words in "[a-z:= ]{0,40}") {
        for text in [text.clone(), format!("{words} password is {text}")] {
            if let Some(once) = masked(&text) {
                prop_assert!(once.contains(MASK));
                // What is around the masks is what was there.
                let mut rest = text.as_str();
                for part in once.split(MASK) {
                    let found = rest.find(part);
                    prop_assert!(found.is_some(), "{:?} {:?}", text, once);
                    rest = rest.get(found.unwrap_or(0) + part.len()..).unwrap_or_default();
                }
            }
        }
    }
}
