//! "I forgot my password", in any words; a question about passwords is none of them.

use super::text::fold;

/// What a password is called.
const CALLED: [&str; 11] = [
    "password",
    "passwort",
    "pw",
    "pwd",
    "passcode",
    "passphrase",
    "kennwort",
    "pass",
    "passwd",
    "credentials",
    "login",
];
/// What says that it is gone.
const GONE: [&str; 12] = [
    "forgot",
    "forgotten",
    "forget",
    "forgotton",
    "lost",
    "misplaced",
    "vergessen",
    "can't remember",
    "cannot remember",
    "don't remember",
    "can not remember",
    "no longer know",
];
/// What begins the wish for a new one.
const WISHES: [&str; 22] = [
    "reset my password",
    "reset password",
    "reset the password",
    "reset my pw",
    "reset pw",
    "password reset",
    "a password reset",
    "reset my login",
    "recover my password",
    "recover password",
    "recover my account",
    "get a new password",
    "a new password",
    "new password",
    "send me a new password",
    "send me a reset link",
    "send me a password reset",
    "a reset link",
    "reset link",
    "password recovery",
    "change my forgotten password",
    "passwort zurücksetzen",
];
/// What begins a question.
const ASKING: [&str; 24] = [
    "how", "what", "what's", "whats", "why", "when", "where", "who", "which", "does", "do", "is", "are",
    "should", "will", "did", "if", "has", "have", "was", "were", "whose", "wie", "was",
];
/// Words that make it somebody else's, or no wish at all.
const OTHERS: [&str; 22] = [
    "his",
    "her",
    "their",
    "user",
    "users",
    "user's",
    "customer",
    "customers",
    "colleague",
    "colleague's",
    "colleagues",
    "somebody",
    "someone",
    "everyone",
    "people",
    "employee",
    "employees",
    "never",
    "if",
    "when",
    "he",
    "she",
];
/// A longer text says more than that.
const MOST: usize = 120;

/// Whether a text is the wish to have a forgotten password reset.
#[must_use]
pub fn wants_reset(text: &str) -> bool {
    if text.chars().nth(MOST).is_some() || text.contains('?') {
        return false;
    }
    let folded = fold(text).replace("can not", "cannot").replace(['.', '!', ';', ':'], " ");
    let plain = super::courtesy::without_courtesy(&folded);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let has = |any: &[&str]| words.iter().any(|word| any.contains(word));
    if words.first().is_some_and(|first| ASKING.contains(first)) || has(&OTHERS) {
        return false;
    }
    let is_wish = WISHES.iter().any(|wish| plain == *wish || plain.strip_prefix(wish).is_some_and(ends));
    let is_gone = GONE.iter().any(|gone| {
        plain.split(' ').any(|word| word == *gone) || (gone.contains(' ') && plain.contains(gone))
    });
    is_wish || (is_gone && has(&CALLED) && !plain.contains("not forgot") && !plain.contains("didn't forget"))
}

/// Whether a text is about having a new password, also where it is a question.
#[must_use]
pub fn is_about_reset(text: &str) -> bool {
    let folded = fold(text).replace("can not", "cannot").replace(['.', '!', '?', ';', ':'], " ");
    let has = |any: &[&str]| folded.split_whitespace().any(|word| any.contains(&word));
    let is_new =
        ["reset", "resetting", "recover", "forgot", "forgotten", "forget", "lost", "change", "changing"];
    let is_gone = GONE.iter().any(|gone| gone.contains(' ') && folded.contains(gone));
    has(&CALLED) && (has(&is_new) || is_gone)
}

/// What may follow the wish.
fn ends(rest: &str) -> bool {
    matches!(rest, " please" | " link" | " mail" | " email" | " e-mail" | " now" | " for me" | " here")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forgotten_password_is_heard_in_any_words() {
        for text in [
            "I forgot my password",
            "cant get in, forgot my pw",
            "Forgot password",
            "i've forgotten my password!",
            "password forgotten",
            "I can't remember my password",
            "lost my password, please help",
            "reset my password",
            "please reset my password",
            "can i reset my password",
            "I need to reset my password",
            "I need a new password",
            "Passwort vergessen",
            "send me a reset link please",
            "password reset",
            "i dont get in. i forgot my login",
        ] {
            assert!(wants_reset(text), "{text}");
        }
        for text in [
            "how do i reset my password",
            "how can I reset a forgotten password?",
            "what if I forgot my password",
            "a user forgot his password",
            "my colleague lost her password",
            "reset my password policy settings on the gateway",
            "the password reset mail does not arrive",
            "I forgot to add a contact",
            "password requirements",
            "my password is not accepted",
            "is there a password reset",
            "I lost my connection",
            "new password rules",
            "",
        ] {
            assert!(!wants_reset(text), "{text}");
        }
    }
}
