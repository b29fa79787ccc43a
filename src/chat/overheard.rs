//! What is answered where others talk as well, and what only in private.

use super::Intent;
use super::wish::{AccountWish, GuideWish};

/// What of an intent is worth an answer where people talk with each other: nobody asked the desk to join in.
pub(super) fn worth_answering(intent: Intent) -> Intent {
    match intent {
        Intent::SmallTalk(_)
        | Intent::VoteLast { .. }
        | Intent::UnknownCommand { .. }
        | Intent::Incomplete(_)
        | Intent::UnknownChoice => Intent::Nothing,
        Intent::Question(question) if !asks(&question.text) => Intent::Nothing,
        Intent::Account(AccountWish { said: Some(text), .. }) if !asks(&text) => Intent::Nothing,
        Intent::Nothing
        | Intent::Question(_)
        | Intent::NextBest(_)
        | Intent::More(_)
        | Intent::Article(_)
        | Intent::Whole(_)
        | Intent::Products
        | Intent::ChooseProduct(_)
        | Intent::AllProducts
        | Intent::PhoneNumbers
        | Intent::PhoneNumber(_)
        | Intent::Person
        | Intent::Help
        | Intent::Rephrase
        | Intent::Vote { .. }
        | Intent::Case(_)
        | Intent::Staff(_)
        | Intent::Flow(_)
        | Intent::News(_)
        | Intent::Password { .. }
        | Intent::Identity(_)
        | Intent::Guide(_)
        | Intent::Account(_)
        | Intent::Ask
        | Intent::InPrivate(_)
        | Intent::Kept(_)
        | Intent::Server(_)
        | Intent::InRoom { .. }
        | Intent::Correct { .. }
        | Intent::NoCase(_) => intent,
    }
}

/// Fewer words are said in passing: "same here", "lol".
const FEWEST_WORDS: usize = 3;

/// Whether a text may be for the desk, and not a word in passing.
fn asks(text: &str) -> bool {
    looks_like_question(text) || text.split_whitespace().count() >= FEWEST_WORDS
}

/// Words with which a sentence begins that asks for something.
const ASKING: [&str; 13] = [
    "how", "what", "what's", "whats", "why", "where", "where's", "which", "who", "who's", "when", "any",
    "anyone",
];
/// Words with which one begins where one of [`SUBJECTS`] follows.
const VERBS: [&str; 14] =
    ["can", "could", "do", "does", "did", "is", "are", "has", "have", "should", "would", "will", "may", "am"];
const SUBJECTS: [&str; 15] = [
    "i", "we", "you", "they", "there", "this", "the", "my", "our", "anyone", "anybody", "someone",
    "somebody", "people", "users",
];
/// Words of whom something does not work for.
const TROUBLE: [&str; 50] = [
    "error",
    "errors",
    "exception",
    "fail",
    "fails",
    "failed",
    "failing",
    "failure",
    "broken",
    "breaks",
    "broke",
    "stuck",
    "crash",
    "crashes",
    "crashed",
    "crashing",
    "freezes",
    "hangs",
    "problem",
    "problems",
    "issue",
    "issues",
    "trouble",
    "bug",
    "unable",
    "can't",
    "cant",
    "cannot",
    "couldn't",
    "won't",
    "wont",
    "doesn't",
    "doesnt",
    "isn't",
    "isnt",
    "don't",
    "dont",
    "didn't",
    "didnt",
    "denied",
    "rejected",
    "refused",
    "missing",
    "expired",
    "locked",
    "timeout",
    "invalid",
    "wrong",
    "forgot",
    "help",
];
/// What is said with the same words in passing.
const IN_PASSING: [&str; 13] = [
    "no problem",
    "not a problem",
    "no issue",
    "no worries",
    "can't wait",
    "cant wait",
    "don't worry",
    "dont worry",
    "don't know",
    "dont know",
    "happy to help",
    "glad to help",
    "what a ",
];

/// Whether a text looks like a question, or like the report of a trouble. Where nothing answers it, only that is told so.
#[must_use]
pub fn looks_like_question(text: &str) -> bool {
    if text.contains(['?', '？', '؟']) {
        return true;
    }
    let text = text.to_lowercase().replace('\u{2019}', "'");
    let text = IN_PASSING.iter().fold(text, |text, phrase| text.replace(phrase, " "));
    let sentences = text.split(['.', '!', ',', ';', ':', '\n']);
    sentences.map(words_of).any(|words| begins_to_ask(&words) || words.iter().any(|word| is_trouble(word)))
}

fn words_of(sentence: &str) -> Vec<&str> {
    let words = sentence.split(|c: char| !c.is_alphanumeric() && c != '\'');
    words.filter(|word| !word.is_empty()).collect()
}

fn begins_to_ask(words: &[&str]) -> bool {
    // "hi, how …" is two sentences; "hi all how …" and "so how …" are one.
    let after_greeting = words.iter().position(|word| !OPENERS.contains(word)).unwrap_or_default();
    match words.get(after_greeting..).unwrap_or_default() {
        [first, second, ..] => ASKING.contains(first) || (VERBS.contains(first) && SUBJECTS.contains(second)),
        [_] | [] => false,
    }
}

/// What may come before a question.
const OPENERS: [&str; 12] =
    ["hi", "hello", "hey", "all", "there", "folks", "guys", "everyone", "so", "and", "but", "please"];

fn is_trouble(word: &str) -> bool {
    TROUBLE.contains(&word) || word.starts_with("0x")
}

/// Whether an intent is about what only the person may see.
#[must_use]
pub fn is_private(intent: &Intent) -> bool {
    match intent {
        Intent::Case(_)
        | Intent::Staff(_)
        | Intent::Flow(_)
        | Intent::News(_)
        | Intent::Password { .. }
        | Intent::Identity(_)
        | Intent::NoCase(_)
        | Intent::Account(_)
        | Intent::Guide(GuideWish::Start { .. } | GuideWish::Through(_)) => true,
        Intent::Nothing
        | Intent::Question(_)
        | Intent::NextBest(_)
        | Intent::More(_)
        | Intent::Article(_)
        | Intent::Whole(_)
        | Intent::Guide(GuideWish::List { .. })
        | Intent::Products
        | Intent::ChooseProduct(_)
        | Intent::AllProducts
        | Intent::PhoneNumbers
        | Intent::PhoneNumber(_)
        | Intent::Person
        | Intent::Help
        | Intent::Rephrase
        | Intent::Vote { .. }
        | Intent::VoteLast { .. }
        | Intent::Ask
        | Intent::InPrivate(_)
        | Intent::Kept(_)
        | Intent::Server(_)
        | Intent::InRoom { .. }
        | Intent::Correct { .. }
        | Intent::SmallTalk(_)
        | Intent::Incomplete(_)
        | Intent::UnknownCommand { .. }
        | Intent::UnknownChoice => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_and_troubles_are_told_from_chatter() {
        for text in [
            "how do I add a contact",
            "Hi all, how do I add a contact",
            "hey folks how do i add a contact",
            "quantum routing, anybody?",
            "¿dónde está؟",
            "can we have two administrators",
            "Is there a limit on contacts",
            "I've read the page. Where is the setting",
            "any idea how to restrict a contact",
            "the console shows error 0x80 since this morning",
            "0x80070005",
            "I can\u{2019}t sign in",
            "it says access denied",
            "my launch FAILED again",
            "need help with the gateway",
        ] {
            assert!(looks_like_question(text), "{text}");
        }
        for text in [
            "",
            "ok then, see you tomorrow",
            "same here since the update",
            "the new release looks great",
            "no problem at all, mate",
            "can't wait for the weekend",
            "I don't know",
            "glad to help out",
            "what a day it was",
            "will do, thanks",
            "can confirm on my machine",
            "have a nice weekend everybody",
            "lunch at noon works for me",
            "I wrote the article about contacts",
        ] {
            assert!(!looks_like_question(text), "{text}");
        }
    }

    #[test]
    fn what_is_said_in_passing_is_no_question_whatever_it_may_be_about() {
        for (text, expected) in [
            ("lol", false),
            ("same here", false),
            ("contact?", true),
            ("error 1618", true),
            ("add a contact", true),
        ] {
            assert_eq!(asks(text), expected, "{text}");
        }
    }
}
