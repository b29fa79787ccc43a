//! The texts on buttons, each with what the button does.

use crate::chat::{Choice, QuestionRef, Verb};
use crate::domain::{About, ArticleId, Handle, PhoneNumber, Product};

use super::Locale;
use super::words::shortened;

/// The longest text on a button; Discord allows no more.
pub(super) const MOST: usize = 80;

pub fn whole(locale: Locale, article: &ArticleId) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Whole(Handle::from(article)), "Show the whole article")
}

pub fn read(locale: Locale, about: &About) -> Choice {
    let Locale::English = locale;
    let label = shortened(&format!("Read: {}", about.title), MOST);
    Choice::new(&Verb::Article(Handle::from(&about.id)), label)
}

pub fn not_what_i_need(locale: Locale, question: QuestionRef, skip: usize) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Next { question, skip }, "Not what I need")
}

pub fn more_results(locale: Locale, question: QuestionRef, skip: usize) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::More { question, skip }, "More results")
}

/// Asks the same again about all products.
pub fn in_all_products(locale: Locale, text: &str) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Next { question: QuestionRef::new(text, None), skip: 0 }, "Search all products")
}

/// Asks as a question what was no article's name.
pub fn search_for(locale: Locale, text: &str) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Next { question: QuestionRef::new(text, None), skip: 0 }, "Search for it")
}

pub fn rephrase(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Rephrase, "Ask in other words")
}

pub fn help(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Help, "What can I say?")
}

pub fn products(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Products, "Show the products")
}

pub fn phones(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Phones, "Show phone numbers")
}

pub fn phone(number: &PhoneNumber) -> Choice {
    Choice::new(&Verb::Phone(number.country), shortened(&number.name, MOST))
}

pub fn person(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Person, "Talk to a person")
}

pub fn product(product: &Product) -> Choice {
    Choice::new(&Verb::Product(Handle::from(&product.id)), shortened(&product.name, MOST))
}

pub fn all_products(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::AllProducts, "All products")
}
