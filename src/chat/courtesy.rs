//! What people say around what they want: "can I …, please", "phone number for …".

use crate::domain::PhoneNumber;

/// What comes before a wish, in folded text.
const BEFORE: [&str; 13] = [
    "please ",
    "i want to ",
    "i want ",
    "i'd like to ",
    "i would like to ",
    "i need to ",
    "i need ",
    "i have to ",
    "can i ",
    "could i ",
    "may i ",
    "let me ",
    "can i please ",
];

/// What asks for a number to call, before or behind a country.
const CALLING: [&str; 10] = [
    "phone number",
    "phone numbers",
    "telephone number",
    "support phone number",
    "support number",
    "phone support",
    "call support",
    "telephone",
    "phone",
    "call",
];

/// Codes of countries that are words of every day: "IT support number" and "call me" name no country.
const WORDS: [&str; 15] =
    ["am", "as", "at", "be", "by", "do", "in", "is", "it", "me", "my", "no", "pm", "so", "to"];

/// What one does with a person.
const SPEAKING: [&str; 12] = [
    "talk to",
    "talk with",
    "speak to",
    "speak with",
    "chat to",
    "chat with",
    "reach",
    "contact",
    "get hold of",
    "connect me to",
    "connect me with",
    "transfer me to",
];

/// Who is a person, after "a", "real" and the like.
const PERSONS: [&str; 12] = [
    "person",
    "human",
    "human being",
    "human agent",
    "people",
    "someone",
    "somebody",
    "agent",
    "operator",
    "representative",
    "support",
    "customer service",
];

/// A folded text without the politeness around it.
pub fn without_courtesy(folded: &str) -> &str {
    let text = folded.strip_suffix(" please").unwrap_or(folded);
    BEFORE.iter().filter_map(|before| text.strip_prefix(before)).min_by_key(|rest| rest.len()).unwrap_or(text)
}

/// Whether a folded text is the wish to talk to a person, such as "speak to a real human".
pub fn wants_person(folded: &str) -> bool {
    let after = |doing: &&str| folded.strip_prefix(*doing)?.strip_prefix(' ');
    SPEAKING.iter().find_map(after).is_some_and(|mut who| {
        for word in ["a ", "an ", "the ", "your ", "real ", "live ", "support "] {
            who = who.strip_prefix(word).unwrap_or(who);
        }
        PERSONS.contains(&who)
    })
}

/// The country that a folded text asks to call, such as "phone germany", "phone number for the uk" or "germany phone number"; none
/// where it may be a question.
pub fn country_to_call(folded: &str, numbers: &[PhoneNumber]) -> Option<String> {
    let named = |name: &str| {
        let code = PhoneNumber::country_called(numbers, name).filter(|_| !WORDS.contains(&name));
        code.map(|_| name.to_owned())
    };
    let after = |call: &&str| {
        let rest = folded.strip_prefix(*call)?.strip_prefix(' ')?;
        let place = ["for ", "in ", "of "].iter().find_map(|word| rest.strip_prefix(word));
        named(place.unwrap_or(rest))
    };
    let before = |call: &&str| named(folded.strip_suffix(*call)?.strip_suffix(' ')?);
    CALLING.iter().find_map(after).or_else(|| CALLING.iter().find_map(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wish_for_a_person_is_heard() {
        for text in [
            "talk to a person",
            "speak to a real human being",
            "chat with a live agent",
            "reach somebody",
            "contact your support",
            "connect me to a human agent",
            "get hold of a support representative",
        ] {
            assert!(wants_person(text), "{text}");
        }
        for text in
            ["", "talk to", "talk to ", "contact", "contact a person about billing", "reach the server"]
        {
            assert!(!wants_person(text), "{text}");
        }
    }

    #[test]
    fn politeness_is_taken_off() {
        for (text, expected) in [
            ("can i please talk to a person", "talk to a person"),
            ("i want to call you please", "call you"),
            ("i want a person", "a person"),
            ("please", "please"),
            ("person", "person"),
            ("", ""),
        ] {
            assert_eq!(without_courtesy(text), expected, "{text}");
        }
    }
}
