//! Reads the ids of choices. The decoder of every past version stays: buttons outlive the program that made them.

use crate::domain::{CountryCode, Handle};

use super::kept;
use super::{MAX_CHOICE, MAX_SKIP, QuestionRef, Verb};

/// What an id means; `None` for everything that was never made here.
pub(super) fn verb(id: &str) -> Option<Verb> {
    if id.len() > MAX_CHOICE {
        return None;
    }
    match id.split_once(':')? {
        ("v1", rest) => v1(rest),
        _ => None,
    }
}

fn v1(rest: &str) -> Option<Verb> {
    let parts: Vec<&str> = rest.split(':').collect();
    Some(match parts.as_slice() {
        ["article", handle] => Verb::Article(Handle::parse(handle)?),
        ["whole", handle] => Verb::Whole(Handle::parse(handle)?),
        ["next", skip, product, wording] => {
            Verb::Next { question: QuestionRef::decode(product, wording)?, skip: number(skip)? }
        }
        ["more", skip, product, wording] => {
            Verb::More { question: QuestionRef::decode(product, wording)?, skip: number(skip)? }
        }
        ["product", handle] => Verb::Product(Handle::parse(handle)?),
        ["all-products"] => Verb::AllProducts,
        ["products"] => Verb::Products,
        ["phone"] => Verb::Phones,
        ["phone", code] => Verb::Phone(country(code)?),
        ["person"] => Verb::Person,
        ["help"] => Verb::Help,
        ["rephrase"] => Verb::Rephrase,
        parts => kept::decode(parts)?,
    })
}

/// A country as it is written, in capitals.
fn country(text: &str) -> Option<CountryCode> {
    CountryCode::parse(text).ok().filter(|code| code.as_str() == text)
}

/// A number as it is written, without signs and leading zeros, so that each choice has one id only.
pub(super) fn number(text: &str) -> Option<usize> {
    let number: usize = text.parse().ok()?;
    (number <= MAX_SKIP && number.to_string() == text).then_some(number)
}
